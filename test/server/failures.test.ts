import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../server/domains/work/sha256.ts'
import { commandFingerprint } from '../../src/guard/shape.ts'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, testServer } from '../support/server.ts'

/** What is known to fail: patterns that people judge, and whether a command failed before. */

const at = (minute: number) => new Date(Date.parse('2026-01-12T09:00:00.000Z') + minute * 60_000).toISOString()

let serial = 0

/** Two clients that nobody else works for; Ben may see the second only. */
async function office(msp: TestServer) {
  const [first, second] = [`Dataforth ${++serial}`, `Contoso ${serial}`]
  const ana = await msp.technician({ name: 'Ana', clients: [first, second] })
  const ben = await msp.technician({ name: 'Ben', clients: [second] })
  const dataforth = await msp.client(first)
  const host = async (hostname: string) =>
    (await ana.api.infrastructure.create({ client_id: dataforth, hostname, kind: 'virtual_server' })).id
  return {
    ana,
    ben,
    dataforth,
    contoso: await msp.client(second),
    srvOld: await host('SRV-OLD'),
    srvNew: await host('SRV-NEW'),
    machineId: await msp.machine(ana, `LT-${serial}`),
    /** Of this world alone. */
    signature: sha256(`signature ${serial}`),
  }
}

/** Patterns are learned by the server; here one is put in by hand. */
async function aPattern(msp: TestServer, signature: string, own: Record<string, unknown> = {}): Promise<string> {
  const id = msp.server.deps.newId()
  await msp.server.deps.db
    .insertInto('failure_patterns')
    .values({
      id,
      created_at: at(0),
      updated_at: at(0),
      row_version: 1,
      scope: 'global',
      title: 'Get-LocalUser does not exist on PowerShell 2.0',
      category: 'compatibility',
      severity: 'medium',
      occurrences: 2,
      distinct_sessions: 2,
      first_seen_at: at(0),
      last_seen_at: at(0),
      confidence_percent: 60,
      status: 'active',
      signature,
      ...own,
    })
    .execute()
  return id
}

const asked = 'Get-LocalUser -Name ana'
const command_fingerprint = commandFingerprint(asked, sha256)

for (const database of DATABASES) {
  describe(`failures, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database, now: at(30) })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    describe('a failure pattern', () => {
      test('goes from candidate to active when a person confirms it, and is silenced or retired with a reason', async () => {
        const world = await office(msp)
        const { ana, signature } = world
        const id = await aPattern(msp, signature, { status: 'candidate' })

        const active = await ana.api.failurePatterns.activate({ id })
        const silent = await ana.api.failurePatterns.suppress({ id, reason: 'Maintenance window' })
        const again = await ana.api.failurePatterns.suppress({ id, reason: 'Another reason' })
        const retired = await ana.api.failurePatterns.markObsolete({ id, reason: 'SRV-OLD is gone' })

        expect(active).toMatchObject({ status: 'active', verified_by: ana.id })
        expect(silent).toMatchObject({ status: 'suppressed', suppress_reason: 'Maintenance window' })
        expect(again).toEqual(silent)
        expect(retired).toMatchObject({ status: 'obsolete', suppress_reason: null, obsolete_reason: 'SRV-OLD is gone' })
        await expect(ana.api.failurePatterns.suppress({ id, reason: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' })
      })

      test('is there once for each place and signature', async () => {
        const world = await office(msp)
        const { dataforth, srvOld, srvNew, signature } = world
        const of = { scope: 'infrastructure', client_id: dataforth }
        await aPattern(msp, signature)
        await aPattern(msp, signature, { scope: 'os' })
        await aPattern(msp, signature, { scope: 'client', client_id: dataforth })
        await aPattern(msp, signature, { ...of, infrastructure_id: srvOld })
        await aPattern(msp, signature, { ...of, infrastructure_id: srvNew })

        const twice = [aPattern(msp, signature), aPattern(msp, signature, { ...of, infrastructure_id: srvNew })]
        const outcomes = await Promise.allSettled(twice)

        const why = outcomes.map((one) => one.status === 'rejected' && msp.server.deps.dialect.refusal(one.reason))
        expect(why).toEqual(['unique', 'unique'])
      })
    })

    describe('whether a command failed before', () => {
      test('patterns of the place and general ones are told, the narrowest first; those of other places are not', async () => {
        const world = await office(msp)
        const { ana, dataforth, contoso, srvOld, srvNew, signature } = world
        const of = { scope: 'infrastructure', client_id: dataforth, command_fingerprint }
        const general = await aPattern(msp, signature, { signature: command_fingerprint })
        const here = await aPattern(msp, signature, { ...of, infrastructure_id: srvOld })
        await aPattern(msp, signature, { ...of, infrastructure_id: srvNew })
        await aPattern(msp, signature, { scope: 'client', client_id: contoso, command_fingerprint })
        await aPattern(msp, signature, { scope: 'os', command_fingerprint, status: 'candidate' })

        const byCommand = await ana.api.failurePatterns.match({ command: asked, infrastructure_id: srvOld })
        const bySignature = await ana.api.failurePatterns.match({ signature, client_id: contoso })

        expect(byCommand.patterns.map((pattern) => pattern.id)).toEqual([here, general])
        expect(bySignature.patterns.map((pattern) => pattern.client_id)).toEqual([contoso])
        expect(bySignature.command_fingerprint).toBe(command_fingerprint)
        await expect(ana.api.failurePatterns.match({ client_id: dataforth })).rejects.toMatchObject({
          code: 'INVALID_INPUT',
        })
      })

      test('the last failures are told with what worked, here apart from elsewhere, and nothing of clients one may not see', async () => {
        const world = await office(msp)
        const { ana, ben, dataforth, contoso, machineId } = world
        const failing = (hostname: string, minute: number) =>
          anEvent(
            'command',
            { command: `ssh ${hostname} systemctl restart cups`, success: false, exit_code: 5, stderr: 'not found' },
            { at: at(minute) },
          )
        const session = (client_id: string, stretch: number, events: ReturnType<typeof anEvent>[]) =>
          msp.ingest(
            ana,
            machineId,
            [anEvent('session.opened', { mode: 'msp', trigger: 'command', client_id }, { at: at(0) }), ...events].map(
              (event) => ({ ...event, stretch }),
            ),
          )
        await session(dataforth, 1, [
          failing('SRV-OLD', 1),
          anEvent('command', { command: 'ssh SRV-OLD sudo systemctl restart cups' }, { at: at(2) }),
        ])
        await session(contoso, 2, [failing('srv-web', 3)])

        const question = { command: 'ssh SRV-X systemctl restart lpd', client_id: contoso }
        const anas = await ana.api.failurePatterns.match(question)
        const bens = await ben.api.failurePatterns.match(question)

        expect(anas.here).toMatchObject([{ client_id: contoso, resolved_by: null }])
        expect(anas.elsewhere).toMatchObject([
          {
            client_id: dataforth,
            hostname: 'SRV-OLD',
            resolved_by: { command: 'ssh SRV-OLD sudo systemctl restart cups' },
          },
        ])
        expect(bens.here).toEqual(anas.here)
        expect(bens.elsewhere).toEqual([])
      })
    })

    test('a failed operation is resolved once', async () => {
      const world = await office(msp)
      const { ana, dataforth } = world
      const failed = { operation: 'api_call', code: 'PERMISSION_DENIED', message: 'No', occurred_at: at(1) } as const
      const { id, resolved } = await ana.api.operationFailures.create({ client_id: dataforth, ...failed })

      const first = await ana.api.operationFailures.resolve({ id, resolution: 'Consent was given' })
      const second = await ana.api.operationFailures.resolve({ id, resolution: 'Something else' })

      expect(resolved).toBe(false)
      expect(first).toMatchObject({ resolved: true, resolution: 'Consent was given', resolved_at: at(30) })
      expect(second).toEqual(first)
      expect((await ana.api.operationFailures.list({ resolved: false })).items).toEqual([])
    })
  })
}
