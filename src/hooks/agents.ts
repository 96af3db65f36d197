import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from '../durable.ts'
import { fileName } from '../sessions.ts'
import type { Paths } from '../settings.ts'

/**
 * What is kept of a subagent: the stretch that it was started in. It may go on in the background after a switch to another client, and its
 * commands still belong to the client that it was started for.
 */
export type AgentMark = {
  stretch: number
  /** How often it was started and stopped: a subagent can be continued, and every time is an event of its own. */
  starts: number
  stops: number
}

/** The mark of a subagent, or undefined when its start was not seen. */
export function readAgent(paths: Paths, sessionId: string, agentId: string): AgentMark | undefined {
  try {
    const mark = JSON.parse(readFileSync(fileOf(paths, sessionId, agentId), 'utf8')) as Partial<AgentMark> | null
    if (!Number.isSafeInteger(mark?.stretch)) return undefined
    return { starts: 0, stops: 0, ...mark } as AgentMark
  } catch {
    return undefined // Missing or damaged: the time decides which stretch it belongs to.
  }
}

export function writeAgent(paths: Paths, sessionId: string, agentId: string, mark: AgentMark): void {
  writeCacheFile(fileOf(paths, sessionId, agentId), JSON.stringify(mark))
}

const fileOf = (paths: Paths, sessionId: string, agentId: string): string =>
  join(paths.cache, 'agents', `${fileName(sessionId)}.${fileName(agentId)}.json`)
