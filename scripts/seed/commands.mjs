// What technicians type, what comes back, and how it fails.
import { failureCategory, isDestructive } from '../../src/guard/failures.ts'
import { commandFingerprint } from '../../src/guard/shape.ts'
import { remembered, sha256 } from './rows.mjs'

const UNITS = ['nginx', 'postgresql', 'backup-agent', 'wg-quick@wg0', 'rsyslog', 'mariadb', 'fail2ban', 'postfix']
const SERVICES = ['Spooler', 'W32Time', 'MSSQLSERVER', 'DNS', 'Netlogon', 'VeeamBackupSvc', 'IISADMIN', 'wuauserv']
const PACKAGES = ['nginx', 'curl', 'mariadb-server', 'certbot', 'openssh-server', 'libreoffice', 'chromium']
const FILES = ['/var/log/syslog', '/var/log/nginx/error.log', '/var/log/mail.log', '/var/log/auth.log']
const SITES = ['portal', 'mail', 'vpn', 'crm', 'intranet']

const active = 'active (running) since Mon 2026-01-12 09:03:11 UTC; 3 days ago\n'
const missing = (name) =>
  `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`

/**
 * Kinds of command. `line`: what is typed, from the host's name and a thing; `fails`: exit code and error output;
 * `works`: what was typed instead, when it failed.
 */
const KINDS = [
  {
    ...{ tool: 'ssh', things: UNITS, line: (host, unit) => `ssh ${host} systemctl status ${unit} --no-pager` },
    ...{ out: active, fails: [4, (unit) => `Unit ${unit}.service could not be found.`] },
    works: (host, unit) => `ssh ${host} systemctl list-units --all ${unit}`,
  },
  {
    ...{ tool: 'ssh', things: UNITS, line: (host, unit) => `ssh ${host} systemctl restart ${unit}` },
    ...{ out: '', fails: [1, (unit) => `Failed to restart ${unit}.service: Access denied`] },
    works: (host, unit) => `ssh ${host} sudo systemctl restart ${unit}`,
  },
  {
    ...{ tool: 'ssh', things: UNITS, line: (host, unit) => `ssh ${host} journalctl -u ${unit} --since today` },
    ...{ out: 'Jan 12 09:03:11 srv systemd[1]: Started the service.\n', fails: [255, () => 'Connection timed out'] },
    works: (host, unit) => `ssh -o ConnectTimeout=30 ${host} journalctl -u ${unit} --since today`,
  },
  {
    ...{ tool: 'ssh', things: PACKAGES, line: (host, name) => `ssh ${host} apt-get install -y ${name}` },
    ...{ out: 'Setting up the package ...\n', fails: [100, (name) => `E: Unable to locate package ${name}`] },
    works: (host, name) => `ssh ${host} 'apt-get update && apt-get install -y ${name}'`,
  },
  {
    ...{ tool: 'ssh', things: FILES, line: (host, file) => `ssh ${host} tail -n 100 ${file}` },
    ...{
      out: 'Jan 12 09:03:11 srv kernel: link is up\n',
      fails: [1, (file) => `tail: cannot open '${file}' for reading: Permission denied`],
    },
    works: (host, file) => `ssh ${host} sudo tail -n 100 ${file}`,
  },
  {
    ...{
      tool: 'powershell',
      things: SERVICES,
      line: (host, name) => `Get-Service -ComputerName ${host} -Name ${name}`,
    },
    ...{
      out: 'Status   Name\n------   ----\nRunning  Spooler\n',
      fails: [1, (name) => `Cannot find any service with service name '${name}'.`],
    },
    works: (host, name) => `Invoke-Command -ComputerName ${host} { Get-Service ${name} }`,
  },
  {
    ...{
      tool: 'powershell',
      things: SERVICES,
      line: (host, name) => `Invoke-Command -ComputerName ${host} { Restart-Service ${name} -Force }`,
    },
    ...{
      out: '',
      fails: [1, () => 'WinRM cannot complete the operation. Verify that the specified computer name is valid.'],
    },
    works: (host, name) => `sc.exe \\\\${host} stop ${name}`,
  },
  {
    ...{
      tool: 'powershell',
      things: ['Administrator', 'svc-backup', 'svc-sql', 'scanner'],
      line: (host, user) => `Invoke-Command -ComputerName ${host} { Get-LocalUser ${user} }`,
    },
    ...{
      out: 'Name          Enabled\n----          -------\nAdministrator True\n',
      fails: [1, () => missing('Get-LocalUser')],
    },
    works: (host, user) => `Get-WmiObject Win32_UserAccount -ComputerName ${host} -Filter "Name='${user}'"`,
  },
  {
    ...{ tool: 'powershell', things: SITES, line: (host, site) => `Test-NetConnection ${host} -Port 443 # ${site}` },
    ...{ out: 'TcpTestSucceeded : True\n', fails: [1, (site) => `WARNING: TCP connect to (${site}) failed`] },
    works: (host) => `Test-NetConnection ${host} -Port 8443`,
  },
  {
    ...{
      tool: 'bash',
      things: SITES,
      line: (host, site) => `curl -fsS https://${site}.example/health --resolve ${site}.example:443:${host}`,
    },
    ...{ out: '{"status":"ok"}\n', fails: [60, () => 'curl: (60) SSL certificate problem: certificate has expired'] },
    works: (_host, site) => `curl -fsSk https://${site}.example/health`,
  },
  {
    ...{ tool: 'bash', things: ['main', 'staging', 'hotfix'], line: (_host, branch) => `git push origin ${branch}` },
    ...{
      out: 'Everything up-to-date\n',
      fails: [1, () => '! [rejected] (non-fast-forward)\nerror: failed to push some refs'],
    },
    works: (_host, branch) => `git pull --rebase origin ${branch} && git push origin ${branch}`,
  },
  {
    ...{ tool: 'bash', things: ['.', 'src', 'deploy', 'inventory'], line: (_host, folder) => `ls -la ${folder}` },
    ...{
      out: 'total 24\ndrwxr-xr-x 4 tech tech 4096 Jan 12 09:03 .\n',
      fails: [2, (folder) => `ls: cannot access '${folder}': No such file or directory`],
    },
    works: (_host, folder) => `ls -la ../${folder}`,
  },
  {
    ...{
      tool: 'ssh',
      things: ['web', 'db', 'proxy'],
      line: (host, name) => `ssh ${host} docker logs --tail 50 ${name}`,
    },
    ...{ out: 'ready to accept connections\n'.repeat(6), fails: [127, () => 'bash: docker: command not found'] },
    works: (host, name) => `ssh ${host} podman logs --tail 50 ${name}`,
  },
  {
    ...{
      tool: 'sql',
      things: ['tickets', 'invoices', 'stock'],
      line: (_host, table) => `select count(*) from ${table} where closed_at is null`,
    },
    ...{ out: 'count\n-----\n42\n', fails: [1, (table) => `ERROR: relation "${table}" does not exist`] },
    works: (_host, table) => `select count(*) from dbo.${table} where closed_at is null`,
  },
]

export const FAILURE_SHARE = 0.08
/** How many failures are answered in the same session. */
const ANSWERED_SHARE = 0.7

/** Hosts differ by nothing that these look at, so what is known of a line on one is known of it on all. */
const ANY_HOST = 'C0001-WEB01'
const fingerprintOf = remembered((line) => commandFingerprint(line, sha256))
const destroys = remembered(isDestructive)
const categoryOf = remembered((text) => {
  const at = text.indexOf(' ')
  return failureCategory({ exitCode: Number(text.slice(0, at)), stderr: text.slice(at + 1), error: null })
})

/**
 * The commands of one session.
 *
 * @param hosts their names
 * @returns `{ tool, command, fingerprint, host, exitCode, stdout, stderr, category, destructive, answers }[]`; `host` and `answers`
 *   (the failed command that this one made good) are places in lists, or null
 */
export function typed(random, hosts, count) {
  const runs = []
  while (runs.length < count) {
    const kind = random.pick(KINDS)
    const [host, thing] = [random.below(hosts.length), random.pick(kind.things)]
    const failed = random.chance(FAILURE_SHARE)
    runs.push(run(kind, { line: kind.line, name: hosts[host], host, thing, fails: failed ? kind.fails : null }))
    if (failed && runs.length < count && random.chance(ANSWERED_SHARE))
      runs.push(run(kind, { line: kind.works, name: hosts[host], host, thing, fails: null, answers: runs.length - 1 }))
  }
  return runs
}

const LOCAL = new Set(['bash', 'sql'])

function run(kind, { line, name, host, thing, fails, answers = null }) {
  const [exitCode, stderr] = fails ? [fails[0], fails[1](thing)] : [0, null]
  const sample = line(ANY_HOST, thing)
  return {
    ...{ tool: kind.tool, command: line(name, thing), fingerprint: fingerprintOf(sample) },
    ...{ host: LOCAL.has(kind.tool) ? null : host, exitCode, stdout: fails ? null : kind.out, stderr },
    ...{ category: fails ? categoryOf(`${exitCode} ${stderr}`) : null, destructive: destroys(sample) ? 1 : 0, answers },
  }
}
