import { describe, expect, test } from 'vitest'
import { nextNumber, notificationDue } from '../../server/domains/incidents/rules.ts'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** Security incidents from the report to the lessons, and who has to be told in time. */

describe('a notification', () => {
  const incident = { detected_at: '2026-01-12T09:00:00.000Z', data_subjects_affected: 3, notification_waiver: null }

  test.each([
    ['72 hours after detection', incident, ['soc2', 'GDPR'], '2026-01-15T09:00:00.000Z'],
    ['never where the law does not apply', incident, ['hipaa'], null],
    ['never when nobody is affected', { ...incident, data_subjects_affected: 0 }, ['gdpr'], null],
    ['never while nobody knows of people', { ...incident, data_subjects_affected: null }, ['gdpr'], null],
    ['never when it is said why not', { ...incident, notification_waiver: 'Encrypted' }, ['gdpr'], null],
    [
      'all the same for an empty reason',
      { ...incident, notification_waiver: ' ' },
      ['gdpr'],
      '2026-01-15T09:00:00.000Z',
    ],
  ])('is due %s', (_when, row, compliance, due) => {
    expect(notificationDue(row, compliance)).toBe(due)
  })
})

test.each([
  [undefined, '2026-0001'],
  ['2026-0007', '2026-0008'],
  ['2026-9999', '2026-10000'],
])('after the number %s comes %s', (last, next) => {
  expect(nextNumber(new Date('2026-06-01T00:00:00.000Z'), last)).toBe(next)
})

for (const database of DATABASES) {
  describe(`a security incident, on ${database}`, () => {
    async function office(compliance: string[] = []) {
      const msp = await testServer({ database })
      const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
      const client_id = await msp.client('Dataforth')
      await msp.admin.api.clients.update({ id: client_id, compliance })
      const report = (more: Record<string, unknown> = {}) =>
        lea.api.securityIncidents.create({ client_id, title: 'Phishing mail', category: 'social', ...more })
      return {
        msp,
        lea,
        client_id,
        report,
        incidents: lea.api.securityIncidents,
        [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
      }
    }

    test('is stamped at every step from the report to its end', async () => {
      await using world = await office()
      const { msp, incidents, report } = world
      const { id } = await report()
      const steps = ['triage', 'contain', 'eradicate', 'recover', 'close'] as const

      for (const step of steps) {
        msp.clock.advance(60_000)
        await incidents[step]({ id })
      }

      const minute = (number: number) => `2026-01-12T09:0${number}:00.000Z`
      expect(await incidents.get({ id })).toMatchObject({
        number: '2026-0001',
        status: 'closed',
        detected_at: minute(0),
        triaged_at: minute(1),
        contained_at: minute(2),
        eradicated_at: minute(3),
        resolved_at: minute(4),
        closed_at: minute(5),
      })
    })

    test('does not skip to its end, and says what is possible', async () => {
      await using world = await office()
      const { incidents, report } = world
      const { id } = await report()

      await expect(incidents.close({ id })).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('contained or eradicated or recovered'),
      })
    })

    test('takes a step once: again it changes nothing', async () => {
      await using world = await office()
      const { msp, incidents, report } = world
      const { id } = await report()
      const first = await incidents.triage({ id, severity: 'critical' })
      msp.clock.advance(60_000)

      expect(await incidents.triage({ id, severity: 'low' })).toEqual(first)
      expect(first.severity).toBe('critical')
    })

    test('that was none is dismissed with a reason, and opened again when it was one', async () => {
      await using world = await office()
      const { incidents, report } = world
      const { id } = await report()

      const dismissed = await incidents.dismiss({ id, reason: 'A test of the insurer' })
      const reopened = await incidents.reopen({ id })

      expect(dismissed).toMatchObject({ status: 'false_positive', root_cause: 'A test of the insurer' })
      expect(reopened).toMatchObject({ status: 'triaged', closed_at: null })
    })

    test('with people affected at a client under GDPR stays open until they are told', async () => {
      await using world = await office(['gdpr'])
      const { incidents, report } = world
      const { id } = await report({ detected_at: '2026-01-12T06:30:00.000Z' })
      const known = await incidents.update({ id, data_subjects_affected: 12 })
      await incidents.contain({ id })

      const early = incidents.close({ id })

      expect(known.notification_due_at).toBe('2026-01-15T06:30:00.000Z')
      await expect(early).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('due by 2026-01-15'),
      })
      expect(await incidents.notify({ id })).toMatchObject({ notified_at: '2026-01-12T09:00:00.000Z' })
      expect(await incidents.close({ id })).toMatchObject({ status: 'closed' })
    })

    test('needs no notification when it is recorded why', async () => {
      await using world = await office(['gdpr'])
      const { incidents, report } = world
      const { id, notification_due_at } = await report({ data_subjects_affected: 1 })

      const waived = await incidents.update({ id, notification_waiver: 'The laptop was encrypted' })

      expect([notification_due_at, waived.notification_due_at]).toEqual(['2026-01-15T09:00:00.000Z', null])
    })

    test('keeps the instant of its detection, which can be corrected', async () => {
      await using world = await office()
      const { incidents, report } = world
      const { id } = await report()

      const kept = await incidents.update({ id, detected_at: null })
      const corrected = await incidents.update({ id, detected_at: '2026-01-11T09:00:00.000Z' })

      expect([kept.detected_at, corrected.detected_at]).toEqual([
        '2026-01-12T09:00:00.000Z',
        '2026-01-11T09:00:00.000Z',
      ])
    })

    test('gets a number of its own though ten are reported at once; each client counts for itself, each year anew', async () => {
      await using world = await office()
      const { msp, lea, report } = world
      const contoso = await msp.client('Contoso')
      await msp.admin.api.users.grant({ id: lea.id, client_id: contoso, level: 'write' })

      const made = await Promise.all(Array.from({ length: 10 }, () => report()))
      const other = await report({ client_id: contoso })
      msp.clock.set('2027-01-01T00:00:00.000Z')
      const next = await report()

      const numbers = made.map(({ number }) => number).sort()
      expect([new Set(numbers).size, numbers[0], numbers[9]]).toEqual([10, '2026-0001', '2026-0010'])
      expect([other.number, next.number]).toEqual(['2026-0001', '2027-0001'])
    })

    test('names what it touched: one thing each, of its client', async () => {
      await using world = await office()
      const { msp, lea, client_id, report } = world
      const incident_id = (await report()).id
      const contoso = await msp.client('Contoso')
      const server = (of: string) =>
        msp.admin.api.infrastructure.create({ client_id: of, kind: 'laptop', hostname: 'LT-1' })
      const [own, other] = [await server(client_id), await server(contoso)]
      const link = msp.admin.api.incidentEntities.create

      const linked = await link({ incident_id, infrastructure_id: own.id, relation: 'source' })

      expect(linked).toMatchObject({ client_id, infrastructure_id: own.id, relation: 'source' })
      await expect(link({ incident_id, infrastructure_id: other.id })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(link({ incident_id })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(link({ incident_id, infrastructure_id: own.id, user_id: lea.id })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      })
    })
  })
}
