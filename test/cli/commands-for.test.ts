import { describe, expect, test } from 'vitest'
import { aHome } from './home.ts'

/** There is no server: the table is in the program. */
const NOWHERE = 'http://127.0.0.1:1'

describe('msp commands-for', () => {
  test('prints the command, who may run it and what one has to know', async () => {
    const home = aHome(NOWHERE)

    const ran = await home.msp(['commands-for', 'gebruiker', 'aanmaken', '--os', 'server 2008'])

    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toBe(
      [
        'Create a local user (user-create): this changes something',
        '',
        'Windows PowerShell 2.0 to 4.0 (Windows 7 and 8, Server 2008 to 2012 R2), as administrator or root',
        '  net user "<user>" * /add',
        '  (asks for the password)',
        '',
      ].join('\n'),
    )
  })

  test('prints each line of a configuration on its own', async () => {
    const home = aHome(NOWHERE)

    const ran = await home.msp('commands-for hostname-set --os cisco')

    expect(ran.stdout).toContain('  configure terminal\n  hostname <name>\n  end\n')
  })

  test('prints one document with --json', async () => {
    const home = aHome(NOWHERE)

    const ran = await home.msp('commands-for ip configuratie --os alpine --json')

    expect(ran.code).toBe(0)
    expect(ran.json).toMatchObject({
      task: { id: 'ip-config', changes: false },
      systems: [{ id: 'alpine' }],
      commands: [{ system: 'alpine', command: 'ip addr show', elevated: false, note: null }],
    })
  })

  test('is about the system of this machine unless another one is named', async () => {
    const home = aHome(NOWHERE)

    const ran = await home.msp('commands-for uptime --json')

    const { systems } = ran.json as { systems: { id: string }[] }
    const expected = { linux: ['debian', 'rhel', 'alpine'], darwin: ['macos'], win32: ['ps51'] }[
      process.platform as 'linux'
    ]
    expect(expected).toEqual(expect.arrayContaining(systems.map(({ id }) => id)))
  })

  test('lists every task', async () => {
    const home = aHome(NOWHERE)

    const [text, json] = [await home.msp('commands-for --list'), await home.msp('commands-for --list --json')]

    expect(text.stdout).toMatch(/^dns-flush +Flush the DNS cache \(changes something\)$/m)
    expect((json.json as { tasks: unknown[] }).tasks.length).toBeGreaterThanOrEqual(60)
  })

  test.each([
    [
      'that may be several',
      ['service', '--os', 'debian'],
      /may mean several tasks.*\n {2}services: /,
      'service-restart',
    ],
    ['on a system that nobody knows', ['users', '--os', 'amiga'], /No system is known as "amiga"/, 'debian'],
    [
      'that the system does not have',
      ['printers', '--os', 'esxi'],
      /No command is known for printers on VMware/,
      'macos',
    ],
  ])('exits 5 with candidates for a task %s', async (_, words, message, candidate) => {
    const home = aHome(NOWHERE)

    const ran = await home.msp(['commands-for', ...words, '--json'])

    expect(ran.code).toBe(5)
    expect(ran.stderr).toMatch(message)
    expect(ran.json).toMatchObject({
      error: {
        code: 'NOT_FOUND',
        details: { candidates: expect.arrayContaining([expect.objectContaining({ id: candidate })]) },
      },
    })
  })

  test('exits 5 where nothing fits, and says how to see every task', async () => {
    const home = aHome(NOWHERE)

    const ran = await home.msp('commands-for xyzzy --os debian')

    expect(ran).toMatchObject({ code: 5, stdout: '' })
    expect(ran.stderr).toContain('msp commands-for --list')
  })

  test('exits 2 when no task is named', async () => {
    const home = aHome(NOWHERE)

    const ran = await home.msp('commands-for')

    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain('--list')
  })
})
