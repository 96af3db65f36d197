import { SYSTEMS, type SystemId } from './systems.ts'

/** A task as the tables have it. */
export interface TaskText {
  id: string
  title: string
  /** What people call it too, in English, Dutch, German and French; separated by commas. */
  also: string
  /** True where it changes something. */
  changes?: true
  /** True where only appliances have it. */
  appliancesOnly?: true
  /**
   * Its command by system: ids of systems or names of `GROUPS`, separated by spaces. A later line wins. `^` at the beginning: needs an
   * administrator, root or the privileged mode; so does everything with `sudo`. Behind ` ## ` stands what one has to know.
   */
  on: Readonly<Record<string, string>>
}

export interface OsCommand {
  system: SystemId
  /** The system in words. */
  title: string
  command: string
  /** Needs an administrator, root or the privileged mode. */
  elevated: boolean
  note: string | null
}

export const GROUPS: Readonly<Record<string, readonly SystemId[]>> = {
  /** The PowerShells with the modules of Windows 10 and later. */
  ps: ['ps51', 'ps7'],
  /** Programs of Windows that every shell starts in the same way. */
  win: ['ps51', 'ps7', 'ps2', 'cmd'],
  linux: ['debian', 'rhel', 'alpine'],
  nas: ['dsm', 'readynas', 'qnap'],
  bsd: ['pfsense', 'opnsense'],
  unix: ['macos', 'debian', 'rhel', 'alpine', 'unifi', 'dsm', 'readynas', 'qnap', 'esxi', 'pfsense', 'opnsense'],
}

/** Whoever signs in there is root, and there is no sudo. */
const ROOT_ALREADY: ReadonlySet<SystemId> = new Set([
  'alpine',
  'unifi',
  'readynas',
  'qnap',
  'esxi',
  'pfsense',
  'opnsense',
])

/** The commands of a task, in the order of the systems. */
export function commandsOf(task: TaskText): OsCommand[] {
  const texts = new Map<string, string>()
  const members = (name: string): readonly string[] => GROUPS[name] ?? [name]
  for (const [systems, text] of Object.entries(task.on))
    for (const system of systems.split(' ').flatMap(members)) texts.set(system, text)
  return SYSTEMS.flatMap(({ id, title }) => {
    const text = texts.get(id)
    return text === undefined ? [] : [{ system: id, title, ...parsed(text, id) }]
  })
}

function parsed(text: string, system: SystemId): Pick<OsCommand, 'command' | 'elevated' | 'note'> {
  const [written = '', note = null] = text.split(' ## ')
  const command = written.startsWith('^') ? written.slice(1) : written
  const elevated = command !== written || /\bsudo /.test(command)
  return { command: ROOT_ALREADY.has(system) ? command.replaceAll(/\bsudo /g, '') : command, elevated, note }
}
