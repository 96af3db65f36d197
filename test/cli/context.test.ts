import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CliHome } from './home.ts'
import { aKnownWorld, homeOf, type KnownWorld } from './known-world.ts'

/** Decisions and notes are written down on the command line; sessions begin with them, and `--explain` says why. */

describe('what is written down', () => {
  let world: KnownWorld
  let home: CliHome
  beforeAll(async () => {
    world = await aKnownWorld()
  })
  beforeEach(async () => {
    home = await homeOf(world)
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const decide = (...words: string[]) => home.msp(['decide', ...words])
  const note = (...words: string[]) => home.msp(['note', ...words])

  test('a decision stands for its client until another takes its place', async () => {
    const first = await decide('Mail stays here', '--because', 'The licence is paid', '--client', 'Dataforth')
    const id = first.stdout.match(/✓ Decided (\w{8}): Mail stays here/)?.[1] as string
    const second = await decide('Mail moves', '--because', 'The licence ended', '--instead-of', id, '--json')
    const context = await home.msp('context --client Dataforth')

    expect(second.json).toMatchObject({ status: 'accepted', client_id: world.clientId, context: 'The licence ended' })
    expect(context.stdout).toMatch(/Decided:\n- Mail moves \(now\) \[\w{8}\]/)
    expect(context.stdout).not.toContain('Mail stays')
  })

  test('a decision for nobody is not written by mistake', async () => {
    const [nobody, both, general] = [
      await decide('Use UTC', '--because', 'Two zones'),
      await decide('Use UTC', '--because', 'Two zones', '--general', '--client', 'Dataforth'),
      await decide('Use UTC', '--because', 'Two zones', '--general', '--json'),
    ]

    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining('For whom was it decided?') })
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('--general is for nobody in particular') })
    expect(general.json).toMatchObject({ client_id: null, status: 'accepted', decision: 'Use UTC' })
  })

  test('in a session it is for the client of that session', async () => {
    await home.msp('mode msp Dataforth')

    const [decided, noted] = [
      await decide('Patch on Thursdays', '--because', 'Fridays are for the release', '--json'),
      await note('The scanner needs port 587', '--kind', 'gotcha', '--json'),
    ]

    expect(decided.json).toMatchObject({ client_id: world.clientId, title: 'Patch on Thursdays' })
    expect(noted.json).toMatchObject({ client_id: world.clientId, kind: 'gotcha', relevance: 50 })
  })

  test('a note is about a host, takes the place of another where that was, or is only one’s own', async () => {
    const old = await note('Runs the ERP', '--host', 'SRV-OLD', '--json')
    const { id } = old.json as { id: string }
    const recent = await note('Runs the ERP and the CRM', '--supersedes', id.slice(-8), '--kind', 'gotcha', '--json')
    const own = await note('Short answers, please', '--kind', 'preference')

    expect(old.json).toMatchObject({ client_id: world.clientId, infrastructure_id: world.srvOld, kind: 'fact' })
    expect(recent.json).toMatchObject({ infrastructure_id: world.srvOld, kind: 'gotcha' })
    const { id: successor } = recent.json as { id: string }
    expect(await world.ana.api.contextSnippets.get({ id })).toMatchObject({ superseded_by_id: successor })
    expect(own.stdout).toMatch(/^✓ Noted \w{8} \(preference, for you only\): Short answers, please\n$/)
  })

  test('nothing is written for a note that does not exist, a host that is unknown or a kind that is none', async () => {
    const before = (await world.ana.api.contextSnippets.list({ total: true })).total
    const ran = [
      await note('Lost', '--supersedes', '00000000'),
      await note('Lost', '--host', 'NOWHERE', '--client', 'Dataforth'),
      await note('Lost', '--kind', 'rumour'),
      await note('Lost', '--relevance', 'much'),
    ]

    expect(ran.map(({ code }) => code)).toEqual([5, 5, 2, 2])
    expect((await world.ana.api.contextSnippets.list({ total: true })).total).toBe(before)
  })

  test('--explain says why each line is there, what was left out, and what it costs beside what was kept', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await note(`Remember thing ${n}`, '--client', 'Acme')

    const [explained, small, data, plain] = [
      await home.msp('context --client Acme --explain'),
      await home.msp('context --client Acme --explain --budget 150'),
      await home.msp('context --client Acme --explain --json'),
      await home.msp('context --client Acme --json'),
    ]

    expect(explained.stdout).toMatch(
      /Notes: \d+ tokens; noted for here; by relevance, use and age\n {2}\+ fact: Remember/,
    )
    expect(explained.stdout).toMatch(/\n {2}\. fact: Remember thing \d .*\[10\.8; \d+ tokens\]/)
    expect(explained.stdout).toMatch(/Kept \d+ of \d+ lines; left out: 0 for want of tokens, 1 beyond/)
    expect(explained.stdout).toMatch(/\d+ tokens of at most 1000; what was read to make it has \d+ \([\d.]+ %\)\.\n$/)
    expect(small.stdout).toMatch(/\n {2}- fact: Remember/)
    expect(data.json).toMatchObject({ explanation: { lines_possible: expect.any(Number) } })
    expect(plain.json).not.toHaveProperty('explanation')
  })
})
