import type { CommandFact, FileFact } from './facts.ts'
import { by, groupedBy, newest } from './order.ts'

/** Runs of commands that differ in names and numbers only, on one host. */
export interface CommandGroup<C extends CommandFact = CommandFact> {
  /** The newest run that failed, else the newest. */
  example: C
  runs: number
  failed: number
  /** Failed, and nothing is known that worked afterwards. */
  isUnresolved: boolean
}

/** The commands grouped by shape and host: first those that are still unresolved, then those that failed, then by number of runs. */
export function groupCommands<C extends CommandFact>(commands: readonly C[]): CommandGroup<C>[] {
  const groups = groupedBy(
    [...commands].sort(
      by(
        (run) => newest(run.started_at),
        (run) => run.id,
      ),
    ),
    (run) => `${run.command_fingerprint} ${run.host ?? ''}`,
  )
  return [...groups.values()].map(asGroup).sort(
    by(
      (group) => (group.isUnresolved ? 0 : 1),
      (group) => (group.failed > 0 ? 0 : 1),
      (group) => -group.runs,
      (group) => newest(group.example.started_at),
      (group) => group.example.id,
    ),
  )
}

function asGroup<C extends CommandFact>(runs: C[]): CommandGroup<C> {
  const failures = runs.filter((run) => !run.success)
  const open = failures.filter((run) => run.resolved_by_id === null)
  const example = (open[0] ?? failures[0] ?? runs[0]) as C
  const workedAfterwards = runs.some(
    (run) =>
      run.success && Date.parse(run.started_at) > Date.parse(example.started_at) && run.command === example.command,
  )
  return { example, runs: runs.length, failed: failures.length, isUnresolved: open.length > 0 && !workedAfterwards }
}

export interface FileGroup {
  path: string
  /** The letters of what happened to it, in order, each once: `AM`. */
  changes: string
  edits: number
  added: number
  removed: number
}

/** The changed files, the most changed first. */
export function groupFiles(files: readonly FileFact[]): FileGroup[] {
  const groups = groupedBy(
    [...files].sort(
      by(
        (file) => Date.parse(file.changed_at) || 0,
        (file) => file.change,
      ),
    ),
    (file) => file.path,
  )
  const sum = (changes: FileFact[], column: 'lines_added' | 'lines_removed') =>
    changes.reduce((total, change) => total + (change[column] ?? 0), 0)
  return [...groups]
    .map(([path, changes]) => ({
      path,
      changes: [...new Set(changes.map(({ change }) => change))].join(''),
      edits: changes.length,
      added: sum(changes, 'lines_added'),
      removed: sum(changes, 'lines_removed'),
    }))
    .sort(
      by(
        (file) => -(file.added + file.removed),
        (file) => -file.edits,
        (file) => file.path,
      ),
    )
}
