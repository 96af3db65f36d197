import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CLAUDE_SESSION, type CliHome } from './home.ts'
import { aKnownWorld, homeOf, type KnownWorld } from './known-world.ts'

const SPOOLER = {
  title: 'Print spooler stops after the driver update',
  symptom: 'Nothing prints.',
  error_text: 'Error 1053: The service did not respond to the start or control request in a timely fashion.',
  solution: 'Remove the stale HP universal driver package, then start the service.',
} as const

describe('msp problems', () => {
  let world: KnownWorld
  let home: CliHome
  let id: string
  beforeAll(async () => {
    world = await aKnownWorld()
    id = (await world.ana.api.problemSolutions.create({ client_id: world.clientId, ...SPOOLER })).id
    const acme = await world.msp.client('Acme')
    const solution = 'Buy a new server.'
    await world.ana.api.problemSolutions.create({ client_id: acme, ...SPOOLER, solution })
  })
  beforeEach(async () => {
    home = await homeOf(world)
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const msp = (words: string[], options: { input?: string } = {}) => home.msp(['problems', ...words], options)

  test('finds the same error for a client, and never another client’s', async () => {
    const ran = await msp(['match', SPOOLER.error_text, '--client', 'Dataforth'])

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(
      new RegExp(`^${id.slice(-8)}  Print spooler stops.*\\n +Remove the stale HP.*\\n +\\(the same error, `),
    )
    expect(ran.stdout).not.toContain('Buy a new server')
  })

  test('finds one that is told in other words, in a file, on stdin or in a long log', async () => {
    const noise = Array.from(
      { length: 2_000 },
      (_, at) => `INFO worker-${at} took parcel ${at * 7} to shelf ${at % 90}\n`,
    ).join('')
    const log = join(home.work, 'spooler.log')
    writeFileSync(log, `${noise}spooler: Error 1053: service did not respond to the start request in time\n${noise}`)

    const ran = [
      await msp(['match', 'spooler', 'did', 'not', 'respond,', '1053', '--client', 'Dataforth', '--json']),
      await msp(['match', '--file', log, '--client', 'Dataforth', '--json']),
      await msp(['match', '-', '--client', 'Dataforth', '--json'], { input: 'the print spooler stops: 1053' }),
    ]

    for (const { json } of ran)
      expect(json).toMatchObject({ items: [{ match: 'similar', solution: { id }, success_percent: null }] })
  })

  test('says so when nothing like it is known, and what to do without an error', async () => {
    const [unknown, empty, missing] = [
      await msp(['match', 'The capital of Mongolia']),
      await msp(['match'], { input: '' }),
      await msp(['match', '--file', 'nowhere.log']),
    ]

    expect(unknown).toMatchObject({ code: 0, stdout: 'Nothing like it is known.\n' })
    expect(empty).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no error to look for') })
    expect(missing).toMatchObject({ code: 5, stderr: 'There is no file nowhere.log.\n' })
  })

  test('shows one, lists them, and counts how often it worked', async () => {
    const failed = await msp(['failed', id.slice(-8), '--note', 'The service was gone'])
    const worked = await msp(['worked', id])
    const [shown, listed] = [await msp(['show', id.slice(-8)]), await msp(['list', '--client', 'Dataforth'])]
    const { items } = await world.ana.api.solutionApplications.list({ solution_id: id })

    expect(failed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ Noted: \w{8} worked 0 of 1 times, Print/),
    })
    expect(worked.stdout).toMatch(/worked 1 of 2 times/)
    expect(shown.stdout).toMatch(/^solution: +Remove the stale HP/m)
    expect(shown.stdout).toMatch(/^tried: +worked 1 of 2 times$/m)
    expect(listed.stdout).toMatch(/^\w{8} +now +1\/2 +client +Print spooler stops/m)
    expect(items.map(({ outcome, note, client_id }) => `${outcome} ${note} ${client_id}`).sort()).toEqual([
      `failure The service was gone ${world.clientId}`,
      `success null ${world.clientId}`,
    ])
  })

  test('in a session that was told of it, looking at it counts as use, and that it failed as wrong', async () => {
    await home.msp('mode msp Dataforth')
    const told = await world.ana.api.contextRecalls.forPrompt({
      claude_session_id: CLAUDE_SESSION,
      text: `It fails: ${SPOOLER.error_text}`,
    })
    const recall = async () => {
      const { items } = await world.ana.api.contextRecalls.list({ solution_id: id })
      return items.map(({ feedback }) => feedback)
    }
    const before = await recall()
    await msp(['show', id])
    const shown = await recall()
    await msp(['failed', id])
    const failed = await recall()
    await msp(['show', id])

    expect(told.items).toMatchObject([{ kind: 'solution', id }])
    expect([before, shown, failed, await recall()]).toEqual([[null], ['used'], ['wrong'], ['wrong']])
  })

  test('in a session for a client, other clients’ problems are not looked through', async () => {
    await home.msp('mode msp Acme')

    const ran = await msp(['match', SPOOLER.error_text])

    expect(ran.stdout).toContain('Buy a new server')
    expect(ran.stdout).not.toContain('Remove the stale')
  })
})
