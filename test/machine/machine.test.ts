import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { contract } from '../../src/contract/index.ts'
import { probeMachine } from '../../src/machine/capabilities.ts'
import { readClaudeTools } from '../../src/machine/claude-config.ts'
import { fingerprintOf } from '../../src/machine/fingerprint.ts'
import { findProgram, outputOf, versionOf } from '../../src/machine/programs.ts'
import { defaultShell, quickRegistration } from '../../src/machine/quick.ts'
import { isStale, readRecord, recordPath, writeRecord } from '../../src/machine/record.ts'
import { parseNetworkManager, parseScutil, parseWindowsVpn, tunnels } from '../../src/machine/vpn.ts'

const NOW = Date.parse('2026-01-12T09:00:00.000Z')

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'msp-machine-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('the fingerprint', () => {
  const ana = { hostname: 'ANA-LT1', username: 'ana', platform: 'win32', home: 'C:\\Users\\ana' }

  test('is the SHA-256 of host, user, platform and home', () => {
    expect(fingerprintOf(ana)).toBe('73ff246f34b51904d366d7bcc5c95a30f224c472d2401db6b6dfd2ae28793dff')
  })

  test.each(['hostname', 'username', 'platform', 'home'] as const)('changes with the %s', (part) => {
    expect(fingerprintOf({ ...ana, [part]: 'other' })).not.toBe(fingerprintOf(ana))
  })
})

describe('the probe', () => {
  test('finds what the contract takes', async () => {
    const registration = await probeMachine('0.1.0')

    const parsed = (contract.machines.register.input as unknown as { parse(value: unknown): unknown }).parse(
      registration,
    )
    expect(parsed).toMatchObject({ tools: { docker: expect.any(Boolean), shells: expect.any(Object) } })
  })

  test('knows enough to enrol without starting a program', () => {
    expect(quickRegistration('0.1.0')).toMatchObject({ machine_fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  test('names the default shell without its folder', () => {
    expect(defaultShell({ SHELL: '/usr/bin/zsh' })).toBe('zsh')
    expect(defaultShell({ ComSpec: 'C:\\Windows\\system32\\cmd.exe' })).toBe('cmd.exe')
  })

  test('takes a program that is missing or fails for a fact', async () => {
    expect(await versionOf('no-such-program-of-ours')).toBeNull()
    expect(await outputOf('node', ['-e', 'process.exit(3)'])).toBeNull()
    expect(await outputOf('node', ['-p', '"v" + 1.5'])).toBe('v1.5')
    expect(findProgram('node', { PATH: '/no/such/folder' })).toBeNull()
  })
})

describe('VPN clients', () => {
  test('NetworkManager: VPN and WireGuard profiles, names with colons', () => {
    const output = 'Wired:802-3-ethernet:yes\nAcme\\: head office:vpn:yes\nwg-dataforth:wireguard:no\n'

    expect(parseNetworkManager(output)).toEqual({
      profiles: ['Acme: head office', 'wg-dataforth'],
      active: ['Acme: head office'],
    })
  })

  test('scutil', () => {
    const output =
      'Available network connection services:\n* (Connected)   8A-1 IPSec  "Dataforth"  [IPSec]\n* (Disconnected) 9B-2 PPP "Acme" [PPP:L2TP]\n'

    expect(parseScutil(output)).toEqual({ profiles: ['Dataforth', 'Acme'], active: ['Dataforth'] })
  })

  test.each([
    ['one profile', '{"Name":"Dataforth","ConnectionStatus":"Connected"}', ['Dataforth'], ['Dataforth']],
    [
      'two',
      '[{"Name":"A","ConnectionStatus":"Disconnected"},{"Name":"B","ConnectionStatus":"Connected"}]',
      ['A', 'B'],
      ['B'],
    ],
    ['none', '', [], []],
  ])('Windows with %s', (_, output, profiles, active) => {
    expect(parseWindowsVpn(output)).toEqual({ profiles, active })
  })

  test('tunnel interfaces, not the ones macOS has by itself', () => {
    expect(tunnels(['lo', 'eth0', 'wg0', 'tun3', 'utun2', 'tailscale0'])).toEqual(['wg0', 'tun3', 'tailscale0'])
  })
})

test("Claude Code's MCP servers and skills are told by name, never with their tokens", () => {
  const folder = aFolder()
  const config = {
    mcpServers: { github: { env: { TOKEN: 'ghp_secret' } } },
    projects: { '/work': { mcpServers: { syncro: {} } }, '/other': {} },
  }
  writeFileSync(join(folder, '.claude.json'), JSON.stringify(config))
  mkdirSync(join(folder, 'skills/mail'), { recursive: true })
  writeFileSync(join(folder, 'skills/mail/SKILL.md'), '')

  const tools = readClaudeTools({ CLAUDE_CONFIG_DIR: folder })

  expect(tools).toEqual({ mcp_servers: ['github', 'syncro'], skills: ['mail'] })
})

describe('the record', () => {
  const record = { probed_at: '2026-01-12T08:00:00.000Z', registration: quickRegistration('0.1.0') }

  test('is kept and found again', () => {
    const cache = aFolder()

    writeRecord(cache, record)

    expect(readRecord(cache)).toEqual(record)
    expect(isStale(readRecord(cache), NOW)).toBe(false)
  })

  test('is stale after a day, before its time, on another machine, and when there is none', () => {
    const renamed = { ...record.registration, machine_fingerprint: 'a'.repeat(64) }

    expect(isStale({ ...record, probed_at: '2026-01-11T08:59:00.000Z' }, NOW)).toBe(true)
    expect(isStale({ ...record, probed_at: '2026-01-13T08:59:00.000Z' }, NOW)).toBe(true)
    expect(isStale({ ...record, registration: renamed }, NOW)).toBe(true)
    expect(isStale(null, NOW)).toBe(true)
  })

  test('that is damaged counts as none', () => {
    const cache = aFolder()
    writeFileSync(recordPath(cache), '{"probed_at":')

    expect(readRecord(cache)).toBeNull()
    expect(readFileSync(recordPath(cache), 'utf8')).toBe('{"probed_at":')
  })
})
