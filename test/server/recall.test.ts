import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mostPromising, type Proven } from '../../server/domains/knowledge/rules.ts'
import { checkSuccessor } from '../../server/domains/knowledge/superseding.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** Solutions, snippets and what they are about: found again for the right client, and counted. */

const solution = (own: Partial<Proven>): Proven => ({
  id: 'x',
  client_id: null,
  confidence: 'medium',
  times_applied: 0,
  times_succeeded: 0,
  last_applied_at: null,
  created_at: '2026-01-12T09:00:00.000Z',
  ...own,
})

describe('which solution is the most promising', () => {
  test('those of the client come first, then what worked, then what is believed, then the newest', () => {
    const ranked = [
      solution({ id: 'of the client', client_id: 'c', times_applied: 3 }),
      solution({ id: 'works', times_applied: 10, times_succeeded: 10 }),
      solution({ id: 'believed', confidence: 'high' }),
      solution({ id: 'newer', created_at: '2026-01-13T09:00:00.000Z' }),
      solution({ id: 'older' }),
      solution({ id: 'does not work', times_applied: 4 }),
    ]

    expect(mostPromising(ranked.toReversed(), 'c').map(({ id }) => id)).toEqual(ranked.map(({ id }) => id))
  })

  test('a success more never makes it less promising', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (one, other) => {
        const times_applied = one + other + 1
        const before = solution({ id: 'before', times_applied, times_succeeded: one })
        const after = solution({ id: 'after', times_applied: times_applied + 1, times_succeeded: one + 1 })
        expect(mostPromising([before, after], null)[0]?.id).toBe('after')
      }),
    )
  })
})

test('no order of superseding leads in a circle', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(5))), (steps) => {
      const rows = Array.from({ length: 6 }, (_, number) => ({
        id: String(number),
        client_id: null,
        superseded_by_id: null as string | null,
      }))
      for (const [from, to] of steps) {
        const [before, successor] = [rows[from] as (typeof rows)[0], rows[to] as (typeof rows)[0]]
        try {
          checkSuccessor('solution', before, successor)
          before.superseded_by_id = successor.id
        } catch {
          // Refused.
        }
      }
      for (const start of rows) {
        let at: (typeof rows)[0] | undefined = start
        for (let step = 0; step < rows.length && at; step++) at = rows[Number(at.superseded_by_id ?? 'none')]
        expect(at).toBeUndefined()
      }
    }),
  )
})

let serial = 0

/** Ana works for both clients, Ben for the second only. */
async function office(msp: TestServer) {
  const [first, second] = [`Dataforth ${++serial}`, `Contoso ${serial}`]
  const ana = await msp.technician({ name: 'Ana', clients: [first, second] })
  const ben = await msp.technician({ name: 'Ben', clients: [second] })
  const [dataforth, contoso] = [await msp.client(first), await msp.client(second)]
  const machine_id = await msp.machine(ana, `LT-${serial}`)
  const session = (client_id: string | null) =>
    ana.api.sessions.create({ client_id, machine_id, mode: 'msp', claude_session_id: `${serial} ${client_id}` })
  return { api: ana.api, ana, ben, dataforth, contoso, session }
}

const spooler = { title: 'Spooler stops', symptom: 'Nothing prints', solution: 'Remove the stale driver' }
const errorOf = (spool: string) => `Error 1053: ${spool} was not printed (pid ${spool.length})`

for (const database of DATABASES) {
  describe(`what is remembered, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('an error finds what solved one like it: of the client, then general ones, never of another client', async () => {
      const { api, ana, ben, dataforth, contoso } = await office(msp)
      const error_text = errorOf(`C:\\Spool\\${serial}.spl`)
      const make = async (client_id: string | null, title: string) =>
        (await api.problemSolutions.create({ ...spooler, client_id, title, error_text })).id
      const own = await make(dataforth, 'own')
      await make(contoso, 'of another')
      const general = await make(null, 'general')
      const replaced = await make(dataforth, 'replaced')
      await api.problemSolutions.supersede({ id: replaced, superseded_by_id: own })
      await api.solutionApplications.create({ client_id: dataforth, solution_id: own, outcome: 'success' })
      await api.solutionApplications.create({ client_id: dataforth, solution_id: own, outcome: 'partial' })
      msp.clock.advance(86_400_000)
      const like = { error_text: errorOf('/var/spool/cups/d00042'), client_id: dataforth }

      const { items } = await ana.api.problemSolutions.match(like)

      expect(items.map((item) => item.solution.id)).toEqual([own, general])
      expect(items[0]).toMatchObject({ success_percent: 50, age_days: 1, solution: { times_applied: 2 } })
      expect(items[1]).toMatchObject({ success_percent: null })
      await expect(ben.api.problemSolutions.match(like)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await api.problemSolutions.archive({ id: general })
    })

    test('the signature of a solution follows its error text', async () => {
      const { api, dataforth } = await office(msp)
      const { id, error_signature } = await api.problemSolutions.create({ ...spooler, client_id: dataforth })

      const told = await api.problemSolutions.update({ id, error_text: errorOf('a.spl') })
      const same = await api.problemSolutions.update({ id, title: 'Another title' })
      const untold = await api.problemSolutions.update({ id, error_text: null })

      expect(error_signature).toBeNull()
      expect(told.error_signature).toMatch(/^[0-9a-f]{64}$/)
      expect(same.error_signature).toBe(told.error_signature)
      expect(untold.error_signature).toBeNull()
    })

    test('every application of a solution counts once, also when they come at once', async () => {
      const { api, dataforth } = await office(msp)
      const { id } = await api.problemSolutions.create({ ...spooler, client_id: dataforth })
      const outcomes = ['success', 'failure', 'success', 'partial', 'success'] as const

      const made = await Promise.all(
        outcomes.map((outcome) => api.solutionApplications.create({ client_id: dataforth, solution_id: id, outcome })),
      )

      expect(made.map((one) => one.outcome)).toEqual(outcomes)
      expect(await api.problemSolutions.get({ id })).toMatchObject({
        times_applied: 5,
        times_succeeded: 3,
        last_applied_at: msp.clock.now().toISOString(),
      })
    })

    test("a client's solution is not applied, recalled or linked for another client; a general one is", async () => {
      const { api, dataforth, contoso, session } = await office(msp)
      const own = (await api.problemSolutions.create({ ...spooler, client_id: dataforth })).id
      const general = (await api.problemSolutions.create(spooler)).id
      const note = { client_id: contoso, kind: 'fact', text: 'Prints over port 9100' } as const
      const snippet_id = (await api.contextSnippets.create(note)).id
      const session_id = (await session(contoso)).id
      const use = async (solution_id: string) => {
        const recalled = { session_id, query_hash: '0'.repeat(64), rank: 1, score: 500, tokens: 9 }
        const done = await Promise.allSettled([
          api.solutionApplications.create({ client_id: contoso, solution_id, outcome: 'success' }),
          api.contextRecalls.create({ ...recalled, solution_id }),
          api.contextLinks.create({ snippet_id, solution_id }),
        ])
        return done.map((one) => (one.status === 'rejected' ? one.reason.code : one.value.client_id))
      }

      expect(await use(own)).toEqual(['INVALID_INPUT', 'INVALID_INPUT', 'INVALID_INPUT'])
      expect(await use(general)).toEqual([contoso, contoso, contoso])
      expect((await api.problemSolutions.get({ id: own })).times_applied).toBe(0)
    })

    test('a text is kept once for each place', async () => {
      const { api, dataforth, contoso } = await office(msp)
      const text = 'The scanner sends mail over port 25'
      const keep = (client_id: string, words: string) =>
        api.contextSnippets.create({ client_id, kind: 'gotcha', text: words })
      const { id } = await keep(dataforth, text)

      const again = keep(dataforth, `  ${text.toUpperCase()}\n`)
      await expect(again).rejects.toMatchObject({ code: 'CONFLICT' })
      await keep(contoso, text)
      await api.contextSnippets.update({ id, text: 'The scanner sends mail over port 587' })

      expect(await keep(dataforth, text)).toMatchObject({ client_id: dataforth, use_count: 0 })
    })

    test('a link or tag names one context or snippet, and belongs to whom that belongs', async () => {
      const { api, ben, dataforth } = await office(msp)
      const infrastructure_id = (
        await api.infrastructure.create({ client_id: dataforth, hostname: 'SRV-OLD', kind: 'virtual_server' })
      ).id
      const tag_id = (await api.tags.create({ slug: `printing-${serial}`, name: 'Printing' })).id
      const told = { kind: 'handoff', title: 'State', dense_summary: 'All is well.' } as const
      const ofClient = (await api.conversationContexts.create({ ...told, client_id: dataforth })).id
      const ofAuthor = (await api.conversationContexts.create(told)).id

      const link = await api.contextLinks.create({ context_id: ofClient, infrastructure_id })
      const tagged = await api.contextTags.create({ context_id: ofAuthor, tag_id })
      const refused = await Promise.allSettled([
        api.contextLinks.create({ context_id: ofAuthor, infrastructure_id }),
        api.contextLinks.create({ infrastructure_id }),
        api.contextLinks.create({ context_id: ofClient }),
        api.contextLinks.create({ context_id: ofClient, infrastructure_id }),
        ben.api.contextTags.get({ id: tagged.id }),
      ])

      expect([link.client_id, tagged.client_id]).toEqual([dataforth, null])
      expect(refused.map((one) => one.status === 'rejected' && one.reason.code)).toEqual([
        'INVALID_INPUT',
        'INVALID_INPUT',
        'INVALID_INPUT',
        'CONFLICT',
        'NOT_FOUND',
      ])
    })

    test('what was recalled is counted, and feedback counts once however often it is given', async () => {
      const { api, dataforth, session } = await office(msp)
      const snippet = await api.contextSnippets.create({ client_id: dataforth, kind: 'fact', text: 'Port 25 only' })
      const words = { category: 'network', key: 'scanner.port', statement: 'The scanner uses port 25.' } as const
      const insight = await api.environmentalInsights.create({ client_id: dataforth, ...words })
      const of = { session_id: (await session(dataforth)).id, query_hash: '0'.repeat(64), rank: 1, score: 1, tokens: 9 }
      const [first, second] = [
        await api.contextRecalls.create({ ...of, snippet_id: snippet.id }),
        await api.contextRecalls.create({ ...of, insight_id: insight.id }),
      ]

      for (const feedback of ['used', 'used', 'wrong', 'used'] as const)
        await api.contextRecalls.feedback({ id: first.id, feedback })
      await api.contextRecalls.feedback({ id: second.id, feedback: 'used' })
      await api.contextRecalls.feedback({ id: second.id, feedback: 'ignored' })

      expect(await api.contextSnippets.get({ id: snippet.id })).toMatchObject({
        use_count: 1,
        last_used_at: msp.clock.now().toISOString(),
      })
      expect(await api.environmentalInsights.get({ id: insight.id })).toMatchObject({
        times_recalled: 1,
        times_helpful: 0,
      })
    })

    test('the knowledge that a session began with is written down once, and never for a client of somebody else', async () => {
      const { api, dataforth, contoso, session } = await office(msp)
      const words = { category: 'network', key: 'scanner.port', statement: 'The scanner uses port 25.' } as const
      const insight = await api.environmentalInsights.create({ client_id: dataforth, ...words })
      const { id: decision } = await api.decisions.create({
        client_id: dataforth,
        title: 'Mail',
        decision: 'It stays here.',
      })
      await api.decisions.accept({ id: decision })
      const { id, claude_session_id } = await session(dataforth)
      const told = (await api.context.get({ client_id: dataforth })).items
      const of = { claude_session_id: claude_session_id as string, items: told }

      const [first, again] = [await api.contextRecalls.injected(of), await api.contextRecalls.injected(of)]

      expect(told.map(({ kind }) => kind).sort()).toEqual(['decision', 'insight'])
      expect([first, again]).toEqual([
        { is_known: true, kept: 2 },
        { is_known: true, kept: 0 },
      ])
      expect((await api.contextRecalls.list({ session_id: id })).items).toHaveLength(2)
      expect(await api.environmentalInsights.get({ id: insight.id })).toMatchObject({ times_recalled: 1 })
      const foreign = await session(contoso)
      await expect(
        api.contextRecalls.injected({ claude_session_id: foreign.claude_session_id as string, items: told }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      expect(await api.contextRecalls.injected({ ...of, claude_session_id: 'not-heard-of' })).toEqual({
        is_known: false,
        kept: 0,
      })
    })
  })
}
