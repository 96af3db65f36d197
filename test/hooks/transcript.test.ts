import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { happeningsIn } from '../../src/hooks/transcript.ts'

function aTranscript(lines: (object | string)[]) {
  const folder = mkdtempSync(join(tmpdir(), 'msp-transcript-'))
  const path = join(folder, 't.jsonl')
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

const at = '2026-11-22T11:22:29.219Z'
const prompt = (text: string, more: object = {}) => ({
  type: 'user',
  promptId: `id of ${text}`,
  timestamp: at,
  message: { role: 'user', content: text },
  ...more,
})
const prompts = (path: string, tailBytes?: number) =>
  [...happeningsIn(path, { tailBytes, withUnfinished: false })].flatMap((one) =>
    one.kind === 'prompt' ? [one.text] : [],
  )

describe('a transcript', () => {
  test('gives what was typed, and nothing that the client put in', () => {
    using transcript = aTranscript([
      prompt('typed', { promptSource: 'typed' }),
      prompt('<command-name>/compact</command-name>'),
      prompt('<task-notification>done</task-notification>', { promptSource: 'system' }),
      prompt('queued by the system', { promptSource: 'system' }),
      prompt('This session is being continued', { isCompactSummary: true }),
      prompt('the body of a command', { isMeta: true }),
      {
        ...prompt('with a picture'),
        message: { content: [{ type: 'image' }, { type: 'text', text: 'with a picture' }] },
      },
    ])

    expect(prompts(transcript.path)).toEqual(['typed', 'with a picture'])
  })

  test('gives what a person typed while the model worked, and no notice of the client', () => {
    const queued = (prompt: string, kind: string, commandMode = 'prompt') => ({
      type: 'attachment',
      uuid: `line of ${prompt}`,
      timestamp: at,
      attachment: { type: 'queued_command', prompt, source_uuid: `id of ${prompt}`, commandMode, origin: { kind } },
    })
    using transcript = aTranscript([
      prompt('typed'),
      queued('and this too', 'human'),
      queued('an agent is done', 'system', 'task-notification'),
      queued('from another agent', 'agent'),
      { ...queued('no text', 'human'), attachment: { type: 'queued_command', prompt: 7, commandMode: 'prompt' } },
      '{"type":"attachment","attachment":{"type":"queued_command"',
    ])

    expect([...happeningsIn(transcript.path, { withUnfinished: false })]).toMatchObject([
      { kind: 'prompt', text: 'typed' },
      { kind: 'prompt', promptId: 'id of and this too', text: 'and this too', at },
    ])
  })

  test('is read from the first whole line of its tail', () => {
    using transcript = aTranscript(Array.from({ length: 100 }, (_, number) => prompt(`prompt ${number}`)))
    const two = JSON.stringify(prompt('prompt 99')).length * 2

    expect(prompts(transcript.path, two + 20)).toEqual(['prompt 98', 'prompt 99'])
  })

  test('of many megabytes, with lines over the border of a chunk and one that is too long, is read to its end', () => {
    const many = Array.from({ length: 3_000 }, (_, number) => prompt(`${number} ${'€'.repeat(500)}`))
    using transcript = aTranscript([...many, prompt('x'.repeat(17 * 1024 * 1024)), prompt('the last')])

    const found = prompts(transcript.path)

    expect(found).toHaveLength(3_001)
    expect(found.at(-1)).toBe('the last')
    expect(found.filter((text) => text.includes('\ufffd'))).toEqual([])
  })

  test('that is not there tells nothing', () => {
    expect(prompts('/nowhere/t.jsonl')).toEqual([])
  })
})
