import type { Api, InputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { type Fields, list, object, text } from '../../hooks/input.ts'
import { usage } from '../output.ts'

/** A rule of billing, as a file of recorded work has it: `{"rule": {…}}`. */
export interface RuleLine {
  line: number
  /** Null: of all clients. */
  client: string | null
  fields: Fields
}

const FROM = '2000-01-01'
type NewRule = InputOf<Contract['billingRules']['create']>
type NewModifier = InputOf<Contract['rateModifiers']['create']>

/** Makes what the rules of the lines say: rule, rate, calendar and modifiers, and the clock of each client. @throws ApiError */
export async function makeRules(
  admin: Api,
  rules: readonly RuleLine[],
  clients: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { line, client, fields } of rules) {
    const client_id = client === null ? null : clients.get(client)
    if (client_id === undefined) continue // A client for whom nothing was done.
    const timezone = text(fields.timezone)
    if (client_id !== null && timezone !== undefined) await setZone(admin, client_id, timezone)
    const name = `Line ${line}`
    await admin.billingRules.create({ client_id, name, valid_from: FROM, ...roundingOf(fields) } as NewRule)
    const currency = text(fields.currency) ?? 'USD'
    if (typeof fields.rateMinor === 'number')
      await admin.rates.create({ client_id, name, valid_from: FROM, amount_minor: fields.rateMinor, currency })
    const hours = object(fields.businessHours)
    const calendar =
      hours &&
      (await admin.calendars.create({
        client_id,
        name,
        timezone: timezone ?? 'UTC',
        business_hours: openingOf(hours, line),
      }))
    for (const one of list(fields.modifiers)) {
      const { condition, kind, valueBp, valueMinor, clock } = object(one) ?? {}
      const value =
        kind === 'multiply' || kind === 'hours_multiply' ? { value_bp: valueBp } : { value_minor: valueMinor, currency }
      const of = { client_id, calendar_id: calendar?.id ?? null, name, valid_from: FROM }
      await admin.rateModifiers.create({
        ...of,
        condition,
        kind,
        ...value,
        clock: clock ?? 'split',
      } as unknown as NewModifier)
    }
  }
}

async function setZone(admin: Api, id: string, timezone: string): Promise<void> {
  const { row_version } = await admin.clients.get({ id })
  await admin.clients.update({ id, row_version, timezone })
}

function roundingOf(fields: Fields) {
  const named = {
    increment_minutes: fields.incrementMinutes,
    rounding: fields.rounding,
    minimum_minutes: fields.minimumMinutes,
    maximum_minutes: fields.maximumMinutes,
    grace_minutes: fields.graceMinutes,
    aggregation: fields.aggregation,
    seconds_mode: fields.secondsMode,
    minimum_applies: fields.minimumApplies,
    amount_mode: fields.amountMode,
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

function openingOf(hours: Fields, line: number): Record<string, [string, string][]> {
  const [from, to] = [text(hours.from), text(hours.to)]
  if (from === undefined || to === undefined) throw usage(`Line ${line}: businessHours needs "days", "from" and "to".`)
  return Object.fromEntries(list(hours.days).flatMap((day) => (text(day) ? [[text(day), [[from, to]]]] : [])))
}
