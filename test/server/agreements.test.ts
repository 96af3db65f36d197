import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'

/** What time is billed by: whose it is, and who may see it. */

const refused = { code: 'INVALID_INPUT' }
const valid_from = '2026-01-01'

for (const database of DATABASES) {
  describe(`agreements, rates and calendars, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let lea: TestUser
    let client_id: string
    let contoso: string
    beforeAll(async () => {
      msp = await testServer({ database })
      ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
      lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth', 'Contoso'] })
      client_id = await msp.client('Dataforth')
      contoso = await msp.client('Contoso')
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('a period is of the client of its agreement, and each begins once', async () => {
      const terms = { client_id, name: 'Block of ten hours', kind: 'block_hours', starts_on: valid_from } as const
      const { id: agreement_id } = await lea.api.agreements.create(terms)
      const january = { agreement_id, starts_on: valid_from, ends_on: '2026-01-31', allotted_minutes: 600 }

      const period = await lea.api.agreementPeriods.create(january)

      expect(period).toMatchObject({ client_id, used_minutes: 0, carried_over_minutes: 0 })
      await expect(lea.api.agreementPeriods.create(january)).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(lea.api.agreementPeriods.create({ ...january, starts_on: '2026-02-01' })).rejects.toMatchObject(
        refused,
      )
      expect((await ana.api.agreementPeriods.list({ agreement_id })).items).toEqual([period])
    })

    test('money has a currency', async () => {
      const terms = { client_id, name: 'Retainer', kind: 'retainer', starts_on: valid_from } as const

      await expect(lea.api.agreements.create({ ...terms, allotted_minor: 50_000 })).rejects.toMatchObject(refused)
      const { allotted_minor } = await lea.api.agreements.create({ ...terms, allotted_minor: 50_000, currency: 'USD' })

      expect(allotted_minor).toBe(50_000)
    })

    test('an amount or minutes that no agreement can hold are refused, so that sums over periods stay exact', async () => {
      const terms = { client_id, name: 'Much', kind: 'retainer', starts_on: valid_from, currency: 'USD' } as const
      const { id: agreement_id } = await lea.api.agreements.create(terms)
      const may = { agreement_id, starts_on: '2026-05-01', ends_on: '2026-05-31', currency: 'USD' }

      for (const much of [
        { allotted_minor: 2 ** 53 - 1 },
        { carried_over_minor: 2 ** 53 - 1 },
        { allotted_minutes: 2 ** 53 - 1 },
      ])
        await expect(lea.api.agreementPeriods.create({ ...may, ...much })).rejects.toMatchObject(refused)
    })

    test('rates are for those who lead, and only for their clients', async () => {
      const rate = { name: 'Hour', valid_from, amount_minor: 12_000, currency: 'USD' }
      const admin = msp.admin.api
      const hidden = await admin.clients.create({ name: 'Fabrikam' })

      const everyones = await lea.api.rates.create(rate)
      const own = await lea.api.rates.create({ ...rate, client_id })
      await admin.rates.create({ ...rate, client_id: hidden.id })

      const { items } = await lea.api.rates.list({ sort: 'created_at' })
      expect(items.map(({ id }) => id).sort()).toEqual([everyones.id, own.id].sort())
      await expect(ana.api.rates.list({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(ana.api.billingRules.create({ name: 'x', valid_from })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    test("a modifier looks at everyone's calendar or its client's, never at another's", async () => {
      const office = { name: 'Office', timezone: 'America/Phoenix' }
      const everyones = await lea.api.calendars.create(office)
      const theirs = await lea.api.calendars.create({ ...office, client_id: contoso })
      const after = { name: 'After hours', valid_from, condition: 'after_hours', kind: 'multiply' } as const
      const modifier = (calendar_id: string, fields: Record<string, unknown> = { value_bp: 15_000 }) =>
        lea.api.rateModifiers.create({ ...after, client_id, calendar_id, ...fields })

      expect((await modifier(everyones.id)).value_bp).toBe(15_000)
      await expect(modifier(theirs.id)).rejects.toMatchObject(refused)
      await expect(modifier(everyones.id, { value_minor: 500, currency: 'USD' })).rejects.toMatchObject(refused)
      const much = { kind: 'add_minor', value_minor: -(2 ** 53 - 1), currency: 'USD' }
      await expect(modifier(everyones.id, much)).rejects.toMatchObject(refused)
    })

    test('a holiday belongs to whom its calendar belongs, once a day', async () => {
      const office = { name: 'Office', timezone: 'America/Phoenix' }
      const theirs = await lea.api.calendars.create({ ...office, client_id: contoso })
      const everyones = await lea.api.calendars.create(office)
      const christmas = { day: '2026-12-25', name: 'Christmas Day' }

      const hidden = await lea.api.holidays.create({ ...christmas, calendar_id: theirs.id })
      const shown = await lea.api.holidays.create({ ...christmas, calendar_id: everyones.id })

      expect([hidden.client_id, shown.client_id]).toEqual([contoso, null])
      await expect(lea.api.holidays.create({ ...christmas, calendar_id: everyones.id })).rejects.toMatchObject({
        code: 'CONFLICT',
      })
      expect((await ana.api.holidays.list({})).items.map(({ id }) => id)).toEqual([shown.id])
    })
  })
}
