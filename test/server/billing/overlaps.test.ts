import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Claim, overlapsIn } from '../../../server/domains/billing/overlaps.ts'

const hour = (number: number) => new Date(Date.UTC(2026, 0, 12) + number * 3_600_000).toISOString()
const NOW = hour(24)

const claims = fc
  .array(
    fc.record({ technician: fc.constantFrom('ana', 'ben'), from: fc.nat(20), length: fc.nat(6), runs: fc.boolean() }),
  )
  .map((entries) =>
    entries
      .map(
        ({ technician, from, length, runs }, index): Claim => ({
          ...{ id: String(index).padStart(3, '0'), technician_id: technician, client_id: 'dataforth' },
          ...{ started_at: hour(from), ended_at: runs ? null : hour(from + length) },
        }),
      )
      .sort((a, b) => (key(a) < key(b) ? -1 : 1)),
  )
const key = ({ technician_id, started_at, id }: Claim) => `${technician_id} ${started_at} ${id}`
const sharedHours = (a: Claim, b: Claim) => {
  const [end] = [a.ended_at ?? NOW, b.ended_at ?? NOW].sort() as [string]
  const [, start] = [a.started_at, b.started_at].sort() as [string, string]
  return Math.max(0, Date.parse(end) - Date.parse(start)) / 3_600_000
}

test('every pair of one technician that shares time is found, once, with what it shares', () => {
  fc.assert(
    fc.property(claims, (all) => {
      const found = [...overlapsIn(all, NOW)].map(({ first, second, overlap_seconds }) => [
        `${first.id} ${second.id}`,
        overlap_seconds / 3_600,
      ])

      const expected = all.flatMap((a, index) =>
        all
          .slice(index + 1)
          .filter((b) => a.technician_id === b.technician_id && sharedHours(a, b) > 0)
          .map((b) => [`${a.id} ${b.id}`, sharedHours(a, b)]),
      )
      expect(found.sort()).toEqual(expected.sort())
    }),
  )
})
