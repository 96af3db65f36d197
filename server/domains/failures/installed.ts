import { PACKAGES } from '../../../src/guard/packages.ts'
import type { Step } from '../../../src/guard/steps.ts'

/** What a success brings to a machine, so that what was missing there is perhaps missing no more. Pure. */

export interface Installed {
  /** Keys of programs that may be there from now on. */
  keys: string[]
  /** Which programs of any name it brings; null: none but those of `keys`. */
  brings: RegExp | null
  /** Words for what it is about: other failures for want of it are named by them. */
  words: string[]
  /** Another version of something is used from now on. */
  isSwitch: boolean
  /** Somebody may do more than before. */
  isGrant: boolean
  /** Somebody signed in. */
  isLogin: boolean
  /** Files were changed. */
  isEdit: boolean
  /** A service runs that perhaps did not. */
  isStart: boolean
  host: string | null
}

const INSTALLERS =
  /^(?:(?:apt|apt-get|dnf|yum|brew|choco|winget|scoop|snap|pip3?|pipx|npm|gem|cargo|zypper|apk|pkg|flatpak|port|uv)\b.* (?:install|add|in|upgrade|update)\b|(?:pacman|rpm|dpkg)\b.* -(?:S|i|U)\w*\b|npm i\b)/
const FEATURES =
  /^(?:install-(?:windowsfeature|module|psresource|package|script)|add-(?:windowsfeature|windowscapability|pssnapin)|enable-windowsoptionalfeature)\b/
/** What it looks at or repairs is no feature. */
const DISM = /^dism\b.* \/(?:enable-feature|add-)/i

/** Roles and features of Windows, with the programs that come with each. One that is not named here may bring any. */
const ROLES: readonly [feature: RegExp, programs: RegExp][] = [
  [/windows-?server-?backup/, /^wbadmin$|-wb/],
  [/rsat-ad|ad-domain|activedirectory/, /-ad|^(?:ds\w+|ntdsutil|dcdiag|repadmin|netdom)$/],
  [/dns/, /-dns|^dnscmd$/],
  [/dhcp/, /-dhcp/],
  [/hyper-?v/, /-vm|^hvc$/],
  [/gpmc|grouppolicy/, /-gp|^gpresult$/],
  [/^web-|iis/, /-web|-iis|^appcmd$/],
  [/failover|clustering/, /-cluster/],
  [/^fs-|file-?services|^storage-services/, /-(?:smb|fsrm|dfs|dedup|iscsi|nfs)|^dfs\w+$/],
  [/openssh/, /^(?:ssh|scp|sftp|sshd)/],
  [/^print-|printing/, /-print/],
  [/^wds/, /-wds|^wdsutil$/],
  [/bitlocker/, /-bitlocker|^manage-bde$/],
  [/telnet/, /^telnet$/],
  [/tftp/, /^tftp$/],
  [/net-?framework|netfx/, /^$/],
  [/npas|remoteaccess|routing/, /-(?:nps|remoteaccess|vpn)/],
  [/wsl|subsystem/, /^(?:wsl|bash)$/],
  [/^rds|remote-desktop/, /-rd/],
  [/updateservices|wsus/, /-wsus|^wsusutil$/],
  [/snmp/, /snmp/],
  [/containers/, /^docker/],
]
const ANY = /./
const CMDLETS = /-/

/** What a project wants is there from then on. */
const OF_PROJECTS: readonly [typed: RegExp, words: string][] = [
  [/^(?:npm|pnpm|yarn|bun) (?:install|ci|i)\b/, 'npm npx pnpm yarn bun node'],
  [/^composer (?:install|update)\b/, 'php composer'],
  [/^bundle install\b/, 'bundle ruby rake rails'],
  [/^(?:pip3?|uv pip) install -r|^(?:poetry|pipenv|uv) (?:install|sync)\b/, 'python python3 pip pytest'],
]

/** They have another version of these be used. */
const SWITCHES: readonly [typed: RegExp, words: string][] = [
  [
    /^(?:nvm|fnm|n|volta|nodenv|n-install) (?:.* )?(?:use|install|alias|default|pin|global|local|\d)/,
    'node npm npx yarn pnpm vite',
  ],
  [/^(?:pyenv|conda|uv python|scl)\b.* (?:global|local|shell|install|activate|enable|pin)\b/, 'python python3 pip'],
  [/^(?:rbenv|rvm|chruby)\b/, 'ruby gem bundle rails'],
  [/^(?:sdk|jenv|jabba) (?:use|install|default|global|local)\b/, 'java mvn gradle kotlin'],
  [/^(?:phpenv|phpbrew|a2enmod|phpenmod)\b/, 'php composer'],
  [/^rustup\b.* (?:default|update|override|install)\b/, 'cargo rustc'],
  [/^(?:tfenv|tfswitch)\b/, 'terraform'],
]
const OF_ANY =
  /^(?:asdf|mise|update-alternatives|alternatives|eselect) (?:.* )?(?:(?:global|local|use|install|--set|--config|set)) (?:.* )?(\w[\w.+-]*)/

/** What a step brings to its machine: `apt install docker.io` the program `docker`. */
export function installedBy({ segment, at: host }: Step): Installed | null {
  const { program, words } = segment
  const typed = [program, ...words].join(' ')
  const none = {
    keys: [],
    brings: null,
    words: [],
    isSwitch: false,
    isGrant: false,
    isLogin: false,
    isEdit: false,
    isStart: false,
    host,
  }
  if (FEATURES.test(program) || DISM.test(typed)) return { ...none, brings: broughtBy(typed.toLowerCase()) }
  if (GRANTS.test(typed)) return { ...none, words: wordsOf(segment.literals), isGrant: true }
  if (START.test(typed)) return { ...none, isStart: true }
  if (LOGIN.test(typed)) return { ...none, isLogin: true }
  if (EDIT.test(typed)) return { ...none, words: filesIn(segment.literals), isEdit: true }
  const put = putInto(typed, words)
  if (put !== null) return { ...none, keys: [`program ${put}`], words: [put] }
  const switched = SWITCHES.find(([pattern]) => pattern.test(typed))?.[1] ?? OF_ANY.exec(typed)?.[1]
  if (switched !== undefined) return { ...none, words: switched.toLowerCase().split(' '), isSwitch: true }
  const wanted = OF_PROJECTS.find(([pattern]) => pattern.test(typed))?.[1].split(' ') ?? []
  if (!INSTALLERS.test(typed)) return wanted.length > 0 ? { ...none, words: wanted } : null
  const names = words.filter((word) => /^@?[\w][\w.+@/=:-]*$/.test(word)).flatMap(programsIn)
  const known = [...new Set(names)].filter((name) => !MANNERS.has(name))
  return {
    ...none,
    keys: known.map((name) => `program ${name}`),
    words: [...wanted, ...known.filter((name) => name.length > 2)],
  }
}

/** They give an account or a group more rights. */
const GRANTS =
  /^(?:usermod|gpasswd|adduser|addgroup|setfacl|chmod|chown|chgrp|visudo|add-localgroupmember|add-adgroupmember|icacls|dseditgroup|loginctl|setcap|net localgroup .*\/add)\b/i

const START =
  /^(?:systemctl|service|rc-service|launchctl|docker|podman|pm2|brew services)\b.* (?:start|restart|up|load|bootstrap|kickstart|--now)\b|^(?:sc|net) start\b|^(?:start|restart)-service\b/i
const LOGIN = /^(?:kinit|ssh-add)\b|^\S+(?: \S+){0,3} (?:login|logon|signin)\b/i
/** They change what is in a file. */
const EDIT = /^(?:sed|perl) (?:.* )?-[a-zA-Z]*i|^(?:patch|tee|dos2unix|ed|ex) |^git (?:pull|checkout|restore|apply)\b/
const filesIn = (literals: readonly string[]): string[] =>
  literals
    .map((word) => word.slice(word.lastIndexOf('/') + 1).toLowerCase())
    .filter((word) => /^[\w-]{1,60}\.\w{1,8}$/.test(word))

/** Names, and files without their folders. */
const wordsOf = (literals: readonly string[]): string[] =>
  [...new Set(literals.flatMap((word) => word.toLowerCase().split(/[^a-z0-9+]+/)))].filter((word) => word.length > 2)

const MANNERS: ReadonlySet<string> = new Set(['install', 'add', 'in', 'upgrade', 'update', 'yes'])

function broughtBy(typed: string): RegExp {
  const roles = ROLES.filter(([feature]) => typed.split(' ').some((word) => feature.test(word)))
  if (roles.length > 0) return new RegExp(roles.map(([, programs]) => programs.source).join('|'))
  return /^(?:install-module|install-psresource|add-pssnapin)/.test(typed) ? CMDLETS : ANY
}

/** `ln -s … /usr/local/bin/timeout`: whatever stands in such a folder is found by its name. */
function putInto(typed: string, words: readonly string[]): string | null {
  if (!/^(?:ln|cp|mv|install|curl|wget|copy|copy-item|tee) /.test(typed)) return null
  const target = words.findLast((word) => /[\\/]s?bin[\\/][\w.+-]+$/.test(word))
  return target?.slice(Math.max(target.lastIndexOf('/'), target.lastIndexOf('\\')) + 1).toLowerCase() ?? null
}

/** `docker.io`, `docker-ce`, `Docker.DockerCLI`, `python3-pip`: the program is somewhere in it. */
function programsIn(word: string): string[] {
  const name = word.toLowerCase().replace(/(?:==?|@|:).*$/, '')
  return [name, ...name.split(/[^a-z0-9+]+/), ...(PACKAGES[name]?.split(' ') ?? [])].filter(
    (part) => part.length > 1 && part.length <= 60,
  )
}
