import type { Doing, Limit } from './limits.ts'

/** What PowerShell could not do yet in the version that is there. */

/**
 * Cmdlets by the version that brought them, and what does the same before. Behind `@`: needs Windows 8 or Server 2012 as well, whatever
 * PowerShell is there.
 */
const CMDLETS = `
Get-LocalUser 5.1 Get-WmiObject Win32_UserAccount
Get-LocalGroup 5.1 Get-WmiObject Win32_Group
Get-LocalGroupMember 5.1 net localgroup <group>
New-LocalUser 5.1 net user <user> * /add
Set-LocalUser 5.1 net user <user> *
Enable-LocalUser 5.1 net user <user> /active:yes
Disable-LocalUser 5.1 net user <user> /active:no
Remove-LocalUser 5.1 net user <user> /delete
Add-LocalGroupMember 5.1 net localgroup <group> <user> /add
Remove-LocalGroupMember 5.1 net localgroup <group> <user> /delete
Get-ComputerInfo 5.1 systeminfo
Get-TimeZone 5.1 tzutil /g
Set-TimeZone 5.1 tzutil /s "<zone>"
Compress-Archive 5.0 [IO.Compression.ZipFile]::CreateFromDirectory('<folder>', '<file>') ## .NET 4.5
Expand-Archive 5.0 (New-Object -ComObject Shell.Application).Namespace('<folder>').CopyHere('<file>')
Get-Clipboard 5.0 [Windows.Forms.Clipboard]::GetText()
Set-Clipboard 5.0 clip
Find-Module 5.0
Install-Module 5.0
Install-Package 5.0
Get-Package 5.0 Get-WmiObject Win32_Product
New-Guid 5.0 [guid]::NewGuid()
New-TemporaryFile 5.0 [IO.Path]::GetTempFileName()
ConvertFrom-String 5.0
Format-Hex 5.0
Get-FileHash 4.0 certutil -hashfile <file> SHA256
Start-DscConfiguration 4.0
ConvertFrom-Json 3.0 [Web.Script.Serialization.JavaScriptSerializer]
ConvertTo-Json 3.0 [Web.Script.Serialization.JavaScriptSerializer]
Invoke-RestMethod 3.0 (New-Object Net.WebClient).DownloadString('<url>')
irm 3.0 (New-Object Net.WebClient).DownloadString('<url>')
Invoke-WebRequest 3.0 (New-Object Net.WebClient).DownloadFile('<url>', '<file>')
iwr 3.0 (New-Object Net.WebClient).DownloadFile('<url>', '<file>')
Get-CimInstance 3.0 Get-WmiObject <class>
Invoke-CimMethod 3.0 Invoke-WmiMethod
New-CimSession 3.0 Get-WmiObject -ComputerName <host>
Unblock-File 3.0
Resume-Job 3.0
Test-NetConnection 4.0@ (New-Object Net.Sockets.TcpClient).Connect('<host>', <port>)
tnc 4.0@ (New-Object Net.Sockets.TcpClient).Connect('<host>', <port>)
Get-NetIPAddress 3.0@ Get-WmiObject Win32_NetworkAdapterConfiguration -Filter 'IPEnabled = True'
Get-NetIPConfiguration 3.0@ ipconfig /all
Get-NetAdapter 3.0@ Get-WmiObject Win32_NetworkAdapter
Get-NetRoute 3.0@ route print
Get-NetTCPConnection 3.0@ netstat -ano
Get-NetFirewallRule 3.0@ netsh advfirewall firewall show rule name=all
New-NetFirewallRule 3.0@ netsh advfirewall firewall add rule
Set-NetFirewallProfile 3.0@ netsh advfirewall set allprofiles
Get-NetFirewallProfile 3.0@ netsh advfirewall show allprofiles
Resolve-DnsName 3.0@ nslookup
Clear-DnsClientCache 3.0@ ipconfig /flushdns
Get-DnsClientServerAddress 3.0@ ipconfig /all
Set-DnsClientServerAddress 3.0@ netsh interface ip set dns
Get-Disk 3.0@ Get-WmiObject Win32_DiskDrive
Get-Volume 3.0@ Get-WmiObject Win32_LogicalDisk
Get-Partition 3.0@ Get-WmiObject Win32_DiskPartition
Get-PhysicalDisk 3.0@ Get-WmiObject Win32_DiskDrive
Get-SmbShare 3.0@ net share
Get-SmbSession 3.0@ net session
Get-SmbConnection 3.0@ net use
Get-SmbOpenFile 3.0@ openfiles /query
New-SmbShare 3.0@ net share <name>=<folder>
Get-ScheduledTask 3.0@ schtasks /query
Register-ScheduledTask 3.0@ schtasks /create
Start-ScheduledTask 3.0@ schtasks /run /tn "<task>"
Get-Printer 3.0@ Get-WmiObject Win32_Printer
Get-PrintJob 3.0@ Get-WmiObject Win32_PrintJob
Add-Printer 3.0@ rundll32 printui.dll,PrintUIEntry
Get-DnsServerZone 3.0@ dnscmd /enumzones
Get-DhcpServerv4Scope 3.0@ netsh dhcp server show scope
Get-DhcpServerv4Lease 3.0@ netsh dhcp server scope <scope> show clients
Install-WindowsFeature 3.0@ Import-Module ServerManager; Add-WindowsFeature <feature>
Get-MpComputerStatus 4.0@
Get-WindowsUpdateLog 5.1
Get-Uptime 6.0 (Get-Date) - [Management.ManagementDateTimeConverter]::ToDateTime((Get-WmiObject Win32_OperatingSystem).LastBootUpTime)
Remove-Service 6.0 sc.exe delete <service>
Test-Json 6.1 ConvertFrom-Json
Join-String 6.2 -join
Get-Error 7.0 $Error[0] | Format-List * -Force
`

/** Parameters by the version that brought them. */
const PARAMETERS = `
Get-ChildItem -Directory 3.0 Get-ChildItem | Where-Object { $_.PSIsContainer }
Get-ChildItem -File 3.0 Get-ChildItem | Where-Object { -not $_.PSIsContainer }
Get-ChildItem -Depth 5.0
Get-Content -Raw 3.0 [IO.File]::ReadAllText('<file>')
Get-Content -Tail 3.0 Get-Content <file> | Select-Object -Last <number>
ForEach-Object -Parallel 7.0 Start-Job
Invoke-WebRequest -Skipcertificatecheck 6.0 [Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
Invoke-RestMethod -Skipcertificatecheck 6.0 [Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }
ConvertFrom-Json -AsHashtable 6.0
Select-String -Raw 7.0
`

interface Newer {
  /** As people write it. */
  name: string
  version: string
  needsWindows8: boolean
  alternative: string | null
}

const CMDLETS_FOLDED = CMDLETS.toLowerCase()
const PARAMETERS_FOLDED = PARAMETERS.toLowerCase()

/** The line of a table that begins with a name in lower case. Searched as text: a hook would take longer to build a map than to look once. */
function lookUp(table: string, folded: string, name: string): Newer | null {
  const at = folded.indexOf(`\n${name} `)
  if (at < 0) return null
  const line = table.slice(at + name.length + 2, table.indexOf('\n', at + 1))
  const [, version = '', windows8 = '', rest = ''] = /^([\d.]+)(@?) ?(.*)$/.exec(line) ?? []
  return {
    name: table.slice(at + 1, at + 1 + name.length),
    version,
    needsWindows8: windows8 !== '',
    alternative: rest.split(' ## ')[0] || null,
  }
}

function newerAmong({ program, words }: Doing['step']['segment']): Newer | null {
  const cmdlet = lookUp(CMDLETS, CMDLETS_FOLDED, program)
  if (cmdlet || !PARAMETERS_FOLDED.includes(`\n${program} `)) return cmdlet
  const found = words.map((word) => lookUp(PARAMETERS, PARAMETERS_FOLDED, `${program} ${word.toLowerCase()}`))
  return found.find((one) => one !== null) ?? null
}

/** A cmdlet or parameter that came later than the PowerShell that would run it. */
export function newerCmdlet({ step, steps, ranOn, asset, machine }: Doing): Limit | null {
  const newer = newerAmong(step.segment)
  if (newer === null) return null
  if (ranOn === null) return step.host === null ? newerThanHere(step, newer, machine) : null
  const system = asset?.system ?? ''
  if (newer.needsWindows8 && OLD_WINDOWS.test(system))
    return {
      decision: 'deny',
      reason: `${ranOn} runs ${system}, and ${newer.name} came with Windows 8 and Server 2012.`,
      alternative: newer.alternative,
    }
  const isPwsh = steps.some(({ segment }) => segment.program === 'pwsh')
  const known = asset?.facts['powershell.version']
  const version = known || SHIPPED.find(([pattern]) => pattern.test(system))?.[1]
  if (version === undefined || isPwsh || !isBefore(version, newer.version)) return null
  return {
    decision: known === undefined ? 'note' : 'deny',
    reason: `PowerShell ${version} there: ${newer.name} came with ${newer.version}.`,
    alternative: newer.alternative,
  }
}

function newerThanHere(step: Doing['step'], newer: Newer, { shells, shell }: Doing['machine']): Limit | null {
  const isWindowsPowerShell = step.shell === 'powershell' || (step.shell === null && shell === 'powershell')
  const version = shells.powershell
  if (!isWindowsPowerShell || version === undefined || (step.shell === null && shells.pwsh !== undefined)) return null
  if (!isBefore(version, newer.version)) return null
  return {
    decision: 'deny',
    reason: `PowerShell ${short(version)} here: ${newer.name} came with ${newer.version}.`,
    alternative: newer.alternative,
  }
}

const OLD_WINDOWS = /^windows (?:server 200[038]|server 2008 r2|7|vista|xp)\b/
/** What a system came with; some were updated later. */
const SHIPPED: readonly (readonly [RegExp, string])[] = [
  [/^windows (?:server 200[38]|7|vista)/, '2.0'],
  [/^windows (?:server 2012 r2|8\.1)/, '4.0'],
  [/^windows (?:server 2012|8)$/, '3.0'],
]

const short = (version: string): string => /^\d+(?:\.\d+)?/.exec(version)?.[0] ?? version

/**
 * What the absence of a cmdlet says of a machine: which version brought it, and what the machine's system came with where that is older. Null for a
 * cmdlet of no known version, and for one that is missing for the sake of Windows.
 */
export function newerThanShipped(
  cmdlet: string,
  system: string | null,
): { name: string; needed: string; shipped: string | null } | null {
  const newer = lookUp(CMDLETS, CMDLETS_FOLDED, cmdlet)
  if (newer === null || newer.needsWindows8) return null
  const shipped = SHIPPED.find(([pattern]) => pattern.test(system ?? ''))?.[1]
  const isOlder = shipped !== undefined && isBefore(shipped, newer.version)
  return { name: newer.name, needed: newer.version, shipped: isOlder ? shipped : null }
}

/** Compares major and minor numbers. `<5.1` is before 5.1 and everything later. */
export function isBefore(version: string, wanted: string): boolean {
  if (version.startsWith('<')) return !isBefore(wanted, version.slice(1))
  const [a = 0, b = 0] = short(version).split('.').map(Number)
  const [c = 0, d = 0] = wanted.split('.').map(Number)
  return a < c || (a === c && b < d)
}
