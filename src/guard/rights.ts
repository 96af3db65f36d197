import { isCmdlet } from './cmdlets.ts'
import type { Segment } from './shape.ts'
import type { Step } from './steps.ts'

/** What is refused to somebody who has too few rights, and how far that reaches. */

/**
 * What may be refused of a step, the narrowest first: this manner of it; all by which the program changes something; all that it does. Who may not even
 * look may do nothing else, who may not change one thing with a program of the system may not change the next. None where a right depends on a file, a
 * script or an object and not on the program: there it is only what is `narrow`.
 */
export function rightsKeys(step: Step, name: string, manner: string, narrow: string): string[] {
  const { segment, account } = step
  const asWhom = account === null ? '' : ` as ${account}`
  if (hasRights(step)) return []
  if (FILE_TOOLS.test(segment.program) || OF_OBJECTS.test(segment.program)) return [narrow + asWhom]
  const script = scriptOf(segment)
  if (script !== null) return [`${name} ${script}${asWhom}`]
  // Another machine refuses a cmdlet, whatever is wanted of it.
  if (isCmdlet(segment.program)) return [(step.host === step.at ? manner : name) + asWhom]
  // Into the system's folders is another right than into a project's.
  const forAll = segment.words.some((word) => /^(?:-g|--global|--system)$/.test(word)) ? ' for all' : ''
  if (OF_PROJECTS.test(segment.program)) return [manner + forAll + asWhom]
  const [first = ''] = segment.words
  const flag = /^-{1,2}[A-Za-z]/.test(first) ? [`${name} ${first.replace(/=.*/s, '')} only${asWhom}`] : []
  const changes = workOf(segment) === 'change' ? [`${name} to change${asWhom}`] : []
  return [manner + asWhom, ...flag, ...changes, `${name} to look${asWhom}`]
}

/** As whom a program is run, whatever it is to do: some want to be another account's, and none of them root's. */
export function accountKey({ segment, account }: Step, name: string): string {
  const script = scriptOf(segment)
  const runner = segment.wrappers.includes('sudo') ? ' through sudo' : ''
  return `${[name, ...(script === null ? [] : [script])].join(' ')} as ${account ?? 'whoever'}${runner}`
}
export const WRONG_ACCOUNT =
  /running (?:this )?as (?:the )?root|(?:not|never|refus\w+|cannot|can't) (?:to )?(?:be )?(?:run|start|execute)\w* (?:\w+ )?as (?:the )?(?:root|superuser)|as (?:the )?root (?:user )?is (?:not|dis)|has to be (?:run|executed) (?:with|as|by) the user|(?:must|should) be (?:run|executed) (?:as|by) (?:the )?(?:user )?['"]?(?!root|admin|super)[a-z][\w-]{1,30}['"]?(?: user)?\b/i

/** The widest of these keys that a refusal of this step shows: `docker ps` refused says that all of Docker is. */
export function refusedRight(step: Step, keys: readonly string[], said: string): string | undefined {
  if (keys.length < 2) return keys[0]
  const only = keys.find((key) => ONLY.test(key))
  if (only !== undefined && OF_MANNER.test(said)) return only
  const work = workOf(step.segment)
  const wide = keys.find((key) => (work === 'change' ? CHANGES : LOOKS).test(key))
  // Of a program that does one thing all is refused; of another, what was to be done.
  return work !== null || !hasSubcommand(step.segment) ? wide : keys[0]
}

const ONLY = / only(?: as \S+)?$/
/** It is this manner of doing it that wants more rights. */
const OF_MANNER = /\b(?:scan type|method|option|mode|flag)\b/i
const hasSubcommand = ({ words, verbs }: Segment): boolean =>
  verbs.length > 0 || /^[a-z][a-z-]{2,15}$/.test(words[0] ?? '')

const LOOKS = / to look(?: as \S+)?$/
const CHANGES = / to change(?: as \S+)?$/

const hasRights = ({ segment: { program, wrappers, words }, account }: Step): boolean =>
  wrappers.some((wrapper) => wrapper === 'sudo' || wrapper === 'doas') ||
  /^(?:root|administrator)$/i.test(account ?? '') ||
  // `-u` is a unit for some.
  words.some((word) => (/^-u$/i.test(word) && OTHER_U.test(program) ? false : AS_ANOTHER.test(word)))
/** An account is given with it: whether that one may, is another question. */
const AS_ANOTHER = /^[-/](?:user|u|credential|cred)(?:[:=]|$)/i
const OTHER_U = /^(?:journalctl|systemctl|iptables|ss|netstat|sort|date|rsync|certbot|lsof)$/

/** What they may do depends on the file. */
const FILE_TOOLS =
  /^(?:cat|tail|head|less|more|grep|cp|mv|ls|vi|vim|nano|sed|awk|tee|rm|mkdir|touch|chmod|chown|tar|ln|find|du|stat|get-content|get-childitem|copy-item|remove-item|type|dir|copy|del|robocopy|xcopy)$/

/** What they may do depends on an account elsewhere, or on what it is done to; and to look, everybody may. */
const OF_OBJECTS =
  /^(?:git|svn|gh|glab|curl|wget|kubectl|helm|oc|aws|az|gcloud|terraform|psql|mysql|mariadb|sqlcmd|mysqldump|pg_dump|sqlite3|redis-cli|mongosh|icacls|takeown|ping|date|hostname|route|ifconfig|sysctl|mount|umount|kill|renice|passwd|ulimit|arp|swapon)$/
/** On a project, or on what it is done to in this way. */
const OF_PROJECTS = /^(?:npm|pnpm|yarn|pip|pipx|net|reg|wmic|ssh|show|display|get|set|execute)$/

/** An interpreter is refused nothing; what it runs is. */
const INTERPRETERS = /^(?:python[\d.]*|node|php[\d.]*|perl|ruby|sh|bash|zsh|ksh|powershell|pwsh|java|cscript|wscript)$/

/** The script that an interpreter is to run, without its folder: it is also started from within that. */
export function scriptOf({ program, literals, words }: Segment): string | null {
  if (!INTERPRETERS.test(program)) return null
  const script = literals[0]
  if (script === undefined || !/^[\w./~\\:-]{1,200}$/.test(script)) return null
  // `-c 'code'`, `-m module`: no script.
  if (words.some((word) => /^-(?:c|e|r|m|p)$/.test(word))) return null
  return script.slice(Math.max(script.lastIndexOf('/'), script.lastIndexOf('\\')) + 1).toLowerCase()
}

/** Does a step look or change? By the first of its words that says so; null where none does. */
function workOf({ words, verbs }: Segment): 'look' | 'change' | null {
  for (const word of [...verbs, ...words]) {
    if (LOOK.test(word)) return 'look'
    if (CHANGE.test(word)) return 'change'
  }
  return null
}

const LOOK =
  /^[-/]{0,2}(?:ls|list|show|status|ps|get[a-z]*|info|version|query|search|print|view|stats?|logs?|inspect|describe|images?|top|history|dump|is-active|certificates)(?:[=_-]|$)|^-[LS]$/i
const CHANGE =
  /^[-/]{0,2}(?:add|append|install|remove|rm|rmi|del(?:ete)?|set[a-z]*|enable|disable|start|stop|restart|reload|refresh|update|upgrade|create|apply|renew|restore|reset|kill|mount|umount|run|exec|up|down|pull|push|import|write|permanent|load|unload|flush|clear|purge|prune|resize|snapshot|rollback|clone|mask|unmask|edit|new)(?:[=_-]|$)/i
