import { describe, expect, test } from 'vitest'
import { hashOf, shown } from '../../server/domains/approvals/rules.ts'
import { DATABASES } from '../support/databases.ts'
import { agentOf, auditOf, PASSWORD, steppedUp, toDb1, vaultWorld } from './vault-world.ts'

/** What a person has to agree to, once, outside the channel of the model. */

describe('what is agreed to', () => {
  test.each([
    [['mariadb', '-h', 'db1'], 'mariadb -h db1'],
    [['sh', '-c', 'rm -rf "/x"; id'], 'sh -c "rm -rf \\"/x\\"; id"'],
    [['a', ''], 'a ""'],
    [['a', 'b\u202Ec\u001B[2Jd'], 'a "b\\u202ec\\u001b[2Jd"'],
    [['a', '😀'], 'a "\\ud83d\\ude00"'],
  ])('%o is shown as %s', (argv, text) => {
    expect(shown(argv)).toBe(text)
  })

  test('is bound to every part of it', () => {
    const subject = { kind: 'exec', credentialId: 'c', argv: ['a', 'b c'], requestedBy: 'ana' } as const
    const others = [
      { ...subject, kind: 'reveal' as const },
      { ...subject, credentialId: 'd' },
      { ...subject, argv: ['a', 'b', 'c'] },
      { ...subject, requestedBy: 'ben' },
    ]

    expect(new Set([subject, ...others].map(hashOf)).size).toBe(5)
  })
})

for (const database of DATABASES) {
  describe(`approvals, on ${database}`, () => {
    const DUMP = ['mariadb-dump', '-h', 'db1.dataforth.com', '--result-file=out.sql']

    async function asked() {
      const world = await vaultWorld(database)
      const agent = await agentOf(world, world.ana, world.clientId)
      const use = (argv: string[], approval_id?: string) =>
        agent.api.credentials.use({
          id: world.credentialId,
          fields: ['password'],
          argv,
          ...(approval_id ? { approval_id } : {}),
        })
      const request = (argv: string[]) =>
        agent.api.approvals.request({ kind: 'exec', credential_id: world.credentialId, argv, reason: 'A copy' })
      return { ...world, agent, use, request }
    }

    test('let the model do exactly what a person has agreed to, once', async () => {
      await using world = await asked()
      const { ana, agent, use, request } = world
      await expect(use(DUMP)).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('msp call approvals.request'),
        details: { needs: 'approval', kind: 'exec' },
      })

      const waiting = await request(DUMP)
      const { items } = await ana.api.approvals.list({ status: 'pending' })
      await ana.api.approvals.approve({ id: waiting.id, step_up: await steppedUp(ana) })

      expect(items).toEqual([waiting])
      expect(waiting).toMatchObject({
        subject: 'mariadb-dump -h db1.dataforth.com --result-file=out.sql',
        credential_name: 'MariaDB root',
        requested_by_name: 'Ana',
        expires_at: '2026-01-12T09:10:00.000Z',
      })
      await expect(use([...DUMP, '--tab=x'], waiting.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect((await use(DUMP, waiting.id)).secrets).toEqual({ password: PASSWORD })
      await expect(use(DUMP, waiting.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await agent.api.approvals.get({ id: waiting.id })).toMatchObject({ status: 'used' })
      expect(await auditOf(world, world.credentialId)).toEqual([
        'create success',
        'denied denied',
        'denied denied',
        'use intent',
        'use success',
        'denied denied',
      ])
    })

    test('are worth nothing before they are given, when refused, and after ten minutes', async () => {
      await using world = await asked()
      const { msp, ana, use, request } = world
      const { id } = await request(DUMP)
      await expect(use(DUMP, id)).rejects.toMatchObject({ code: 'FORBIDDEN' })

      await ana.api.approvals.refuse({ id })
      await expect(use(DUMP, id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      const late = await request(DUMP)
      await ana.api.approvals.approve({ id: late.id, step_up: await steppedUp(ana) })
      msp.clock.advance(10 * 60_000)

      await expect(use(DUMP, late.id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await ana.api.approvals.get({ id: late.id })).toMatchObject({ status: 'expired' })
    })

    test('that have expired say so to who decides too late', async () => {
      await using world = await asked()
      const { msp, ana, request } = world
      const { id } = await request(DUMP)
      msp.clock.advance(10 * 60_000)

      const late = ana.api.approvals.approve({ id, step_up: await steppedUp(ana) })

      await expect(late).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('expired') })
    })

    test('are given by people who are there, never by an agent or an API key', async () => {
      await using world = await asked()
      const { ana, agent, request } = world
      const { id } = await request(DUMP)
      const step_up = await steppedUp(ana)
      const { key } = await ana.api.apiKeys.create({ name: 'job', scopes: ['msp:read', 'msp:write'] })
      const byKey = await ana.rest('POST', `/approvals/${id}/approve`, { step_up }, { authorization: `Bearer ${key}` })

      await expect(agent.api.approvals.approve({ id, step_up })).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(byKey.status).toBe(403)
      await expect(ana.api.approvals.approve({ id, step_up: 'su_'.padEnd(46, 'y') })).rejects.toMatchObject({
        details: { needs: 'step_up' },
      })
    })

    test.each([
      ['the policy asks for it', { access_policy: 'approval_required' }, 'reveal'],
      ['it is break-glass', { sensitivity: 'break_glass' }, 'break_glass'],
    ] as const)('are a second person’s where %s', async (_, policy, kind) => {
      await using world = await asked()
      const { msp, lea, credentialId } = world
      const nia = await msp.technician({ name: 'Nia', role: 'lead', clients: ['Dataforth'] })
      await lea.api.credentials.setPolicy({ id: credentialId, ...policy })
      const step_up = await steppedUp(lea)
      const reveal = (approval_id?: string) =>
        lea.api.credentials.reveal({ id: credentialId, step_up, ...(approval_id ? { approval_id } : {}) })
      await expect(reveal()).rejects.toMatchObject({ details: { needs: 'approval', kind } })

      const { id } = await lea.api.approvals.request({ kind, credential_id: credentialId, reason: 'Console' })

      await expect(lea.api.approvals.approve({ id, step_up })).rejects.toMatchObject({
        code: 'FORBIDDEN',
        message: expect.stringContaining('second person'),
      })
      await nia.api.approvals.approve({ id, step_up: await steppedUp(nia) })
      expect((await reveal(id)).secrets).toMatchObject({ password: PASSWORD })
      await expect(reveal(id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    test('break the glass for a technician too, whom nothing was denied', async () => {
      await using world = await asked()
      const { ana, lea, credentialId } = world
      await lea.api.credentials.setPolicy({ id: credentialId, sensitivity: 'break_glass' })
      const step_up = await steppedUp(ana)
      const ask = () => ana.api.approvals.request({ kind: 'break_glass', credential_id: credentialId, reason: 'Night' })
      const given = async () => {
        const { id } = await ask()
        await lea.api.approvals.approve({ id, step_up: await steppedUp(lea) })
        return ana.api.credentials.reveal({ id: credentialId, step_up, approval_id: id })
      }

      expect((await given()).secrets).toMatchObject({ password: PASSWORD })
      await lea.api.credentialPermissions.create({
        credential_id: credentialId,
        principal_type: 'user',
        principal_id: ana.id,
        level: 'reveal',
        effect: 'deny',
      })
      await expect(given()).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    test('and a model cannot do without them where two people have to agree', async () => {
      await using world = await asked()
      const { ana, lea, credentialId, use, request } = world
      await lea.api.credentials.setPolicy({ id: credentialId, access_policy: 'approval_required' })
      const { id } = await request(toDb1)

      await expect(ana.api.approvals.approve({ id, step_up: await steppedUp(ana) })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      await lea.api.approvals.approve({ id, step_up: await steppedUp(lea) })

      expect((await use(toDb1, id)).secrets).toEqual({ password: PASSWORD })
    })

    test('given before the policy asked for two are not enough after it', async () => {
      await using world = await asked()
      const { ana, lea, credentialId, use, request } = world
      const { id } = await request(DUMP)
      await ana.api.approvals.approve({ id, step_up: await steppedUp(ana) })
      await lea.api.credentials.setPolicy({ id: credentialId, access_policy: 'approval_required' })

      await expect(use(DUMP, id)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    test('are seen by who asked and by who decides', async () => {
      await using world = await asked()
      const { msp, ana, lea, agent, request, clientId } = world
      const ben = await msp.technician({ name: 'Ben', clients: ['Dataforth'] })
      const other = await agentOf(world, ana, clientId)
      const { id } = await request(DUMP)

      const seeing = (api: typeof ana.api) =>
        api.approvals.get({ id }).then(
          ({ id: same }) => same,
          () => 'nothing',
        )

      expect(await Promise.all([ana.api, lea.api, msp.admin.api, agent.api].map(seeing))).toEqual([id, id, id, id])
      expect(await Promise.all([ben.api, other.api].map(seeing))).toEqual(['nothing', 'nothing'])
      expect((await ben.api.approvals.list({})).items).toEqual([])
    })

    test.each([
      ['a shell', ['sh', '-c', 'echo $PW'], 'FORBIDDEN'],
      ['a secret in it', ['mysql', '-h', 'db1', '--password=Sommer-2026!x'], 'INVALID_INPUT'],
    ])('are not even asked for with %s', async (_, argv, code) => {
      await using world = await asked()

      const refused = await world.request(argv).catch((error) => error)

      expect(refused.code).toBe(code)
      expect(refused.message).not.toContain('Sommer')
    })

    test('of two who decide at once one does', async () => {
      await using world = await asked()
      const { ana, lea, request } = world
      const { id } = await request(DUMP)
      const step_up = await steppedUp(ana)

      const outcomes = await Promise.allSettled([
        ana.api.approvals.approve({ id, step_up }),
        lea.api.approvals.refuse({ id }),
      ])

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })

    test('of two uses with one yes one gets it', async () => {
      await using world = await asked()
      const { ana, use, request } = world
      const { id } = await request(DUMP)
      await ana.api.approvals.approve({ id, step_up: await steppedUp(ana) })

      const outcomes = await Promise.allSettled([use(DUMP, id), use(DUMP, id)])

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    })
  })
}
