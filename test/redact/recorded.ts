import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the guard and the pieces of work are measured with. */
const FOLDERS = ['../guard/replay/data', '../work/days'].map((folder) => join(import.meta.dirname, folder))

/** A text of made-up recorded work. Few of them hold a secret, and which ones is not written down. */
export interface Recorded {
  kind: 'command' | 'prompt' | 'output'
  text: string
}

/** Commands, prompts and outputs of the recorded work of this repository, each text once. */
export function recordedTexts(): Recorded[] {
  const lines = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n')),
  )
  const texts = new Map<string, Recorded['kind']>()
  for (const line of lines) {
    const { hook } = JSON.parse(line) as { hook?: Hook }
    const { tool_input: input, prompt, error, tool_response: response } = hook ?? {}
    const found = [
      ['command', input?.command],
      ['prompt', prompt],
      ['output', error],
      ['output', response?.stdout],
    ] as const
    for (const [kind, text] of found) if (text && !texts.has(text)) texts.set(text, kind)
  }
  return [...texts].map(([text, kind]) => ({ kind, text }))
}

interface Hook {
  prompt?: string
  error?: string
  tool_input?: { command?: string }
  tool_response?: { stdout?: string }
}
