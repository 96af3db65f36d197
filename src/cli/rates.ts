import type { InputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { oneLine } from '../recall/clean.ts'
import { type BillingScope, scopeOf, scopeOptions, shortDay, whoseOf } from './billing-scope.ts'
import { counted, shortId, table } from './layout.ts'
import { formatMoney, parseMoney } from './money.ts'
import { getClient } from './names.ts'
import { choice, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface RateOptions extends BillingScope {
  name?: string
  flat?: boolean
  from?: string
  until?: string
}
interface RuleOptions extends BillingScope {
  name?: string
  increment?: string
  rounding?: string
  minimum?: string
  maximum?: string
  grace?: string
  per?: string
  from?: string
  until?: string
}
type NewRate = InputOf<Contract['rates']['create']>
type NewRule = InputOf<Contract['billingRules']['create']>

const EVER = '2000-01-01'

/** `msp rate add|list|apply`, `msp rule add|list`. */
export const addRates: AddVerbs = (program, world) => {
  const rate = program.command('rate').description('what an hour, or a visit, costs (lead)')
  scopeOptions(rate.command('add'))
    .description('set what an hour costs: for everyone, or narrower; the narrowest that fits counts')
    .argument('<amount>', 'as in "120.00 USD"')
    .option('--name <name>', 'what it is called (default: for whom it is)')
    .option('--flat', 'of a visit, however long it takes, instead of an hour')
    .option('--from <day>', 'for work from this day on (default: always)')
    .option('--until <day>', 'for work up to this day')
    .addHelpText('after', example('msp rate add "120.00 USD"', 'msp rate add "95.00 USD" --client Dataforth'))
    .action((amount: string, options: RateOptions) => addRate(world, amount, options))
  rate
    .command('list')
    .description('all rates')
    .option('--client <client>', 'of this client only')
    .addHelpText('after', example('msp rate list'))
    .action((options: BillingScope) => listRates(world, options))
  rate
    .command('apply')
    .description('have rates and rules of now count for the time of a month that is not exported yet')
    .requiredOption('--client <client>', 'whose time')
    .requiredOption('--month <month>', 'as in 2026-01')
    .addHelpText('after', example('msp rate apply --client Dataforth --month 2026-01'))
    .action((options: { client: string; month: string }) => apply(world, options))
  const rule = program.command('rule').description('how worked time becomes billed time (lead)')
  scopeOptions(rule.command('add'))
    .description('set increment, rounding and minimum: for everyone, or narrower; the narrowest that fits counts')
    .option('--name <name>', 'what it is called')
    .option('--increment <minutes>', 'billed in steps of so many minutes', '15')
    .option('--rounding <how>', 'up, nearest, down or none', 'up')
    .option('--minimum <minutes>', 'at least so many', '0')
    .option('--maximum <minutes>', 'at most so many')
    .option('--grace <minutes>', 'so many beyond a step are given away', '0')
    .option('--per <what>', 'round each entry, ticket, ticket_day, day or session', 'entry')
    .option('--from <day>', 'for work from this day on (default: always)')
    .option('--until <day>', 'for work up to this day')
    .addHelpText('after', example('msp rule add --client Dataforth --increment 15 --minimum 30 --per ticket_day'))
    .action((options: RuleOptions) => addRule(world, options))
  rule
    .command('list')
    .description('all rules')
    .option('--client <client>', 'of this client only')
    .addHelpText('after', example('msp rule list'))
    .action((options: BillingScope) => listRules(world, options))
}

async function addRate(world: World, amount: string, options: RateOptions): Promise<void> {
  const { amount_minor, currency } = parseMoney(amount)
  if (amount_minor < 0) throw usage('A rate is not below zero.')
  const scope = await scopeOf(world, options)
  const made = await world.api.rates.create({
    ...scope,
    ...{
      name: options.name ?? (options.client ? `Rate of ${options.client}` : 'Standard rate'),
      amount_minor,
      currency,
    },
    unit: options.flat ? 'flat' : 'hour',
    ...{ valid_from: options.from ?? EVER, valid_to: options.until ?? null },
  } as NewRate)
  world.output.show(
    made,
    `✓ Rate ${shortId(made.id)}: ${formatMoney(made.amount_minor, made.currency)} ${made.unit === 'flat' ? 'each' : 'an hour'}, ${await whoseOf(world, made)}.`,
  )
}

async function apply(world: World, { client, month }: { client: string; month: string }): Promise<void> {
  const { id } = await getClient(world, client)
  const answer = await world.api.billableTime.reprice({ client_id: id, month })
  const sums = answer.after.amounts.map((one) => formatMoney(one.amount_minor, one.currency)).join(', ')
  world.output.show(
    answer,
    `✓ ${counted(answer.changed, 'entry', 'entries')} of ${answer.entries} changed${sums === '' ? '' : `: ${sums} now`}.`,
  )
}

async function listRates(world: World, options: BillingScope): Promise<void> {
  const page = await world.api.rates.list({ ...(await scopeOf(world, options)), limit: 200 })
  const rows = await Promise.all(
    page.items.map(async (one) => [
      shortId(one.id),
      `${formatMoney(one.amount_minor, one.currency)}${one.unit === 'flat' ? ' each' : '/h'}`,
      await whoseOf(world, one),
      shortDay(one.valid_from, one.valid_to),
      oneLine(one.name, 50),
    ]),
  )
  const text = table(['id', 'rate', 'for', 'days', 'name'], rows)
  world.output.show(
    page,
    rows.length === 0 ? 'No rates: time has no price yet. Set one with: msp rate add "120.00 USD"' : text,
  )
}

async function addRule(world: World, options: RuleOptions): Promise<void> {
  const minutes = (name: string, value: string | undefined, least: number) => {
    if (value === undefined) return undefined
    const number = Number(value)
    if (!Number.isInteger(number) || number < least || number > 1_440)
      throw usage(`--${name} is a number of minutes from ${least} to 1440, not "${value}".`)
    return number
  }
  const aggregations = ['entry', 'ticket', 'ticket_day', 'day', 'session'] as const
  const made = await world.api.billingRules.create({
    ...(await scopeOf(world, options)),
    name: options.name ?? (options.client ? `Rule of ${options.client}` : 'Standard rule'),
    ...given({
      increment_minutes: minutes('increment', options.increment, 1),
      minimum_minutes: minutes('minimum', options.minimum, 0),
      maximum_minutes: minutes('maximum', options.maximum, 1),
      grace_minutes: minutes('grace', options.grace, 0),
    }),
    rounding: choice('--rounding', options.rounding ?? 'up', ['up', 'nearest', 'down', 'none']),
    aggregation: choice('--per', options.per ?? 'entry', aggregations),
    ...{ valid_from: options.from ?? EVER, valid_to: options.until ?? null },
  } as NewRule)
  world.output.show(made, `✓ Rule ${shortId(made.id)}: ${ruleText(made)}, ${await whoseOf(world, made)}.`)
}

interface ShownRule {
  increment_minutes: number
  rounding: string
  minimum_minutes: number
  maximum_minutes: number | null
  grace_minutes: number
  aggregation: string
}

const ruleText = (rule: ShownRule): string =>
  [
    `${rule.rounding === 'none' ? 'not rounded' : `${rule.rounding} to ${rule.increment_minutes} min`}`,
    ...(rule.minimum_minutes > 0 ? [`at least ${rule.minimum_minutes} min`] : []),
    ...(rule.maximum_minutes === null ? [] : [`at most ${rule.maximum_minutes} min`]),
    ...(rule.grace_minutes > 0 ? [`${rule.grace_minutes} min of grace`] : []),
    `per ${rule.aggregation.replace('_', ' and ')}`,
  ].join(', ')

async function listRules(world: World, options: BillingScope): Promise<void> {
  const page = await world.api.billingRules.list({ ...(await scopeOf(world, options)), limit: 200 })
  const rows = await Promise.all(
    page.items.map(async (one) => [
      shortId(one.id),
      await whoseOf(world, one),
      ruleText(one),
      shortDay(one.valid_from, one.valid_to),
      oneLine(one.name, 50),
    ]),
  )
  const text = table(['id', 'for', 'rule', 'days', 'name'], rows)
  world.output.show(
    page,
    rows.length === 0 ? 'No rules: time is billed to the minute. Set one with: msp rule add' : text,
  )
}
