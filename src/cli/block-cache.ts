import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeFileAtomic } from '../durable.ts'
import { fileName, type LocalSession } from '../sessions.ts'

/** The context block of the last time the server was there, for when it is not. */
export interface CachedBlock {
  text: string
  /** ISO 8601, UTC. */
  at: string
}

/** Whose block: the client's, else the project's, else what belongs to nobody. One client's is never shown for another. */
const keyOf = ({ client, project }: LocalSession): string => client?.id ?? project?.id ?? 'none'

const pathOf = (cache: string, session: LocalSession): string =>
  join(cache, 'blocks', `${fileName(keyOf(session))}.json`)

/** `cache` is `MSP_HOME/cache`. Null when there is none, and for a client whose id is not known. */
export function readBlock(cache: string, session: LocalSession): CachedBlock | null {
  if (session.client !== null && session.client.id === null) return null
  try {
    const block = JSON.parse(readFileSync(pathOf(cache, session), 'utf8')) as Partial<CachedBlock> | null
    return typeof block?.text === 'string' && typeof block.at === 'string' ? { text: block.text, at: block.at } : null
  } catch {
    return null // Missing or damaged: it is a cache.
  }
}

export function writeBlock(cache: string, session: LocalSession, block: CachedBlock): void {
  if (session.client !== null && session.client.id === null) return
  writeFileAtomic(pathOf(cache, session), `${JSON.stringify(block)}\n`)
}
