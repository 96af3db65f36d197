import { readFileSync } from 'node:fs'
import type { CommandsAnswer, TaskName } from '../guard/os-commands/find.ts'
import type { OsCommand } from '../guard/os-commands/task.ts'
import { table } from './layout.ts'
import { EXIT, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface Options {
  os?: string
  list?: boolean
}

/** `msp commands-for`: how something is done on a system. Needs no server. */
export const addCommandsFor: AddVerbs = (program, world) => {
  program
    .command('commands-for')
    .description('the command for a task on an operating system or appliance')
    .argument('[task...]', 'what is to be done, in English, Dutch, German or French')
    .option('--os <system>', 'on which system (default: the one of this machine)')
    .option('--list', 'every task there is')
    .addHelpText(
      'after',
      example(
        'msp commands-for list users --os "server 2008"',
        'msp commands-for dns cache leeren --os macos',
        'msp commands-for --list',
      ),
    )
    .action((words: string[], options: Options) => run(world, words.join(' '), options))
}

async function run({ output }: World, asked: string, { os, list }: Options): Promise<void> {
  const { commandsFor, everyTask } = await import('./more.ts')
  if (list === true) return output.show({ tasks: everyTask() }, tasksTable(everyTask()))
  if (asked.trim() === '') throw usage('Say what is to be done, or see every task with --list.')
  const system = os ?? systemHere()
  const answer = commandsFor(asked, system)
  if (answer.systems.length === 0) throw noSystem(system, commandsFor('').systems)
  if (answer.task === null) throw noTask(asked, answer.candidates)
  if (answer.commands.length === 0) throw noCommand(answer.task, answer, commandsFor(answer.task.id).commands)
  output.show(answer, described(answer.task, answer.commands))
}

/** What this machine runs, in words. On Linux the distribution, and those that it is like. */
function systemHere(): string {
  if (process.platform !== 'linux') return process.platform === 'win32' ? 'windows' : process.platform
  try {
    const told = readFileSync('/etc/os-release', 'utf8').match(/^(?:ID|ID_LIKE)=.*$/gm) ?? []
    return `${told.join(' ').replaceAll(/ID_LIKE=|ID=|"/g, '')} linux`
  } catch {
    return 'linux' // Which one is not told: those of all of them are shown.
  }
}

function described(task: TaskName, commands: readonly OsCommand[]): string {
  const heading = `${task.title} (${task.id})${task.changes ? ': this changes something' : ''}`
  const blocks = commands.map(({ title, command, elevated, note }) =>
    [
      `\n${title}${elevated ? ', as administrator or root' : ''}`,
      ...command.split('\n').map((line) => `  ${line}`),
      ...(note === null ? [] : [`  (${note})`]),
    ].join('\n'),
  )
  return [heading, ...blocks].join('\n')
}

const tasksTable = (tasks: readonly TaskName[]): string =>
  table(
    ['task', 'what it does'],
    tasks.map(({ id, title, changes }) => [id, changes ? `${title} (changes something)` : title]),
  )

function noTask(asked: string, candidates: readonly TaskName[]): Failure {
  if (candidates.length === 0)
    return new Failure(EXIT.notFound, `No task is like "${asked}". See every task with: msp commands-for --list`, {
      candidates,
    })
  const names = candidates.map(({ id, title }) => `  ${id}: ${title}`).join('\n')
  return new Failure(EXIT.notFound, `"${asked}" may mean several tasks. Say which one:\n${names}`, { candidates })
}

function noSystem(asked: string, candidates: CommandsAnswer['systems']): Failure {
  const names = candidates.map(({ id, title }) => `  ${id}: ${title}`).join('\n')
  return new Failure(EXIT.notFound, `No system is known as "${asked}". Name one of these with --os:\n${names}`, {
    candidates,
  })
}

function noCommand(task: TaskName, { systems }: CommandsAnswer, elsewhere: readonly OsCommand[]): Failure {
  const here = systems.map(({ title }) => title).join(', ')
  const there = elsewhere.map(({ system }) => system).join(', ')
  return new Failure(EXIT.notFound, `No command is known for ${task.id} on ${here}. There is one for ${there}.`, {
    candidates: elsewhere.map(({ system, title }) => ({ id: system, title })),
  })
}
