import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aHome } from './home.ts'

// About the built CLI, which starts the built server.

const SLOW_MS = 60_000
const ANA = { technician: 'ana', machine: 'ANA-LT1', session_id: '5f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01' }
const BEN = { technician: 'ben', machine: 'BEN-MBP', session_id: '6f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a02' }
const FAILS = "ssh root@web1 'rg error /var/log/syslog'"
const WORKS = "ssh root@web1 'grep error /var/log/syslog'"

let serial = 0

/** A command before it runs, and how it ended; times go on by a minute each. */
function aRun(who: typeof ANA, client: string, command: string, error?: string): object[] {
  serial += 1
  const { session_id, ...place } = who
  const at = (second: number) => new Date(Date.UTC(2026, 0, 12, 9, serial, second)).toISOString()
  const call = { session_id, tool_name: 'Bash', tool_input: { command }, tool_use_id: `toolu_${serial}` }
  const end =
    error === undefined
      ? { hook_event_name: 'PostToolUse', tool_response: { stdout: 'ok', stderr: '', interrupted: false } }
      : { hook_event_name: 'PostToolUseFailure', error, is_interrupt: false }
  return [
    { at: at(0), ...place, client, mode: 'msp', hook: { ...call, hook_event_name: 'PreToolUse' } },
    { at: at(2), ...place, client, mode: 'msp', hook: { ...call, ...end } },
  ]
}

/** The file with these lines, and what the CLI makes of it. */
function replayed(lines: readonly (object | string)[], ...options: string[]) {
  const home = aHome('http://127.0.0.1:1')
  const file = join(home.dir, 'work.jsonl')
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return home.msp(['failures', 'replay', file, ...options])
}

const decisionsIn = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { line: number; decision: string; alternative: string | null })

describe('msp failures replay', () => {
  test('stops at a colleague’s what failed, names what worked, and tells no other client', {
    timeout: SLOW_MS,
  }, async () => {
    const ran = await replayed(
      [
        { asset: 'web1', client: 'Dataforth', os: 'Ubuntu 22.04' },
        { asset: 'web1', client: 'Acme', os: 'Ubuntu 22.04' },
        ...aRun(ANA, 'Dataforth', FAILS, 'Exit code 127\nbash: line 1: rg: command not found'),
        ...aRun(ANA, 'Dataforth', WORKS),
        ...aRun(BEN, 'Dataforth', FAILS, 'Exit code 127\nbash: line 1: rg: command not found'),
        ...aRun(BEN, 'Acme', FAILS),
      ],
      '--json',
    )

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(decisionsIn(ran.stdout)).toMatchObject([
      { line: 3, decision: 'allow', patternId: null },
      { line: 5, decision: 'allow' },
      { line: 7, decision: 'deny', patternId: expect.any(String), alternative: WORKS },
      { line: 9, decision: 'allow' },
    ])
  })

  test('knows the limits of machines and lets through what is marked', { timeout: SLOW_MS }, async () => {
    const ran = await replayed(
      [
        {
          machine: 'ANA-LT1',
          platform: 'win32',
          shell: 'powershell 5.1',
          capabilities: { docker: false, vpn: ['Acme'] },
        },
        { asset: 'db1', client: 'Dataforth', os: 'Debian 12', vpn: true },
        { asset: 'db2', client: 'Acme', os: 'Debian 12', facts: { vpn: 'required' } },
        ...aRun(ANA, 'Dataforth', 'docker ps', 'Exit code 127'),
        ...aRun(ANA, 'Dataforth', 'docker ps # msp:allow'),
        ...aRun(ANA, 'Dataforth', "ssh root@db1 'uptime'", 'Exit code 255'),
        ...aRun(ANA, 'Acme', "ssh root@db2 'uptime'"),
      ],
      '--json',
    )

    expect(decisionsIn(ran.stdout).map(({ decision }) => decision)).toEqual(['deny', 'allow', 'deny', 'allow'])
  })

  test('shows people a table', { timeout: SLOW_MS }, async () => {
    const ran = await replayed([
      { machine: 'ANA-LT1', platform: 'linux', shell: 'bash 5.2', capabilities: { docker: false } },
      ...aRun(ANA, 'Dataforth', 'docker ps', 'Exit code 127'),
    ])

    expect(ran.stdout).toMatch(/^line +decision +why +instead$/m)
    expect(ran.stdout).toMatch(/^2 +deny +There is no Docker on this machine\./m)
    expect(ran.stdout).toContain('1 command: 1 stopped, 0 with a note, 0 allowed.')
  })

  test.each([
    ['{"at":', 'Line 2 is not JSON: '],
    ['[]', 'Line 2 is not a JSON object.'],
    ['{"asset":"web1"}', 'Line 2 needs "client".'],
    ['{"at":"soon","hook":{}}', 'Line 2: "at" is no time like 2026-01-12T09:03:11Z.'],
    ['{}', 'Line 2 is neither an event, nor a machine, nor an asset, nor a rule.'],
  ])('%s is refused with its line', async (line, message) => {
    const ran = await replayed([...aRun(ANA, 'Dataforth', 'uptime').slice(0, 1), line])

    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain(message)
  })

  test('a file that is not there is exit 5', async () => {
    const home = aHome('http://127.0.0.1:1')

    const ran = await home.msp(['failures', 'replay', join(home.dir, 'none.jsonl')])

    expect(ran).toMatchObject({ code: 5, stderr: expect.stringContaining('There is no file') })
  })
})
