/**
 * Of those that a session runs all day, the ones that are everywhere and work on this machine only: no limit of a machine, and no way to another
 * one, says anything of them.
 */
const LOCAL = new Set(
  `ls dir cd pwd cat head tail wc sort uniq cut tr grep rg egrep fgrep find fd tree stat file du df free top ps uptime uname hostname whoami id date
   cal mkdir rmdir rm cp mv touch ln chmod chown basename dirname realpath readlink diff cmp md5sum sha256sum true false sleep exit
   git make tsc npm pnpm yarn cargo go mvn gradle vitest jest pytest eslint prettier biome tar gzip gunzip`.split(
    /\s+/,
  ),
)

/** Programs that are given no secrets, whatever stands behind them. */
const PROGRAMS = new Set([
  ...LOCAL,
  ...`which where type systemctl journalctl service dmesg lsblk lsof mount lscpu lsusb lspci ip ss netstat ping ping6 traceroute tracert dig host arp
   apt apt-get apt-cache dpkg yum dnf rpm snap brew ipconfig gpupdate sfc chkdsk
   get-service get-process get-childitem get-content get-item get-date get-location set-location test-path select-object sort-object
   where-object format-table format-list measure-object get-eventlog get-volume get-disk get-netadapter get-computerinfo get-hotfix`.split(
    /\s+/,
  ),
])

const BETWEEN = /\s*(?:&&|\|\|?|;)\s*/
/** A plain word, number, path or pattern; a short flag with its letters apart from `-p` and `-u`; a long one without a value. */
const WORD = /^(?:[\w./\\*~%+,-]{1,80}|-[a-oq-tv-zA-OQ-TV-Z0-9]{1,6}|--[a-z-]{1,30}|\d?>(?:&\d|\/dev\/null))$/
/** What names a secret or looks like one, in any language. */
const TELLING =
  /pass|pw|secret|token|key|cred|auth|login|pin|psk|phrase|code|wacht|kenn|mdp|geheim|ww|private|(?:^|\s)-[pu]|[A-Za-z]\d[A-Za-z]|\d[a-z]+\d|[\w-]{20}/i

/**
 * Is this a command of every day that cannot hold a secret, so that the redactor need not be loaded for it? Loading and asking
 * it is most of what the guard costs. Whatever is not surely plain is looked at.
 *
 * @example isPlain('cd /srv/app && git status') // true
 * @example isPlain('mysql -u root')             // false: a program that takes secrets
 */
export function isPlain(command: string): boolean {
  if (command.length > 300 || TELLING.test(command)) return false
  return command
    .trim()
    .split(BETWEEN)
    .every((part) => {
      const [program = '', ...words] = part.split(/\s+/)
      return PROGRAMS.has(program.toLowerCase()) && words.every((word) => WORD.test(word))
    })
}

/**
 * The programs and operators of a command of every day that works on this machine only; undefined for any other. By them the guard knows whether it
 * has to look.
 *
 * @example everydayWords('cd /srv/app && git status')   // cd, git, &&
 */
export function everydayWords(command: string): string[] | undefined {
  if (!isPlain(command) || /\\\\|\/\//.test(command)) return undefined
  const programs = command
    .trim()
    .split(BETWEEN)
    .map((part) => part.split(/\s+/)[0]?.toLowerCase() ?? '')
  const operators = ['&&', '||'].filter((operator) => command.includes(operator))
  return programs.every((program) => LOCAL.has(program)) ? [...programs, ...operators] : undefined
}
