// npm run demo: the story of one client problem over two machines. Server, hooks and command line are the real, built ones, on a
// throw-away home and database; only Claude Code is played. Exit code 1 when the second technician does not get what the first knew.
import { join } from 'node:path'
import { isFresh } from './build.mjs'
import { checked, heading, ran, shown, tell, typed } from './demo/screen.mjs'
import { Stage } from './demo/stage.mjs'
import { Technician } from './demo/technician.mjs'
import { root } from './run.mjs'
import { runProgram } from './start/programs.mjs'

const HOUR_MS = 3_600_000
/** From Ana's start in the afternoon to Ben's in the morning. */
const NIGHT_HOURS = 17

const TASK = 'Replace SRV-OLD: Windows Server 2008 R2 gets no updates'
const ASSET = {
  kind: 'virtual_server',
  hostname: 'SRV-OLD',
  os_name: 'Windows Server 2008 R2',
  powershell_version: '2.0',
}
const FAILING = 'Invoke-Command -ComputerName SRV-OLD -ScriptBlock { Get-LocalUser }'
const WORKING = 'Get-WmiObject Win32_UserAccount -ComputerName SRV-OLD -Filter "LocalAccount=True"'
const UNLOCKING = 'Invoke-Command -ComputerName SRV-OLD -ScriptBlock { net user svc-payroll /active:yes }'
const NOT_RECOGNIZED =
  "The term 'Get-LocalUser' is not recognized as the name of a cmdlet, function, script file, or operable program."
const RUNBOOK =
  '# Payroll service on SRV-OLD\n\nsvc-payroll locks after 5 wrong passwords. Unlock it with net user: PowerShell 2.0 has no Get-LocalUser.\n'

const WINDOWS = { os_type: 'windows', os_version: 'Windows 11 Pro', arch: 'x64', default_shell: 'powershell' }
const SHELLS = { package_managers: ['winget'], shells: { powershell: '5.1' } }
const LAPTOP = {
  hostname: 'ANA-LT1',
  ...WINDOWS,
  tools: { docker: false, ...SHELLS },
  vpn_profiles: { profiles: ['Dataforth'] },
}
const WORKSTATION = {
  hostname: 'BEN-WS2',
  ...WINDOWS,
  tools: { docker: true, ...SHELLS },
  vpn_profiles: { profiles: [] },
}

async function main() {
  await buildIfStale()
  const stage = new Stage()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => leave(stage))
  try {
    stage.setClock(Date.now() - NIGHT_HOURS * HOUR_MS)
    const { ana, ben } = await prepare(stage)
    await anasAfternoon(stage, ana)
    stage.setClock(Date.now())
    verdict(await bensMorning(stage, ben))
  } finally {
    await stage.close()
  }
}

/** What runs is cut off and may fail; nobody wants to read about that any more. */
async function leave(stage) {
  console.error = () => undefined
  await stage.close()
  process.exit(130)
}

async function buildIfStale() {
  if (isFresh()) return
  const { code, stderr } = await runProgram(process.execPath, [join(root, 'scripts', 'build.mjs')], {
    env: process.env,
    timeoutMs: 300_000,
  })
  if (code !== 0) throw new Error(`The build failed:\n${stderr.trim()}`)
}

async function prepare(stage) {
  const { email, password } = await stage.startServer()
  const admin = new Technician(stage, { name: 'Admin', email, machine: { hostname: 'OFFICE-SRV', os_type: 'linux' } })
  await admin.login(password)
  const client = JSON.parse(
    await admin.msp('--json', 'client', 'add', 'Dataforth', '--code', 'DF', '--domain', 'dataforth.example'),
  )
  await admin.msp('call', 'infrastructure.create', JSON.stringify({ client_id: client.id, ...ASSET }))
  const ana = new Technician(stage, { name: 'Ana', email: 'ana@demo.example', machine: LAPTOP })
  const ben = new Technician(stage, { name: 'Ben', email: 'ben@demo.example', machine: WORKSTATION })
  for (const { name, email, password } of [ana, ben]) {
    await admin.mspWith(password, 'user', 'add', email, '--name', name, '--password-stdin')
    await admin.msp('user', 'grant', email, 'Dataforth')
  }
  console.log(`ClaudeTools: one client problem, two technicians, two machines (a throw-away server at ${stage.url})`)
  tell('Client Dataforth has SRV-OLD: Windows Server 2008 R2, PowerShell 2.0. Ana and Ben may work for Dataforth.')
  return { ana, ben }
}

async function anasAfternoon(stage, ana) {
  heading(`Ana on ${ana.machine}, ${clockOf(stage)}`)
  await ana.login()
  await ana.hook('SessionStart', { source: 'startup' })
  typed('/msp Dataforth')
  shown(await ana.msp('mode', 'msp', 'Dataforth'))
  const problem = 'The payroll service on SRV-OLD cannot log in since noon. Is its account locked?'
  typed(problem)
  await ana.prompt(problem)
  tell('  Claude works. Hooks record what it runs, failures included; nobody types anything in.')
  await anasCommands(stage, ana)
  typed(`! msp task add "${TASK}" --priority p1`)
  shown(await ana.msp('task', 'add', TASK, '--priority', 'p1'))
  await ana.hook('Stop', {
    stop_hook_active: false,
    last_assistant_message: 'svc-payroll was locked; it is unlocked and the payroll service runs again.',
  })
  await stage.settle()
  typed('/msp end')
  shown(await ana.msp('mode', 'end'))
  await ana.hook('SessionEnd', { reason: 'prompt_input_exit' })
  await stage.settle()
}

async function anasCommands(stage, ana) {
  stage.advance(4)
  await ana.command(FAILING, { seconds: 3, error: `Exit code 1\n${NOT_RECOGNIZED}` })
  ran(FAILING, `exit 1: ${NOT_RECOGNIZED}`, false)
  stage.advance(5)
  await ana.command(WORKING, { seconds: 4, stdout: 'Name: svc-payroll\nLockout: True\nDisabled: False' })
  ran(WORKING, 'svc-payroll is locked')
  stage.advance(6)
  await ana.command(UNLOCKING, { seconds: 2 })
  ran(UNLOCKING, 'unlocked; the payroll service runs again')
  stage.advance(7)
  await ana.write('runbook.md', RUNBOOK)
  ran('writes runbook.md', 'three lines')
  stage.advance(2)
}

/** @returns everything that Claude got to know from us. */
async function bensMorning(stage, ben) {
  heading(`Ben on ${ben.machine}, the next morning, ${clockOf(stage)}`)
  await ben.login()
  tell('  He starts Claude Code. The SessionStart hook puts this into its context:')
  const atStart = await ben.hook('SessionStart', { source: 'startup' })
  shown(atStart || '(nothing: for whom he works is not known yet)')
  typed('/msp Dataforth')
  const atMode = await ben.msp('mode', 'msp', 'Dataforth')
  shown(atMode)
  return atStart + atMode
}

function verdict(told) {
  heading('What Ben’s Claude knows before he asks anything')
  const claims = [
    ['the client: Dataforth', told.includes('Dataforth')],
    ['what Ana did yesterday: her session', /Ana on ANA-LT1/.test(told)],
    ['the command that failed on SRV-OLD: Get-LocalUser', told.includes('Get-LocalUser')],
    ['what is still to be done: the open task', told.includes(TASK)],
  ]
  for (const [text, isTrue] of claims) checked(isTrue, text)
  const missing = claims.filter(([, isTrue]) => !isTrue)
  if (missing.length === 0) return
  console.error(`The context block lacks: ${missing.map(([text]) => text).join('; ')}.`)
  process.exitCode = 1
}

const clockOf = (stage) => `${new Date(stage.now).toISOString().slice(0, 16).replace('T', ' ')} UTC`

try {
  await main()
} catch (error) {
  console.error(`The demo could not be played: ${error.message}`)
  process.exitCode = 1
}
