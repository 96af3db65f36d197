import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApi } from '../../src/api/client.ts'
import { undiciTransport } from '../../src/api/undici.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'
import { operationOf, overRest, overRpc, rpcBatch } from './wires.ts'

/** Tokens of agents: for one client, with the least rights, for a short time, and gone with whatever they stand on. */

const MINUTE = 60_000

interface World {
  ana: TestUser
  machineId: string
  clientId: string
  stream: string
}

/** Ana works for Dataforth in a session of Claude Code. */
async function working(msp: TestServer, opened: Record<string, unknown> = {}): Promise<World> {
  const ana = await msp.technician({ clients: ['Dataforth', 'Contoso'] })
  const machineId = await msp.machine(ana)
  const stream = randomUUID()
  const data = { mode: 'msp', trigger: 'command', client_name: 'Dataforth', ...opened }
  await msp.ingest(ana, machineId, [anEvent('session.opened', data, { stream })])
  return { ana, machineId, clientId: await msp.client('Dataforth'), stream }
}

const ask = (world: World, more: Record<string, unknown> = {}) =>
  world.ana.api.auth.agentTokens({
    claude_session_id: world.stream,
    agent_id: 'main',
    agent_type: 'main',
    ...more,
  })

const list = (msp: TestServer, token: string) => overRest(msp.url, token, 'credentials.list', {})
const statusOf = async (msp: TestServer, token: string) => (await list(msp, token)).status

const aCredential = async (msp: TestServer, client: string) =>
  (
    await msp.admin.api.credentials.create({
      client_id: await msp.client(client),
      name: `Firewall of ${client}`,
      type: 'password',
    })
  ).id

for (const database of DATABASES) {
  describe(`the token of an agent, on ${database}`, () => {
    test.each([
      [
        'main',
        [
          'credentials.list',
          'credentials.get',
          'credentials.use',
          'credentials.totp',
          'approvals.request',
          'approvals.get',
        ],
      ],
      [
        'claudetools:credential-retrieval',
        [
          'credentials.list',
          'credentials.get',
          'credentials.use',
          'credentials.totp',
          'approvals.request',
          'approvals.get',
          'clients.resolve',
        ],
      ],
      [
        'claudetools:credential-storage',
        [
          ...['credentials.list', 'credentials.get', 'credentials.create', 'credentials.rotate'],
          ...['clients.resolve', 'clients.get', 'clientAliases.list'],
        ],
      ],
      [
        'claudetools:database-query',
        [
          ...['clients.resolve', 'projects.resolve', 'users.list', 'users.get'],
          ...['reports.figures', 'reports.clientMonth'],
        ],
      ],
      ['general-purpose', ['credentials.list', 'credentials.get']],
      ['constructor', ['credentials.list', 'credentials.get']],
    ])('of the type %s may call only what its work needs', async (agent_type, operations) => {
      await using msp = await testServer({ database })
      const world = await working(msp)

      const made = await ask(world, { agent_type })

      expect(made).toMatchObject({
        client_id: world.clientId,
        operations,
        max_uses: 20,
        expires_at: new Date(msp.clock.now().getTime() + 15 * MINUTE).toISOString(),
      })
    })

    test('B6: calls nothing else: no reveal, no other token, no refresh, no logins, no stepping up, on either wire', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const paths = [
        'credentials.reveal',
        'credentials.update',
        'credentials.setPolicy',
        'auth.agentTokens',
        'auth.resumeAgents',
        'auth.endAgentTokens',
        'auth.stepUp',
        'auth.startTotp',
        'auth.logins',
        'auth.me',
        'auth.logout',
        'clients.list',
        'users.list',
        'apiKeys.create',
        'approvals.approve',
        'data.export',
      ]

      const answers: Record<string, unknown> = {}
      for (const path of paths) {
        // Its calls are counted, those that are refused too.
        const { token } = await ask(world, { agent_type: 'claudetools:credential-retrieval' })
        const input = operationOf(path).example
        answers[path] = [
          (await overRest(msp.url, token, path, input)).code,
          (await overRpc(msp.url, token, path, input)).code,
        ]
      }

      expect(answers).toEqual(Object.fromEntries(paths.map((path) => [path, ['FORBIDDEN', 'FORBIDDEN']])))
    })

    test('B6: opens its own client only', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const [own, other] = [await aCredential(msp, 'Dataforth'), await aCredential(msp, 'Contoso')]
      const { token } = await ask(world)

      const seen = await list(msp, token)
      const gets = [
        await overRest(msp.url, token, 'credentials.get', { id: own }),
        await overRest(msp.url, token, 'credentials.get', { id: other }),
      ]

      expect((seen.body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([own])
      expect(gets.map(({ status }) => status)).toEqual([200, 404])
      await expect(ask(world, { credential_ids: [other] })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('F8: of a lead has the rights of a technician, of a viewer those of a viewer', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const before = await ask(world)

      await msp.admin.api.users.update({ id: world.ana.id, role: 'lead' })
      const lead = await msp.server.deps.db
        .selectFrom('agent_tokens')
        .select('scopes')
        .where('jti', '=', before.jti)
        .execute()

      expect(lead).toEqual([{ scopes: '["msp:read","msp:write"]' }])
      expect(await statusOf(msp, before.token)).toBe(401)
      expect((await overRest(msp.url, (await ask(world)).token, 'credentialPermissions.list', {})).code).toBe(
        'FORBIDDEN',
      )
    })

    test('is given to a person only, for a session that runs and has a client', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const { key } = await world.ana.api.apiKeys.create({ name: 'Nightly', scopes: ['msp:read', 'msp:write'] })
      const byKey = createApi({
        url: msp.url,
        transport: undiciTransport,
        tokens: { current: async () => key, newerThan: async () => key },
      })
      const ben = await msp.technician({ name: 'Ben', clients: ['Dataforth'] })
      const input = { claude_session_id: world.stream, agent_id: 'main', agent_type: 'main' }
      const plain = randomUUID()
      await msp.ingest(world.ana, world.machineId, [
        anEvent('session.opened', { mode: 'normal', trigger: 'command' }, { stream: plain }),
      ])

      await expect(byKey.auth.agentTokens(input)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(ben.api.auth.agentTokens(input)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(ask(world, { claude_session_id: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(ask(world, { claude_session_id: plain })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('/msp CLIENT'),
      })
    })

    test('that reaches no secret is given for work for nobody too, with no more than its operations', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp, { mode: 'normal', client_name: undefined })

      const given = await ask(world, { agent_id: 'a1', agent_type: 'claudetools:database-query' })

      expect(given.client_id).toBeNull()
      const sums = { measure: 'sessions' }
      expect((await overRest(msp.url, given.token, 'reports.figures', sums)).status).toBe(200)
      expect(await statusOf(msp, given.token)).toBe(403)
    })

    test('that reaches no secret lives a quarter of an hour longer than its session: summaries are made after the end', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const of = { agent_id: 'a1', agent_type: 'claudetools:session-summary' }
      const retrieving = await ask(world)
      await msp.ingest(world.ana, world.machineId, [
        anEvent('session.closed', { reason: 'user' }, { stream: world.stream }),
      ])

      const { token } = await ask(world, of)

      const sessions = async () => (await overRest(msp.url, token, 'sessions.list', {})).status
      expect(await sessions()).toBe(200)
      expect(await statusOf(msp, retrieving.token)).toBe(401)
      msp.clock.advance(16 * MINUTE)
      expect(await sessions()).toBe(401)
      await expect(ask(world, of)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('is for the newest stretch, when the client was switched in a session', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const switched = { mode: 'msp', trigger: 'command', client_name: 'Contoso' }
      await msp.ingest(world.ana, world.machineId, [
        anEvent('session.opened', switched, { stream: world.stream, stretch: 2 }),
      ])

      expect((await ask(world)).client_id).toBe(await msp.client('Contoso'))
    })

    test('B6: ends after fifteen minutes', async () => {
      await using msp = await testServer({ database })
      const { token } = await ask(await working(msp))

      msp.clock.advance(15 * MINUTE - 1_000)
      const before = await statusOf(msp, token)
      msp.clock.advance(1_000)

      expect([before, await statusOf(msp, token)]).toEqual([200, 401])
    })

    test('B6: is good for twenty calls; of two last ones at once exactly one is let in', async () => {
      await using msp = await testServer({ database })
      const { token } = await ask(await working(msp))
      for (let call = 1; call <= 19; call++) await list(msp, token)

      const both = await Promise.all([statusOf(msp, token), statusOf(msp, token)])

      expect(both.sort()).toEqual([200, 401])
      expect(await statusOf(msp, token)).toBe(401)
    })

    test('B6: forty calls at once are not more than twenty, and a batch counts as its calls', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const [first, second] = [await ask(world), await ask(world)]

      const atOnce = await Promise.all(Array.from({ length: 40 }, () => statusOf(msp, first.token)))
      const batch = (calls: number) =>
        rpcBatch(
          msp.url,
          second.token,
          Array.from({ length: calls }, () => ['credentials.list', {}] as const),
        )
      const batches = [await batch(15), await batch(6), await batch(5)]

      expect(atOnce.filter((status) => status === 200)).toHaveLength(20)
      expect(batches.map(([answer]) => answer?.status)).toEqual([200, 401, 200])
    })

    const ends: [string, (msp: TestServer, world: World) => Promise<unknown>][] = [
      ['the login is ended', ({ url }, { ana }) => overRest(url, ana.accessToken, 'auth.logout', {})],
      ['the user is disabled', (msp, { ana }) => msp.admin.api.users.archive({ id: ana.id })],
      [
        'the password is changed',
        (msp, { ana }) => msp.admin.api.users.setPassword({ id: ana.id, password: 'another one, long' }),
      ],
      ['the role is changed', (msp, { ana }) => msp.admin.api.users.update({ id: ana.id, role: 'lead' })],
      [
        'the session ends',
        (msp, { ana, machineId, stream }) =>
          msp.ingest(ana, machineId, [anEvent('session.closed', { reason: 'exit' }, { stream })]),
      ],
      [
        'the session is abandoned',
        (msp, { ana, machineId, stream }) =>
          msp.ingest(ana, machineId, [anEvent('session.closed', { reason: 'idle' }, { stream })]),
      ],
      [
        'the agent has stopped',
        (msp, { ana, machineId, stream }) =>
          msp.ingest(ana, machineId, [anEvent('agent.stopped', { agent_id: 'main', agent_type: 'main' }, { stream })]),
      ],
      ['its tokens are ended', (_, { ana, stream }) => ana.api.auth.endAgentTokens({ claude_session_id: stream })],
    ]

    test.each(ends)('A8: is refused with the next request when %s', async (_, act) => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const { token } = await ask(world)
      const before = await statusOf(msp, token)

      await act(msp, world)

      expect([before, await statusOf(msp, token)]).toEqual([200, 401])
    })

    test('A8: sees nothing any more when its user loses access to the client', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const id = await aCredential(msp, 'Dataforth')
      const { token } = await ask(world)
      const get = async () => (await overRest(msp.url, token, 'credentials.get', { id })).status
      const before = await get()

      await msp.admin.api.users.revoke({ id: world.ana.id, client_id: world.clientId })

      expect([before, await get()]).toEqual([200, 404])
      await expect(ask(world)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('only the tokens of the agent that stopped end', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const one = await ask(world, { agent_id: 'a1', agent_type: 'claudetools:credential-retrieval' })
      const other = await ask(world, { agent_id: 'a2', agent_type: 'claudetools:credential-retrieval' })

      const ended = await world.ana.api.auth.endAgentTokens({ claude_session_id: world.stream, agent_id: 'a1' })

      expect(ended).toEqual({ tokens_ended: 1 })
      expect([await statusOf(msp, one.token), await statusOf(msp, other.token)]).toEqual([401, 200])
    })

    test('F9: a session whose agents call too often is stopped until a person lets it go on', {
      timeout: 60_000,
    }, async () => {
      await using msp = await testServer({ database, config: { limitFactor: 1 } })
      const world = await working(msp)
      const calls = async (times: number) => {
        const statuses: number[] = []
        let { token } = await ask(world)
        for (let call = 0; call < times; call++) {
          if (call % 20 === 0) token = (await ask(world)).token
          statuses.push(await statusOf(msp, token))
        }
        return statuses
      }

      const first = await calls(101)
      msp.clock.advance(30 * MINUTE)
      const later = await list(msp, (await ask(world)).token)
      const { step_up } = await world.ana.api.auth.stepUp({ password: world.ana.password })
      const unproven = await overRest(msp.url, world.ana.accessToken, 'auth.resumeAgents', {
        claude_session_id: world.stream,
        step_up: 'su_'.padEnd(46, 'x'),
      })
      const resumed = await world.ana.api.auth.resumeAgents({ claude_session_id: world.stream, step_up })

      expect(first).toEqual([...Array(100).fill(200), 429])
      expect(later).toMatchObject({ status: 429, body: { details: { needs: 'resume' } } })
      expect(unproven.code).toBe('FORBIDDEN')
      expect(resumed).toEqual({ resumed: true })
      expect(await calls(1)).toEqual([200])
    })

    test('names its agent in what it does', async () => {
      await using msp = await testServer({ database })
      const world = await working(msp)
      const { token } = await ask(world, { agent_id: 'a1', agent_type: 'claudetools:credential-retrieval' })
      const [, claims = ''] = token.split('.')

      expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
        sub: world.ana.id,
        act: { agent_id: 'a1', type: 'claudetools:credential-retrieval' },
        cl: world.clientId,
        max_uses: 20,
        scope: 'msp:read msp:write',
      })
      expect(Buffer.from(claims, 'base64url').toString()).not.toMatch(/Ana|example\.com|Dataforth/)
    })
  })
}
