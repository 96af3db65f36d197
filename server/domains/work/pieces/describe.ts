import { isFailureOfKnowledge } from '../../../../src/guard/failures.ts'
import { clip, code, oneLine } from '../../../../src/recall/clean.ts'
import { groupCommands, groupFiles } from '../../../../src/recall/groups.ts'
import { fileLine, outcome } from '../../../../src/recall/lines.ts'
import { unresolvedFailures } from '../rules.ts'
import type { Command, FileChange, WorkItem } from '../session-facts.ts'

/** What a piece of work is called, and what was done. Pure. */

const TITLE_CHARS = 120
const MOST_LINES = 8
/** What stands before what is wanted. */
const BEFORE_IT =
  /^(?:\W*(?:next(?: ticket)?(?: for [\w-]+)?|quick one|now|and|so|ok(?:ay)?|hi|hello|hey|please|pls|bitte|svp|graag|can you|could you)\b[\s:,;.!-]*)+/i

export interface Described {
  title: string
  description: string
  outcome: WorkItem['outcome']
}

/** @param names of the client, which the row says already */
export function describe(
  prompts: readonly string[],
  commands: readonly Command[],
  files: readonly FileChange[],
  hosts: readonly string[],
  names: readonly string[],
): Described {
  return {
    title: titleOf(prompts, commands, files, hosts, names),
    description: descriptionOf(prompts, commands, files),
    outcome: outcomeOf(commands),
  }
}

function titleOf(
  prompts: readonly string[],
  commands: readonly Command[],
  files: readonly FileChange[],
  hosts: readonly string[],
  names: readonly string[],
): string {
  const asked = [
    ...prompts.map((prompt) => wanted(prompt, names)),
    ...prompts.map((prompt) => oneLine(prompt, 400)),
  ].find((text) => text.split(/\s+/).length >= 3)
  const host = hosts.find((one) => !asked?.toLowerCase().includes(one.toLowerCase()))
  const where = host === undefined ? '' : ` (${oneLine(host, 40)})`
  if (asked) return clip(capital(asked), TITLE_CHARS - where.length) + where
  const done = commands.find((run) => run.success) ?? commands[0]
  if (done) return `${clip(`Ran ${oneLine(done.command, 200)}`, TITLE_CHARS - where.length)}${where}`
  if (files[0]) return clip(`Changed ${oneLine(files[0].path, 200)}`, TITLE_CHARS)
  return prompts[0] ? clip(capital(oneLine(prompts[0], 200)), TITLE_CHARS) : 'Conversation'
}

/** The first sentence of a prompt, without greetings and the name of the client. */
function wanted(prompt: string, names: readonly string[]): string {
  let text = oneLine(prompt, 400)
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(BEFORE_IT, '')
    for (const name of names)
      if (
        text.toLowerCase().startsWith(`${name.toLowerCase()}:`) ||
        text.toLowerCase().startsWith(`${name.toLowerCase()} -`)
      )
        text = text.slice(name.length + 1).replace(/^[\s:,-]+/, '')
  }
  return /^(.{20,}?[.!?;])(?:\s|$)/.exec(text)?.[1]?.replace(/[.!;]$/, '') ?? text
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function descriptionOf(prompts: readonly string[], commands: readonly Command[], files: readonly FileChange[]): string {
  const failed = commands.filter(isFailureOfKnowledge)
  const open = new Set(unresolvedFailures(commands).map(({ id }) => id))
  const done = groupCommands(commands.filter(({ success }) => success)).map(
    ({ example, runs }) => `- ${runs > 1 ? `${runs}× ` : ''}${code(example.command, 140)}${on(example.host)}`,
  )
  const failures = groupCommands(failed).map(
    ({ example }) =>
      `- ${code(example.command, 120)}${on(example.host)}: ${outcome(example)}${open.has(example.id) ? '' : '; solved'}`,
  )
  const asked = prompts[0] === undefined ? [] : [`**Asked**: ${clip(oneLine(prompts[0], 400), 300)}`]
  return [
    ...asked,
    ...part('**Done**', done),
    ...part('**Failed**', failures),
    ...part(
      '**Files**',
      groupFiles(files).map((file) => `- ${fileLine(file)}`),
    ),
  ].join('\n')
}

const on = (host: string | null) => (host === null ? '' : ` on ${oneLine(host, 60)}`)

const part = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        `${heading}:`,
        ...lines.slice(0, MOST_LINES),
        ...(lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []),
      ]

function outcomeOf(commands: readonly Command[]): WorkItem['outcome'] {
  if (commands.length === 0) return 'unknown'
  if (commands.every(({ success }) => !success)) return 'failure'
  return unresolvedFailures(commands).length === 0 ? 'success' : 'partial'
}
