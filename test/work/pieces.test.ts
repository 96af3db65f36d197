import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { daysOf } from '../../server/domains/billing/session-time.ts'
import { categoryOf } from '../../server/domains/work/pieces/category.ts'
import type { Block } from '../../server/domains/work/pieces/features.ts'
import { split } from '../../server/domains/work/pieces/split.ts'
import { assetsIn, hostsIn, type KnownAsset } from '../../server/domains/work/pieces/targets.ts'
import { activity, activityShares, timeByPresence } from '../../server/domains/work/rules.ts'

/** How a session becomes pieces of work: what they are, where, and how long. */

const asset = (hostname: string): KnownAsset => ({ id: hostname, hostname, names: [hostname.toLowerCase()] })
const ASSETS = [asset('SRV-01'), asset('NW-SQL01'), asset('web01')]

const block = (prompt: string, commands: string[] = [], targets: string[] = [], named: string[] = []): Block => ({
  ...{ at: '2026-01-12T09:00:00.000Z', prompt, commands, writes: 0, targets, named },
})

const filedUnder = (prompt: string) => categoryOf([block(prompt)], 'msp')

describe('a command works on', () => {
  test.each([
    ['Invoke-Command -ComputerName SRV-01,NW-SQL01 -ScriptBlock { Get-Service }', ['SRV-01', 'NW-SQL01']],
    ['ssh admin@srv-01.corp.local uptime', ['SRV-01']],
    ['scp a.conf deploy@web01:/tmp/', ['web01']],
    ['robocopy \\\\SRV-01\\data D:\\data /E', ['SRV-01']],
    ["foreach ($s in 'SRV-01','NW-SQL01') { Restart-Computer -ComputerName $s }", ['SRV-01', 'NW-SQL01']],
    ['ssh admin@web01 "cat /etc/hosts | grep nw-sql01"', ['web01']],
    ['Get-Mailbox ana', []],
    ['echo SRV-01', []],
  ])('%s', (command, hosts) => {
    expect(assetsIn(command, ASSETS).map(({ hostname }) => hostname)).toEqual(hosts)
  })

  test('hosts that nobody has on record, as they were typed', () => {
    expect(hostsIn('ssh root@unknown-host ls')).toEqual(['unknown-host'])
  })
})

describe('a piece of work', () => {
  const first = block(
    'nobody can print, server is SRV-01',
    ['Invoke-Command -ComputerName SRV-01 { Get-Service Spooler }'],
    ['SRV-01'],
  )

  test('goes on with answers, on whatever machine', () => {
    const answers = [
      block('yes do that', ['x'], ['web01']),
      block('also look at the queue please now', ['y'], ['web01']),
    ]
    expect(split([first, ...answers], 'msp')).toHaveLength(1)
  })

  test('ends where something else is asked for elsewhere', () => {
    const next = block('next: monthly updates for web01 please', ['apt-get upgrade'], ['web01'], ['web01'])
    expect(split([first, next], 'msp').map(({ length }) => length)).toEqual([1, 1])
  })

  test.each([
    [
      'after thanks',
      'oké. volgende: planning vraagt een gedeelde agenda voor de chauffeurs',
      'Add-MailboxFolderPermission x',
      'SRV-01',
    ],
    [
      'without a word that says so, of another kind at another place',
      'VLAN 60 for the cameras, trunk to po1 as approved',
      'ssh web01 "vlan 60"',
      'web01',
    ],
    [
      'at the same place, when it says that it is something else',
      'ach ja, noch was: neue Mitarbeiterin Sara Kern, bitte Konto anlegen',
      'New-ADUser sara',
      'SRV-01',
    ],
  ])('ends %s', (_, prompt, command, target) => {
    expect(split([first, block(prompt, [command], [target])], 'msp')).toHaveLength(2)
  })

  test('begins with what was asked for, when it is done with the next prompt', () => {
    const asked = block('they also asked for a page on booking rooms in Outlook for their handbook')
    const done = block('logo is in the folder', ['pandoc rooms.md'], [])
    expect(split([first, asked, done], 'msp').map(({ length }) => length)).toEqual([1, 2])
  })

  test('has all of what it was asked for in the beginning, machine after machine', () => {
    const both = block('patch SRV-01 and NW-SQL01 tonight', ['a'], ['SRV-01'], ['SRV-01', 'NW-SQL01'])
    const second = block('now NW-SQL01 as well, then reboot it', ['b'], ['NW-SQL01'], ['NW-SQL01'])
    expect(split([both, second], 'msp')).toHaveLength(1)
  })

  test.each([
    ['incident', 'the scanner does not send mails any more'],
    ['incident', 'drucker druckt nicht, fehler 0x709'],
    ['incident', 'la caisse ne démarre plus depuis ce matin'],
    ['service_request', 'new employee Jan Vos starts monday, mailbox and groups as usual'],
    ['service_request', 'passwort von frau huber zurücksetzen'],
    ['change', 'add a dhcp reservation for the door controller, change 4711'],
    ['maintenance', 'maandelijkse updates op de servers'],
    ['security', 'user clicked a phishing link, check what happened'],
    ['project', 'wave 2 of the migration to sharepoint'],
    ['problem', 'third outage this month, find the root cause'],
    ['documentation', 'write the runbook for the firewall failover'],
  ] as const)('is %s: %s', (category, prompt) => {
    expect(filedUnder(prompt)).toBe(category)
  })

  test.each([
    ['documentation', 'écris la fiche du NAS'],
    ['documentation', 'ecris la fiche du NAS'],
    ['problem', 'account locks every few days, nine tickets, find the source'],
    ['project', 'step 3 now: ha group and resources'],
    ['change', 'le client a validé le changement du dump: 4h du mat'],
  ])('is %s: %s', (category, prompt) => {
    expect(filedUnder(prompt)).toBe(category)
  })

  test('of which nothing tells what it is was asked for', () => {
    expect(filedUnder('hm')).toBe('service_request')
  })
})

const instants = fc
  .array(fc.integer({ min: 0, max: 3 * 86_400 }), { maxLength: 60 })
  .map((seconds) => seconds.map((second) => new Date(Date.UTC(2026, 2, 28) + second * 1_000).toISOString()))

describe('time', () => {
  test('is shared out among pieces without a second more or less', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 1, max: 5 }), (all, count) => {
        const events = all.map((at) => ({ kind: 'turn', at, label: null }))
        const shares = activityShares(events, (at) => Date.parse(at) % count, count)
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(activity(all))
      }),
    )
  })

  test('is cut at midnight of the client, also in the night in which clocks change, without a second more or less', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'America/Phoenix',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    )
    fc.assert(
      fc.property(instants, zones, (all, tz) => {
        const days = daysOf(all, tz)
        expect(days.reduce((sum, { activeSeconds }) => sum + activeSeconds, 0)).toBe(activity([...new Set(all)]))
        expect(new Set(days.map(({ day }) => day)).size).toBe(days.length)
      }),
    )
  })

  test('is told apart by who was at it: people, subagents, nobody while a long command ran', () => {
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 12, 9, minutes)).toISOString()
    const event = (kind: string, minutes: number) => ({ kind, at: at(minutes), label: null })
    const events = [
      ...[
        event('prompt', 0),
        event('command', 6),
        event('agent.started', 7),
        event('agent.stopped', 10),
        event('turn', 11),
      ],
    ]
    const commands = [{ started_at: at(1), duration_ms: 5 * 60_000, agent_id: null }]

    expect(timeByPresence(events, commands)).toEqual({
      attended_seconds: 180,
      agent_seconds: 180,
      waiting_seconds: 300,
    })
  })

  test('of a laptop that slept over night is that of the evening and of the morning', () => {
    const days = daysOf(
      ['2026-01-12T22:50:00.000Z', '2026-01-12T22:55:00.000Z', '2026-01-13T07:00:00.000Z', '2026-01-13T07:04:00.000Z'],
      'UTC',
    )
    expect(days.map(({ day, activeSeconds }) => [day, activeSeconds])).toEqual([
      ['2026-01-12', 300],
      ['2026-01-13', 240],
    ])
  })
})
