import { isCarrier as carries, type Segment, segmentsOf } from './shape.ts'
import { hostOf } from './target.ts'
import { REMOTE, SETUP, STRUCTURE } from './vocabulary.ts'

/** One thing that a command line does, and where. */
export interface Step {
  segment: Segment
  /** The machine on which the program itself runs, lower case, as typed; null for the one at which it is typed. */
  at: string | null
  /** The machine that it works on: `at`, unless it names another one (`-ComputerName`, a share, an address). */
  host: string | null
  /** As whom it runs there, where the carrier says it; null for whoever types it. */
  account: string | null
  /** It only brings a command to a machine or a shell: `ssh srv1 '…'`, `bash -c '…'`. */
  isCarrier: boolean
  /** The shell that reads it: of the carrier around it (`powershell -Command …`), else the one at which it is typed; null where nobody said. */
  shell: string | null
}

/**
 * The steps of a command line in order, without what only prepares (`cd`, `export`, `echo`). A command that `ssh`, `plink`, `winrs`, `psexec` or
 * `Invoke-Command` carries to a machine runs there; so does everything else that stands within the same quotes or braces.
 *
 * @example stepsOf("ssh root@SRV1 'systemctl restart nginx'")   // ssh here to srv1 (a carrier), systemctl at srv1
 * @example stepsOf('Get-Service -ComputerName SRV-OLD')          // get-service here, on srv-old
 */
export const stepsOf = (command: string, typedAt: string | null = null): Step[] =>
  everythingOf(command, typedAt).filter(
    // `/export` is a command of routers, `export` prepares.
    ({ segment }) => !SETUP.has(segment.program) || segment.typed.startsWith('/'),
  )

/** The operators between the parts of a command line, each with the shell that reads it; what stands in quotes is read by what is carried there. */
export const chainsOf = (command: string, typedAt: string): { operator: string; shell: string }[] =>
  everythingOf(command, typedAt).map(({ segment, shell }) => ({ operator: segment.after, shell: shell ?? typedAt }))

function everythingOf(command: string, typedAt: string | null): Step[] {
  const steps: Step[] = []
  const around: Carried[] = []
  const sessions = sessionsIn(command)
  for (const segment of segmentsOf(command)) {
    while (around.length > 0 && !isWithin(around.at(-1) as Carried, segment)) around.pop()
    const carried = around.at(-1)
    const at = carried?.host ?? null
    const host = hostOf(segment) ?? sessionHost(segment, sessions) ?? at
    const isCarrier = carries(segment)
    if (isCarrier) around.push(carriedBy(segment, host, carried))
    if (STRUCTURE.has(segment.program)) continue
    steps.push({ segment, at, host, account: carried?.account ?? null, isCarrier, shell: carried?.shell ?? typedAt })
  }
  return steps
}

/** `$s = New-PSSession SRV1` makes a session to a machine, `Invoke-Command -Session $s` uses it; a configuration is a place of its own, as Exchange's. */
const MADE = /(\$[\w:]{1,40})\s{0,9}=\s{0,9}New-(?:PSSession|CimSession)\b([^;|\n}]{1,400})/gi
const PLACES = [
  /\s-ComputerName\s{1,9}["']?([\w.-]{1,255})/i,
  /^\s{1,9}["']?([\w][\w.-]{0,254})/,
  /\s-ConfigurationName\s{1,9}["']?([\w.-]{1,255})/i,
]

const sessionsIn = (command: string): ReadonlyMap<string, string> =>
  new Map(
    [...command.matchAll(MADE)].flatMap(([, name = '', rest = '']) => {
      const host = PLACES.map((place) => place.exec(rest)?.[1]).find((found) => found !== undefined)
      return host === undefined ? [] : [[name.toLowerCase(), host.toLowerCase()] as const]
    }),
  )

/** The session is named, or it is the first thing that `Invoke-Command` is given. */
function sessionHost({ program, words }: Segment, sessions: ReadonlyMap<string, string>): string | undefined {
  if (sessions.size === 0) return undefined
  const at = words.findIndex((word) => /^-(?:session|cimsession)$/i.test(word))
  const name = at >= 0 ? words[at + 1] : program === 'invoke-command' ? words[0] : undefined
  return sessions.get(name?.toLowerCase() ?? '')
}

interface Carried extends Pick<Segment, 'depth' | 'block'> {
  host: string | null
  account: string | null
  shell: string
  isBlock: boolean
}

const isBlock = ({ program }: Segment): boolean => program === 'invoke-command'

const carriedBy = (segment: Segment, host: string | null, around: Carried | undefined): Carried => ({
  host,
  account: REMOTE.has(segment.program) ? accountOf(segment) : (around?.account ?? null),
  shell: shellOf(segment),
  depth: segment.depth,
  block: segment.block,
  isBlock: isBlock(segment),
})

/** `root` of `ssh root@srv1`. */
export const accountOf = ({ literals }: Segment): string | null => /^([^@/:]+)@/.exec(literals[0] ?? '')?.[1] ?? null

/** What reads the command that is carried: the shell itself, PowerShell for its own remoting, whatever the machine has for `ssh`. */
const shellOf = (segment: Segment): string =>
  isBlock(segment) ? 'powershell' : REMOTE.has(segment.program) ? 'remote' : segment.program

/** A quoted command line is deeper than what carries it; an unquoted one is one command; a block ends where it is closed. */
const isWithin = (carried: Carried, { depth, block, after }: Segment): boolean =>
  depth > carried.depth || after === 'inside' || (carried.isBlock && block > carried.block)
