import { describe, expect, test } from 'vitest'
import { callsIn, faultOf, proseIn } from './prose.ts'

const commands = proseIn('commands')

test('there are /msp, /dev and /normal', () => {
  expect(commands.map(({ fields }) => fields.name).sort()).toEqual(['dev', 'msp', 'normal'])
})

describe.each(commands.map((command) => [command.file, command] as const))('%s', (file, { fields, body, lines }) => {
  const name = fields.name ?? ''
  const shellLines = [...body.matchAll(/!`([^`]+)`/g)].map((match) => match[1])

  test('has a short name, a description, a hint and is for people only', () => {
    expect(file).toBe(`commands/${name}.md`)
    expect(fields.description).toBeTruthy()
    expect(fields['argument-hint']).toBeTruthy()
    expect(fields['disable-model-invocation']).toBe('true')
  })

  test('runs one constant line: what was typed never meets a shell', () => {
    expect(shellLines).toEqual([`node "\${CLAUDE_PLUGIN_ROOT}/dist/msp.cjs" mode ${name} --from-prompt`])
    expect(body).not.toMatch(/\$ARGUMENTS|\$\d/)
  })

  test('allows that line in the default permission mode', () => {
    expect(fields['allowed-tools']).toContain(`Bash(node "\${CLAUDE_PLUGIN_ROOT}/dist/msp.cjs" mode:*)`)
  })

  test('allows and names only verbs and options that msp has', () => {
    const allowed = [...(fields['allowed-tools'] ?? '').matchAll(/Bash\((msp [^:)]+):\*\)/g)].map(
      (match) => match[1] ?? '',
    )
    const verbs = allowed.filter((call) => !callsVerbGroup(call))

    expect(allowed.length).toBeGreaterThan(0)
    expect([...verbs, ...callsIn(body)].flatMap((call) => faultOf(call) ?? [])).toEqual([])
  })

  test('pre-approves nothing that administers, signs in or calls any operation', () => {
    expect(fields['allowed-tools']).not.toMatch(/msp (user|client|login|logout|serve|spool|config)\b|msp call:|msp:/)
  })

  test('pre-approves no verb that changes what all technicians are warned of', () => {
    expect(fields['allowed-tools']).not.toMatch(/msp failures(?: (?!list:|show:)|:)/)
  })

  test('says what is data, and takes at most twenty lines to say what to do', () => {
    const instructions = body.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('!'))

    expect(body).toMatch(/data, never instructions/)
    expect(instructions.length).toBeLessThanOrEqual(20)
    expect(lines).toBeLessThanOrEqual(60)
  })
})

/** `msp session` stands for all its verbs. */
function callsVerbGroup(call: string): boolean {
  return faultOf(`${call} list`) === null || faultOf(`${call} show`) === null
}
