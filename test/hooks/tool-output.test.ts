import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redactedOutput, withheldOutput } from '../../src/hooks/tool-output.ts'
import { redactorHere } from '../../src/redaction.ts'
import { pathsOf } from '../../src/settings.ts'

const redactor = redactorHere(pathsOf({ MSP_HOME: mkdtempSync(join(tmpdir(), 'msp-output-')) }))
const PASSWORD = 'Kikker!Blauw7'

/** The outputs of the client's tools, as it sends them. */
const OUTPUTS: readonly (readonly [tool: string, output: unknown])[] = [
  [
    'Bash',
    { stdout: `password: ${PASSWORD}`, stderr: '', interrupted: false, isImage: false, noOutputExpected: false },
  ],
  ['Bash, on stderr', { stdout: 'ok', stderr: `password=${PASSWORD}`, interrupted: false, isImage: false }],
  [
    'Read',
    {
      type: 'text',
      file: { filePath: '/a', content: `password: ${PASSWORD}\n`, numLines: 2, startLine: 1, totalLines: 2 },
    },
  ],
  [
    'Read of a notebook',
    {
      type: 'notebook',
      file: { filePath: '/n', cells: [{ cellType: 'code', source: `password = "${PASSWORD}"`, cell_id: 'c1' }] },
    },
  ],
  ['Grep', { mode: 'content', numFiles: 0, filenames: [], content: `a.txt:1:password: ${PASSWORD}`, numLines: 1 }],
  ['Glob', { filenames: ['a.txt', `backup password=${PASSWORD}.txt`], durationMs: 3, numFiles: 2, truncated: false }],
  [
    'Edit',
    {
      filePath: '/a',
      oldString: 'x',
      newString: PASSWORD,
      originalFile: `password: ${PASSWORD}`,
      structuredPatch: [{ oldStart: 1, lines: [' host', `+password: ${PASSWORD}`] }],
    },
  ],
  [
    'Write',
    { type: 'create', filePath: '/a', content: `password: ${PASSWORD}`, structuredPatch: [], originalFile: null },
  ],
  [
    'WebFetch',
    { bytes: 3, code: 200, codeText: 'OK', result: `the password is ${PASSWORD}`, durationMs: 1, url: 'https://x' },
  ],
  [
    'Agent',
    {
      status: 'completed',
      agentId: 'a1',
      content: [{ type: 'text', text: `I found password: ${PASSWORD}` }],
      totalTokens: 3,
    },
  ],
  [
    'a background task',
    {
      retrieval_status: 'success',
      task: {
        task_id: 'b1',
        task_type: 'local_bash',
        status: 'completed',
        output: `password: ${PASSWORD}`,
        exitCode: 0,
      },
    },
  ],
  [
    'an MCP server',
    [
      { type: 'text', text: `password: ${PASSWORD}` },
      { type: 'text', text: 'two' },
    ],
  ],
  ['an MCP server, as JSON', `{"user":"ana","password":"${PASSWORD}"}`],
]

describe('the output of', () => {
  test.each(OUTPUTS)('%s keeps its shape and loses its secret', (_, output) => {
    const redacted = redactedOutput(redactor, output)

    expect(JSON.stringify(redacted)).not.toContain(PASSWORD)
    expect(shapeOf(redacted?.output)).toEqual(shapeOf(output))
    expect(JSON.stringify(redacted)).toMatch(/\[REDACTED:[a-z-]+:[0-9a-f]{8}\]/)
  })

  test.each(OUTPUTS)('%s can be withheld in its own shape', (_, output) => {
    const withheld = withheldOutput(output, 'WITHHELD')

    expect(JSON.stringify(withheld)).not.toContain(PASSWORD)
    expect(JSON.stringify(withheld)).toContain('WITHHELD')
    expect(shapeOf(withheld)).toEqual(shapeOf(output))
  })
})

describe('what says that a text is a secret', () => {
  test.each([
    ['its name', { user: 'ana', password: 'pannenkoek' }, 'pannenkoek'],
    ['the name beside it', { env: [{ name: 'DB_PASSWORD', value: 'pannenkoek-12' }] }, 'pannenkoek-12'],
    ['another text of the output', { stdout: PASSWORD, stderr: `password: ${PASSWORD}` }, PASSWORD],
    [
      'another text, encoded',
      { stdout: `password: ${PASSWORD}`, stderr: Buffer.from(PASSWORD).toString('base64') },
      Buffer.from(PASSWORD).toString('base64'),
    ],
    [
      'the line before it',
      {
        lines: [
          '-----BEGIN OPENSSH PRIVATE KEY-----',
          'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAA',
          '-----END OPENSSH PRIVATE KEY-----',
        ],
      },
      'b3BlbnNzaC1rZXktdjEA',
    ],
  ])('may be %s', (_, output, secret) => {
    expect(JSON.stringify(redactedOutput(redactor, output))).not.toContain(secret)
  })
})

describe('untouched stays', () => {
  test.each([
    ['an output without a secret', { stdout: 'active (running)', stderr: '', interrupted: false, isImage: false }],
    [
      'a picture of a file',
      {
        type: 'image',
        file: { base64: Buffer.from(`password=${PASSWORD}`).toString('base64'), type: 'image/png', originalSize: 70 },
      },
    ],
    [
      'a picture of an MCP server',
      [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AKIAIOSFODNN7EXAMPLE' } }],
    ],
    [
      'a picture that a command printed',
      { stdout: 'data:image/png;base64,cGFzc3dvcmQ6IEtpa2tlciFCbGF1dzc=', stderr: '', isImage: true },
    ],
    [
      'what is private but no secret: that is for the record only',
      { stdout: 'hello <private>Mrs Smith</private>', stderr: '' },
    ],
  ])('%s', (_, output) => {
    expect(redactedOutput(redactor, output)).toBeUndefined()
  })
})

test('the mark of a redacted name names no value', () => {
  const given = [{ name: PASSWORD, value: ['A~^0'] }]
  const once = redactedOutput(redactor, given)?.output

  expect(JSON.stringify(once)).not.toContain(PASSWORD)
  expect(redactedOutput(redactor, once)).toBeUndefined()
})

test('whatever a tool gives, its shape stays, and looking again changes nothing', () => {
  const lines = fc.constantFrom(`password: ${PASSWORD}`, PASSWORD, 'active (running)', '+ diff', '')
  const output = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, lines, fc.string(), fc.integer(), fc.constant(null), tie('list'), tie('fields')),
    list: fc.array(tie('value'), { maxLength: 4 }),
    fields: fc.dictionary(fc.constantFrom('stdout', 'password', 'type', 'name', 'value', 'lines', 'x'), tie('value')),
  })).value

  fc.assert(
    fc.property(output, (given) => {
      const once = redactedOutput(redactor, given)?.output ?? given
      expect(shapeOf(once)).toEqual(shapeOf(given))
      expect(redactedOutput(redactor, once)?.output ?? once).toEqual(once)
      expect(JSON.stringify(withheldOutput(given, ''))).not.toContain(PASSWORD)
    }),
    { numRuns: 300 },
  )
})

test('a secret among private text is taken out of it', () => {
  const redacted = redactedOutput(redactor, { stdout: `<private>Mrs Smith, password: ${PASSWORD}</private>` })

  expect(redacted?.output).toEqual({
    stdout: expect.stringMatching(/^<private>Mrs Smith, password: \[REDACTED:\S+\]<\/private>$/),
  })
})

/** The output with every text replaced by nothing but its type, which is what Claude Code checks. How many lines a list has is free. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return 'text'
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string') ? ['texts'] : value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]))
}
