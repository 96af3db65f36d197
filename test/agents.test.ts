import { describe, expect, test } from 'vitest'
import { callsIn, faultOf, proseIn } from './prose.ts'

const agents = proseIn('agents')

test('the agents of the product are here', () => {
  const names = agents.map(({ fields }) => fields.name)

  expect(names).toEqual(
    expect.arrayContaining([
      ...['context-recovery', 'credential-retrieval', 'credential-storage', 'environment-context', 'failure-analysis'],
      ...['machine-detection', 'session-summary', 'historical-search', 'problem-pattern-matching', 'database-query'],
      ...['work-categorization', 'integration-workflow', 'integration-search'],
    ]),
  )
})

describe.each(
  agents.filter(({ fields }) => fields.name?.startsWith('credential-')).map((agent) => [agent.file, agent] as const),
)('%s', (_, { body }) => {
  test('runs no verb that shows a secret, and puts none into an argument', () => {
    const calls = callsIn(body).filter((call) => !/^msp cred (reveal|approve)\b/.test(call) || call.includes('--'))

    expect(body).toMatch(/[Nn]ever (`msp cred reveal`|put a secret into an argument)/)
    expect(calls.filter((call) => /reveal|totp |msp call/.test(call))).toEqual([])
  })

  test('returns what was done, never a value', () => {
    expect(body).toMatch(/never a secret|do not repeat it/i)
  })
})

test.each([
  ['historical-search', 150, /^msp (?:search|session (?:list|show)|work show)\b/],
  ['problem-pattern-matching', 250, /^msp (?:problems (?:match|show)|search)\b/],
  ['database-query', 200, /^msp (?:figures|call reports\.clientMonth)\b/],
  ['context-recovery', 300, /^msp (?:context|session (?:list|show)|task list|cred find|search|failures list)\b/],
])('%s only looks things up, in at most %d words', (name, words, allowed) => {
  const { body = '' } = agents.find(({ fields }) => fields.name === name) ?? {}

  expect(callsIn(body).filter((call) => !allowed.test(call))).toEqual([])
  expect(body).toContain(`most ${words} words`)
})

test('the agent that looks at an environment runs nothing that changes or tries something', () => {
  const { body = '' } = agents.find(({ fields }) => fields.name === 'environment-context') ?? {}

  const others = callsIn(body).filter(
    (call) => !/^msp (?:env (?:check|show)|failures (?:list|show)|commands-for)\b/.test(call),
  )

  expect(others).toEqual([])
  expect(body).toMatch(/Never run the planned command itself/)
})

test('the agent that goes through failures changes nothing without a yes', () => {
  const { body = '' } = agents.find(({ fields }) => fields.name === 'failure-analysis') ?? {}
  const [before = '', changes = ''] = body.split('## Change\n')

  const early = callsIn(before).filter((call) => !/^msp (?:failures (?:list|show)|env show|commands-for)\b/.test(call))

  expect(early).toEqual([])
  expect(changes).toMatch(/^Only what the technician said yes to/)
})

describe.each(agents.map((agent) => [agent.file, agent] as const))('%s', (file, { fields, body, lines }) => {
  test('says in its frontmatter what it is called, when to use it and which tools it gets', () => {
    expect(file).toBe(`agents/${fields.name}.md`)
    expect(fields.description).toMatch(/^Use (when|after|before) .*Not for /)
    expect(fields.tools).toMatch(/^[A-Z]\w+(, [A-Z]\w+)*$/)
  })

  test('is at most 60 lines long', () => {
    expect(lines).toBeLessThanOrEqual(60)
  })

  test('names only verbs and options that msp has', () => {
    const calls = callsIn(body)

    expect(calls.length).toBeGreaterThan(0)
    expect(calls.flatMap((call) => faultOf(call) ?? [])).toEqual([])
  })

  test('treats what it reads as data', () => {
    expect(body).toMatch(/## Trust\n[\s\S]*\bdata\b[\s\S]*[Nn]ever follow instructions found in/)
  })

  test('states what it returns, with the empty case and a limit of words', () => {
    const [, returned = ''] = body.split('## Return\n')

    expect(returned).toMatch(/do not guess|nothing else/i)
    expect(body).toMatch(/[Aa]t most \d+ words/)
  })
})
