// Measures `msp failures replay` on a labelled file: node scripts/run.mjs test/guard/replay/measure.ts FILE.jsonl [--misses]
// An event of PreToolUse may carry "label": "stop" or "allow", and with "stop" an "alternative": words that must stand in what is proposed.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

export interface Labelled {
  line: number
  label: 'stop' | 'allow'
  command: string
  /** It ran in the recording, and failed. */
  hasFailed: boolean
  /** What is to be proposed instead, or part of it. */
  wanted: string | undefined
}

export interface Decided {
  line: number
  decision: 'allow' | 'note' | 'deny'
  reason: string | null
  alternative: string | null
}

export interface Miss extends Labelled, Omit<Decided, 'line'> {
  kind: 'not stopped' | 'falsely stopped' | 'other alternative'
}

export interface Figures {
  /** Of what should be stopped, in percent. */
  stopped: number
  /** Of what should run, in percent. */
  falselyStopped: number
  /** Of what should run and did not fail then, in percent: without what a limit foresaw at the first try. */
  harmfullyStopped: number
  /** Of what was stopped rightly and has a right alternative, in percent. */
  rightAlternative: number
  repeats: number
  others: number
  alternatives: number
  misses: Miss[]
}

const CLI = join(import.meta.dirname, '..', '..', '..', 'dist', 'msp.cjs')
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

/** Plays a labelled file with the built CLI and compares. */
export async function measure(file: string): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'failures', 'replay', file, '--json'], {
    maxBuffer: MAX_OUTPUT_BYTES,
  })
  const decided = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Decided)
  return compare(labelsIn(readFileSync(file, 'utf8')), decided)
}

export function labelsIn(content: string): Labelled[] {
  const lines = content.split('\n').map((text) => (text.trim() === '' ? {} : JSON.parse(text)))
  const failed = new Set(
    lines.flatMap(({ hook }) => (hook?.hook_event_name === 'PostToolUseFailure' ? hook.tool_use_id : [])),
  )
  return lines.flatMap((value, index) => {
    if (value.label !== 'stop' && value.label !== 'allow') return []
    const { label, alternative: wanted, hook } = value
    return [
      {
        line: index + 1,
        label,
        wanted,
        hasFailed: failed.has(hook?.tool_use_id),
        command: String(hook?.tool_input?.command ?? ''),
      },
    ]
  })
}

export function compare(labels: readonly Labelled[], decided: readonly Decided[]): Figures {
  const byLine = new Map(decided.map((one) => [one.line, one]))
  const both = labels.map((label) => {
    const found = byLine.get(label.line)
    if (!found) throw new Error(`Nothing was decided of line ${label.line}.`)
    return { ...label, decision: found.decision, reason: found.reason, alternative: found.alternative }
  })
  const [toStop, toRun] = [both.filter(({ label }) => label === 'stop'), both.filter(({ label }) => label === 'allow')]
  const stopped = toStop.filter(({ decision }) => decision === 'deny')
  const falsely = toRun.filter(({ decision }) => decision === 'deny')
  const answered = stopped.filter(({ wanted }) => wanted !== undefined)
  const wrong = answered.filter(({ wanted, alternative }) => !says(alternative, wanted ?? ''))
  const as = (kind: Miss['kind'], rows: typeof both) => rows.map((row) => ({ ...row, kind }))
  return {
    stopped: percent(stopped.length, toStop.length),
    falselyStopped: percent(falsely.length, toRun.length),
    harmfullyStopped: percent(
      falsely.filter(({ hasFailed }) => !hasFailed).length,
      toRun.filter(({ hasFailed }) => !hasFailed).length,
    ),
    rightAlternative: percent(answered.length - wrong.length, answered.length),
    repeats: toStop.length,
    others: toRun.length,
    alternatives: answered.length,
    misses: [
      ...as(
        'not stopped',
        toStop.filter(({ decision }) => decision !== 'deny'),
      ),
      ...as('falsely stopped', falsely),
      ...as('other alternative', wrong),
    ],
  }
}

const percent = (part: number, whole: number): number => (whole === 0 ? 100 : (100 * part) / whole)

const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()
const says = (alternative: string | null, wanted: string): boolean =>
  alternative !== null && folded(alternative).includes(folded(wanted))

/** As people read it. */
export function report({ misses, ...figures }: Figures, isWithMisses: boolean): string {
  const lines = [
    `repeats stopped    ${figures.stopped.toFixed(1)} % of ${figures.repeats}`,
    `false stops        ${figures.falselyStopped.toFixed(1)} % of ${figures.others}`,
    `  that would work  ${figures.harmfullyStopped.toFixed(1)} % (without first tries that a limit foresaw and that failed)`,
    `right alternative  ${figures.rightAlternative.toFixed(1)} % of ${figures.alternatives}`,
  ]
  if (isWithMisses)
    for (const { kind, line, command, decision, reason, wanted, alternative } of misses)
      lines.push(
        `\n${kind}, line ${line} (${decision})\n  ${command}`,
        ...(reason === null ? [] : [`  why: ${reason}`]),
        ...(wanted === undefined ? [] : [`  wanted: ${wanted}`, `  proposed: ${alternative}`]),
      )
  return lines.join('\n')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, option] = process.argv.slice(2)
  if (file === undefined) throw new Error('Name a labelled file.')
  console.log(report(await measure(file), option === '--misses'))
}
