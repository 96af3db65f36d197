import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashOf, LOGS, rowHash } from '../../../server/audit/chain.ts'

test('the hash of an entry is that of its canonical JSON (RFC 8785), whatever texts and numbers it has', () => {
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.maxSafeInteger(), fc.constant(null))
  for (const log of ['api', 'credential'] as const) {
    const { columns } = LOGS[log]
    const entry = fc.record(Object.fromEntries(columns.map((column) => [column, value])))
    fc.assert(
      fc.property(entry, (row) => {
        const { row_hash: _hash, mac: _mac, ...record } = row
        return rowHash(log, row) === hashOf(record)
      }),
    )
  }
  expect(LOGS.api.hashed).not.toContain('mac')
})
