import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { oneLine } from '../recall/clean.ts'
import { readStdin } from './ask.ts'
import { count, given } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import { needPerson, stepUp } from './person.ts'
import { example } from './register.ts'
import { integrationFilter, sessionHere, ticketSession } from './tickets-where.ts'
import type { World } from './world.ts'

type Action = OutputOf<Contract['tickets']['note']>

interface About {
  of?: string
  integration?: string
}
interface NoteOptions extends About {
  body?: string
  summary?: boolean
  visible?: boolean
  mail?: boolean
}
interface TimeOptions extends About {
  minutes?: string
  at?: string
  note?: string
  entry?: string
}
interface AttachOptions extends About {
  file?: string
  url?: string
  name?: string
}

const MOST_BYTES = 5 * 1024 * 1024

/** `msp ticket note|time|attach|status`: done at once, or queued where the system is away. */
export function addTicketWrites(ticket: Command, world: World): void {
  const writing = (name: string, description: string) =>
    ticket
      .command(name)
      .description(description)
      .argument('<ticket>', '#number or id')
      .option('--of <session>', 'the session that it is about (default: this one)')
      .option('--integration <name>', 'of this system, where there are several')
  writing('note', 'write a note that only colleagues see, unless a person says otherwise')
    .option('--body <text>', 'the note; left out: from stdin')
    .option('--summary', 'what the session has ready for its ticket')
    .option('--visible', 'the customer sees it in the portal: asks for your password')
    .option('--mail', 'the customer gets it by mail: asks for your password')
    .addHelpText('after', example("msp ticket note '#12345' --body 'Restarted the print spooler on SRV-OLD'"))
    .action((number: string, options: NoteOptions) => note(world, number, options))
  writing('time', 'book worked minutes, once; the PSA rounds by its own rules')
    .option('--minutes <number>', 'worked, not rounded (default: the time of the session, once it has ended)')
    .option('--at <instant>', 'when the work began, as in 2026-01-12T09:00:00Z (default: it ended just now)')
    .option('--note <text>', 'what was done')
    .option('--entry <id>', 'a time entry of "msp time list": its minutes, booked once')
    .addHelpText('after', example("msp ticket time '#12345' --minutes 25 --note 'Print spooler'"))
    .action((number: string, options: TimeOptions) => time(world, number, options))
  writing('attach', 'attach a file, or say in an internal note where it is')
    .option('--file <path>', 'a file of at most 5 MB')
    .option('--url <address>', 'a file that the PSA can fetch')
    .option('--name <name>', 'what it is called there')
    .addHelpText('after', example("msp ticket attach '#12345' --file report.pdf"))
    .action((number: string, options: AttachOptions) => attach(world, number, options))
  writing('status', 'give it another status of those that the account has')
    .argument('<status>', 'as the PSA calls it')
    .addHelpText('after', example("msp ticket status '#12345' Resolved"))
    .action((number: string, value: string, options: About) => status(world, number, value, options))
}

async function whereOf(world: World, ticket: string, { of, integration }: About) {
  return { ticket, ...(await sessionHere(world, of)), ...(await integrationFilter(world, integration)) }
}

/** The same in one Claude Code session is one thing, also when the session was resumed in between. Outside of one the server tells what is the same. */
function sameInSession(world: World, ...what: readonly (string | undefined)[]): { dedup_id?: string } {
  const session = world.sessionIdIfAny()
  if (session === null) return {}
  return {
    dedup_id: createHash('sha256')
      .update(JSON.stringify([session, ...what]))
      .digest('hex'),
  }
}

async function note(world: World, ticket: string, options: NoteOptions): Promise<void> {
  const body = (
    options.summary
      ? await preparedNote(world, options.of)
      : (options.body ?? (await readStdin('Give the note with --body, or on stdin.')))
  ).trim()
  if (body === '') throw usage('The note is empty. Nothing was written.')
  const where = await whereOf(world, ticket, options)
  const audience = options.mail ? 'mailed' : options.visible ? 'portal' : 'internal'
  const same = sameInSession(world, 'note', ticket, body, audience)
  const action = await world.api.tickets.note({ ...where, ...same, body, audience, ...(await yesFor(world, audience)) })
  show(world, action, `Note on ${ticket}`)
}

/** @throws Failure where the session has nothing ready */
async function preparedNote(world: World, of: string | undefined): Promise<string> {
  const session = await ticketSession(world, of)
  const { ticket_note } = await world.api.sessions.report({ id: session.id })
  if (ticket_note !== null) return ticket_note
  throw new Failure(
    EXIT.notFound,
    'This session has no note ready: it has no ticket, or no work yet. Write it with --body.',
  )
}

/** The time that was made of a session, when it ended. @throws Failure where there is none */
async function preparedTime(world: World, of: string | undefined): Promise<string> {
  const session = await ticketSession(world, of)
  const { time_entries } = await world.api.sessions.report({ id: session.id })
  const last = time_entries.at(-1)
  if (last) return last.id
  throw usage(
    'Say how long it took: --minutes, or --entry with a time entry of "msp time list". The time of a session is made when it ends.',
  )
}

/** Nothing reaches a customer without a person who says so at a terminal. */
async function yesFor(world: World, audience: 'internal' | 'portal' | 'mailed'): Promise<{ step_up?: string }> {
  if (audience === 'internal') return {}
  needPerson(world, `msp ticket note … --${audience === 'mailed' ? 'mail' : 'visible'}`)
  world.output.note(
    audience === 'mailed' ? 'The customer gets this by mail.' : 'The customer sees this in their portal.',
  )
  return { step_up: await stepUp(world) }
}

async function time(world: World, ticket: string, options: TimeOptions): Promise<void> {
  const entry =
    options.minutes === undefined ? (options.entry ?? (await preparedTime(world, options.of))) : options.entry
  const where = await whereOf(world, ticket, options)
  const answer = await world.api.tickets.time({
    ...where,
    ...sameInSession(world, 'time', ticket, options.minutes, options.at, options.note),
    ...given({
      minutes: options.minutes === undefined ? undefined : count('--minutes', options.minutes, 24 * 60),
      at: options.at === undefined ? undefined : instant(options.at),
      note: options.note,
      billable_time_id: entry,
    }),
  })
  const { billable_minutes: ours, external_billable_minutes: theirs } = answer
  const figures = [
    ...(ours === null ? [] : [`ours ${ours} min`]),
    ...(theirs === null ? [] : [`theirs ${theirs} min${answer.differs ? ', which differs' : ''}`]),
  ]
  show(
    world,
    answer.action,
    `Time on ${ticket}${figures.length === 0 ? '' : ` (billed: ${figures.join(', ')})`}`,
    answer,
  )
}

function instant(text: string): string {
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw usage(`--at is an instant like 2026-01-12T09:00:00Z, not "${text}".`)
  return new Date(at).toISOString()
}

async function attach(world: World, ticket: string, options: AttachOptions): Promise<void> {
  const { file, url, name } = options
  if ((file === undefined) === (url === undefined)) throw usage('Give exactly one of --file and --url.')
  const where = await whereOf(world, ticket, options)
  const what = file === undefined ? { url: url as string } : await stored(world, file, options)
  const content = file === undefined ? url : createHash('sha256').update(readFileSync(file)).digest('hex')
  const same = sameInSession(world, 'file', ticket, content, name)
  const action = await world.api.tickets.attach({ ...where, ...same, ...what, ...given({ name }) })
  show(world, action, `${name ?? (file === undefined ? 'File' : basename(file))} on ${ticket}`)
}

/** The file, kept here: what goes over is what was attached, however late it goes. */
async function stored(world: World, path: string, { of }: About): Promise<{ attachment_id: string }> {
  const session = await ticketSession(world, of)
  const size = statSync(path, { throwIfNoEntry: false })?.size
  if (size === undefined) throw usage(`There is no file ${path}.`)
  if (size > MOST_BYTES) throw usage(`${path} is larger than 5 MB. Put it somewhere and attach its address with --url.`)
  const { id } = await world.api.attachments.create({
    session_id: session.id,
    name: basename(path),
    media_type: mediaTypeOf(path),
    base64: readFileSync(path).toString('base64'),
  })
  return { attachment_id: id }
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ...{ pdf: 'application/pdf', txt: 'text/plain', log: 'text/plain', md: 'text/markdown', csv: 'text/csv' },
  ...{ html: 'text/html', json: 'application/json', png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg' },
  ...{ zip: 'application/zip', xml: 'application/xml' },
}

const mediaTypeOf = (path: string): string =>
  MEDIA_TYPES[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream'

async function status(world: World, ticket: string, value: string, options: About): Promise<void> {
  const action = await world.api.tickets.status({ ...(await whereOf(world, ticket, options)), status: value })
  show(world, action, `Status of ${ticket}`)
}

/** What became of it: done, waiting for the system to come back, or refused. */
export function show(world: World, action: Action, what: string, all: unknown = action): void {
  if (action.status === 'failed') {
    world.output.show(all, `✗ ${what}: ${oneLine(action.error ?? 'it was refused', 400)}`)
    process.exitCode = 1
    return
  }
  const said =
    action.status === 'done'
      ? `✓ ${what}: done${action.external_url === null ? '' : ` (${oneLine(action.external_url, 200)})`}`
      : `✓ ${what}: queued${action.error === null ? '' : ` (${oneLine(action.error, 200)})`}. It is sent by itself; "msp integrations list" shows what waits.`
  world.output.show(all, said)
}
