import { describe, expect, test } from 'vitest'
import { DATABASES } from '../../support/databases.ts'
import { auditWorld, someHistory } from './world.ts'

for (const database of DATABASES)
  describe(`verifying the audit on ${database}`, () => {
    test('finds nothing wrong with what the server wrote, over several days', async () => {
      await using world = await auditWorld(database)
      await someHistory(world, ['Dataforth', 'Northwind'])
      world.msp.clock.advance(86_400_000)
      await someHistory(world, ['Dataforth'])

      const report = await world.verify()

      expect(report).toMatchObject({ intact: true, covered: true, troubles: [], uncovered: 0 })
      expect(report.entries).toBeGreaterThan(48)
      expect(report.macs_unchecked).toBeGreaterThan(0)
    })

    test('D2: where everything was removed, without a state outside, it is not said to be whole', async () => {
      await using world = await auditWorld(database)

      const report = await world.verify({ outside: [], chain: 'client:of-nobody' })

      expect(report).toMatchObject({ entries: 0, covered: false, troubles: [{ class: 'tail-uncovered' }] })
    })
  })
