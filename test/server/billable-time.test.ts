import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Time from the timer to the export, and what may no longer be changed on the way. */

const NOON = '2026-01-12T12:00:00.000Z'
const at = (time: string) => `2026-01-12T${time}:00.000Z`

for (const database of DATABASES) {
  describe(`time, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let lea: TestUser
    let clientId: string
    let machineId: string
    let serial = 0
    beforeAll(async () => {
      msp = await testServer({ database, now: NOON })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    /** Ana works for a client of her own, and Lea leads. */
    async function office() {
      const name = `Client ${++serial}`
      msp.clock.set(NOON)
      clientId = (await msp.admin.api.clients.create({ name, timezone: 'America/Phoenix' })).id
      ana = await msp.technician({ name: 'Ana', clients: [name] })
      lea = await msp.technician({ name: 'Lea', role: 'lead', clients: [name] })
      machineId = await msp.machine(ana, `ANA-LT${serial}`)
    }
    const start = () => ana.api.billableTime.start({ client_id: clientId, machine_id: machineId })
    const book = (fields: Record<string, unknown> = {}) =>
      ana.api.billableTime.create({ client_id: clientId, started_at: at('09:00'), ended_at: at('10:00'), ...fields })
    async function approved(fields: Record<string, unknown> = {}) {
      const { id } = await book(fields)
      await ana.api.billableTime.submit({ id })
      return lea.api.billableTime.approve({ id })
    }
    /** What the rules of billing will store. */
    const priced = (id: string, minor: number) =>
      msp.server.deps.db
        .updateTable('billable_time')
        .set({ rounded_minutes: 60, billable_minutes: 60, amount_minor: minor, currency: 'USD' })
        .where('id', '=', id)
        .execute()
    const rate = (amount_minor: number) =>
      lea.api.rates.create({
        name: 'Hour',
        client_id: clientId,
        amount_minor,
        currency: 'USD',
        valid_from: '2025-01-01',
      })
    const exported = () => lea.api.exportBatches.create({ client_id: clientId, month: '2026-01' })
    const directly = (statement: string, id: string) =>
      msp.server.deps.db.executeQuery(CompiledQuery.raw(statement, [id]))

    test('of a timer is what was worked, without the pauses', async () => {
      await office()

      const { id, ...started } = await start()
      msp.clock.advance(600_000)
      await ana.api.billableTime.pause({ id })
      msp.clock.advance(1_200_000)
      await ana.api.billableTime.resume({ id })
      msp.clock.advance(300_000)
      const stopped = await ana.api.billableTime.stop({ id })
      const again = await ana.api.billableTime.stop({ id })

      expect(started).toMatchObject({ status: 'running', raw_seconds: null, tz: 'America/Phoenix', source: 'timer' })
      expect(stopped).toMatchObject({ status: 'draft', raw_seconds: 900, paused_seconds: 1_200, ended_at: at('12:35') })
      expect(again).toEqual(stopped)
    })

    test('is measured once per technician and machine: a second timer names the first', async () => {
      await office()
      const { id } = await start()

      await expect(start()).rejects.toMatchObject({
        code: 'CONFLICT',
        message: `Your timer for Client ${serial} runs on this machine since ${NOON} (${id}). Stop it first.`,
        details: { id },
      })
      const elsewhere = await msp.machine(ana, `ANA-PC${serial}`)
      await ana.api.billableTime.start({ client_id: clientId, machine_id: elsewhere })
      await ana.api.billableTime.stop({ id })
      expect((await start()).status).toBe('running')
    })

    test('of two timers that start at the same moment is that of one', async () => {
      await office()

      const started = await Promise.allSettled([start(), start(), start(), start()])

      expect(started.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
    })

    test('of a timer that ran for more than a day needs somebody to say when the work ended', async () => {
      await office()
      const { id } = await start()
      msp.clock.advance(25 * 3_600_000)

      await expect(ana.api.billableTime.stop({ id })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('ran for 25 hours'),
      })
      await expect(ana.api.billableTime.stop({ id, ended_at: at('11:59') })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
      expect(await ana.api.billableTime.stop({ id, ended_at: at('14:00') })).toMatchObject({ raw_seconds: 7_200 })
    })

    test('is entered by hand as start and end, or as a duration, on the local day', async () => {
      await office()

      const evening = await book({ started_at: at('05:00'), ended_at: at('06:30'), raw_seconds: 3_600 })
      const sum = await book({ started_at: null, ended_at: null, raw_seconds: 1_800, work_date: '2026-01-09' })

      expect(evening).toMatchObject({ raw_seconds: 3_600, paused_seconds: 1_800, work_date: '2026-01-11' })
      expect(sum).toMatchObject({ raw_seconds: 1_800, started_at: null, work_date: '2026-01-09', status: 'draft' })
      expect(evening).toMatchObject({ technician_id: ana.id, source: 'manual', tz: 'America/Phoenix' })
    })

    test('that contradicts itself is refused', async () => {
      await office()

      for (const fields of [
        { ended_at: at('08:00') },
        { started_at: null, ended_at: null },
        { classification: 'non_billable' },
        { tz: 'Mars/Olympus' },
      ])
        await expect(book(fields), JSON.stringify(fields)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    })

    test('falls under the agreement of its own client', async () => {
      await office()
      const contoso = await msp.client('Contoso')
      const starts_on = '2026-01-01'
      const own = await msp.admin.api.agreements.create({ client_id: clientId, name: 'Managed', kind: 'tm', starts_on })
      const other = await msp.admin.api.agreements.create({
        client_id: contoso,
        name: 'Managed',
        kind: 'tm',
        starts_on,
      })
      const refused = { code: 'INVALID_INPUT' }

      await msp.admin.api.clients.update({ id: clientId, default_agreement_id: own.id })
      const booked = await ana.api.billableTime.create({ client_id: clientId, raw_seconds: 60 })

      expect(booked.agreement_id).toBe(own.id)
      await expect(
        msp.admin.api.clients.update({ id: clientId, default_agreement_id: other.id }),
      ).rejects.toMatchObject(refused)
      await expect(
        msp.admin.api.clients.create({ name: 'Fabrikam', default_agreement_id: own.id }),
      ).rejects.toMatchObject(refused)
    })

    test('of a draft can be corrected, and what follows from it is corrected too', async () => {
      await office()
      const { id } = await book()

      const longer = await ana.api.billableTime.update({ id, ended_at: at('11:00') })
      const earlier = await ana.api.billableTime.update({ id, started_at: at('06:30'), raw_seconds: 9_000 })
      const noted = await ana.api.billableTime.update({ id, client_note: 'Spooler' })

      expect(longer.raw_seconds).toBe(7_200)
      expect(earlier).toMatchObject({ raw_seconds: 9_000, paused_seconds: 7_200, work_date: '2026-01-11' })
      expect(noted).toMatchObject({ raw_seconds: 9_000, client_note: 'Spooler' })
    })

    test('that was handed in stays as it is until a lead gives it back', async () => {
      await office()
      const { id } = await book()
      await ana.api.billableTime.submit({ id })

      await expect(ana.api.billableTime.update({ id, raw_seconds: 60 })).rejects.toMatchObject({ code: 'CONFLICT' })
      await expect(ana.api.billableTime.archive({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
      const back = await lea.api.billableTime.reject({ id, reason: 'Which ticket was this?' })
      const changed = await ana.api.billableTime.update({ id, raw_seconds: 60 })

      expect(back).toMatchObject({ status: 'draft', status_reason: 'Which ticket was this?', submitted_at: null })
      expect(changed.raw_seconds).toBe(60)
    })

    test('is approved by somebody else, and changed by nobody else but who leads', async () => {
      await office()
      const ben = await msp.technician({ name: 'Ben', clients: [`Client ${serial}`] })
      const own = await lea.api.billableTime.create({ client_id: clientId, raw_seconds: 60 })
      const { id } = await book()
      await lea.api.billableTime.submit({ id: own.id })
      const refused = { code: 'FORBIDDEN' }

      await expect(ben.api.billableTime.submit({ id })).rejects.toMatchObject(refused)
      await expect(ben.api.billableTime.update({ id, client_note: 'x' })).rejects.toMatchObject(refused)
      await expect(ben.api.billableTime.approve({ id })).rejects.toMatchObject(refused)
      await expect(lea.api.billableTime.approve({ id: own.id })).rejects.toMatchObject(refused)
      expect((await msp.admin.api.billableTime.approve({ id: own.id })).status).toBe('approved')
      expect((await ben.api.billableTime.get({ id })).technician_id).toBe(ana.id)
    })

    test('that is exported is locked, whoever asks and however', async () => {
      await office()
      const { id } = await approved()
      const draft = await book()
      const batch = await exported()

      const entry = await ana.api.billableTime.get({ id })
      expect(entry).toMatchObject({ status: 'exported', export_batch_id: batch.id, locked_at: NOON })
      expect((await ana.api.billableTime.get({ id: draft.id })).status).toBe('draft')
      for (const change of [
        () => lea.api.billableTime.update({ id, client_note: 'x' }),
        () => lea.api.billableTime.reject({ id, reason: 'x' }),
        () => lea.api.billableTime.writeOff({ id, reason: 'x' }),
        () => msp.admin.api.billableTime.archive({ id }),
      ])
        await expect(change()).rejects.toMatchObject({ code: 'CONFLICT' })
      for (const statement of [
        'update billable_time set raw_seconds = 1 where id = ?',
        "update billable_time set client_note = 'x' where id = ?",
        "update billable_time set archived_at = '2026-01-12T12:00:00.000Z' where id = ?",
        "update billable_time set status = 'approved', locked_at = null where id = ?",
        'delete from billable_time where id = ?',
      ]) {
        const error = await directly(statement, id).catch((reason: unknown) => reason)
        expect(msp.server.deps.dialect.refusal(error), statement).toBe('frozen')
      }
      await directly("update billable_time set status = 'invoiced', external_ref = 'INV-1' where id = ?", id)
      expect(await ana.api.billableTime.get({ id })).toMatchObject({ status: 'invoiced', external_ref: 'INV-1' })
    })

    test('that is exported is corrected by an entry against it and a new one', async () => {
      await office()
      await rate(12_000)
      const { id } = await approved({ client_note: 'Wrong client' })
      await expect(lea.api.billableTime.reverse({ id, reason: 'x' })).rejects.toMatchObject({ code: 'CONFLICT' })
      await exported()

      const against = await lea.api.billableTime.reverse({ id, reason: 'Booked on the wrong client' })
      const again = await lea.api.billableTime.reverse({ id, reason: 'Booked on the wrong client' })
      const batch = await exported()

      expect(against).toMatchObject({
        ...{ reverses_id: id, status: 'approved', raw_seconds: 0, work_date: '2026-01-12', technician_id: ana.id },
        ...{ billable_minutes: -60, amount_minor: -12_000, currency: 'USD' },
      })
      expect(again.id).toBe(against.id)
      expect(batch).toMatchObject({ entries: 1, raw_seconds: 0, amounts: { USD: -12_000 } })
      await expect(lea.api.billableTime.reverse({ id: against.id, reason: 'x' })).rejects.toMatchObject({
        code: 'CONFLICT',
      })
    })

    test('of a month is exported once: what is approved later comes into the next batch', async () => {
      await office()
      await rate(5_000)
      await approved()
      await approved({ started_at: at('05:00'), ended_at: at('06:00') })
      await approved({ started_at: null, ended_at: null, raw_seconds: 60, work_date: '2025-12-31' })

      const first = await exported()
      await approved({ raw_seconds: 600 })
      const second = await exported()
      const empty = await exported()

      expect(first).toMatchObject({ entries: 2, raw_seconds: 7_200, billable_minutes: 120, amounts: { USD: 10_000 } })
      expect(second).toMatchObject({ entries: 1, raw_seconds: 600, billable_minutes: 10, amounts: { USD: 833 } })
      expect(empty).toMatchObject({ entries: 0, amounts: {} })
    })

    test('that is not exported is summed per client and month', async () => {
      await office()
      await priced((await book()).id, 5_000)
      await approved({ raw_seconds: 600 })
      await book({ started_at: null, ended_at: null, raw_seconds: 60, work_date: '2025-12-30' })
      await book({ classification: 'non_billable', reason_code: 'training' })
      const { id } = await book()
      await lea.api.billableTime.writeOff({ id, reason: 'Goodwill' })
      const stranger = await msp.technician({ name: 'Ben' })

      const { items } = await ana.api.billableTime.unbilled({})
      const earlier = await ana.api.billableTime.unbilled({ client: `client ${serial}`, before: '2026-01-01' })

      const of = { client_id: clientId, client_name: `Client ${serial}` }
      const december = { ...of, month: '2025-12', entries: 1, raw_seconds: 60, oldest: '2025-12-30', amounts: [] }
      expect(items).toMatchObject([
        december,
        {
          ...{ ...of, month: '2026-01', entries: 2, raw_seconds: 4_200, billable_minutes: 70, not_computed: 0 },
          ...{ oldest: '2026-01-12', amounts: [{ currency: 'USD', amount_minor: 5_000 }] },
        },
      ])
      expect(earlier.items).toMatchObject([december])
      expect((await stranger.api.billableTime.unbilled({})).items).toEqual([])
    })

    test('that one technician claims twice is found, and not that of two', async () => {
      await office()
      const first = await book()
      const second = await book({ started_at: at('09:45'), ended_at: at('11:00') })
      await book({ started_at: at('11:00'), ended_at: at('11:30') })
      await lea.api.billableTime.create({ client_id: clientId, started_at: at('09:00'), ended_at: at('10:00') })
      const gone = await book()
      await ana.api.billableTime.archive({ id: gone.id })
      const within = { date_from: '2026-01-01', date_to: '2026-01-31', client_id: clientId }

      const found = await lea.api.billableTime.overlaps(within)

      expect(found).toMatchObject({
        items: [{ technician_id: ana.id, first: { id: first.id }, second: { id: second.id }, overlap_seconds: 900 }],
        more: false,
      })
      expect((await lea.api.billableTime.overlaps({ ...within, date_to: '2026-01-11' })).items).toEqual([])
      expect((await lea.api.billableTime.overlaps({ ...within, technician_id: lea.id })).items).toEqual([])
    })
  })
}
