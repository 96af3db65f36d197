import { blameOf } from './blame.ts'
import type { FactCategory, FactRule } from './fact-rule.ts'
import { FACT_RULES } from './fact-rules.ts'
import { KNOWN_PROGRAMS } from './fact-rules-versions.ts'
import type { FailureCategory } from './failure-categories.ts'
import { isBefore, newerThanShipped } from './limits-powershell.ts'
import { type Step, stepsOf } from './steps.ts'

/** A run of a command, with what it printed. */
export interface Run {
  command: string
  /** Null: it worked. */
  category: FailureCategory | null
  stdout: string | null
  /** Standard error and what the shell's caller said. */
  stderr: string | null
  /** Of the machine on which it ran, as `systemName` writes it; null where that is not known. */
  system?: string | null
  /** What to call the machine, where that is not the host as it was typed. */
  name?: string
}

/** Something that a run shows about the place where it ran. */
export interface Fact {
  /** Like `powershell.version`. */
  key: string
  value: string
  /** One sentence. */
  statement: string
  category: FactCategory
  /** 10 is the highest. */
  priority: number
  confidence_percent: number
  /** The machine, lower case, as it was typed; null for the one at which it was typed. */
  host: string | null
  /** Only together with an earlier failure of this kind there; null: by itself. */
  after: FailureCategory | null
}

/** From here on a fact was seen; below it is concluded. */
export const OBSERVED_PERCENT = 80

/** Only so much of an output is looked at. */
const TEXT_CHARS = 8_000

/**
 * What a run shows about the machine where it ran, one fact for each key. Outputs are data: of them only what a rule's narrow pattern takes comes into a
 * fact. Pure.
 *
 * @example factsOf({ command: "ssh srv1 'docker ps'", category: 'NotInstalled', stdout: null, stderr: 'bash: docker: command not found' })
 *   // program.docker = absent on srv1: "No Docker on srv1."
 */
export function factsOf(run: Run): Fact[] {
  const steps = stepsOf(run.command)
  if (steps.length === 0) return []
  const missing = run.category === null ? null : missingProgram(run, steps)
  const facts = [...(missing ? [missing] : []), ...FACT_RULES.map((rule) => factOfRule(rule, run, steps))]
  const byKey = new Map<string, Fact>()
  for (const fact of facts) if (fact && !byKey.has(fact.key)) byKey.set(fact.key, fact)
  return [...byKey.values()]
}

/** The fact that one rule finds in a run, or null. */
export function factOfRule(rule: FactRule, run: Run, steps: readonly Step[] = stepsOf(run.command)): Fact | null {
  if (rule.when !== 'either' && (rule.when === 'worked') !== (run.category === null)) return null
  const said = rule.said?.exec(textOf(run))
  if ((rule.said && !said) || rule.asked?.test(run.command) === false) return null
  const found = placeOf(rule, steps)
  if (found === null) return null
  const parts = said?.[1] === undefined && found.typed ? found.typed : (said ?? [])
  const name = run.name ?? found.host ?? 'this machine'
  const filled = (template: string) =>
    template.replace(/\$(\d)/g, (_, number: string) => (parts[Number(number)] ?? '').trim()).replace('{host}', name)
  return {
    key: filled(rule.key).toLowerCase(),
    value: filled(rule.value),
    statement: filled(rule.statement),
    category: rule.category,
    priority: rule.priority,
    confidence_percent: rule.confidence,
    host: found.host,
    after: rule.after ?? null,
  }
}

const textOf = ({ stdout, stderr }: Run): string => [stderr, stdout].filter(Boolean).join('\n').slice(0, TEXT_CHARS)

interface Found {
  host: string | null
  typed: RegExpExecArray | null
}

/** The machine that a rule speaks of. Null where no step is meant, or where steps on several machines could be. */
function placeOf({ typed, at }: FactRule, steps: readonly Step[]): Found | null {
  const working = steps.filter(({ isCarrier }) => !isCarrier)
  const meant = (typed || at === 'reached' ? steps : working.length > 0 ? working : steps).flatMap((step): Found[] => {
    const match = typed?.exec(lineOf(step)) ?? null
    if (typed && !match) return []
    // Of a carrier alone (`ssh srv1 'cd /x'`) the other end speaks.
    const isThere = at === 'reached' || (!typed && step.isCarrier)
    return [{ host: isThere ? step.host : step.at, typed: match }]
  })
  const [first] = meant
  return first && meant.every(({ host }) => host === first.host) ? first : null
}

const lineOf = ({ segment: { program, words } }: Step): string =>
  [program, ...words].join(' ').toLowerCase().slice(0, 1_000)

/** What an output says is not there: a program, or a cmdlet that came with a newer PowerShell. */
function missingProgram(run: Run, steps: readonly Step[]): Fact | null {
  const { command, category } = run
  const text = textOf(run)
  // The shell decides only what is said of syntax.
  const shell = 'bash'
  const blame = category === 'NotInstalled' ? blameOf({ command, shell, category, text }) : null
  if (blame?.grain !== 'program') return null
  const step = steps.find(({ segment }) => segment.program === blame.program)
  if (!step || text.includes(`/${blame.program}`)) return null
  const host = step.isCarrier ? null : step.at
  const name = run.name ?? host ?? 'this machine'
  if (KNOWN_PROGRAMS.has(blame.program)) {
    const called = blame.program === 'docker' ? 'Docker' : blame.program
    return {
      ...{ key: `program.${blame.program}`, value: 'absent', statement: `No ${called} on ${name}.`, after: null },
      ...{ category: 'custom_install', priority: 7, confidence_percent: 90, host },
    }
  }
  const newer = newerThanShipped(blame.program, run.system ?? null)
  if (newer === null) return null
  const version = newer.shipped ?? `<${newer.needed}`
  return {
    key: 'powershell.version',
    value: version,
    statement: newer.shipped
      ? `PowerShell ${newer.shipped} on ${name}: no ${newer.name}.`
      : `PowerShell on ${name} is older than ${newer.needed}: no ${newer.name}.`,
    ...{ category: 'shell', priority: 9, confidence_percent: 60, host, after: null },
  }
}

/** What a success shows to be there: keys of facts that it refutes where they say `absent`, each with its machine. */
export function shownPresent(run: Pick<Run, 'command' | 'stdout' | 'stderr'>): { key: string; host: string | null }[] {
  // Behind a pipe or `;` a failure does not show in the exit code.
  if (/not found|not recognized|No such file|does not exist|Cannot find/i.test(textOf({ ...run, category: null })))
    return []
  const steps = stepsOf(run.command)
  return steps.flatMap((step) => {
    const { program, wrappers, words } = step.segment
    if (wrappers.includes('command')) return []
    const host = step.at
    const services = SERVICE_PROGRAMS.test(program)
      ? words.map((word) => ({ key: `service.${word.replace(/\.service$/, '').toLowerCase()}`, host: step.host }))
      : []
    const sudo = wrappers.includes('sudo') ? [{ key: 'program.sudo', host }] : []
    const installed = INSTALLERS.test(program) ? words.filter((word) => KNOWN_PROGRAMS.has(word.toLowerCase())) : []
    const present = [...(KNOWN_PROGRAMS.has(program) ? [program] : []), ...installed]
    return [...present.map((name) => ({ key: `program.${name.toLowerCase()}`, host })), ...sudo, ...services]
  })
}

/** What they bring is there from then on; what they take away is missed again soon enough. */
const INSTALLERS = /^(?:apt|apt-get|dnf|yum|apk|brew|choco|winget|zypper|snap|pacman|pkg)$/
const SERVICE_PROGRAMS = /^(?:systemctl|service|sc|get-service|start-service|stop-service|restart-service)$/

/** Does one value say no more than the other: `<5.1` beside `2.0`? */
export const agrees = (known: string, told: string): boolean =>
  known.toLowerCase() === told.toLowerCase() || (told.startsWith('<') && isBefore(known, told.slice(1)))

/**
 * The value of a stored fact as text, for the guard of commands: `{ version: '2.0' }` is `2.0`. Empty where it has none.
 */
export function factText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === undefined || value === null ? '' : String(value)
  const { version, value: plain, ...others } = value as Record<string, unknown>
  const first = version ?? plain ?? Object.values(others).find((one) => typeof one !== 'object')
  return first === undefined || first === null || typeof first === 'object' ? '' : String(first)
}

/** A value as it is stored: the other way round. */
export const factValue = (key: string, text: string): Record<string, string> =>
  key.endsWith('.version') ? { version: text } : { value: text }
