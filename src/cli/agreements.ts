import type { InputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { oneLine } from '../recall/clean.ts'
import { idAndName } from './billing-scope.ts'
import { facts, shortId, table } from './layout.ts'
import { formatMoney, parseMoney } from './money.ts'
import { clientFilter, getClient } from './names.ts'
import { choice, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

type NewAgreement = InputOf<Contract['agreements']['create']>
interface AddOptions {
  client: string
  kind: string
  hours?: string
  amount?: string
  overage?: string
  period?: string
  carry?: string
  from: string
  until?: string
  default?: boolean
}

const KINDS = ['tm', 'flat_rate', 'block_hours', 'retainer', 'incident', 'fixed_price', 'internal'] as const
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `msp agreement add|list|show`, `msp calendar add|holiday|list`, `msp work-type add|list`. */
export const addAgreements: AddVerbs = (program, world) => {
  const agreement = program.command('agreement').description('what clients have agreed to pay for (lead)')
  agreement
    .command('add')
    .description('note an agreement of a client')
    .argument('<name>', 'what it is called')
    .requiredOption('--client <client>', 'whose')
    .requiredOption('--kind <kind>', KINDS.join(', '))
    .requiredOption('--from <day>', 'its first day')
    .option('--until <day>', 'its last day')
    .option('--hours <hours>', 'of block hours: what a period holds')
    .option('--amount <amount>', 'of a retainer: what a period holds, as in "2000.00 USD"')
    .option('--overage <amount>', 'of block hours: for an hour beyond them, as in "125.00 USD"; else the usual rate')
    .option('--period <period>', 'month, quarter, year or term', 'month')
    .option('--carry <percent>', 'how much of what is left goes over to the next period', '0')
    .option('--default', 'work of the client falls under it by itself')
    .addHelpText(
      'after',
      example(
        'msp agreement add "Care pack" --client Dataforth --kind block_hours --hours 10 --overage "125.00 USD" --from 2026-01-01 --default',
      ),
    )
    .action((name: string, options: AddOptions) => addAgreement(world, name, options))
  agreement
    .command('list')
    .description('agreements')
    .option('--client <client>', 'of this client only')
    .addHelpText('after', example('msp agreement list'))
    .action((options: { client?: string }) => listAgreements(world, options))
  agreement
    .command('show')
    .description('an agreement, and what is left of its periods')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp agreement show 3f2a9c1e'))
    .action((id: string) => showAgreement(world, id))
  const calendar = program
    .command('calendar')
    .description('when business is open: what after hours, weekends and holidays are (lead)')
  calendar
    .command('add')
    .description('add a calendar')
    .argument('<name>', 'what it is called')
    .requiredOption('--timezone <zone>', 'as in America/Phoenix')
    .option('--client <client>', 'of this client (default: of the MSP)')
    .option('--open <hours>', 'on each of the days, as in 07:00-17:00', '08:00-17:00')
    .option('--days <days...>', 'on which it is open', DAYS.slice(0, 5))
    .addHelpText('after', example('msp calendar add "Phoenix office" --timezone America/Phoenix --open 07:00-17:00'))
    .action((name: string, options: CalendarOptions) => addCalendar(world, name, options))
  calendar
    .command('holiday')
    .description('close a calendar for a day')
    .argument('<calendar>', 'id or its last 8 characters')
    .argument('<day>', 'as in 2026-12-25')
    .argument('<name>', 'as in "Christmas Day"')
    .addHelpText('after', example('msp calendar holiday 3f2a9c1e 2026-12-25 "Christmas Day"'))
    .action(async (id: string, day: string, name: string) => {
      const made = await world.api.holidays.create({
        calendar_id: (await world.api.calendars.get({ id })).id,
        day,
        name,
      })
      world.output.show(made, `✓ Closed on ${made.day}: ${oneLine(made.name, 100)}.`)
    })
  calendar
    .command('list')
    .description('calendars')
    .addHelpText('after', example('msp calendar list'))
    .action(async () => {
      const page = await world.api.calendars.list({ limit: 200 })
      const rows = page.items.map((one) => [shortId(one.id), one.timezone, oneLine(one.name, 60)])
      world.output.show(page, rows.length === 0 ? 'No calendars.' : table(['id', 'time zone', 'name'], rows))
    })
  const type = program.command('work-type').description('kinds of work, as they stand on a bill (lead)')
  type
    .command('add')
    .description('add a kind of work')
    .argument('<name>', 'as in "Remote support"')
    .option('--code <code>', 'a short one')
    .option('--billed <how>', 'billable, non_billable, no_charge or covered', 'billable')
    .option('--travel', 'it is travel')
    .addHelpText(
      'after',
      example('msp work-type add "On site" --code ONSITE', 'msp work-type add Training --billed non_billable'),
    )
    .action(async (name: string, options: { code?: string; billed?: string; travel?: boolean }) => {
      const billed = ['billable', 'non_billable', 'no_charge', 'covered'] as const
      const classification = choice('--billed', options.billed ?? 'billable', billed)
      const is_travel = options.travel === true
      const made = await world.api.workTypes.create({
        name,
        classification,
        is_travel,
        ...given({ code: options.code }),
      })
      world.output.show(made, `✓ Work type ${idAndName(made)}.`)
    })
  type
    .command('list')
    .description('kinds of work')
    .addHelpText('after', example('msp work-type list'))
    .action(async () => {
      const page = await world.api.workTypes.list({ limit: 200 })
      const rows = page.items.map((one) => [shortId(one.id), one.code ?? '', one.classification, oneLine(one.name, 60)])
      world.output.show(page, rows.length === 0 ? 'No work types.' : table(['id', 'code', 'billed', 'name'], rows))
    })
}

/** What another kind of agreement would take and never look at. */
const ONLY_OF = [
  ['hours', 'block_hours'],
  ['overage', 'block_hours'],
  ['amount', 'retainer'],
] as const

async function addAgreement(world: World, name: string, options: AddOptions): Promise<void> {
  const client = await getClient(world, options.client)
  const kind = choice('--kind', options.kind, KINDS)
  for (const [option, of] of ONLY_OF)
    if (options[option] !== undefined && kind !== of)
      throw usage(`--${option} is for --kind ${of}, not ${kind}: leave it out, or change the kind.`)
  const hours = options.hours === undefined ? undefined : Number(options.hours)
  if (hours !== undefined && !(hours > 0)) throw usage(`--hours is a number of hours, not "${options.hours}".`)
  const carry = Number(options.carry ?? '0')
  if (!Number.isInteger(carry) || carry < 0 || carry > 100) throw usage('--carry is a number of percent from 0 to 100.')
  const amount = options.amount === undefined ? undefined : parseMoney(options.amount)
  const overage = options.overage === undefined ? undefined : parseMoney(options.overage, amount?.currency)
  if (amount && overage && amount.currency !== overage.currency)
    throw usage('--amount and --overage need one currency.')
  const made = await world.api.agreements.create({
    ...{ client_id: client.id, name, kind, starts_on: options.from, ends_on: options.until ?? null },
    period: choice('--period', options.period ?? 'month', ['month', 'quarter', 'year', 'term']),
    carry_over_percent: carry,
    ...given({
      allotted_minutes: hours === undefined ? undefined : Math.round(hours * 60),
      allotted_minor: amount?.amount_minor,
      currency: amount?.currency ?? overage?.currency,
      overage_rate_minor: overage?.amount_minor,
    }),
  } as NewAgreement)
  if (options.default) {
    const { row_version } = await world.api.clients.get({ id: client.id })
    await world.api.clients.update({ id: client.id, row_version, default_agreement_id: made.id })
  }
  world.output.show(made, `✓ Agreement ${idAndName(made)}${options.default ? ', the default of its client' : ''}.`)
}

async function listAgreements(world: World, options: { client?: string }): Promise<void> {
  const page = await world.api.agreements.list({ ...(await clientFilter(world, options.client)), limit: 200 })
  const rows = page.items.map((one) => [
    shortId(one.id),
    one.kind,
    one.status,
    `${one.starts_on} to ${one.ends_on ?? '…'}`,
    oneLine(one.name, 60),
  ])
  world.output.show(page, rows.length === 0 ? 'No agreements.' : table(['id', 'kind', 'state', 'days', 'name'], rows))
}

async function showAgreement(world: World, id: string): Promise<void> {
  const one = await world.api.agreements.get({ id })
  const { items } = await world.api.agreementPeriods.list({ agreement_id: one.id, sort: '-starts_on', limit: 24 })
  const money = (minor: number | null) =>
    minor === null || one.currency === null ? null : formatMoney(minor, one.currency)
  const rows = items.map((period) => {
    const minutes = period.allotted_minutes === null ? null : period.allotted_minutes + period.carried_over_minutes
    const minor = period.allotted_minor === null ? null : period.allotted_minor + period.carried_over_minor
    const left =
      minutes === null
        ? money(minor === null ? null : minor - period.used_minor)
        : `${((minutes - period.used_minutes) / 60).toFixed(2)} h`
    const held = minutes === null ? money(minor) : `${(minutes / 60).toFixed(2)} h`
    return [period.starts_on, period.ends_on, held ?? '', left ?? '']
  })
  const head = facts([
    ['agreement', oneLine(one.name, 100)],
    ['kind', one.kind],
    ['days', `${one.starts_on} to ${one.ends_on ?? '…'}`],
    [
      'each',
      one.allotted_minutes === null ? money(one.allotted_minor) : `${one.allotted_minutes / 60} h a ${one.period}`,
    ],
    ['beyond', one.overage_rate_minor === null ? null : `${money(one.overage_rate_minor)} an hour`],
  ])
  const periods = rows.length === 0 ? 'Nothing was drawn from it yet.' : table(['from', 'to', 'held', 'left'], rows)
  world.output.show({ agreement: one, periods: items }, `${head}\n\n${periods}`)
}

interface CalendarOptions {
  timezone: string
  client?: string
  open?: string
  days?: string[]
}

async function addCalendar(world: World, name: string, options: CalendarOptions): Promise<void> {
  const [, from, to] = /^(\d{2}:\d{2})-(\d{2}:\d{2})$/.exec(options.open ?? '') ?? []
  if (from === undefined || to === undefined || from >= to)
    throw usage('--open is a stretch of a day, as in 07:00-17:00.')
  const days = (options.days ?? []).map((day) => choice('--days', day, DAYS))
  const made = await world.api.calendars.create({
    ...(await clientFilter(world, options.client)),
    ...{ name, timezone: options.timezone },
    business_hours: Object.fromEntries(days.map((day) => [day, [[from, to]]])),
  })
  world.output.show(made, `✓ Calendar ${idAndName(made)}.`)
}
