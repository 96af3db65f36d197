import type { FactRule } from './fact-rule.ts'

/** What programs say of themselves and of the system. Data only. */

type Named = readonly [typed: RegExp, said: RegExp, name: string]

/** What was asked, what was answered, and the system's name. */
const SYSTEMS: readonly Named[] = [
  [/os-release/, /^PRETTY_NAME="?([\w .()/+-]{3,80})/m, '$1'],
  [/^lsb_release/, /^Description:\s+([\w .()/+-]{3,80})/m, '$1'],
  [/^hostnamectl/, /Operating System:\s+([\w .()/+-]{3,80})/, '$1'],
  [/redhat-release|centos-release|system-release/, /^([A-Z][\w .()/+-]{3,80})/m, '$1'],
  [/debian_version/, /^(\d{1,2}\.\d{1,2})\s*$/m, 'Debian $1'],
  [/alpine-release/, /^(\d\.\d{1,2}(?:\.\d+)?)\s*$/m, 'Alpine Linux $1'],
  [/^systeminfo/, /OS Name:\s+([\w .()]{3,80}\w)/, '$1'],
  [/win32_operatingsystem|get-computerinfo|wmic os/, /(Microsoft Windows [\w .]{1,60}\w)/, '$1'],
  [/^sw_vers/, /(?:ProductVersion:\s+|^)(\d{2}(?:\.\d+){1,2})/m, 'macOS $1'],
  [/show version/, /Cisco IOS[^\n]{0,120}Version ([\w.()]{3,30})/, 'Cisco IOS $1'],
  [/get system status/, /Version: Forti\S{1,30} v(\d+\.\d+\.\d+)/, 'FortiOS $1'],
  [/resource print|\/system/, /version:\s+(\d\.\d{1,2}(?:\.\d+)?)/, 'RouterOS $1'],
  [/^(?:vmware|esxcli)/, /(?:VMware ESXi|Version:) (\d\.\d(?:\.\d+)?)/, 'VMware ESXi $1'],
]

/** Key, the program's name as people write it, what was asked, and what was answered. */
const VERSIONS: readonly (readonly [string, ...Named])[] = [
  ['python.version', /^python\d?(?:\.\d+)? (?:-v|--version)/, /Python (\d\.\d{1,2}(?:\.\d+)?)/, 'Python'],
  ['php.version', /^php[\d.]* (?:-v|--version)/, /PHP (\d\.\d{1,2}\.\d+)/, 'PHP'],
  ['openssl.version', /^openssl version/, /OpenSSL (\d\.\d\.\d\w?)/, 'OpenSSL'],
  ['openssh.version', /^ssh -v/, /OpenSSH_(\d{1,2}\.\d\w*)/, 'OpenSSH'],
  ['node.version', /^node(?:js)? (?:-v|--version)/, /^v(\d{1,2}\.\d+\.\d+)/m, 'Node.js'],
  ['docker.version', /^docker (?:--version|-v|version)/, /(?:Docker version |Version:\s+)(\d{2}\.\d+\.\d+)/, 'Docker'],
  ['bash.version', /^bash --version/, /GNU bash, version (\d\.\d)/, 'Bash'],
  ['nginx.version', /^nginx -v/, /nginx\/(\d\.\d+\.\d+)/, 'nginx'],
  [
    'database.version',
    /^(?:mysql|mariadb|psql).*version/,
    /(?:Distrib |PostgreSQL\) |Ver (?!1[45]\.)|from )(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:-MariaDB)?)/,
    'The database',
  ],
]

const MANAGERS: readonly (readonly [string, RegExp])[] = [
  ['apt', /^apt(?:-get)? (?:-\S+ )*(?:install|update|upgrade|remove|search|list)/],
  ['dnf', /^dnf (?:-\S+ )*[a-z]/],
  ['yum', /^yum (?:-\S+ )*[a-z]/],
  ['zypper', /^zypper (?:-\S+ )*[a-z]/],
  ['apk', /^apk (?:-\S+ )*(?:add|del|update|upgrade|info|search)/],
  ['opkg', /^opkg [a-z]/],
  ['pkg', /^pkg [a-z]/],
]

const seen = { when: 'worked', at: 'reached' } as const

export const VERSION_RULES: readonly FactRule[] = [
  ...SYSTEMS.map(([typed, said, value]): FactRule => {
    const statement = `{host} runs ${value}.`
    return { ...seen, key: 'os.name', value, statement, category: 'os', priority: 8, confidence: 95, typed, said }
  }),
  ...VERSIONS.map(([key, typed, said, name]): FactRule => {
    const told = { key, value: '$1', statement: `${name} $1 on {host}.`, typed, said }
    return { ...told, category: 'software_version', priority: 5, confidence: 95, when: 'worked' }
  }),
  ...MANAGERS.map(([value, typed]): FactRule => {
    const told = { key: 'package_manager', value, statement: `Packages on {host} come with ${value}.`, typed }
    return { ...told, category: 'os', priority: 6, confidence: 85, when: 'worked' }
  }),
]

/** Programs whose absence is worth knowing; a mistyped name is not. */
export const KNOWN_PROGRAMS: ReadonlySet<string> = new Set(
  `docker docker-compose podman kubectl helm git curl wget jq rsync python python3 pip pip3 node npm php composer perl ruby java go make gcc
  apt apt-get dnf yum zypper apk brew pacman snap opkg winget choco systemctl service rc-service journalctl crontab netstat ss ip ifconfig dig nslookup host
  traceroute tcpdump nmap nc telnet ftp sftp smbclient mount.cifs mysql mysqldump mariadb psql pg_dump redis-cli sqlcmd openssl certbot nginx apachectl
  wsl wmic pwsh powershell nft iptables ufw firewall-cmd lsof strace htop tmux screen vim nano zip unzip 7z lsblk smartctl zpool zfs virsh qm pct vim-cmd
  esxcli dcdiag repadmin dnscmd nltest robocopy gpresult`.split(/\s+/),
)
