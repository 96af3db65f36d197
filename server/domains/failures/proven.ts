import { keyOfLine, type Shell } from '../../../src/guard/blame.ts'
import { askedKeys, isPreparedIn } from '../../../src/guard/decide.ts'
import { failureCategory } from '../../../src/guard/failures.ts'
import { everyKeyOf, isOfProgram } from '../../../src/guard/keys.ts'
import { isCarrier, type Segment, segmentsOf } from '../../../src/guard/shape.ts'
import { type Step, stepsOf } from '../../../src/guard/steps.ts'
import { SETUP } from '../../../src/guard/vocabulary.ts'

/** What the success of a command line proves. Pure. */

export interface Proof {
  key: string
  /** Where, lower case, as typed; null for the machine at which it was typed. */
  host: string | null
}

/** They run only some of what stands in them, or turn the outcome round. */
const CONDITIONAL =
  /(?:^|[;&|({\n]\s*)(?:if|case|while|until|for|foreach|try|!)(?=[\s({])|&\s*$|\s-e(?:a|rroraction)\b|\btrap\b/im
const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/g

/**
 * The keys of everything that must have worked when the line as a whole did: its last part, what it was chained to by `&&`, and what carried it
 * there. Of `docker ps || true` and `docker ps; echo done` that is nothing of docker's.
 */
export function provenBy(command: string, shell: Shell): Proof[] {
  const steps = stepsOf(command)
  const last = steps.at(-1)
  if (last === undefined) return []
  const line = steps.length > 1 ? [keyOfLine(steps)] : []
  const unquoted = askedKeys(command.replace(QUOTED, '""'), shell).filter((key) => key.startsWith(`syntax ${shell} `))
  const ofLine = [...line.map((key) => ({ key, host: last.host })), ...unquoted.map((key) => ({ key, host: null }))]
  return [...ofLine, ...provenSteps(command, steps).flatMap((step) => proofsOf(command, step))]
}

/** A cmdlet that was just brought here says nothing of the next time, when nobody brings it. */
const proofsOf = (command: string, step: Step): Proof[] =>
  everyKeyOf(step)
    .filter((key) => !(key.startsWith('program ') && isPreparedIn(command, step)))
    .map((key) => ({ key, host: isOfProgram(key) ? step.at : step.host }))

export function provenSteps(command: string, steps = stepsOf(command)): Step[] {
  if (CONDITIONAL.test(command.replace(QUOTED, '""'))) return []
  const segments = segmentsOf(command)
  const proven = provenSegments(segments)
  const working = segments.flatMap((segment, at) => (SETUP.has(segment.program) ? [] : [proven.has(at)]))
  return working.length === steps.length ? steps.filter((_, at) => working[at]) : []
}

/** Positions, from the end on. */
function provenSegments(segments: readonly Segment[]): Set<number> {
  const proven = new Set<number>()
  let at = segments.length - 1
  while (at >= 0) {
    const { after } = segments[at] as Segment
    if (after === '||') break
    if (after === '$(') {
      at -= 1
      continue
    }
    proven.add(at)
    if (after !== '&&' && after !== '|' && after !== 'inside' && !isEntered(segments, at)) break
    at -= 1
  }
  for (const one of [...proven]) {
    const carrier = carrierOf(segments, one)
    if (carrier >= 0) proven.add(carrier)
  }
  return proven
}

/** The first of what is quoted or stands in braces. */
const isEntered = (segments: readonly Segment[], at: number): boolean => {
  const { after, depth } = segments[at] as Segment
  return after === '{' || after === '(' || depth > (segments[at - 1]?.depth ?? depth)
}

function carrierOf(segments: readonly Segment[], at: number): number {
  const { depth } = segments[at] as Segment
  return segments.findLastIndex((segment, before) => before < at && segment.depth < depth && isCarrier(segment))
}

/** Did a line that ended well print nothing that sounds like a failure? Its parts may have failed without being asked. */
export function isCalm(command: string, stderr: string | null, stdout: string | null): boolean {
  const said = command.includes('|') || command.includes('2>&1') ? `${stderr ?? ''}\n${stdout ?? ''}` : (stderr ?? '')
  return said.trim() === '' || failureCategory({ exitCode: null, stderr: said, error: null }) === 'NotSpecified'
}
