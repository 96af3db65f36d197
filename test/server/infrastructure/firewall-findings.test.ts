import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findingsOf, touchesPort } from '../../../server/domains/infrastructure/firewall-findings.ts'

const NOW = '2026-01-12T09:00:00.000Z'

const aRule = (values: Partial<Parameters<typeof findingsOf>[0]> = {}) => ({
  action: 'allow' as const,
  src: ['192.168.10.0/24'],
  dst: ['10.20.0.5'],
  protocol: 'tcp',
  dst_ports: ['1433'],
  expires_at: null,
  justification: 'The ERP clients talk to the database.',
  ...values,
})
const kindsOf = (values: Parameters<typeof aRule>[0], port?: number) =>
  findingsOf(aRule(values), NOW, port).map((finding) => finding.kind)

describe('what asks for a look at a firewall rule', () => {
  test.each([
    ['nothing, when it is narrow and explained', {}, []],
    ['any to any, as empty lists', { src: [], dst: [] }, ['any_any']],
    ['any to any, as words', { src: ['Any'], dst: ['LAN', '0.0.0.0/0'] }, ['any_any']],
    ['not any to any where it denies', { action: 'deny', src: [], dst: [] }, []],
    ['not any to any where one side is narrow', { src: [] }, []],
    ['an end that is past', { expires_at: '2026-01-12T09:00:00.000Z' }, ['expired']],
    ['not an end to come', { expires_at: '2026-01-12T09:00:00.001Z' }, []],
    ['that nobody says why', { justification: ' ' }, ['no_justification']],
    ['not that nobody says why it denies', { action: 'reject', justification: null }, []],
  ] as const)('%s', (_, values, kinds) => {
    expect(kindsOf(values as never)).toEqual(kinds)
  })

  test('a range touches the ports from its first to its last', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    fc.assert(
      fc.property(port, port, port, fc.constantFrom('-', ':', ' - '), (a, b, asked, sign) => {
        const [first, last] = [Math.min(a, b), Math.max(a, b)]
        const rule = aRule({ dst_ports: ['70000', `${first}${sign}${last}`] })
        expect(touchesPort(rule, asked)).toBe(first <= asked && asked <= last)
      }),
    )
  })

  test.each([
    ['tcp', ['80,3389'], true],
    ['TCP/UDP', [], true],
    ['any', ['any'], true],
    ['ip', [], true],
    ['icmp', [], false],
    ['esp', ['any'], false],
    ['udp', ['rdp'], false],
  ])('%s to %j is about port 3389: %s', (protocol, dst_ports, touches) => {
    expect(kindsOf({ protocol, dst_ports }, 3389)).toEqual(touches ? ['touches_port'] : [])
  })
})
