import type { InputOf, OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { duration } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { counted, shortId, table } from './layout.ts'
import { formatMoney } from './money.ts'
import { clientFilter, projectFilter } from './names.ts'
import { choice, count, given } from './options.ts'
import { EXIT, Failure, sentenceOf, usage } from './output.ts'
import { technicianFilter } from './technicians.ts'
import type { BookOptions, ListOptions } from './time.ts'
import { bookedOn, placeOfTime } from './time-place.ts'
import { daysOf, instantOf, localDayOf, secondsOf } from './time-words.ts'
import type { World } from './world.ts'

type Entry = OutputOf<Contract['billableTime']['get']>
type TimeLine = OutputOf<Contract['reports']['lines']>['items'][number]
type Ask = NonNullable<InputOf<Contract['reports']['lines']>>

const STATUS = [
  ...(['running', 'draft', 'submitted', 'approved', 'exported', 'invoiced', 'written_off'] as const),
] satisfies Entry['status'][]
const CLASSIFICATION = ['billable', 'non_billable', 'no_charge', 'covered'] as const

export async function list(world: World, options: ListOptions): Promise<void> {
  const status = options.status === undefined ? undefined : choice('--status', options.status, STATUS)
  const days = daysOf(options, world.now())
  const [ofClient, ofProject, ofTechnician] = await Promise.all([
    clientFilter(world, options.client),
    projectFilter(world, options.project),
    options.mine ? ownTime(world) : technicianFilter(world, options.technician),
  ])
  const page = await world.api.reports.lines({
    ...{ ...ofClient, ...ofProject, ...ofTechnician, ...days },
    ...given({ status }),
    limit: count('--limit', options.limit ?? '100', 200),
  })
  world.output.show(page, listText(page.items, page.next_cursor !== null, days))
}

const ownTime = async (world: World) => ({ technician_id: (await world.api.auth.me()).id })

function listText(
  items: readonly TimeLine[],
  more: boolean,
  { since, until }: { since: string; until: string },
): string {
  if (items.length === 0)
    return `No time from ${since} to ${until}. Ask for other days with --month, or book some: msp time add 45m --client NAME`
  const rows = items.map((one) => [
    ...[shortId(one.id), one.work_date, one.client, one.technician, one.status],
    ...[one.raw_seconds === null ? 'runs' : duration(one.raw_seconds), minutesText(one), amountText(one)],
    `${one.overlaps ? '! overlaps  ' : ''}${oneLine(one.client_note ?? one.work_item ?? one.project ?? '', 60)}`,
  ])
  const raw = items.reduce((sum, { raw_seconds }) => sum + (raw_seconds ?? 0), 0)
  const billable = items.reduce((sum, { billable_minutes }) => sum + (billable_minutes ?? 0), 0)
  const notPriced = items.filter(isNotPriced).length
  const heads = ['id', 'day', 'client', 'technician', 'status', 'worked', 'billed', 'amount', 'what']
  const total = [
    `${counted(items.length, 'entry', 'entries')}: ${duration(raw)} worked, ${duration(billable * 60)} billed`,
    ...amountsOf(items).map(([currency, minor]) => formatMoney(minor, currency)),
    ...(notPriced === 0 ? [] : [`${notPriced} not priced`]),
  ].join(', ')
  const end = more
    ? '\nThere are more, which are not in this total. Ask for fewer days, or add them up with: msp report hours'
    : ''
  return `${table(heads, rows)}\n${total}${end}`
}

const minutesText = ({ billable_minutes }: TimeLine) =>
  billable_minutes === null ? '-' : duration(billable_minutes * 60)
const isNotPriced = ({ classification, amount_minor }: TimeLine) =>
  classification === 'billable' && amount_minor === null
const amountText = (one: TimeLine) =>
  one.amount_minor !== null && one.currency !== null
    ? formatMoney(one.amount_minor, one.currency)
    : isNotPriced(one)
      ? 'not priced'
      : one.classification.replace('_', ' ')

function amountsOf(items: readonly TimeLine[]): [string, number][] {
  const sums = new Map<string, number>()
  for (const { amount_minor, currency } of items)
    if (amount_minor !== null && currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + amount_minor)
  return [...sums].sort()
}

export async function add(world: World, text: string, options: BookOptions): Promise<void> {
  const raw_seconds = secondsOf(text)
  const place = await placeOfTime(world, options)
  const entry = await world.api.billableTime.create({
    client_id: place.client_id,
    ...given({ project_id: place.project_id, session_id: place.session_id }),
    ...(await bookedOn(world, place.client_id, options)),
    ...(options.at === undefined
      ? { raw_seconds, work_date: options.date ?? localDayOf(world.now()) }
      : startingAt(world, options.at, options.date, raw_seconds)),
    ...words(options),
  })
  world.output.show(
    entry,
    `✓ Time ${shortId(entry.id)}: ${worked(entry)} for ${place.client_name}. Hand it in with: msp time submit ${shortId(entry.id)}`,
  )
}

const worked = (entry: Entry) => `${duration(entry.raw_seconds ?? 0)} on ${entry.work_date}`

function startingAt(world: World, at: string, date: string | undefined, seconds: number) {
  const started_at = instantOf('--at', at, world.now(), date)
  return {
    started_at,
    ended_at: new Date(Date.parse(started_at) + seconds * 1_000).toISOString(),
    raw_seconds: seconds,
  }
}

function words({ note, internal, classification, reason }: BookOptions) {
  const kind = classification === undefined ? undefined : choice('--classification', classification, CLASSIFICATION)
  return given({
    client_note: note,
    internal_note: internal,
    classification: kind ?? (reason === undefined ? undefined : ('non_billable' as const)),
    reason_code: reason as Entry['reason_code'] | undefined,
  })
}

export async function edit(world: World, id: string, options: BookOptions & { duration?: string }): Promise<void> {
  const before = await world.api.billableTime.get({ id })
  const seconds = options.duration === undefined ? undefined : secondsOf(options.duration)
  const change = {
    ...given({ project_id: (await projectFilter(world, options.project)).project_id }),
    ...(await bookedOn(world, before.client_id, options)),
    ...timesOf(world, before, seconds, options),
    ...words(options),
  }
  if (Object.keys(change).length === 0) throw usage('Say what to change, as in: msp time edit ID --duration 50m')
  const entry = await world.api.billableTime.update({ id: before.id, row_version: before.row_version, ...change })
  world.output.show(entry, `✓ Time ${shortId(entry.id)}: ${worked(entry)}, ${entry.status}`)
}

/** An entry that has a beginning keeps its end in step with its duration. */
function timesOf(world: World, before: Entry, seconds: number | undefined, { at, date }: BookOptions) {
  const length = seconds ?? before.raw_seconds ?? 0
  if (at !== undefined) return startingAt(world, at, date ?? before.work_date ?? undefined, length)
  if (seconds === undefined && date === undefined) return {}
  if (before.started_at === null) return given({ raw_seconds: seconds, work_date: date })
  if (date !== undefined)
    throw usage('This entry has a beginning. Move it with --at as well, as in: --date 2026-01-12 --at 09:30')
  const ended_at = new Date(Date.parse(before.started_at) + length * 1_000).toISOString()
  return { raw_seconds: seconds as number, ended_at }
}

/** Submits or approves entries one by one; what cannot be is said, and the others are done. */
export async function handOn(
  world: World,
  verb: 'submit' | 'approve',
  ids: readonly string[],
  options: ListOptions & { all?: boolean },
): Promise<void> {
  if (ids.length === 0 && options.all !== true)
    throw usage(`Which? Name entries, or say --all, as in: msp time ${verb} --all --month 2026-01`)
  const which = ids.length > 0 ? ids : await idsOf(world, verb, options)
  const done: Entry[] = []
  const failed: { id: string; message: string }[] = []
  for (const id of which)
    try {
      done.push(await world.api.billableTime[verb]({ id }))
    } catch (error) {
      if (which.length === 1) throw error
      failed.push({ id, message: sentenceOf(error) })
    }
  const word = verb === 'submit' ? 'submitted' : 'approved'
  const text = [
    which.length === 0 ? `Nothing to ${verb}.` : `✓ ${counted(done.length, 'entry', 'entries')} ${word}.`,
    ...failed.map(({ id, message }) => `${shortId(id)} not: ${message}`),
  ]
  world.output.show({ [word]: done, failed }, text.join('\n'))
  if (failed.length > 0) process.exitCode = EXIT.failed
}

async function idsOf(world: World, verb: 'submit' | 'approve', options: ListOptions): Promise<string[]> {
  const ask: Ask = {
    ...(await clientFilter(world, options.client)),
    ...daysOf(options, world.now()),
    ...(verb === 'submit' ? { status: 'draft', ...(await ownTime(world)) } : { status: 'submitted' }),
    limit: 200,
  }
  const found: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await world.api.reports.lines({ ...ask, ...given({ cursor }) })
    found.push(...page.items.map(({ id }) => id))
    cursor = page.next_cursor
  }
  return found
}

export async function reject(world: World, id: string, reason: string): Promise<void> {
  const entry = await world.api.billableTime.reject({ id, reason })
  world.output.show(entry, `✓ Time ${shortId(entry.id)} is a draft again: ${oneLine(reason, 120)}`)
}

export async function start(world: World, options: BookOptions): Promise<void> {
  const place = await placeOfTime(world, options)
  const entry = await world.api.billableTime.start({
    client_id: place.client_id,
    machine_id: machineOf(world),
    ...given({ project_id: place.project_id, session_id: place.session_id, client_note: options.note }),
    ...(await bookedOn(world, place.client_id, options)),
  })
  world.output.show(entry, `✓ Timer for ${place.client_name} runs (${shortId(entry.id)}). Stop it with: msp time stop`)
}

function machineOf({ settings }: World): string {
  if (settings.machineId !== undefined) return settings.machineId
  throw new Failure(EXIT.failed, 'This machine is not enrolled, and a timer runs on a machine. Sign in with: msp login')
}

async function timerOf(world: World, id: string | undefined): Promise<string> {
  if (id !== undefined) return id
  const machine = machineOf(world)
  const { items } = await world.api.billableTime.list({ ...(await ownTime(world)), status: 'running', limit: 50 })
  const timer = items.find(({ machine_id }) => machine_id === machine)
  if (timer !== undefined) return timer.id
  throw new Failure(
    EXIT.notFound,
    'No timer of yours runs on this machine. Start one with: msp time start --client NAME',
  )
}

export async function turn(world: World, verb: 'pause' | 'resume', id: string | undefined): Promise<void> {
  const entry = await world.api.billableTime[verb]({ id: await timerOf(world, id) })
  world.output.show(
    entry,
    `✓ Timer ${shortId(entry.id)} ${verb === 'pause' ? 'stands still. Let it run on with: msp time resume' : 'runs on.'}`,
  )
}

export async function stop(world: World, id: string | undefined, at: string | undefined): Promise<void> {
  const ended_at = at === undefined ? undefined : instantOf('--at', at, world.now())
  const entry = await world.api.billableTime.stop({ id: await timerOf(world, id), ...given({ ended_at }) })
  world.output.show(
    entry,
    `✓ Time ${shortId(entry.id)}: ${worked(entry)}. Hand it in with: msp time submit ${shortId(entry.id)}`,
  )
}

export async function overlaps(world: World, options: ListOptions): Promise<void> {
  const { since, until } = daysOf(options, world.now())
  const found = await world.api.billableTime.overlaps({
    ...{ date_from: since, date_to: until, limit: 200 },
    ...{ ...(await clientFilter(world, options.client)), ...(await technicianFilter(world, options.technician)) },
  })
  const rows = found.items.map(({ first, second, overlap_seconds }) => [
    ...[
      second.started_at.slice(0, 16).replace('T', ' '),
      duration(overlap_seconds),
      shortId(first.id),
      shortId(second.id),
    ],
    first.client_id === second.client_id ? 'same client' : 'two clients',
  ])
  const none = `No entries claim the same time from ${since} to ${until}.`
  const more = found.more ? '\nThere are more. Ask for fewer days.' : ''
  world.output.show(
    found,
    rows.length === 0 ? none : `${table(['from (UTC)', 'how long', 'entry', 'and', 'clients'], rows)}${more}`,
  )
}
