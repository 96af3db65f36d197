import { BOOT } from './boot.ts'
import { DEVICES } from './devices.ts'
import { FILES } from './files.ts'
import { LOGS } from './logs.ts'
import { NETWORK } from './network.ts'
import { REACHABILITY } from './reachability.ts'
import { SECURITY } from './security.ts'
import { SERVICES } from './services.ts'
import { SHARES } from './shares.ts'
import { SIGN_IN } from './sign-in.ts'
import { SOFTWARE } from './software.ts'
import { STORAGE } from './storage.ts'
import { SYSTEM } from './system.ts'
import { SYSTEMS, type System, systemsMeant } from './systems.ts'
import { commandsOf, type OsCommand, type TaskText } from './task.ts'
import { USERS } from './users.ts'
import { VIRTUAL } from './virtual.ts'
import { folded, likeness, type Token, tokensOf } from './words.ts'

/** The commands of everyday tasks by system: `msp commands-for`. Pure. */
export const TASKS: readonly TaskText[] = [
  ...FILES,
  ...SYSTEM,
  ...BOOT,
  ...SERVICES,
  ...NETWORK,
  ...REACHABILITY,
  ...SOFTWARE,
  ...USERS,
  ...SIGN_IN,
  ...STORAGE,
  ...SHARES,
  ...LOGS,
  ...SECURITY,
  ...VIRTUAL,
  ...DEVICES,
]

export interface TaskName {
  id: string
  title: string
  changes: boolean
}

export interface CommandsAnswer {
  /** The task that was meant; null where several or none fit. */
  task: TaskName | null
  /** What fits too, or nearly; the best first. */
  candidates: TaskName[]
  /** The systems that were meant; all of them when none was named, none when the name is unknown. */
  systems: System[]
  /** Of the task on these systems. Empty also where the task has none there. */
  commands: OsCommand[]
}

const MAX_CANDIDATES = 8
/** Likeness: below it a task is no candidate, from it on it is meant, if no other comes as near. */
const POSSIBLE = 0.4
const MEANT = 0.6
const NEARNESS = 0.08

/**
 * The commands for a task on a system, as people name both: by id, words or synonym in English, Dutch, German or French ("lijst
 * gebruikers", "server 2008"). An empty task gives every task as a candidate.
 */
export function commandsFor(asked: string, system?: string): CommandsAnswer {
  const systems = system === undefined || system.trim() === '' ? [...SYSTEMS] : systemsMeant(system)
  const tokens = tokensOf(asked)
  if (tokens.length === 0) return { task: null, candidates: TASKS.map(nameOf), systems, commands: [] }
  const ranked = rankedTasks(asked, tokens)
  const [best, second] = ranked
  const isMeant =
    best !== undefined && (best.score >= 1 || (best.score >= MEANT && best.score - (second?.score ?? 0) >= NEARNESS))
  const candidates = ranked.slice(isMeant ? 1 : 0, MAX_CANDIDATES).map(({ task }) => nameOf(task))
  if (!isMeant) return { task: null, candidates, systems, commands: [] }
  const commands = commandsOf(best.task).filter(({ system: id }) => systems.some((one) => one.id === id))
  return { task: nameOf(best.task), candidates, systems, commands }
}

/** Every task with its name. */
export const everyTask = (): TaskName[] => TASKS.map(nameOf)

const nameOf = ({ id, title, changes }: TaskText): TaskName => ({ id, title, changes: changes === true })

/** What a task is called, cut into words once: with the first question, not when the program starts. */
let phrases: Map<TaskText, Token[][]> | undefined

function phrasesOf(task: TaskText): readonly Token[][] {
  phrases ??= new Map(
    TASKS.map((one) => [one, [one.id, one.title, ...one.also.split(', ')].map((phrase) => tokensOf(phrase))]),
  )
  return phrases.get(task) ?? []
}

function rankedTasks(asked: string, tokens: readonly Token[]): { task: TaskText; score: number }[] {
  const id = folded(asked).trim().replaceAll(/\s+/g, '-')
  return TASKS.map((task) => ({ task, score: task.id === id ? 2 : scoreOf(task, tokens) }))
    .filter(({ score }) => score >= POSSIBLE)
    .sort((a, b) => b.score - a.score)
}

const scoreOf = (task: TaskText, asked: readonly Token[]): number =>
  Math.max(...phrasesOf(task).map((phrase) => likeness(asked, phrase)))
