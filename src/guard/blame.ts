import type { Grain } from '../contract/failures.ts'
import {
  blamed,
  lastOf,
  missingProgram,
  refusedOption,
  refusedValue,
  repeatedPart,
  unknownDoing,
  unknownFilter,
  unknownSyntax,
  unlistedOption,
} from './blamed-parts.ts'
import { refusedWriting } from './blamed-writings.ts'
import { isConsole } from './consoles.ts'
import type { FailureCategory } from './failure-categories.ts'
import { keysOf } from './keys.ts'
import { blamesContent } from './lasting.ts'
import { refusedRight, WRONG_ACCOUNT } from './rights.ts'
import { OF_CARRIER, speaker } from './speaker.ts'
import { type Step, stepsOf } from './steps.ts'

/** Which part of a command line failed, and what would fail in the same way. */
export interface Blame {
  grain: Grain
  /** As `keysOf` gives it for a step that is about to run. */
  key: string
  /** Where the part worked, lower case, as typed; null for the machine at which it was typed. */
  host: string | null
  /** The part's program; empty for syntax. */
  program: string
  /** The shell that read it. */
  shell: string | null
}

export type Shell = 'bash' | 'powershell' | 'cmd'

/** What is known of a failed command line. */
export interface Failed {
  command: string
  /** At which it was typed. */
  shell: Shell
  category: FailureCategory
  /** What it printed, errors first. */
  text: string
}

/** Only so much of an output is looked at. */
const TEXT_CHARS = 8_000

/**
 * The part of a command line that its output blames. Null where nothing can be said, as for an empty command. Where a line of several parts does
 * not tell which one failed, only the same line again is meant.
 */
export function blameOf({ command, shell, category, text }: Failed): Blame | null {
  const said = text.slice(0, TEXT_CHARS)
  const steps = stepsOf(command, shell)
  if (steps.length === 0) return null
  const part =
    unknownSyntax(command, steps, shell, said) ??
    unknownFilter(steps, said) ??
    refusedWriting(steps, shell, said) ??
    unknownDoing(steps, said) ??
    (MAY_LACK.has(category) ? missingProgram(steps, said) : undefined) ??
    (MAY_BE_OPTION.has(category) ? refusedOption(steps, said) : undefined) ??
    (/not supported|invalid .{0,60} in option|unsupported|unknown (?:value|protocol|algorithm)/i.test(said)
      ? refusedValue(steps, said)
      : undefined) ??
    (category === 'InvalidArgument' ? unlistedOption(steps, said) : undefined)
  if (part) return part
  const step = speaker(steps, said)
  // What a file holds may be put right without the command being another one.
  if (category === 'SyntaxError' && step?.segment.words.some((word) => word.startsWith('<'))) return null
  if (step === undefined) return blamed('exact', keyOfLine(steps), lastOf(steps))
  if (category === 'ConnectionError' && step.host === null && keysOf(step).cmdlet !== null)
    return blamed('shape', keysOf(step).cmdlet as string, step)
  const repeated = MAY_BE_OPTION.has(category) && !step.isCarrier ? repeatedPart(step, said) : undefined
  if (repeated) return repeated
  const { shape, ways, exact, unprivileged, things, objects, cmdlet, client, as, flagged } = keysOf(step)
  if (WRONG_ACCOUNT.test(said) && !step.isCarrier) return blamed('exact', as, step)
  if (NO_SFTP.test(said)) return blamed('shape', ways.find((way) => way === 'way sftp') ?? shape, step)
  const [object] = objects
  if (object !== undefined && blamesObject(object, category, said)) return blamed('shape', object, step)
  // It is the machine that asks which knows no newer protocol, whomever it asks.
  if (cmdlet !== null && /SSL\/TLS secure channel/i.test(said)) return blamed('shape', cmdlet, step)
  const way = category === 'AuthenticationError' ? ways.at(-1) : ways[0]
  // What asks another machine for something is refused there, whatever it asks for.
  if (way !== undefined && category === 'PermissionDenied' && /^way (?:wmi|cim)\b/.test(way))
    return blamed('shape', way, step)
  if (way !== undefined && (ON_THE_WAY.has(category) || OF_CARRIER.test(said) || / from a remote| as /.test(way)))
    return blamed('shape', way, step)
  if (step.at !== null && isConsole(step.segment) && NOT_UNDERSTOOD.has(category)) return blamed('shape', shape, step)
  const thing = thingNamed(things, said) ?? things[0]
  if (category === 'Compatibility' && thing !== undefined && IS_OF_THING.test(said)) return blamed('exact', thing, step)
  // What is too old for the other machine is the program here.
  if (category === 'Compatibility' && step.host !== step.at && client !== null) return blamed('shape', client, step)
  if (category === 'Compatibility' && cmdlet !== null) return blamed('shape', cmdlet, step)
  if (LACKS.has(category) && !step.isCarrier) return blamed('shape', scriptIn(objects) ?? flagged ?? shape, step)
  const right = category === 'PermissionDenied' ? refusedRight(step, unprivileged, said) : undefined
  if (right !== undefined) return blamed('exact', right, step)
  return blamed('exact', (NAMES_THINGS.has(category) ? thingNamed(things, said) : undefined) ?? exact, step)
}

/** A file, a service, a module. */
const NAMES_THINGS: ReadonlySet<FailureCategory> = new Set(['ObjectNotFound', 'NotInstalled'])

/** A feature that one thing has and another has not, as of a disk or a machine. */
const IS_OF_THING = /feature is not (?:available|enabled|supported)|have a resource type/i
const NO_SFTP = /sftp-server|subsystem request failed/

/** Is it the script that an interpreter does not understand, or the store that nobody has described here? */
const blamesObject = (object: string, category: FailureCategory, said: string): boolean => {
  const name = object.slice(object.lastIndexOf(' ') + 1)
  if (name.endsWith(':')) return category === 'Environment' || category === 'ObjectNotFound'
  return OF_SCRIPT.has(category) && blamesContent(said) && said.toLowerCase().includes(name)
}

const scriptIn = (objects: readonly string[]): string | undefined => objects.find((object) => !object.endsWith(':'))

const OF_SCRIPT: ReadonlySet<FailureCategory> = new Set(['SyntaxError', 'InvalidArgument', 'NotSpecified'])

const MAY_LACK: ReadonlySet<FailureCategory> = new Set(['NotInstalled', 'SecurityError'])
const MAY_BE_OPTION: ReadonlySet<FailureCategory> = new Set([
  'InvalidArgument',
  'Compatibility',
  'SyntaxError',
  'NotSpecified',
  // A module, and a function of a query.
  'NotInstalled',
  'NotImplemented',
  'ObjectNotFound',
])
const ON_THE_WAY: ReadonlySet<FailureCategory> = new Set([
  'ProtocolError',
  'ConnectionError',
  'OperationTimeout',
  'SecurityError',
])
const NOT_UNDERSTOOD: ReadonlySet<FailureCategory> = new Set([
  'SyntaxError',
  'InvalidArgument',
  'NotInstalled',
  'NotSpecified',
  'Compatibility',
])
const LACKS: ReadonlySet<FailureCategory> = new Set(['Compatibility', 'NotImplemented', 'Environment'])

/** The thing that the output names: `Unit apache2.service not found`. A file may be there tomorrow under another path, so it is left to the line. */
const thingNamed = (things: readonly string[], said: string): string | undefined =>
  things.find((key) => {
    const thing = key.slice(key.lastIndexOf(' ') + 1)
    return thing.length > 2 && said.toLowerCase().includes(thing)
  })

/** The key of a line as a whole: of all that it does, in order. */
export function keyOfLine(steps: readonly Step[]): string {
  const keys = steps.map((step) => keysOf(step).exact)
  return keys.length === 1 ? (keys[0] as string) : keysOfText(keys.map((key) => key.replace(/^exact /, '')).join(' ; '))
}

const keysOfText = (line: string): string => `exact ${line}`.slice(0, LINE_CHARS)
const LINE_CHARS = 300
