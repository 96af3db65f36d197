import type { Logger } from 'pino'
import { AppError } from '../../src/contract/errors.ts'
import type { Database } from '../db/open.ts'
import type { Tables } from '../db/tables.ts'
import { checkpointOf } from './checkpoints.ts'
import type { Place } from './places.ts'

type Row = Tables['audit_checkpoints']

/** Brings signed states to the places outside, and knows how long that has not worked. */
export interface Outside {
  /** Pushes what a place does not have yet. Failures are logged, and tried again with the next call. */
  push(): Promise<void>
  /** Signing itself fails, or works again. */
  trouble(is: boolean): void
  /** @throws AppError UNAVAILABLE when places are configured and none took anything for a day */
  mayRelease(): void
  /** Seconds that the oldest signed state waits for a place; 0 when none does. */
  waitingSeconds(): number
}

const DAY_MS = 86_400_000
/** What waited longer is not looked for after a start. */
const LOOKED_AT_DAYS = 30

export function createOutside({ db }: Database, places: readonly Place[], clock: () => Date, log: Logger): Outside {
  let lookFrom = new Date(clock().getTime() - LOOKED_AT_DAYS * DAY_MS).toISOString()
  let waitingSince: string | undefined
  let troubleSince: string | undefined

  async function push(): Promise<void> {
    if (places.length === 0) return
    const rows = await db
      .selectFrom('audit_checkpoints')
      .selectAll()
      .where('created_at', '>=', lookFrom)
      .orderBy('created_at')
      .execute()
    const pushed = new Map(rows.map((row) => [row.id, JSON.parse(row.pushed) as Record<string, string>]))
    for (const place of places)
      await pushTo(
        place,
        rows.filter((row) => !pushed.get(row.id)?.[place.name]),
        pushed,
      )
    const isNowhere = (row: Row) => Object.keys(pushed.get(row.id) ?? {}).length === 0
    const isSomewhereMissing = (row: Row) => places.some(({ name }) => !pushed.get(row.id)?.[name])
    waitingSince = rows.find(isNowhere)?.created_at
    lookFrom = (rows.find(isSomewhereMissing) ?? rows.at(-1))?.created_at ?? lookFrom
  }

  async function pushTo(place: Place, rows: Row[], pushed: Map<string, Record<string, string>>): Promise<void> {
    if (rows.length === 0) return
    try {
      await place.push(rows.map((row) => JSON.stringify(checkpointOf(row))))
    } catch (error) {
      log.error(
        { error, place: place.name, waiting: rows.length },
        'signed states of the audit cannot be brought outside',
      )
      return
    }
    const now = clock().toISOString()
    for (const row of rows) {
      const taken = { ...pushed.get(row.id), [place.name]: now }
      pushed.set(row.id, taken)
      await db
        .updateTable('audit_checkpoints')
        .set({ pushed: JSON.stringify(taken) })
        .where('id', '=', row.id)
        .execute()
    }
  }

  const since = () => [waitingSince, troubleSince].filter((instant) => instant !== undefined).sort()[0]
  const waitingMs = () => {
    const oldest = since()
    return oldest === undefined ? 0 : Math.max(0, clock().getTime() - Date.parse(oldest))
  }

  return {
    push,
    trouble(is) {
      troubleSince = is ? (troubleSince ?? clock().toISOString()) : undefined
    },
    mayRelease() {
      if (places.length === 0 || waitingMs() < DAY_MS) return
      throw new AppError(
        'UNAVAILABLE',
        'No place outside has taken the signed state of the audit for a day, so no secret leaves the server. Mend a place of MSP_AUDIT_CHECKPOINTS on the server; its log has the reason.',
      )
    },
    waitingSeconds: () => Math.round(waitingMs() / 1_000),
  }
}
