import { describe, expect, test } from 'vitest'
import type { GuardedAsset } from '../../src/guard/decide.ts'
import { type LimitedMachine, limitOf } from '../../src/guard/limits.ts'

const LAPTOP: LimitedMachine = {
  docker: true,
  vpn: { profiles: null, active: null },
  shells: { bash: '5.2' },
  shell: 'bash',
  system: 'debian 12',
}
const WINDOWS: LimitedMachine = {
  ...LAPTOP,
  shells: { powershell: '5.1.19041.4291' },
  shell: 'powershell',
  system: 'windows 11',
}

const asset = (system: string | null, facts: Record<string, string> = {}, vpn: string | null = null): GuardedAsset => ({
  id: 'a',
  system,
  facts,
  vpn,
})
const OFFICE: Record<string, GuardedAsset> = {
  'srv-old': asset('windows server 2008', { 'powershell.version': '2.0' }),
  'srv-08': asset('windows server 2008 r2'),
  'srv-12': asset('windows server 2012 r2', { 'powershell.version': '4.0' }),
  'srv-19': asset('windows server 2019', { 'powershell.version': '5.1' }),
  'srv-22': asset('windows server 2022'),
  web1: asset('rocky 9', { 'program.docker': 'absent' }),
  web2: asset('debian 12'),
  old7: asset('centos 7'),
  edge: asset('alpine 3.19'),
  mac: asset('macos 14'),
  d2testnas: asset('readynas os 6.10', { 'smb.version': 'SMB1 only' }),
  far: asset('debian 12', {}, 'Dataforth VPN'),
  nowhere: asset(null),
}

const limited = (command: string, machine: Partial<LimitedMachine> = {}) =>
  limitOf(command, { machine: { ...LAPTOP, ...machine }, asset: (host) => OFFICE[host] })

const decisionOf = (command: string, machine: Partial<LimitedMachine> = {}) => limited(command, machine).decision

describe('a program that is not there', () => {
  test('Docker on a machine without it is stopped, with the reason in one sentence', () => {
    expect(limited('docker ps -a', { docker: false })).toEqual({
      decision: 'deny',
      patternId: null,
      reason: 'There is no Docker on this machine.',
      alternative: null,
    })
  })

  test('Docker on a server without it is stopped, by whichever way it is asked', () => {
    for (const command of [
      "ssh root@web1 'docker ps'",
      'ssh web1 sudo docker compose up -d',
      "ssh web1 'cd /srv && docker-compose up'",
    ])
      expect(limited(command), command).toMatchObject({ decision: 'deny', reason: 'There is no Docker on web1.' })
  })

  test.each([
    ['docker ps', { docker: true }],
    ['docker ps', { docker: null }],
    ["ssh web2 'docker ps'", { docker: false }],
    ['docker -H tcp://web2:2375 ps', { docker: false }],
    ['docker --version', { docker: false }],
    ['command -v docker && docker ps', { docker: false }],
    ['which docker && docker ps', { docker: false }],
    ['docker ps || podman ps', { docker: false }],
    ['apt-get install -y docker.io && docker ps', { docker: false }],
    ['DOCKER_HOST=ssh://web2 docker ps', { docker: false }],
    ['grep docker /etc/group', { docker: false }],
    ["ssh web1 'dnf install -y docker-ce'", {}],
  ])('does not stop %s with %j', (command, machine) => {
    expect(decisionOf(command, machine)).toBe('allow')
  })
})

describe('a machine behind a VPN', () => {
  const vpn = (profiles: string[] | null, active: string[] | null = []) => ({ vpn: { profiles, active } })

  test('is not reached without a profile', () => {
    expect(limited('ssh root@far uptime', vpn(['Glaztech']))).toMatchObject({
      decision: 'deny',
      reason: 'far is reached through the VPN Dataforth VPN only, and this machine has no profile for it.',
    })
  })

  test('is only warned of when the profile is there and not up', () => {
    expect(limited('scp a.txt far:/tmp/', vpn(['vpn-dataforth-tucson']))).toMatchObject({ decision: 'note' })
  })

  test.each([
    ['it is up', 'ssh far uptime', vpn(['DATAFORTH (SSL)'], ['DATAFORTH (SSL)'])],
    ['some tunnel is up', 'ssh far uptime', vpn(['dataforth'], ['tun0'])],
    ['a tunnel of a client that shows no profiles is up', 'ssh far uptime', vpn([], ['ppp0'])],
    ['profiles are not known', 'ssh far uptime', vpn(null, null)],
    ['nothing says what is up', 'ssh far uptime', vpn(['dataforth'], null)],
    ['it is opened first', 'nmcli con up dataforth && ssh far uptime', vpn(['dataforth'])],
    ['another machine goes there', "ssh web2 'ssh far uptime'", vpn([])],
    ['the machine needs none', 'ssh web2 uptime', vpn([])],
  ])('is left alone when %s', (_, command, machine) => {
    expect(decisionOf(command, machine)).toBe('allow')
  })
})

describe('operators of PowerShell 7', () => {
  test.each([
    ['npm ci && npm test', 'npm ci; if ($?) { npm test }'],
    ['a && b && c', 'a; if ($?) { b; if ($?) { c } }'],
    ['Test-Path x || New-Item x', 'Test-Path x; if (-not $?) { New-Item x }'],
    ['$a ?? "none"', 'if ($null -ne $a) { $a } else { <other> }'],
    ['$port ??= 80', 'if ($null -eq $a) { $a = <value> }'],
    ['$x -gt 1 ? "many" : "one"', 'if (<condition>) { <one> } else { <other> }'],
  ])('stops %s in Windows PowerShell 5', (command, alternative) => {
    expect(limited(command, WINDOWS)).toMatchObject({ decision: 'deny', alternative })
  })

  test.each([
    'powershell -Command "cd C:\\x && dir"',
    'ssh srv-19 \'powershell -Command "Get-Service && Get-Process"\'',
    "powershell -Command '$a ?? 1'",
  ])('stops %s from any shell', (command) => {
    expect(decisionOf(command)).toBe('deny')
  })

  test('stops a script block for a machine with an older PowerShell', () => {
    const command = 'Invoke-Command -ComputerName SRV-19 { Get-Service && Get-Process }'
    expect(decisionOf(command, { ...WINDOWS, shells: { pwsh: '7.4' } })).toBe('deny')
    expect(decisionOf(command.replace('SRV-19', 'SRV-22'), { ...WINDOWS, shells: { pwsh: '7.4' } })).toBe('note')
  })

  test.each([
    ['npm ci && npm test', {}],
    ['npm ci && npm test', { ...WINDOWS, shell: 'cmd' as const }],
    ['npm ci && npm test', { ...WINDOWS, shells: { powershell: '5.1', pwsh: '7.4.1' } }],
    ['npm ci && npm test', { ...WINDOWS, shells: {} }],
    ['echo "a && b"', WINDOWS],
    ['Select-String "a ?? b" x.txt', WINDOWS],
    ['Get-Service | ? { $_.Status -eq "Running" }', WINDOWS],
    ['pwsh -Command "a && b"', WINDOWS],
    ['cmd /c "a && b"', WINDOWS],
    ['powershell -Command "Get-Service" && echo done', {}],
    ["ssh web2 'a && b'", WINDOWS],
  ])('does not stop %s with %j', (command, machine) => {
    expect(decisionOf(command, machine)).toBe('allow')
  })
})

describe('cmdlets that came later', () => {
  test('Get-LocalUser on Server 2008 is stopped, with what works there', () => {
    expect(limited('Invoke-Command -ComputerName SRV-OLD { Get-LocalUser }')).toMatchObject({
      decision: 'deny',
      patternId: null,
      reason: 'PowerShell 2.0 there: Get-LocalUser came with 5.1.',
      alternative: 'Get-WmiObject Win32_UserAccount',
    })
  })

  test('is only said where the version is what the system came with', () => {
    expect(limited('ssh srv-08 "powershell -Command Get-LocalUser"')).toMatchObject({ decision: 'note' })
  })

  test('what needs a newer Windows is stopped whatever PowerShell is there', () => {
    expect(limited('Invoke-Command -ComputerName srv-08 { Get-NetIPAddress }')).toMatchObject({
      decision: 'deny',
      reason: 'srv-08 runs windows server 2008 r2, and Get-NetIPAddress came with Windows 8 and Server 2012.',
      alternative: "Get-WmiObject Win32_NetworkAdapterConfiguration -Filter 'IPEnabled = True'",
    })
  })

  test.each([
    ['Invoke-Command -ComputerName srv-12 { Compress-Archive a b }', 'deny'],
    ['Invoke-Command -ComputerName srv-12 { Invoke-RestMethod http://x/ }', 'allow'],
    ['Invoke-Command -ComputerName srv-old { gc x | ConvertFrom-Json }', 'deny'],
    ['Invoke-Command -ComputerName srv-old { Get-ChildItem -Directory }', 'deny'],
    ['Invoke-Command -ComputerName srv-19 { Get-LocalUser }', 'allow'],
    ['Invoke-Command -ComputerName srv-22 { Get-LocalUser }', 'allow'],
    ['Invoke-Command -ComputerName nowhere { Get-LocalUser }', 'allow'],
    ['Invoke-Command -ComputerName srv-19 { 1..3 | ForEach-Object -Parallel { $_ } }', 'deny'],
    ['Get-ADUser -Server srv-old -Filter *', 'allow'],
  ])('%s: %s', (command, decision) => {
    expect(decisionOf(command)).toBe(decision)
  })

  test('those of PowerShell 7 are stopped where only 5.1 is', () => {
    expect(limited('Get-Uptime', WINDOWS)).toMatchObject({
      decision: 'deny',
      reason: 'PowerShell 5.1 here: Get-Uptime came with 6.0.',
    })
    expect(decisionOf('Get-Uptime', { ...WINDOWS, shells: { powershell: '5.1', pwsh: '7.4' } })).toBe('allow')
    expect(decisionOf('Get-LocalUser', WINDOWS)).toBe('allow')
  })
})

describe('a share of a machine that speaks SMB 1 only', () => {
  test.each([
    [
      'mount -t cifs //d2testnas/data /mnt -o vers=3.0,username=x',
      'mount -t cifs //d2testnas/data /mnt -o vers=1.0,username=x',
    ],
    ['smbclient -m SMB3 //d2testnas/data', 'smbclient -m NT1 //d2testnas/data'],
  ])('%s is stopped', (command, alternative) => {
    expect(limited(command)).toMatchObject({ decision: 'deny', reason: 'd2testnas speaks SMB 1 only.', alternative })
  })

  test.each([
    ['mount -t cifs //d2testnas/data /mnt', 'note'],
    ['net use Z: \\\\D2TESTNAS\\data', 'note'],
    ['mount -t cifs //d2testnas/data /mnt -o vers=1.0', 'allow'],
    ["smbclient //d2testnas/data --option='client min protocol=NT1'", 'allow'],
    ['ssh root@d2testnas uptime', 'allow'],
    ['mount -t cifs //web2/data /mnt -o vers=3.0', 'allow'],
  ])('%s: %s', (command, decision) => {
    expect(decisionOf(command)).toBe(decision)
  })
})

describe('programs of another system', () => {
  test.each([
    ["ssh root@web1 'apt-get install -y nginx'", 'dnf install -y nginx'],
    ["ssh web1 'sudo apt update'", 'sudo dnf check-update'],
    ["ssh web2 'dnf install nginx'", 'apt-get install nginx'],
    ["ssh web2 'sudo yum update'", 'sudo apt-get upgrade'],
    ["ssh edge 'apk-tools; apt-get install curl'", 'apk add curl'],
    ["ssh edge 'systemctl restart nginx'", 'rc-service nginx restart'],
    ["ssh edge 'systemctl enable nginx.service'", 'rc-update add nginx'],
    ["ssh mac 'systemctl list-units'", 'launchctl list'],
    ["ssh mac 'apt install jq'", 'brew install jq'],
    ["ssh old7 'dnf install -y nginx'", 'yum install -y nginx'],
    ["ssh web2 'apk add curl'", 'apt-get install curl'],
    ["ssh web2 'launchctl list'", null],
  ])('%s is stopped', (command, alternative) => {
    expect(limited(command)).toMatchObject({ decision: 'deny', alternative })
  })

  test.each([
    ["ssh web2 'brew install jq'", 'note'],
    ["ssh web1 'yum install jq'", 'allow'],
    ["ssh web2 'apt-get install jq'", 'allow'],
    ["ssh nowhere 'apt-get install jq'", 'allow'],
    ["ssh d2testnas 'apt-get update'", 'allow'],
    ["ssh web2 'docker exec box apk add curl'", 'allow'],
    ["ssh web1 'which apt-get && apt-get update'", 'allow'],
    ["ssh edge 'apt-get update || apk update'", 'allow'],
  ])('%s: %s', (command, decision) => {
    expect(decisionOf(command)).toBe(decision)
  })

  test('the technician’s own machine counts too', () => {
    expect(limited('brew install jq', { system: 'macos 14' }).decision).toBe('allow')
    expect(limited('apt-get install jq', { system: 'macos 14' })).toMatchObject({
      decision: 'deny',
      alternative: 'brew install jq',
    })
    expect(limited('apt-get install jq', { system: 'windows 11' }).decision).toBe('note')
    expect(limited('apt-get install jq', { system: null }).decision).toBe('allow')
  })
})

test('a flag called -v is no question for the version', () => {
  const limits = { machine: { ...LAPTOP, docker: false }, asset: () => undefined }

  expect(limitOf('docker run -v "$PWD:/w" alpine ls', limits).decision).toBe('deny')
  expect(limitOf('docker -v', limits).decision).toBe('allow')
})
