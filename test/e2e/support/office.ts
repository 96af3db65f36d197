import { join } from 'node:path'
import Database from 'better-sqlite3'
import { test as base } from 'vitest'
import type { Home, HomeOptions } from './home.ts'
import { type Installation, install } from './installation.ts'
import type { Model } from './model.ts'
import type { ModelRequest } from './model-request.ts'
import { createWorld, repoRoot, type World } from './world.ts'

/** A managed service provider: our server in a world of its own, and the machines of its technicians. */
export interface Office {
  readonly world: World
  readonly msp: Installation
  readonly model: Model
  /** A machine with the plugin, at which a technician is signed in. */
  machine(hostname: string, technician: string, options?: Omit<HomeOptions, 'hostname'>): Promise<Home>
  /** What the conversation of a Claude Code session sent to the model, oldest first. */
  asked(claudeSessionId: string): readonly ModelRequest[]
  /** The server's log of what it took in of a Claude Code session, in its order. It has no API, so this reads the database. */
  log(claudeSessionId: string): readonly Logged[]
}

export interface Logged {
  readonly event_id: string
  readonly kind: string
  readonly source: 'hook' | 'transcript' | 'cli'
  readonly session_id: string
  readonly text: string | null
}

/** A `test` with an `office` that all tests of the file share: starting a server for each of them would cost more than most of them do. */
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which other fixtures this one needs
export const test = base.extend('office', { scope: 'file' }, async ({}, { onCleanup }): Promise<Office> => {
  const world = await createWorld()
  onCleanup(() => world[Symbol.asyncDispose]())
  const msp = await install(world)
  return {
    world,
    msp,
    model: world.model,
    async machine(hostname, technician, options = {}) {
      const home = await world.home({ hostname, plugin: repoRoot, ...options })
      await msp.signIn(home, technician)
      return home
    },
    asked: (id) => world.model.requests.main.filter((request) => request.sessionId === id),
    log: (id) => readLog(join(world.dir, 'server/server/claudetools.db'), id),
  }
})

function readLog(file: string, claudeSessionId: string): Logged[] {
  const database = new Database(file, { readonly: true })
  try {
    return database
      .prepare<string, Logged>(
        'select event_id, kind, source, session_id, text from session_events where stream = ? order by at, seq',
      )
      .all(claudeSessionId)
  } finally {
    database.close()
  }
}
