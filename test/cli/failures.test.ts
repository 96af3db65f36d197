import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aKnownWorld, aPattern, homeOf, type KnownWorld } from './known-world.ts'

describe('msp failures', () => {
  let world: KnownWorld
  let id: string
  beforeAll(async () => {
    world = await aKnownWorld()
  })
  beforeEach(async () => {
    id = await aPattern(world.msp, { client_id: world.clientId, infrastructure_id: world.srvOld })
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const msp = async (...words: string[]) => (await homeOf(world)).msp(['failures', ...words])
  const pattern = () => world.ana.api.failurePatterns.get({ id })

  test('lists what is known of a client, a machine or in a state', async () => {
    const nowhere = await aPattern(world.msp, {
      ...{ scope: 'client', client_id: world.clientId, host: 'fw1.example.com', status: 'candidate' },
    })

    const [all, there, doubtful, none] = [
      await msp('list', '--client', 'dataf'),
      await msp('list', '--host', '10.0.0.9', '--json'),
      await msp('list', '--status', 'candidate'),
      await msp('list', '--client', 'Acme'),
    ]

    expect(all.stdout).toMatch(/^id +seen +times +sure +status +where +what fails +instead$/m)
    expect(all.stdout).toMatch(/now +2 +92 % +active +SRV-OLD +Get-LocalUser does not exist/)
    const { items } = there.json as { items: { infrastructure_id: string }[] }
    expect(new Set(items.map(({ infrastructure_id }) => infrastructure_id))).toEqual(new Set([world.srvOld]))
    expect(doubtful.stdout.trim().split('\n')).toEqual([
      expect.any(String),
      expect.stringMatching(new RegExp(`^${nowhere.slice(-8)} .*fw1\\.example\\.com`)),
    ])
    expect(none.stdout).toBe('No failure patterns.\n')
  })

  test('shows one with where it holds, how sure it is and what works instead', async () => {
    const ran = await msp('show', id.slice(-8))

    expect(ran.stdout).toMatch(/^where: +SRV-OLD$/m)
    expect(ran.stdout).toMatch(/^category: +NotInstalled, medium$/m)
    expect(ran.stdout).toMatch(/^seen: +2 times in 2 sessions, /m)
    expect(ran.stdout).toMatch(/^instead: +Get-WmiObject Win32_UserAccount$/m)
  })

  test('is verified, suppressed and resolved, with the reason', async () => {
    const verified = await msp('verify', id.slice(-8))
    const { verified_by } = await pattern()
    await msp('suppress', id, '--reason', 'Only in the maintenance window')
    const suppressed = await pattern()
    const resolved = await msp('resolve', id, '--reason', 'SRV-OLD runs Server 2025', '--json')

    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^✓ Confirmed: \w{8} \(active\), /) })
    expect(verified_by).toBe(world.ana.id)
    expect(suppressed).toMatchObject({ status: 'suppressed', suppress_reason: 'Only in the maintenance window' })
    expect(resolved.json).toMatchObject({ status: 'obsolete', obsolete_reason: 'SRV-OLD runs Server 2025' })
  })

  test('keeps what a person writes as the alternative, apart from what was learned', async () => {
    const ran = await msp('edit', id, '--alternative', 'net user', '--cause', 'PowerShell 2.0', '--severity', 'low')

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(await pattern()).toMatchObject({
      ...{ recommended_alternative: 'net user', alternative_score: null },
      ...{ root_cause: 'PowerShell 2.0', severity: 'low' },
    })
  })

  test('takes an alternative away that is wrong', async () => {
    await msp('edit', id, '--alternative', '')

    expect(await pattern()).toMatchObject({ recommended_alternative: null })
  })

  test('counts as another one that says the same', async () => {
    const ran = await msp('merge', id.slice(-8), '--into', world.patternId.slice(-8))

    expect(ran.stdout).toMatch(new RegExp(`^✓ Merged: ${id.slice(-8)} counts as ${world.patternId.slice(-8)}, `))
    expect(await pattern()).toMatchObject({ status: 'obsolete', merged_into_id: world.patternId })
  })

  test.each([
    ['without a reason', ['suppress', 'ID'], 2, /--reason/],
    ['with an empty reason', ['resolve', 'ID', '--reason', ' '], 2, /--reason says nothing/],
    ['with nothing to change', ['edit', 'ID'], 2, /Nothing to change/],
    ['with a severity that is none', ['edit', 'ID', '--severity', 'huge'], 2, /low, medium, high, critical/],
    ['with a status that is none', ['list', '--status', 'old'], 2, /candidate, active, suppressed, obsolete/],
    ['with a host that nobody knows', ['list', '--host', 'mail9'], 5, /No machine of a client is called "mail9"/],
    ['with an id that is none', ['show', '00000000'], 5, /does not exist/],
  ] as const)('%s exits with a sentence that says what to do', async (_, words, code, message) => {
    const ran = await msp(...words.map((word) => (word === 'ID' ? id : word)))

    expect(ran).toMatchObject({ code, stdout: '' })
    expect(ran.stderr).toMatch(message)
  })

  test('of another client does not exist', async () => {
    const ben = await world.msp.technician({ name: 'Ben', clients: ['Acme'] })
    const home = await homeOf(world, ben)

    const [shown, changed] = [
      await home.msp(`failures show ${id}`),
      await home.msp(`failures suppress ${id} --reason x`),
    ]

    expect([shown.code, changed.code]).toEqual([5, 5])
  })
})
