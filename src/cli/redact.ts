import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { RedactionStatus } from '../contract/redaction.ts'
import { errorCode } from '../durable.ts'
import { aged } from '../recall/ages.ts'
import type { Finding, TextKind } from '../redact/finding.ts'
import { findSecrets, redact } from '../redact/index.ts'
import { REDACTOR_VERSION } from '../redact/version.ts'
import { redactionKey } from '../redaction-key.ts'
import { readStdin } from './ask.ts'
import { counted, facts, table } from './layout.ts'
import { EXIT, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import { decode } from './text-file.ts'
import type { World } from './world.ts'

const MAX_STDIN_BYTES = 50 * 1024 * 1024

/** `msp redact`: what would be taken out of a text before it is kept. */
export const addRedact: AddVerbs = (program, world) => {
  const group = program.command('redact').description('what is taken out of texts before they are kept')
  group
    .command('test')
    .description('show what would be taken out of a text; nothing is kept or sent')
    .argument('[file]', 'the text, or - for stdin (default: stdin)')
    .option('--command', 'the whole text is a command line or a script')
    .option(
      '--jsonl <file>',
      'a text per line, as {"id","text"}; prints {"id","text","findings"} for each; - for stdin',
    )
    .addHelpText(
      'after',
      `\nThe text is no argument: what is typed there stays in the history of the shell.\n${example(
        'msp redact test notes.txt',
        'Get-Clipboard | msp redact test',
        'msp redact test --jsonl samples.jsonl > findings.jsonl',
      )}`,
    )
    .action((file: string | undefined, options: { command?: boolean; jsonl?: string }) =>
      options.jsonl === undefined
        ? test(world, file ?? '-', options.command ? 'command' : 'text')
        : testLines(world, options.jsonl, file),
    )
  group
    .command('status')
    .description('how far the server has looked through old rows with its newest rules (administrators)')
    .addHelpText('after', example('msp redact status --json'))
    .action(async () => showStatus(world, await world.api.redaction.status({})))
  group
    .command('rerun')
    .description('let the server look through all rows again (administrators)')
    .addHelpText('after', example('msp redact rerun'))
    .action(async () => showStatus(world, await world.api.redaction.rerun({})))
}

async function test(world: World, file: string, as: TextKind): Promise<void> {
  const text =
    file === '-' ? await readStdin('Name a file, or pipe the text in.', MAX_STDIN_BYTES) : decode(bytesOf(file)).text
  const findings = findSecrets(text, { as })
  const redacted = redact(text, redactionKey(world.settings.paths.auth), { as }).text
  world.output.show({ text: redacted, findings, version: REDACTOR_VERSION }, redacted)
  if (!world.output.isJson) world.output.note(`\n${summary(text, findings)}`)
}

function summary(text: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return `No secret found (rules of version ${REDACTOR_VERSION}).`
  const rows = findings.map(({ start, end, kind, isGuess }) => [
    ...placeOf(text, start),
    String(end - start),
    kind,
    isGuess ? 'looks like one' : '',
  ])
  const heading = `${counted(findings.length, 'secret')} (rules of version ${REDACTOR_VERSION}):`
  return `${heading}\n${table(['line', 'column', 'length', 'kind', ''], rows)}`
}

/** Line and column, from 1. */
function placeOf(text: string, at: number): [string, string] {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  return [String(line), String(at - before.lastIndexOf('\n'))]
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

const unreadable = (file: string, error: unknown): Failure =>
  errorCode(error) === 'ENOENT'
    ? new Failure(EXIT.notFound, `There is no file ${file}.`)
    : new Failure(EXIT.failed, `${file} cannot be read (${errorCode(error)}).`)

/** One line in, one line out: memory does not grow with the file. */
async function testLines(world: World, file: string, surplus: string | undefined): Promise<void> {
  if (surplus !== undefined) throw usage('Give one file: with --jsonl it is the one behind it.')
  const key = redactionKey(world.settings.paths.auth)
  const input: Readable = file === '-' ? process.stdin : createReadStream(file)
  let number = 0
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1
      if (line.trim() === '') continue
      const { id, text } = parsed(line, number)
      const findings = findSecrets(text).map(({ start, end, kind }) => ({ start, end, kind }))
      process.stdout.write(`${JSON.stringify({ id, text: redact(text, key).text, findings })}\n`)
    }
  } catch (error) {
    throw error instanceof Failure ? error : unreadable(file, error)
  }
}

function parsed(line: string, number: number): { id: unknown; text: string } {
  const value = json(line)
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    return { id: 'id' in value ? value.id : number, text: value.text }
  throw usage(`Line ${number} is not {"id", "text"} as JSON.`)
}

function json(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function showStatus({ output, now }: World, status: RedactionStatus): void {
  const heading = facts([
    ['rules', `version ${status.version}`],
    ['old rows', status.finished ? `looked through ${aged(status.finished_at, now())}` : 'being looked through'],
    [
      'withheld',
      status.withheld === 0 ? null : `${counted(status.withheld, 'text')} wait, sealed, for a redactor that works`,
    ],
    ['not changed', lockedRows(status)],
  ])
  const rows = status.tables
    .filter(({ rows_done }) => rows_done > 0)
    .map((one) => [
      one.table,
      String(one.rows_done),
      String(one.secrets_found),
      one.finished_at === null ? 'under way' : '',
    ])
  const list = rows.length === 0 ? '' : `\n\n${table(['table', 'rows', 'secrets', ''], rows)}`
  output.show(status, `${heading}${list}`)
}

function lockedRows({ tables }: RedactionStatus): string | null {
  const locked = tables.reduce((sum, { rows_locked }) => sum + rows_locked, 0)
  return locked === 0
    ? null
    : `${counted(locked, 'row')} with a secret that nothing may change, such as entries of the audit`
}
