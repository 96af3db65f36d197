import { everyKeyOf, keysOf } from './keys.ts'
import type { Segment } from './shape.ts'
import { type Step, stepsOf } from './steps.ts'

/** A success after a failure, in the same session. */
export interface Attempt {
  failed: string
  succeeded: string
  /** Commands that ran between the two, only those that did more than look. */
  between: number
}

/** From here on a success is taken for the way that works instead. */
export const ALTERNATIVE_SCORE = 35
/** From here on more than the place and the moment speaks for it: what failed is done. */
export const DONE_SCORE = 50

/**
 * How likely a success did what a failure was meant to do: 0 (not at all) to 100. The same again is no other way: then the failure was a passing
 * one. What only looks around (`which`, `Get-Command`, `--version`) does not count, unless the failure was itself of that kind.
 */
export function alternativeScore({ failed, succeeded, between }: Attempt): number {
  const [wanted, done] = [stepsOf(failed), stepsOf(succeeded)]
  if (wanted.length === 0 || done.length === 0) return 0
  if (allKeys(wanted) === allKeys(done)) return 0
  const [a, b] = [mainOf(wanted), mainOf(done)]
  if (isLook(b) && !isLook(a)) return 0
  // It was put right, and is tried again.
  if (isEdit(b) && a.segment.program !== b.segment.program) return 0
  // It works on another machine: here it does not.
  if (isElsewhere(a.at, b.at) && a.segment.program === b.segment.program) return 0
  const isSameProgram = a.segment.program === b.segment.program
  const hosts = hostsOf(wanted)
  const isSamePlace = hosts === hostsOf(done)
  if (!isSamePlace && !isSameProgram && shared(namesIn(a), namesIn(b)) === 0) return 0
  const score =
    (isSameProgram ? 30 : 0) +
    (isSameProgram && a.segment.verbs.join(' ') === b.segment.verbs.join(' ') ? 15 : 0) +
    25 * shared(thingsOf(a), thingsOf(b)) +
    35 * shared(namesIn(a), namesIn(b)) +
    (isSamePlace ? 15 : 0) +
    Math.max(0, 20 - 7 * between)
  return Math.min(100, Math.round(score))
}

/** What differs in nothing that the guard looks at is no other way. */
const allKeys = (steps: readonly Step[]): string => steps.map((step) => everyKeyOf(step).join('\n')).join('\n')

const mainOf = (steps: readonly Step[]): Step => steps.find(({ isCarrier }) => !isCarrier) ?? (steps[0] as Step)

const hostsOf = (steps: readonly Step[]): string =>
  [...new Set(steps.flatMap(({ host }) => host ?? []))].sort().join(' ')

const thingsOf = ({ segment }: Step): ReadonlySet<string> =>
  new Set(segment.literals.map((literal) => literal.toLowerCase()))

/** Words within the names of programs, verbs and classes: `Get-LocalUser` and `Win32_UserAccount` have `user` in common. */
function namesIn({ segment }: Step): ReadonlySet<string> {
  const { program, verbs, literals } = segment
  const words = [program, ...verbs, ...literals.filter((literal) => /^[A-Za-z][\w.-]{2,60}$/.test(literal))]
  return new Set(words.flatMap(stems))
}

/** Verbs say how, not what: they are in every second cmdlet. */
const SAYS_HOW = new Set('get set new add remove the for win32 exe all list show test invoke start stop'.split(' '))
/** Joined words that programs are named with, in parts. */
const PARTS =
  /user|group|account|service|process|disk|share|print|network|adapter|address|route|event|log|feature|role|update|package|printer|computer|member|password|volume|firewall|task|cert|dns|dhcp|wins|time|host|docker|compose/g

function stems(word: string): string[] {
  const apart = word
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
  const inside = word.toLowerCase().match(PARTS) ?? []
  return [...apart, ...inside]
    .map((stem) => stem.replace(/(?:ies|s)$/, ''))
    .filter((stem) => stem.length > 2 && !SAYS_HOW.has(stem))
}

/** Which part of the smaller set is in the other: 0 to 1. */
function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  return [...small].filter((one) => large.has(one)).length / small.size
}

const LOOKING = new Set(
  `which where whereis type get-command get-help help man whoami hostname pwd uname ver env printenv set history get-host get-history id echo printf cat less
  more head tail ls dir get-childitem gci stat file test ping test-connection test-netconnection tnc nslookup dig host resolve-dnsname systeminfo lsb_release
  get-member gm apropos info command tree date get-date ps get-process journalctl dmesg`.split(/\s+/),
)

/** Are these surely two machines? One may be called by its address, or in full. */
function isElsewhere(one: string | null, other: string | null): boolean {
  if (one === null || other === null || /^[\d.:]+$/.test(one) || /^[\d.:]+$/.test(other)) return false
  return one.split('.')[0] !== other.split('.')[0]
}

/** Does a step change files in place, who may do what, or who is signed in? */
const isEdit = ({ segment: { program, words, verbs } }: Step): boolean =>
  (/^(?:sed|perl)$/.test(program) && words.some((word) => /^-[a-z]*i/.test(word))) ||
  /^(?:patch|ed|ex|chmod|chown|touch|mkdir|usermod|gpasswd|dos2unix)$/.test(program) ||
  words.some((word) => /^(?:login|logon|signin)$/.test(word)) ||
  /^(?:kinit|ssh-add|connect-\w+)$/.test(program) ||
  (program === 'git' && /^(?:pull|checkout|apply|restore|stash|merge|rebase)$/.test(verbs[0] ?? ''))

/** Does a step only look around? */
export function isLook({ segment }: Step): boolean {
  return LOOKING.has(segment.program) || asksForHelp(segment) || /^\$psversiontable/i.test(segment.program)
}

/** `--version`, `/?`: asks the program about itself. */
export const asksForHelp = ({ words }: Segment): boolean =>
  (words.length === 1 && /^-(?:v|-?info)$/.test(words[0] ?? '')) ||
  (words.length <= 3 && words.some((word) => /^(?:--?(?:help|version|h|V)|\/\?|-\?|version|help)$/.test(word)))

/** Does a command already go the way that works instead: the same programs, with all the flags and rights of it? */
export function takesTheWay(command: string, alternative: string): boolean {
  const [planned, known] = [stepsOf(command), stepsOf(alternative)]
  const [a, b] = [planned, known].map((steps) => steps.filter(({ isCarrier }) => !isCarrier || steps.length === 1)) as [
    Step[],
    Step[],
  ]
  return b.length > 0 && b.every((wanted) => a.some((step) => isLike(step, wanted)))
}

function isLike(step: Step, wanted: Step): boolean {
  if (step.segment.program !== wanted.segment.program) return false
  // Here is no way to do it where it works on another machine.
  if ((step.at === null) !== (wanted.at === null)) return false
  const [has, needs] = [keysOf(step), keysOf(wanted)]
  return (
    needs.options.every((option) => has.options.includes(option)) &&
    wanted.segment.wrappers.every((wrapper) => step.segment.wrappers.includes(wrapper)) &&
    needs.ways.every((way) => has.ways.includes(way)) &&
    // Where neither flags nor rights tell the two apart, the things do.
    (needs.options.length > 0 ||
      wanted.segment.wrappers.length > 0 ||
      needs.ways.length > 0 ||
      has.exact === needs.exact)
  )
}
