import { oneLine } from '../../recall/clean.ts'
import { counted, table } from '../layout.ts'
import { createProgress } from '../progress.ts'
import type { World } from '../world.ts'
import { type Lines, readLines } from './lines.ts'
import { makePeople } from './people.ts'
import { createPlayer, type Played } from './play.ts'
import { startThrowAwayServer } from './server.ts'

/**
 * Plays a file of recorded work against a server of its own and prints what the guard of commands decides: with `--json` one line for each
 * command as it is played, else a table of what it would have said something of.
 *
 * @throws Failure for a file that is not as it should be, and for a server that does not start
 */
export async function replay(world: World, file: string): Promise<void> {
  const lines = readLines(file)
  const progress = createProgress(lines.events.length)
  const server = await startThrowAwayServer(world.environment)
  const decisions: Played[] = []
  try {
    const player = createPlayer(await makePeople(lines, server, world.transport), shiftOf(lines, world.now()))
    for (const [index, event] of lines.events.entries()) {
      const played = await player.play(event)
      progress.at(index + 1)
      if (played === undefined) continue
      decisions.push(played)
      if (world.output.isJson) process.stdout.write(`${JSON.stringify(played)}\n`)
    }
  } finally {
    progress.end()
    await server.end()
  }
  if (!world.output.isJson) world.output.show(decisions, describe(decisions))
}

/** Work of the future is played as if it had just ended. */
function shiftOf({ events }: Lines, now: Date): number {
  const last = events.reduce((latest, { at }) => Math.max(latest, at.getTime()), 0)
  return Math.max(0, last - now.getTime())
}

function describe(decisions: readonly Played[]): string {
  const told = decisions.filter(({ decision }) => decision !== 'allow')
  const denied = told.filter(({ decision }) => decision === 'deny').length
  const summary = `${counted(decisions.length, 'command')}: ${denied} stopped, ${told.length - denied} with a note, ${decisions.length - told.length} allowed.`
  if (told.length === 0) return summary
  const rows = told.map(({ line, decision, reason, alternative }) => [
    String(line),
    decision,
    oneLine(reason ?? '', 80),
    oneLine(alternative ?? '', 80),
  ])
  return `${table(['line', 'decision', 'why', 'instead'], rows)}\n\n${summary}`
}
