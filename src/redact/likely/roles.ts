import type { Report, Source } from '../finding.ts'
import { isPlainSecret } from './common.ts'
import { startsTechnical } from './harmless.ts'
import { words as listed, pattern } from './lazy.ts'
import { isLoose } from './shape.ts'
import { ACCOUNT_NAMES, FIRST_NAMES } from './words.ts'

/**
 * What a word is in its line says what the next one is: where a host and a user stand, the one word that is neither is what the user signs in
 * with, whatever it looks like.
 */
export function roles(source: Source, report: Report): void {
  const { text, as } = source
  const isShort = text.length <= SHORT_CHARS
  let lines = 0
  for (let start = 0; start < text.length && lines < MAX_LINES; ) {
    const next = text.indexOf('\n', start)
    const end = next === -1 ? text.length : next
    if (end - start < MAX_LINE_CHARS && (as === 'command' || isShort || isPrompt(text, start, end))) {
      lines += 1
      readLine(text, start, end, as === 'command', report)
    }
    start = end + 1
  }
}

/** What somebody types or tells; in longer texts only lines after a prompt are read. */
const SHORT_CHARS = 600
const MAX_LINES = 60
const MAX_LINE_CHARS = 400
const MAX_WORDS = 24

const isPrompt = (text: string, start: number, end: number): boolean =>
  PROMPT.test(text.slice(start, Math.min(end, start + 60)))

const PROMPT = /^[ \t]{0,4}(?:PS[^>\n]{0,40}>|[A-Z]:[^>\n]{0,40}>|\[[^\]\n]{1,40}\][$#>]|[\w.@:~/-]{0,40}[$#>%])[ \t]/
/** What a log or a list puts before the words that count. */
const LEAD = pattern(
  String.raw`^.{0,80}?(?:\b(?:exec|executed?|execve|spawn(?:ed|ing)?|launch(?:ed|ing)?|invok(?:ed?|ing)|running|ran|run|cmd(?:line)?|command|args?|argv)\b["']?[:=]?|command=)[ \t"'([]{1,3}`,
)
const LEADS = ['exec', 'spawn', 'launch', 'invok', 'run', 'ran', 'cmd', 'command', 'arg']
const BULLET = /^[ \t]{0,8}(?:[-*•–]|\d{1,2}[.)])[ \t]/
const INTERPRETER = /^[ \t]{0,4}([a-z]{2,10})\d?[ \t]{1,3}(?=[\w./\\-]{2,80}\.[a-z]{2,4}[ \t])/
const INTERPRETERS = listed('python perl bash sh pwsh powershell ruby php node')
const WORD = /"[^"\n]{1,80}"|'[^'\n]{1,80}'|[^\s"'()]{1,120}/g

interface Word {
  value: string
  start: number
}

function readLine(text: string, start: number, end: number, isCommand: boolean, report: Report): void {
  const line = text.slice(start, end).trimEnd()
  const lower = line.toLowerCase()
  const prompt = PROMPT.exec(line)?.[0].length ?? 0
  const log = LEADS.some((lead) => lower.includes(lead)) ? (LEAD().exec(lower)?.[0].length ?? 0) : 0
  const bullet = BULLET.exec(line)?.[0].length ?? 0
  const [run = '', program = ''] = INTERPRETER.exec(line.slice(prompt)) ?? []
  const interpreter = INTERPRETERS.has(program) ? run.length : 0
  const words = wordsOf(text, start + Math.max(prompt + interpreter, log, bullet), end)
  if (words.length < 3 || words.length > MAX_WORDS) return
  if (words.some(({ value }) => SENTENCE.has(value.toLowerCase()))) return
  const isTyped = isCommand || prompt > 0 || log > 0 || isProgram(words)
  for (let at = 1; at < words.length; at++) {
    const word = words[at] as Word
    const from = word.start + (isTyped ? pairIn(words, at) : 0)
    if (from === word.start && !isSecret(words, at, isTyped)) continue
    report(from, word.start + word.value.length, 'password', { isGuess: true })
    return
  }
}

function wordsOf(text: string, start: number, end: number): Word[] {
  const words: Word[] = []
  for (const match of text.slice(start, end).matchAll(WORD)) {
    const isQuoted = /^["']/.test(match[0])
    const value = isQuoted ? match[0].slice(1, -1) : match[0].replace(/[\])},;]+$/, '')
    words.push({ value, start: start + match.index + (isQuoted ? 1 : 0) })
    if (words.length > MAX_WORDS) break
  }
  return words
}

/** How long the user is in `-o QSECOFR/X`, with the sign; 0 when the word is no such pair. */
function pairIn(words: readonly Word[], at: number): number {
  if (!/^-/.test(words[at - 1]?.value ?? '')) return 0
  const [, lead = '', user = '', secret = ''] =
    /^(([A-Za-z][\w.-]{1,20})[/:%,])(\S{5,30})$/.exec(words[at]?.value ?? '') ?? []
  return ACCOUNT_NAMES.has(user.toLowerCase()) && (isPlainSecret(secret) || isLoose(secret)) ? lead.length : 0
}

/** Whether the word at a place is what the user before it signs in with. */
function isSecret(words: readonly Word[], at: number, isTyped: boolean): boolean {
  const value = words[at]?.value ?? ''
  const user = words[at - 1]?.value ?? ''
  const isPlain = isPlainSecret(value)
  if (!isPlain && !isLoose(value)) return false
  if (isHost(value) || ROLE_SIGNS().test(value)) return false
  const isLast = at === words.length - 1
  const hasHost = words.slice(0, at - 1).some((word) => isMachine(word.value))
  const isHostNext = isMachine(words[at - 2]?.value ?? '')
  if (QUALIFIED.test(user)) return true
  if (isPlain) {
    if (isKnownProgram(words[0]?.value ?? '')) return false
    if (isLast && isTyped && isAddress(words[at - 2]?.value ?? '') && /^[a-z]+[-_.]?\d{1,4}$/.test(user)) return true
    if (isHostNext && SIGNS_IN.test(words[0]?.value ?? '') && /^[a-z][\w.-]{2,20}$/.test(user)) return true
    if (!isUser(user) || (AMBIGUOUS.has(user.toLowerCase()) && !isHostNext)) return false
    if (/^-/.test(words[at - 2]?.value ?? '')) return false
    return hasHost && (isTyped || (isLast && words.length <= 4))
  }
  if (startsTechnical(value)) return false
  if (isUser(user)) return isTyped || (hasHost && words.length <= 5)
  // Somebody whom nothing but the place tells: "rdpwrap 10.0.4.12 kassa2 X"
  return isTyped && !isHost(user) && /^[a-z][a-z\d_.-]{2,24}$/.test(user) && !isKnownProgram(words[0]?.value ?? '')
    ? at > 1 &&
        (hasHost || at > 2 || /^[./]/.test(words[0]?.value ?? '')) &&
        (/[A-Z]|^\d/.test(value) || (isHostNext && /[\d.]/.test(user))) &&
        !PLAIN_VERBS.has(user)
    : false
}

const PLAIN_VERBS = listed(
  `add set get show list install remove delete create start stop restart run update upgrade pull push clone checkout switch tag build deploy copy move
  rename merge log diff use image branch host server name project site release version group role printer room ticket folder share to from into on for
  status queue`,
)

/** Words of sentences: a line that has one is no command line and no list. */
const SENTENCE = listed(
  `the is are was were has have had will would of for with this that you your we our they he she it on in to at from by and or not be been but if when than
   de het een van voor met zijn is op aan bij naar niet wel ook maar en of als dat die dit der die das ist sind war den dem ein eine und oder nicht mit von
   für auf im am zum zur bei auch aber wenn le la les des du un une est sont et ou avec pour dans sur pas ne au aux qui que`,
)

/** What names a program: an extension, a folder, a dash, or a host or an option next. */
function isProgram(words: readonly Word[]): boolean {
  const first = words[0]?.value ?? ''
  const second = words[1]?.value ?? ''
  if (!/^[\w./\\:+-]+[>#]?$/.test(first) || /:$/.test(first)) return false
  if (/^(?:\.{1,2}|~)?[\\/]|\.(?:sh|ps1|exe|cmd|bat|py)$/.test(first)) return true
  if (!/^[a-z][a-z\d]*(?:[-_+.][a-z\d]+)*[>#]?$/.test(first) || isNumbered(first)) return false
  return (
    /[-_>#]/.test(first) ||
    isHost(second) ||
    PLAIN_VERBS.has(second) ||
    words.slice(1).some(({ value }) => isAddress(value) || IS_ARGUMENT.test(value))
  )
}

/** Options and paths. */
const IS_ARGUMENT = /^-{1,2}[A-Za-z]|^\/[a-z]|^[A-Z]:(?:\\|$)|^\|$|^[a-z]{1,8}=/

const isNumbered = (word: string): boolean => /^[a-z-]{1,12}\d{1,3}$/.test(word)

const isMachine = (word: string): boolean => isHost(word) || /^[a-z]{2,12}-?\d{2,3}$/.test(word)

const isAddress = (word: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$|:\/\/|^\\\\/.test(word) || /^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(word)

export const isHost = (word: string): boolean => isAddress(word) || HOST().test(word.toLowerCase())

const HOST = pattern(
  [
    String.raw`^[a-z][\w-]*(?:\.[\w-]+)*\.(?:[a-z]{2,4}|example|local|internal|test|lan|office)$`,
    String.raw`^(?:srv|sw|fw|ap|nas|gw|dc|db|esx|pve|ont|olt|nvr|cam|app|web|mail|mf|pc|ws|rt|fs|erp|vm|hv|ups|pbx|rds|ts|bk)-?[a-z]{0,10}-?\d{0,3}$`,
    '^(?:ap|sw|gw|fw|nas|srv)-[a-z]{2,12}$',
  ].join('|'),
)

/** Paths, options, addresses, names with values: what no password is in a place of its own. */
const ROLE_SIGNS = pattern(
  String.raw`^[-~<>|&]|^[A-Za-z]:|[\\/=]|^[\w.+-]+@[\w.-]+$|^[\d.,:-]+$|\.(?:sh|ps1|exe|py|txt|csv|log|pdf|docx?|xlsx?|zip|iso|conf|cfg|ini|json|ya?ml|html?|sql|kdbx|ova)$|[>:]$`,
)

const QUALIFIED = /^(?!\\)[A-Za-z][\w.-]{1,30}\\[A-Za-z][\w.-]{1,30}$/

function isUser(word: string): boolean {
  const lower = word.toLowerCase()
  if (isHost(word)) return false
  return (
    ACCOUNT_NAMES.has(lower) ||
    FIRST_NAMES.has(lower) ||
    /^(?:cn|uid)=[\w. -]+(?:,|$)/.test(lower) ||
    /^(?:svc|adm|admin|usr|api|app|bot)[-_.][a-z][\w.-]*$|^[a-z]{2,12}(?:user|admin|adm|svc|bot)\d?$|^[a-z]{1,12}\.[a-z]{4,15}$/.test(
      lower,
    )
  )
}

/** Programs whose names say that somebody signs in. */
const SIGNS_IN = /join|log[io]n|auth|connect|rdp|vpn|telnet|ftp|sign/

/** Accounts whose names are the words of commands too. */
const AMBIGUOUS = listed('backup monitor guest operator test tester invite kiosk user scanner support super')

/** Programs whose arguments are known: what follows a user there is a database, a group, a command. */
const KNOWN_PROGRAMS = listed(
  `sudo su git docker podman kubectl helm systemctl service apt apt-get dnf yum pip npm npx cargo chown chgrp chmod usermod gpasswd useradd groupadd
  adduser addgroup groups id restic borg rsync scp ssh tar cp mv ls cat grep find psql mysql pg_dump mysqldump createdb dropdb sqlcmd net sc icacls az
  aws gcloud terraform ping dig nslookup curl wget journalctl crontab echo printf man which kill passwd setfacl install ln mount virsh qm pct`,
)

function isKnownProgram(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  return KNOWN_PROGRAMS.has(name) || /^(?:(?:get|set|new|add|remove|test)-\w+$|ansible)/.test(name)
}
