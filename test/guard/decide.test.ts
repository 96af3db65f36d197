import { describe, expect, test } from 'vitest'
import { ALLOW, askedKeys, combined, decide, type GuardedAsset, type GuardedPattern } from '../../src/guard/decide.ts'
import { aPattern } from '../support/guard.ts'

const NOW = new Date('2026-02-01T09:00:00Z')
const HERE = { machineId: 'ana-lt1', system: 'debian 12', shell: 'bash', session: 'a0000001' } as const
const SRV_OLD: GuardedAsset = { id: 'srv-old', system: 'windows server 2008 r2', facts: {}, vpn: null }

const noLocalUser = aPattern({
  id: 'p1',
  infrastructure_id: 'srv-old',
  at: '2026-01-20T09:00:00Z',
  title: 'Get-LocalUser does not exist on SRV-OLD',
})

/** What is decided where these patterns are known, and SRV-OLD by two names. */
function decided(command: string, ...patterns: GuardedPattern[]) {
  const knowledge = {
    patterns: (key: string) => patterns.filter((pattern) => pattern.key === key),
    asset: (host: string) => (['srv-old', '10.0.0.9'].includes(host) ? SRV_OLD : undefined),
  }
  return decide(command, knowledge, HERE, NOW)
}

describe('a command that is known to fail', () => {
  test('is stopped on that machine, with the way that works', () => {
    expect(decided('Invoke-Command -ComputerName SRV-OLD { Get-LocalUser }', noLocalUser)).toEqual({
      decision: 'deny',
      patternId: 'p1',
      reason: 'Get-LocalUser does not exist on SRV-OLD',
      alternative: 'Get-WmiObject Win32_UserAccount',
    })
  })

  test('is stopped by whatever name the machine is called', () => {
    expect(decided('Invoke-Command -ComputerName 10.0.0.9 { Get-LocalUser }', noLocalUser).decision).toBe('deny')
  })

  test.each([
    'Invoke-Command -ComputerName SRV-NEW { Get-LocalUser }',
    'Get-LocalUser',
    'Invoke-Command -ComputerName SRV-OLD { Get-Process }',
  ])('does not stop %s', (command) => {
    expect(decided(command, noLocalUser).decision).toBe('allow')
  })

  test('on one technician’s machine is not stopped on a server', () => {
    const noDocker = { ...noLocalUser, key: 'program docker', infrastructure_id: null, machine_id: 'ana-lt1' }
    expect(decided('docker ps', noDocker).decision).toBe('deny')
    expect(decided("ssh srv9 'docker ps'", noDocker).decision).toBe('allow')
  })

  test('goes on when it takes the way that works, or asks for help only', () => {
    const noDb = {
      ...noLocalUser,
      key: 'way smb',
      alternative: "smbclient --option='client min protocol=NT1' -L //srv-old",
    }
    expect(decided('smbclient -L //srv-old', noDb).decision).toBe('deny')
    expect(decided("smbclient --option='client min protocol=NT1' -L //SRV-OLD -U ana", noDb).decision).toBe('allow')
  })

  test('is stopped where "version" is what a console is asked for and no question about the program', () => {
    const noShow = { ...noLocalUser, grain: 'shape', key: 'shape show version' } as const
    expect(decided("ssh srv-old 'show version'", noShow).decision).toBe('deny')
  })

  test('is not stopped in the session that has just seen it fail: something was changed, and it is tried again', () => {
    expect(
      decided('Invoke-Command SRV-OLD { Get-LocalUser }', { ...noLocalUser, failed_in: 'a0000001' }).decision,
    ).toBe('allow')
    expect(
      decided('Invoke-Command SRV-OLD { Get-LocalUser }', { ...noLocalUser, failed_in: 'b0000002' }).decision,
    ).toBe('deny')
  })

  test('is stopped where it has the option that does not work, although all of the way that works is in it', () => {
    const noSparse: GuardedPattern = {
      ...noLocalUser,
      ...{ grain: 'option', key: 'option git --sparse', infrastructure_id: null, machine_id: 'ana-lt1' },
      alternative: 'git clone --filter=blob:none https://git.example/a.git',
    }
    expect(decided('git clone --sparse --filter=blob:none https://git.example/b.git', noSparse).decision).toBe('deny')
    expect(decided('git clone --filter=blob:none https://git.example/b.git', noSparse).decision).toBe('allow')
  })

  test('is stopped here where the way that works is on another machine', () => {
    const noAnsible = {
      ...noLocalUser,
      ...{
        key: 'program ansible',
        infrastructure_id: null,
        machine_id: 'ana-lt1',
        alternative: 'ssh … ansible … -m …',
      },
    }
    expect(decided('ansible web -m ping', noAnsible).decision).toBe('deny')
    expect(decided("ssh jump1 'ansible web -m ping'", noAnsible).decision).toBe('allow')
  })

  test('for a parameter of its PowerShell is stopped on machines with the same version only', () => {
    const noTop: GuardedPattern = {
      ...noLocalUser,
      ...{ grain: 'option', key: 'option sort-object -Top', infrastructure_id: null, system: 'powershell 5.1' },
    }
    const at = (shells: Record<string, string>) =>
      decide(
        'Sort-Object CPU -Top 5',
        { patterns: (key) => (key.toLowerCase() === noTop.key.toLowerCase() ? [noTop] : []), asset: () => undefined },
        { ...HERE, shell: 'powershell', system: 'windows 11', family: 'windows', shells },
        NOW,
      ).decision
    expect(at({ powershell: '5.1.22621' })).toBe('deny')
    expect(at({ powershell: '5.1.22621', pwsh: '7.4.1' })).toBe('allow')
  })

  test('is only said where the line brings what was missing', () => {
    expect(decided('Invoke-Command SRV-OLD { Import-Module X; Get-LocalUser }', noLocalUser).decision).toBe('note')
  })

  test('behind a block is run here, not there', () => {
    expect(decided('Invoke-Command SRV-OLD { Get-Process } | Get-LocalUser', noLocalUser).decision).toBe('allow')
  })

  test('for its syntax is not stopped in another shell', () => {
    const noAnd = { ...noLocalUser, key: 'syntax powershell &&', infrastructure_id: null, machine_id: 'ana-lt1' }
    expect(decided('powershell -Command "cd x && dir"', noAnd).decision).toBe('deny')
    expect(decided('cd x && ls', noAnd).decision).toBe('allow')
    expect(decided(`powershell -Command "cmd /c 'ipconfig && whoami'"`, noAnd).decision).toBe('allow')
    expect(decided(`powershell -Command "Select-String 'a && b' x.sh"`, noAnd).decision).toBe('allow')
  })

  test('on other machines of its system is only said', () => {
    const onSystem = { ...noLocalUser, infrastructure_id: null, system: 'windows server 2008 r2', places: 2 }
    expect(decided('Invoke-Command -ComputerName SRV-OLD { Get-LocalUser }', onSystem).decision).toBe('note')
    expect(decided('Get-LocalUser', onSystem).decision).toBe('allow')
  })

  test('is named by the pattern of this machine where several match', () => {
    const onSystem = {
      ...noLocalUser,
      id: 'p2',
      infrastructure_id: null,
      system: 'windows server 2008 r2',
      percent: 99,
    }
    expect(decided('Invoke-Command SRV-OLD { Get-LocalUser }', onSystem, noLocalUser).patternId).toBe('p1')
  })
})

test('what a table says of another machine is only said, until the first failure shows that it is right', () => {
  const command = 'Invoke-Command -ComputerName SRV-OLD { Get-LocalUser }'
  const byTable = {
    decision: 'deny',
    patternId: null,
    reason: 'PowerShell 2.0 there: Get-LocalUser came with 5.1.',
    alternative: 'Get-WmiObject Win32_UserAccount',
    isTable: true,
  } as const

  const learned = decided(command, { ...noLocalUser, alternative: null })

  expect(combined(ALLOW, byTable).decision).toBe('note')
  expect(combined(learned, byTable)).toEqual({
    decision: 'deny',
    patternId: 'p1',
    reason: 'Get-LocalUser does not exist on SRV-OLD (PowerShell 2.0 there: Get-LocalUser came with 5.1.)',
    alternative: 'Get-WmiObject Win32_UserAccount',
  })
})

test('every key that could match is asked for', () => {
  expect(askedKeys("ssh srv1 'ls -la /x' && docker ps", 'bash')).toEqual(
    expect.arrayContaining([
      'program ssh',
      'program ls',
      'option ls -la',
      'exact ls -la /x',
      'shape docker ps',
      'syntax bash &&',
    ]),
  )
})
