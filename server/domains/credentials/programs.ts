/** What is known of programs: pure data and its reading. Names are in lower case, without `.exe` and a version at the end. */

/** Clients of one thing each, that take a secret from their environment, standard input or a file, and run nothing else. */
export const USUAL_PROGRAMS: readonly string[] = words(`
  mariadb mysql mariadb-dump mysqldump mariadb-admin mysqladmin psql pg_dump pg_dumpall pg_restore sqlcmd redis-cli
  ssh scp sftp curl smbclient ldapsearch ldapwhoami kinit snmpget snmpwalk`)

export const MYSQL_CLIENTS = words('mariadb mysql mariadb-dump mysqldump mariadb-admin mysqladmin')

/** Whatever these are given, they can hand on: to another program, to the screen, into a file. Never for an agent, whatever is allowed. */
const NEVER = new Set(
  words(`
  sh bash dash zsh ksh mksh ash csh tcsh fish busybox toybox rbash elvish nu xonsh cmd command powershell pwsh powershell_ise
  wscript cscript mshta wsl conhost rundll regsvr wmic msiexec forfiles installutil msbuild schtasks start
  node nodejs deno bun python pypy ipython perl ruby irb php lua luajit tclsh wish expect awk gawk mawk nawk sed ed ex vi vim nvim view
  emacs nano pico gdb lldb java jshell groovy scala kotlin dotnet csi rscript r julia ghci ocaml guile racket sbcl go tsx ts-node npx npm
  yarn pnpm uv uvx pip pipx make cmake gradle mvn ant bc dc jq yq sqlite mongosh mongo
  env sudo doas su runuser runas setpriv capsh chroot unshare nsenter systemd-run setsid nohup nice ionice chrt taskset timeout time stdbuf
  unbuffer script scriptreplay watch xargs parallel find fd entr flock sshpass ssh-agent ssh-add dbus-run-session firejail bwrap proot fakeroot
  strace ltrace ptrace valgrind perf screen tmux at batch crontab cron run-parts start-stop-daemon docker podman nerdctl lxc vagrant
  msp eval exec source command builtin
  cat tac nl head tail more less most bat base32 base64 basenc openssl xxd od hexdump hd rev tee printenv set export declare strings tr cut
  paste fold fmt pr sort uniq comm join split csplit grep egrep fgrep rg ag ack diff cmp wc dd cp mv ln install tar cpio zip gzip bzip xz zstd
  uuencode shasum md sum cksum iconv jc column expand echo printf type findstr clip certutil bitsadmin xclip xsel pbcopy wl-copy
  nc ncat netcat socat telnet write wall logger notify-send`).map(baseOf),
)

/** Options by which a usual program runs another, sends or writes a file, or goes elsewhere; and words of its own language that do. */
interface Trap {
  /** Letters of short options, also in a cluster. */
  short?: string
  /** Letters of short options that take a value, so that what follows is no cluster. */
  valued?: string
  /** Long options, without dashes; their beginnings count, since programs take them. */
  long?: readonly string[]
  /** What no argument may hold. */
  text?: RegExp
}

const SQL_FILES =
  /\binto\s+(outfile|dumpfile)\b|\bload\s+data\b|\bload_file\s*\(|\bcopy\b[^;]*\b(program|from|to)\b|\bxp_cmdshell\b/i
const MYSQL: Trap = {
  short: 'TrS',
  valued: 'uphPDe',
  long: words(
    'pager tee init-command plugin-dir default-auth defaults-file defaults-extra-file login-path local-infile result-file tab ssl-key socket protocol',
  ),
  text: new RegExp(`\\\\|(^|[;\\n])\\s*(system|source|tee|pager|edit|delimiter)\\b|${SQL_FILES.source}`, 'i'),
}
const POSTGRES: Trap = {
  short: 'foL',
  valued: 'UhpdcvFPRT',
  long: words('file output log-file psqlrc set variable'),
  text: new RegExp(`\\\\|\`|${SQL_FILES.source}|\\b(service|passfile|sslkey|sslcert)\\s*=`, 'i'),
}
/** Options of SSH are named one by one: nearly all of the others run something or go elsewhere. */
const SSH_TEXT =
  /^(?!(batchmode|connecttimeout|connectionattempts|stricthostkeychecking|port|user|serveralive(interval|countmax)|loglevel|preferredauthentications|pubkeyauthentication|passwordauthentication|kbdinteractiveauthentication|numberofpasswordprompts|identitiesonly|hostkeyalgorithms|kexalgorithms|ciphers|macs|compression|addressfamily|requesttty)\s*[= ])/i

const TRAPS: Record<string, Trap> = {
  ...Object.fromEntries(MYSQL_CLIENTS.map((name) => [name, MYSQL])),
  ...Object.fromEntries(words('psql pg_dump pg_dumpall pg_restore').map((name) => [name, POSTGRES])),
  ssh: { short: 'FIJLRDWwSEAXYKMfN', valued: 'BbceilmOopPQsV' },
  scp: { short: 'FJSDX', valued: 'cilPoQ' },
  sftp: { short: 'FJSDXbs', valued: 'BcilPoR' },
  curl: {
    short: 'oOTKxcDEqJ:',
    valued: 'XdHuAemwUbrtyYzCFPQ',
    long: words(`output output-dir remote-name remote-name-all upload-file next config proxy preproxy socks4 socks4a socks5 socks5-hostname
      resolve connect-to location-trusted cookie-jar dump-header libcurl trace trace-ascii unix-socket abstract-unix-socket interface dns-servers
      doh-url engine stderr etag-save hsts alt-svc cert key proto-redir write-out variable expand-url`),
  },
  smbclient: {
    short: 'LTsl',
    valued: 'UcpIWAtbmnD',
    long: words('configfile option log-basename tar'),
    text: /(^|;)\s*!/,
  },
  sqlcmd: { short: 'ior', valued: 'SUPdQq', text: /!!|(^|\n)\s*:|\bxp_cmdshell\b/i },
  'redis-cli': {
    short: 'xs',
    valued: 'hpnui',
    long: words('eval pipe rdb functions-rdb cert key'),
    text: /^(config|module|slaveof|replicaof|migrate)$/i,
  },
  ldapsearch: { short: 'tTfo', valued: 'HDbsleEyUXYw' },
}

/** Every reason why this command of a usual program wants a person's eyes. Pure. */
export function trapsIn(program: string, args: readonly string[]): string[] {
  const trap = TRAPS[program]
  if (!trap) return []
  const own = program === 'ssh' ? sshParts(args).own : args
  const found = own.flatMap((argument) => trapIn(trap, argument))
  return SSH_FAMILY.has(program) ? [...found, ...sshOptions(own)] : found
}

/** Letters of short options that take a value; undefined for a program that is not known so well. Pure. */
export const valuedLetters = (program: string): string | undefined =>
  program === 'ssh' ? SSH_VALUED : TRAPS[program] && `${TRAPS[program].valued ?? ''}${TRAPS[program].short ?? ''}`

const SSH_FAMILY = new Set(['ssh', 'scp', 'sftp'])
const SSH_VALUED = 'BbcDEeFIiJLlmOoPpQRSWw'

/** The destination of an `ssh`, and its own arguments: what follows the first word after the destination runs over there. Pure. */
export function sshParts(args: readonly string[]): { destination: string | undefined; own: string[] } {
  const words: string[] = []
  let at = 0
  for (; at < args.length && words.length < 2; at++) {
    const argument = args[at] ?? ''
    if (argument === '-' || !argument.startsWith('-')) words.push(argument)
    else if (takesNext(argument)) at++
  }
  return { destination: words[0], own: args.slice(0, words.length < 2 ? args.length : at - 1) }
}

function takesNext(argument: string): boolean {
  const valued = [...argument.slice(1)].findIndex((letter) => SSH_VALUED.includes(letter))
  return valued !== -1 && valued === argument.length - 2
}

function trapIn({ short = '', valued = '', long = [], text }: Trap, argument: string): string[] {
  if (text?.test(argument)) return ['an argument that can run or write something']
  if (argument.startsWith('--')) {
    const name = argument.slice(2).split('=')[0] ?? ''
    return name !== '' && long.some((option) => option.startsWith(name)) ? [`the option --${name}`] : []
  }
  if (!argument.startsWith('-')) return []
  for (const letter of argument.slice(1)) {
    if (short.includes(letter)) return [`the option -${letter}`]
    if (valued.includes(letter)) return []
  }
  return []
}

/** The values of `-o`, apart or joined to it. */
function sshOptions(args: readonly string[]): string[] {
  const values = args.flatMap((argument, index) => {
    const joined = /^-[^-o]*o(.*)$/.exec(argument)?.[1]
    return joined === undefined ? [] : [joined === '' ? (args[index + 1] ?? '') : joined]
  })
  return values.filter((value) => SSH_TEXT.test(value.trim())).map((value) => `the option -o ${value.split(/[= ]/)[0]}`)
}

/** The name that a program is known by: `C:\Windows\PowerShell.EXE` → `powershell`, `python3.12` → `python`. Pure. */
export function baseOf(program: string): string {
  const name = (program.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/[. ]+$/, '')
  const bare = name.replace(/\.(exe|com|cmd|bat|ps1|vbs|js|wsf|msi|scr|pif|lnk)$/, '')
  return bare.replace(/(?<=[a-z])-?[\d.]+$/, '') || bare
}

/** May an agent never run it, whoever agrees? Pure. */
export const isNeverForAgents = (program: string): boolean => NEVER.has(baseOf(program))

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
