import { readFileSync } from 'node:fs'
import type { InputOf, OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { errorCode } from '../durable.ts'
import { age, ago } from '../recall/ages.ts'
import { oneLine, visible } from '../recall/clean.ts'
import { errorLines } from '../recall/prompt.ts'
import { clip } from '../redact/clip.ts'
import { redactorHere } from '../redaction.ts'
import { readSession } from '../sessions.ts'
import { readStdin } from './ask.ts'
import { facts, shortId, table } from './layout.ts'
import { clientFilter } from './names.ts'
import { count, given } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import { noteFeedback } from './problems-feedback.ts'
import { type AddVerbs, example } from './register.ts'
import { decode } from './text-file.ts'
import type { World } from './world.ts'

type Solution = OutputOf<Contract['problemSolutions']['get']>
type Match = OutputOf<Contract['problemSolutions']['match']>
type Outcome = InputOf<Contract['solutionApplications']['create']>['outcome']

/** What the server takes of an error. */
const MOST_CHARS = 8_000
const MOST_BYTES = 50_000_000
/** What of a log is looked through for secrets and errors: so much of its head, and of its tail. */
const HALF_CHARS = 1_000_000
const ID = 'id or its last 8 characters'
const FOR_CLIENT = 'of this client and general ones (default: the client of this session, else all)'

/** `msp problems match|show|list|worked|failed`. */
export const addProblems: AddVerbs = (program, world) => {
  const problems = program.command('problems').description('problems that were solved, and what solved them')
  problems
    .command('match')
    .description('what solved an error like this one: the same error first, then what is told in like words')
    .argument('[text...]', 'the error as it was printed, or in words; - for stdin')
    .option('--file <file>', 'the error is in this file, as in a log')
    .option('--client <client>', FOR_CLIENT)
    .option('--limit <number>', 'at most so many, up to 20', '3')
    .addHelpText(
      'after',
      `\nSecrets are taken out before it is sent. Of a text of more than ${MOST_CHARS} characters, the lines that name\nerrors, its head and its tail are sent; of one of more than 2 million, the middle is not looked at.\n${example(
        'msp problems match "Error 1053: the service did not respond" --client Dataforth',
        'journalctl -u cups | msp problems match -',
        'msp problems match --file C:\\Windows\\Logs\\CBS\\CBS.log',
      )}`,
    )
    .action((words: string[], options: MatchOptions) => match(world, words.join(' '), options))
  problems
    .command('show')
    .description('one problem with its cause, its solution and how often that worked')
    .argument('<id>', ID)
    .addHelpText('after', example('msp problems show 3f2a9c1e'))
    .action((id: string) => show(world, id))
  problems
    .command('list')
    .description('problems and their solutions, newest first')
    .option('--client <client>', 'of this client only')
    .option('--limit <number>', 'at most so many, up to 200', '20')
    .addHelpText('after', example('msp problems list --client Dataforth'))
    .action((options: ListOptions) => list(world, options))
  for (const [verb, outcome, description] of OUTCOMES)
    problems
      .command(verb)
      .description(description)
      .argument('<id>', ID)
      .option('--note <text>', 'what was different this time')
      .option('--client <client>', "for whom (default: the solution's client, else the one of this session)")
      .addHelpText('after', example(`msp problems ${verb} 3f2a9c1e --note "${EXAMPLE_NOTES[outcome]}"`))
      .action((id: string, options: AppliedOptions) => applied(world, id, outcome, options))
}

const OUTCOMES = [
  [
    'worked',
    'success',
    'say that a solution was applied and solved the problem: it counts, and comes first the next time',
  ],
  ['failed', 'failure', 'say that a solution was applied and did not help: it counts, and comes later the next time'],
] as const satisfies [string, Outcome, string][]
const EXAMPLE_NOTES = { success: 'also on Server 2022', failure: 'the service was gone altogether' }

interface MatchOptions {
  file?: string
  client?: string
  limit?: string
}
interface ListOptions {
  client?: string
  limit?: string
}
interface AppliedOptions {
  note?: string
  client?: string
}

async function match(world: World, words: string, options: MatchOptions): Promise<void> {
  const { redact } = redactorHere(world.settings.paths)
  const text = redact(headAndTail(await errorFrom(words, options.file))).text.trim()
  // Of a long one the lines that name errors come first, wherever in it they stood.
  const error = text.length <= MOST_CHARS ? text : clip([...errorLines(text, text.length), text].join('\n'), MOST_CHARS)
  if (error === '')
    throw usage('There is no error to look for. Give it in quotes, with --file, or pipe it in: msp problems match -')
  const named = await clientFilter(world, options.client)
  const found = await world.api.problemSolutions.match({
    error_text: error,
    ...given({ client_id: named.client_id ?? sessionClient(world) }),
    limit: count('--limit', options.limit ?? '3', 20),
  })
  world.output.show(found, matchText(found))
}

/** The words of the command line, else the file, else stdin. @throws Failure when there is none of them */
async function errorFrom(words: string, file: string | undefined): Promise<string> {
  if (file !== undefined && words !== '') throw usage('Give the error in words or with --file, not both.')
  if (file !== undefined) return decode(bytesOf(file)).text
  if (words !== '' && words !== '-') return words
  return readStdin('Give the error in quotes, with --file, or pipe it in: msp problems match -', MOST_BYTES)
}

/** Whole lines of head and tail of a text that is too long to be looked through: half a secret looks like none. */
function headAndTail(text: string): string {
  if (text.length <= 2 * HALF_CHARS) return text
  const [head, tail] = [text.slice(0, HALF_CHARS), text.slice(-HALF_CHARS)]
  return `${head.slice(0, head.lastIndexOf('\n') + 1)}${tail.slice(tail.indexOf('\n') + 1)}`
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw errorCode(error) === 'ENOENT'
      ? new Failure(EXIT.notFound, `There is no file ${file}.`)
      : new Failure(EXIT.failed, `${file} cannot be read (${errorCode(error)}).`)
  }
}

/** For whom this Claude Code session works: what other clients have is not for its conversation. */
function sessionClient(world: World): string | undefined {
  const id = world.sessionIdIfAny()
  const session = id === null ? undefined : readSession(world.settings.paths, id)
  return (session?.open && session.client?.id) || undefined
}

/** As people read it: each with its id, what it was about and what was done. */
function matchText({ items, work }: Match): string {
  if (items.length + work.length === 0) return 'Nothing like it is known.'
  const solutions = items.map(({ solution, match, coverage, age_days }) => {
    const facts = [
      match === 'same_error' ? 'the same error' : `${Math.round(100 * coverage)} % alike`,
      triedText(solution),
      `${age_days} d`,
      ...(solution.client_id === null ? ['general'] : []),
      ...(solution.superseded_by_id === null ? [] : [`superseded by ${shortId(solution.superseded_by_id)}`]),
    ]
    return `${shortId(solution.id)}  ${oneLine(solution.title, 120)}\n          ${oneLine(solution.solution, 400)}\n          (${facts.join(', ')})`
  })
  const done = work.map(
    ({ id, title, done, outcome, age_days }) =>
      `${shortId(id)}  work: ${oneLine(title, 120)}${done === null ? '' : `\n          ${oneLine(done, 400)}`}\n          (${outcome}, ${age_days} d)`,
  )
  return [...solutions, ...done].join('\n')
}

const triedText = ({ times_applied, times_succeeded }: Solution) =>
  times_applied === 0 ? 'not applied again yet' : `worked ${times_succeeded} of ${times_applied} times`

async function show(world: World, id: string): Promise<void> {
  const one = await world.api.problemSolutions.get({ id })
  await noteFeedback(world, one.id, 'used')
  const told = (text: string | null) => (text === null ? null : visible(text))
  const now = world.now()
  const text = facts([
    ['problem', visible(one.title)],
    ['id', one.id],
    ['symptom', told(one.symptom)],
    ['error', told(one.error_text)],
    ['cause', told(one.root_cause)],
    ['solution', told(one.solution)],
    ['check', told(one.verification)],
    ['prevention', told(one.prevention)],
    ['tried', triedText(one)],
    ['sure', one.confidence],
    ['written', ago(one.created_at, now)],
    ['last applied', one.last_applied_at && ago(one.last_applied_at, now)],
    ['for', one.client_id === null ? 'everybody' : null],
    ['superseded by', one.superseded_by_id && shortId(one.superseded_by_id)],
    ['source', told(one.source_url)],
  ])
  world.output.show(one, text)
}

async function list(world: World, options: ListOptions): Promise<void> {
  const page = await world.api.problemSolutions.list({
    ...(await clientFilter(world, options.client)),
    limit: count('--limit', options.limit ?? '20', 200),
  })
  const rows = page.items.map((one) => [
    shortId(one.id),
    age(one.created_at, world.now()),
    `${one.times_succeeded}/${one.times_applied}`,
    one.client_id === null ? 'all' : 'client',
    oneLine(one.title, 60),
    oneLine(one.solution, 90),
  ])
  const none = 'No problems.'
  world.output.show(page, rows.length === 0 ? none : table(['id', 'age', 'worked', 'for', 'problem', 'solution'], rows))
}

async function applied(world: World, id: string, outcome: Outcome, { note, client }: AppliedOptions): Promise<void> {
  const solution = await world.api.problemSolutions.get({ id })
  const named = await clientFilter(world, client)
  const made = await world.api.solutionApplications.create({
    solution_id: solution.id,
    client_id: named.client_id ?? solution.client_id ?? sessionClient(world) ?? null,
    outcome,
    ...given({ note }),
  })
  await noteFeedback(world, solution.id, outcome === 'success' ? 'used' : 'wrong')
  const after = await world.api.problemSolutions.get({ id: solution.id })
  world.output.show(made, `✓ Noted: ${shortId(after.id)} ${triedText(after)}, ${oneLine(after.title, 120)}`)
}
