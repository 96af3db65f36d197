import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandsFor, everyTask, TASKS } from '../../src/guard/os-commands/find.ts'
import { SYSTEMS, type SystemId, systemsMeant } from '../../src/guard/os-commands/systems.ts'
import { commandsOf, GROUPS } from '../../src/guard/os-commands/task.ts'
import { lexScript } from '../../src/shell/lex.ts'

/** The cmdlets that Windows PowerShell 2.0 brings along, as far as the table may need them. */
const CMDLETS_OF_2 = new Set(
  `Add-Computer Add-Content Add-Member Add-Type Clear-Content Clear-EventLog Clear-Item Compare-Object ConvertTo-Csv ConvertTo-Html
  ConvertTo-SecureString ConvertTo-Xml Copy-Item Export-Csv ForEach-Object Format-List Format-Table Format-Wide Get-Acl Get-ChildItem Get-Content
  Get-Credential Get-Culture Get-Date Get-EventLog Get-Host Get-HotFix Get-Item Get-ItemProperty Get-Location Get-Member Get-Process Get-PSDrive
  Get-Random Get-Service Get-UICulture Get-Unique Get-WinEvent Get-WmiObject Group-Object Import-Csv Import-Module Invoke-Command Invoke-Expression
  Invoke-Item Invoke-WmiMethod Join-Path Measure-Command Measure-Object Move-Item New-EventLog New-Item New-ItemProperty New-Object New-PSDrive
  New-Service New-TimeSpan Out-File Out-GridView Out-Null Out-String Read-Host Register-WmiEvent Remove-Computer Remove-Item Remove-ItemProperty
  Remove-PSDrive Remove-WmiObject Rename-Item Reset-ComputerMachinePassword Resolve-Path Restart-Computer Restart-Service Resume-Service
  Select-Object Select-String Select-Xml Set-Acl Set-Content Set-Date Set-Item Set-ItemProperty Set-Location Set-Service Set-WmiInstance
  Sort-Object Split-Path Start-Job Start-Process Start-Service Start-Sleep Stop-Computer Stop-Process Stop-Service Suspend-Service Tee-Object
  Test-ComputerSecureChannel Test-Connection Test-Path Wait-Process Where-Object Write-Output`.split(/\s+/),
)
/** Parameters, operators and classes that came with 3.0 or later. */
const NEWER_THAN_2 =
  /\s-(?:File|Directory|Tail|in|notin)\b|Where-Object \w+ -|ForEach-Object \w+$|\[pscustomobject\]|\[ordered\]|Get-CimInstance|-Persist\b/i
/** What PowerShell 7 no longer has. */
const GONE_FROM_7 = /\b(?:Get-WmiObject|Get-EventLog|Invoke-WmiMethod|Test-ComputerSecureChannel|Checkpoint-Computer)\b/
/** Programs that an alias of Windows PowerShell hides: they need their ending there. */
const HIDDEN_BY_ALIAS = /(?:^|[|;&] ?)(?:sc|curl|wget|where|fc|set|sort|dir|del|copy|echo) /

const rows = TASKS.flatMap((task) => commandsOf(task).map((one) => ({ id: task.id, ...one })))
const of = (...systems: SystemId[]) => rows.filter(({ system }) => systems.includes(system))
const named = ({ id, system, command }: (typeof rows)[number]) => `${id} on ${system}: ${command}`

describe('the table of commands', () => {
  test('has at least 60 tasks, each once, with a title and words in other languages', () => {
    const poor = TASKS.filter(({ title, also }) => title.length < 4 || also.split(', ').length < 3)

    expect(TASKS.length).toBeGreaterThanOrEqual(60)
    expect(new Set(TASKS.map(({ id }) => id)).size).toBe(TASKS.length)
    expect(poor.map(({ id }) => id)).toEqual([])
  })

  test('names only systems and groups that there are', () => {
    const known = new Set<string>([...SYSTEMS.map(({ id }) => id), ...Object.keys(GROUPS)])
    const used = TASKS.flatMap(({ on }) => Object.keys(on).flatMap((key) => key.split(' ')))

    expect(used.filter((name) => !known.has(name))).toEqual([])
  })

  test('knows PowerShell, Debian and macOS for every task that is not for appliances only', () => {
    const wanted: SystemId[] = ['ps51', 'ps7', 'debian', 'macos']
    const missing = TASKS.filter(({ appliancesOnly }) => !appliancesOnly).flatMap((task) => {
      const known = commandsOf(task).map(({ system }) => system)
      return wanted.filter((system) => !known.includes(system)).map((system) => `${task.id} on ${system}`)
    })

    expect(missing).toEqual([])
  })

  test.each(SYSTEMS.map(({ id }) => id))('has more than a few commands for %s', (system) => {
    expect(of(system).length).toBeGreaterThan(15)
  })

  test('writes placeholders as words in angle brackets', () => {
    const odd = rows.filter(({ command }) =>
      /[<>]/.test(
        command
          .replaceAll(/<[a-z][a-z0-9]*(?:-[a-z0-9]+)*>/g, '')
          .replaceAll('2>/dev/null', '')
          .replaceAll('>> ', ''),
      ),
    )

    expect(odd.map(named)).toEqual([])
  })

  test('is made of lines that a shell can read: every quote and bracket is closed', () => {
    const broken = rows.filter(({ command }) => !isWhole(command.replaceAll(/<([a-z0-9-]+)>/g, '$1')))

    expect(broken.map(named)).toEqual([])
  })

  test('has no password in it', () => {
    const literal = rows.filter(({ command }) => /<(?:new-)?(?:password|secret|passphrase)>/.test(command))

    expect(literal.map(named)).toEqual([])
  })

  test('joins nothing with && in the Windows PowerShells', () => {
    expect(
      of('ps51', 'ps2')
        .filter(({ command }) => /&&|\|\|/.test(command))
        .map(named),
    ).toEqual([])
  })

  test('calls no program in PowerShell whose name is an alias of something else', () => {
    expect(
      of('ps51', 'ps7', 'ps2')
        .filter(({ command }) => HIDDEN_BY_ALIAS.test(command))
        .map(named),
    ).toEqual([])
  })

  test('uses nothing newer than PowerShell 2.0 where that is all there is', () => {
    const newer = of('ps2').filter(
      ({ command }) =>
        NEWER_THAN_2.test(command) ||
        (command.match(/\b[A-Z][a-z]+-[A-Z]\w+\b/g) ?? []).some((cmdlet) => !CMDLETS_OF_2.has(cmdlet)),
    )

    expect(newer.map(named)).toEqual([])
  })

  test('uses nothing that PowerShell 7 has lost', () => {
    expect(
      of('ps7')
        .filter(({ command }) => GONE_FROM_7.test(command))
        .map(named),
    ).toEqual([])
  })

  test('asks for no sudo where one is root already, and says that rights are needed all the same', () => {
    const [alpine] = of('alpine').filter(({ id }) => id === 'disks')

    expect(of('alpine', 'esxi', 'pfsense', 'readynas').filter(({ command }) => command.includes('sudo '))).toEqual([])
    expect(alpine).toMatchObject({ command: 'fdisk -l', elevated: true })
  })

  test('lies in files that one can read', () => {
    const folder = join(import.meta.dirname, '../../src/guard/os-commands')
    const long = readdirSync(folder).filter((file) => readFileSync(join(folder, file), 'utf8').split('\n').length > 251)

    expect(long).toEqual([])
  })
})

describe('what is meant by a task', () => {
  test.each([
    ['users', 'users'],
    ['list users', 'users'],
    ['lijst gebruikers', 'users'],
    ['gebruikerslijst', 'users'],
    ['Benutzer auflisten', 'users'],
    ['lister les utilisateurs', 'users'],
    ['how do I list all the users?', 'users'],
    ['ip configuratie', 'ip-config'],
    ['IP-Konfiguration', 'ip-config'],
    ['adresse ip', 'ip-config'],
    ['flush dns', 'dns-flush'],
    ['DNS-Cache leeren', 'dns-flush'],
    ['vider le cache dns', 'dns-flush'],
    ['wachtwoord resetten', 'password-reset'],
    ['passwort zurücksetzen', 'password-reset'],
    ['reinitialiser le mot de passe', 'password-reset'],
    ['open poorten', 'listening-ports'],
    ['dienst neu starten', 'service-restart'],
    ['firewallregel toevoegen', 'firewall-add'],
    ['memroy', 'memory'],
    ['who is logged in', 'logged-in-users'],
    ['write memory', 'config-save'],
  ])('%j is %s', (asked, id) => {
    expect(commandsFor(asked).task?.id).toBe(id)
  })

  test('is every title and every synonym of it', () => {
    const phrases = TASKS.flatMap(({ id, title, also }) =>
      [id, title, ...also.split(', ')].map((text) => ({ id, text })),
    )

    const strayed = phrases.filter(({ id, text }) => commandsFor(text).task?.id !== id)

    expect(strayed).toEqual([])
  })

  test('is asked for when several fit, with the best first', () => {
    const answer = commandsFor('service', 'debian')

    expect(answer).toMatchObject({ task: null, commands: [] })
    expect(answer.candidates.map(({ id }) => id)).toContain('service-restart')
  })

  test('is nothing when nothing fits', () => {
    expect(commandsFor('xyzzy', 'debian')).toMatchObject({ task: null, candidates: [], commands: [] })
  })

  test.each(['', '   ', '???'])('is open when %j is asked: every task is a candidate', (asked) => {
    expect(commandsFor(asked).candidates).toEqual(everyTask())
  })
})

describe('what is meant by a system', () => {
  test.each([
    ['server 2008', 'ps2'],
    ['Windows Server 2008 R2', 'ps2'],
    ['Server 2012 R2', 'ps2'],
    ['windows 7', 'ps2'],
    ['PowerShell 2.0', 'ps2'],
    ['win11', 'ps51'],
    ['Microsoft Windows 11 Pro 10.0.22631', 'ps51'],
    ['Windows Server 2022', 'ps51'],
    ['windows powershell 5.1', 'ps51'],
    ['PowerShell 7', 'ps7'],
    ['pwsh', 'ps7'],
    ['cmd', 'cmd'],
    ['macos 15', 'macos'],
    ['darwin', 'macos'],
    ['ubuntu 22.04', 'debian'],
    ['Debian GNU/Linux 12', 'debian'],
    ['rocky', 'rhel'],
    ['AlmaLinux 9', 'rhel'],
    ['RHEL 8.9', 'rhel'],
    ['alpine 3.20', 'alpine'],
    ['Catalyst 2960', 'cisco'],
    ['IOS XE', 'cisco'],
    ['fortigate', 'fortios'],
    ['mikrotik', 'routeros'],
    ['UniFi', 'unifi'],
    ['synology', 'dsm'],
    ['ReadyNAS', 'readynas'],
    ['QNAP', 'qnap'],
    ['VMware ESXi 8', 'esxi'],
    ['pfSense', 'pfsense'],
    ['OPNsense 24.7', 'opnsense'],
    ['HP ProCurve', 'aruba'],
  ])('%j is %s', (asked, id) => {
    expect(systemsMeant(asked).map((one) => one.id)).toEqual([id])
  })

  test('is found by its own id and title', () => {
    const strayed = SYSTEMS.filter(
      ({ id, title }) => systemsMeant(id)[0]?.id !== id || systemsMeant(title)[0]?.id !== id,
    )

    expect(strayed).toEqual([])
  })

  test.each([
    ['linux', ['debian', 'rhel', 'alpine']],
    ['powershell', ['ps51', 'ps7', 'ps2']],
    ['amiga', []],
  ])('%j may be %j', (asked, ids) => {
    expect(systemsMeant(asked).map(({ id }) => id)).toEqual(ids)
  })

  test('gives Server 2008 what it has in the place of Get-LocalUser', () => {
    const { commands } = commandsFor('list users', 'server 2008')

    expect(commands).toHaveLength(1)
    expect(commands[0]?.command).toContain('Get-WmiObject Win32_UserAccount')
  })
})

/** Does the lexer end each quote and bracket of the line, and does it begin with a word? */
function isWhole(command: string): boolean {
  const { tokens } = lexScript(command)
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'operator' && /[({]$/.test(token.text)) depth += 1
    if (token.kind === 'operator' && /[)}]/.test(token.text)) depth -= 1
    if (token.kind === 'word' && token.quoted && !quotesClose(command.slice(token.start, token.end))) return false
  }
  const [first] = tokens
  const begins = first?.kind === 'word' || (first?.kind === 'operator' && /[({&]/.test(first.text))
  return begins && depth === 0 && tokens.at(-1)?.kind !== 'redirect'
}

/** Is every quote that is opened in the text closed in it? What is in the other kind of quotes does not count. */
function quotesClose(text: string): boolean {
  let open = ''
  for (const [at, char] of [...text].entries()) {
    if (char !== '"' && char !== "'") continue
    if (open === '') open = char
    else if (open === char && !(char === '"' && text[at - 1] === '\\')) open = ''
  }
  return open === ''
}
