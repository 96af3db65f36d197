/** What is known of programs, for reading command lines. Data only; names are in lower case, without `.exe`. */

const list = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/))

/** A map and not an object: a program may be called `constructor`. */
const named = <V>(entries: Record<string, V>): ReadonlyMap<string, V> => new Map(Object.entries(entries))

/** Words of a shell that are followed by a command. */
export const KEYWORDS = list('if then elif else do while until ! try finally begin process end')
/** Words of a shell that look like programs and run nothing. */
export const STRUCTURE = list('for foreach case select function fi done esac in return exit break continue')
/** They run the command that follows them. */
export const WRAPPERS = list(
  'sudo doas env time nohup exec command builtin nice ionice timeout xargs watch stdbuf setsid call npx bunx pnpx unbuffer chroot',
)
/** They prepare a command and are not what is being done. */
export const SETUP = list(
  'cd pushd popd set-location export set unset source . echo printf true : sleep start-sleep write-host write-output clear chcp',
)
export const CHANGE_FOLDER = list('cd pushd set-location')
/** They cut the output short. */
export const PAGERS = list('head tail more less')
/** They take a command as text, after the flag. */
export const INLINE_FLAGS = named<RegExp>({
  ...Object.fromEntries(['sh', 'bash', 'zsh', 'dash', 'ksh', 'fish', 'su'].map((shell) => [shell, /^-[a-z]*c$/])),
  powershell: /^-c(?:o(?:mmand)?)?$/,
  pwsh: /^-c(?:o(?:mmand)?)?$/,
  cmd: /^\/[ck]$/,
})
/** Their first argument is a machine; what follows is a command to run there. */
export const REMOTE = list('ssh plink winrs psexec psexec64')
/** Where a flag names the machine, the command follows it: `winrs -r:SRV1 ipconfig`. */
export const NAMES_MACHINE = named<RegExp>({ winrs: /^[-/]r(?:emote)?:./i })
/** A command inside them is what is really being done. */
export const CARRIERS = new Set([...REMOTE, ...INLINE_FLAGS.keys(), 'invoke-command'])

/** Other names of the same program; of PowerShell's short ones only those that no other shell uses. */
export const SHORT_NAMES = named<string>({
  pip3: 'pip',
  gci: 'get-childitem',
  gwmi: 'get-wmiobject',
  gcim: 'get-ciminstance',
  icm: 'invoke-command',
  gsv: 'get-service',
  gps: 'get-process',
  gcm: 'get-command',
  gc: 'get-content',
  gi: 'get-item',
  gp: 'get-itemproperty',
  irm: 'invoke-restmethod',
  iwr: 'invoke-webrequest',
  iex: 'invoke-expression',
  sls: 'select-string',
  ipmo: 'import-module',
  etsn: 'enter-pssession',
  nsn: 'new-pssession',
  sasv: 'start-service',
  spsv: 'stop-service',
  saps: 'start-process',
  spps: 'stop-process',
  tnc: 'test-netconnection',
})

/** `/all` is a switch for these and a path for everything else. */
export const WINDOWS_PROGRAMS = list(
  `attrib bcdedit cacls certutil chkdsk choice cmd copy cscript dcdiag del diskpart dism dir driverquery erase fc findstr format gpresult gpupdate
  icacls ipconfig msiexec nbtstat net netdom netsh netstat nltest nslookup pnputil powercfg psexec psexec64 qwinsta rd reg regsvr32 repadmin rmdir robocopy
  route sc schtasks sfc shutdown slmgr start systeminfo takeown taskkill tasklist vssadmin w32tm wevtutil where wmic wsl wusa xcopy`,
)

/** How many words after the program say what it does; the rest are names. */
export const SUBCOMMANDS = named<number>({
  'apt-get': 1,
  apt: 1,
  'apt-cache': 1,
  aws: 2,
  az: 3,
  brew: 1,
  bun: 1,
  cargo: 1,
  certbot: 1,
  choco: 1,
  claude: 2,
  composer: 1,
  crontab: 1,
  deno: 1,
  dism: 0,
  dnf: 1,
  docker: 1,
  dotnet: 1,
  esxcli: 4,
  firebase: 1,
  gcloud: 3,
  gem: 1,
  'get-ciminstance': 1,
  'get-wmiobject': 1,
  gh: 2,
  git: 1,
  go: 1,
  gradle: 1,
  helm: 1,
  ip: 2,
  journalctl: 0,
  kubectl: 2,
  launchctl: 1,
  loginctl: 1,
  lvm: 1,
  make: 1,
  msp: 2,
  mvn: 1,
  mysqladmin: 1,
  net: 1,
  netsh: 3,
  nmcli: 2,
  npm: 1,
  openssl: 1,
  pacman: 0,
  pip: 1,
  pip3: 1,
  pm2: 1,
  pnpm: 1,
  podman: 1,
  poetry: 1,
  reg: 1,
  repadmin: 0,
  sc: 1,
  snap: 1,
  systemctl: 1,
  terraform: 1,
  timedatectl: 1,
  ufw: 1,
  uv: 2,
  vagrant: 1,
  virsh: 1,
  vssadmin: 2,
  wevtutil: 1,
  winget: 1,
  wmic: 1,
  yarn: 1,
  yum: 1,
  zfs: 1,
  zpool: 1,
  zypper: 1,
})
/** After these two words one more says what is done. */
export const DEEPER: ReadonlySet<string> = new Set([
  'npm run',
  'pnpm run',
  'yarn run',
  'bun run',
  'docker compose',
  'docker container',
  'docker image',
  'docker network',
  'docker system',
  'docker volume',
  'git remote',
  'git stash',
  'git submodule',
  'git worktree',
])
/** A first word like these says what an unknown program does. */
export const VERBS = list(
  `add apply build check clean clone config configure create delete deploy describe destroy diff disable down enable exec export fetch get help import info
  init install kill list lint load log login logout logs ls migrate new open plan pull purge push query reload remove rename reset restart restore resume
  rm run save scan search seed serve set show start stat status stop sync test unload uninstall up update upgrade validate verify version view`,
)

/** Flags whose next word is their value. Flags that are missing here cost one word of precision, nothing more. */
export const VALUE_FLAGS = named<ReadonlySet<string>>({
  docker: list(
    '-H --host -c --context --config -l -u --user -w --workdir -e --env -p --publish -v --volume --name --network --entrypoint -f --file',
  ),
  git: list('-C -c --git-dir --work-tree --namespace'),
  helm: list('-n --namespace --kube-context'),
  kubectl: list('-n --namespace --context --kubeconfig -o -l -f'),
  plink: list('-l -P -i -pw'),
  psexec: list('-u -p -w -n -r -a'),
  psexec64: list('-u -p -w -n -r -a'),
  ssh: list('-p -i -l -o -F -J -L -R -D -b -c -E -I -m -O -Q -S -W -w'),
  ...Object.fromEntries(
    ['snmpget', 'snmpwalk', 'snmpbulkwalk', 'snmpgetnext', 'snmpset', 'snmptable'].map((tool) => [
      tool,
      list('-v -c -u -l -a -A -x -X -n -t -r -O -m -M'),
    ]),
  ),
  sudo: list('-u -g -h -p -C -r -t -D -R -U'),
  systemctl: list('-H --host -M -t -p'),
  timeout: list('-s -k --signal'),
  xargs: list('-n -P -I -L -d -a -s'),
  nice: list('-n'),
  env: list('-u -C'),
})
