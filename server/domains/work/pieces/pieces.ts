import { activityShares } from '../rules.ts'
import type { Command, FileChange, SessionFacts } from '../session-facts.ts'
import { categoryOf } from './category.ts'
import { type Described, describe } from './describe.ts'
import type { Block } from './features.ts'
import type { Category } from './kinds-of-work.ts'
import { split } from './split.ts'
import { assetsIn, hostsIn, isNamed, type KnownAsset } from './targets.ts'
import { type Topic, topicsOf } from './topics.ts'

/** The pieces of work of a session, made of what was recorded. Pure; equal facts give equal pieces. */

export interface Piece extends Described {
  startedAt: string
  endedAt: string
  /** Those of all pieces add up to the session's activity. */
  activeSeconds: number
  category: Category
  topics: Topic[]
  prompts: string[]
  commands: Command[]
  files: FileChange[]
  assets: KnownAsset[]
}

type Facts = Pick<SessionFacts, 'session' | 'events' | 'commands' | 'files' | 'clientName'>

interface Moment extends Block {
  runs: Command[]
  files: FileChange[]
  assets: KnownAsset[]
  last: string
}

/** @param assets the client's machines */
export function piecesOf(facts: Facts, assets: readonly KnownAsset[]): Piece[] {
  const { session, events, clientName } = facts
  const moments = momentsOf(facts, assets)
  const groups = split(moments, session.mode) as Moment[][]
  if (groups.length === 0) return []
  const starts = groups.map((group, index) => (index === 0 ? '' : (group[0]?.at ?? '')))
  const pieceAt = (at: string) =>
    Math.max(
      0,
      starts.findLastIndex((start) => start <= at),
    )
  const seconds = activityShares(events, (at) => pieceAt(at), groups.length)
  return groups.map((group, index) => {
    const [runs, files] = [group.flatMap((one) => one.runs), group.flatMap((one) => one.files)]
    const prompts = group.flatMap(({ prompt }) => prompt ?? [])
    const commands = group.flatMap((one) => one.commands)
    const found = [...new Set(group.flatMap((one) => one.assets))]
    const hosts = found.map(({ hostname }) => hostname)
    return {
      startedAt: group[0]?.at ?? session.started_at,
      endedAt: group.map(({ last }) => last).reduce((a, b) => (a > b ? a : b)),
      activeSeconds: seconds[index] ?? 0,
      category: categoryOf(group, session.mode),
      topics: topicsOf(prompts, commands),
      prompts,
      commands: runs,
      files,
      assets: found,
      ...describe(
        prompts,
        runs,
        files,
        hosts,
        clientName === null ? [] : [clientName, clientName.split(/\s+/)[0] ?? clientName],
      ),
    }
  })
}

/** Each prompt with what was done for it; slash commands ask for nothing. */
function momentsOf({ events, commands, files }: Facts, assets: readonly KnownAsset[]): Moment[] {
  const ended = (run: Command) => new Date(Date.parse(run.started_at) + (run.duration_ms ?? 0)).toISOString()
  const all: { at: string; order: number; prompt?: string; run?: Command; file?: FileChange }[] = [
    ...events
      .filter(({ kind, text }) => kind === 'prompt' && !/^\/[\w:-]+(?:\s|$)/.test(text ?? ''))
      .map(({ at, text }) => ({ at, order: 0, prompt: text ?? '' })),
    ...commands.map((run) => ({ at: ended(run), order: 1, run })),
    ...files.map((file) => ({ at: file.changed_at, order: 1, file })),
  ]
  const moments: Moment[] = []
  for (const { at, prompt, run, file } of all.sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : a.order - b.order,
  )) {
    if (prompt !== undefined || moments.length === 0) moments.push(begun(at, prompt ?? null, assets))
    const moment = moments.at(-1) as Moment
    moment.last = at
    if (run) take(moment, run, assets)
    if (file) {
      moment.files.push(file)
      moment.writes += 1
    }
  }
  return moments
}

const begun = (at: string, prompt: string | null, assets: readonly KnownAsset[]): Moment => ({
  ...{ at, last: at, prompt, commands: [], writes: 0, targets: [], runs: [], files: [], assets: [] },
  named: assets.filter(({ hostname }) => isNamed(prompt ?? '', hostname)).map(({ id }) => id),
})

function take(moment: Moment, run: Command, assets: readonly KnownAsset[]): void {
  const found = assetsIn(run.command, assets)
  const own = assets.find(({ id }) => id === run.infrastructure_id)
  const known = [...new Set([...found, ...(own ? [own] : [])])]
  moment.runs.push(run)
  moment.commands = [...moment.commands, run.command]
  moment.assets = [...new Set([...moment.assets, ...known])]
  const hosts = known.length > 0 ? known.map(({ id }) => id) : hostsIn(run.command)
  moment.targets = [...new Set([...moment.targets, ...hosts])]
}
