import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCacheFile } from './durable.ts'
import { fileName, type LocalSession } from './sessions.ts'

/** A context block as the server gave it last, for when it cannot be reached. */
export type CachedBlock = {
  text: string
  /** ISO 8601, UTC. */
  at: string
}

/** Whose block: the client's, else the project's, else what belongs to nobody. One client's is never shown for another. */
export type Scope = Pick<LocalSession, 'client' | 'project'>

/** `cache` is `MSP_HOME/cache`. Null when there is none, and for a client or project that is not known by id. */
export function readBlock(cache: string, scope: Scope): CachedBlock | null {
  const path = pathOf(cache, scope)
  if (path === null) return null
  try {
    const block = JSON.parse(readFileSync(path, 'utf8')) as Partial<CachedBlock> | null
    return typeof block?.text === 'string' && typeof block.at === 'string' ? { text: block.text, at: block.at } : null
  } catch {
    return null // Missing or damaged: it is a cache.
  }
}

/** Keeps a block. One for a client or project without an id is not kept: nobody could say later whose it is. */
export function writeBlock(cache: string, scope: Scope, block: CachedBlock): void {
  const path = pathOf(cache, scope)
  if (path !== null) writeCacheFile(path, `${JSON.stringify(block)}\n`)
}

function pathOf(cache: string, { client, project }: Scope): string | null {
  const owner = client ?? project
  if (owner !== null && owner.id === null) return null
  return join(cache, 'context', `${owner?.id ? fileName(owner.id) : 'machine'}.json`)
}
