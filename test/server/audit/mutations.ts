import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { LOGS, type Log, rowHash } from '../../../server/audit/chain.ts'
import type { Tables } from '../../../server/db/tables.ts'

type Db = Kysely<Tables>
type Row = Record<string, string | number | null> & { id: string; chain: string; seq: number }

/** Where a mutation must be found first; without a chain anywhere. */
export interface Expected {
  log: string
  chain?: string
  seq?: number
  /** Any of these. */
  classes: string[]
}

/** A whole number below `below`. */
export type Pick = (below: number) => number

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): Pick {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** One thing that somebody with every right on the database may do to the audit. @returns where it must be found */
export async function mutate(db: Db, pick: Pick): Promise<Expected> {
  const log: Log = pick(2) === 0 ? 'credential' : 'api'
  const rows = await rowsOf(db, log)
  const row = rows[pick(rows.length)] as Row
  const kinds = [...Object.values(OF_ENTRIES), ...Object.values(OF_OTHERS)]
  // Entries, where most of what matters is, more often than the rest.
  const chosen =
    pick(4) === 0 ? kinds[pick(kinds.length)] : Object.values(OF_ENTRIES)[pick(Object.keys(OF_ENTRIES).length)]
  return (chosen as Mutation)({ db, log, table: LOGS[log].table, row, rows, pick })
}

interface World {
  db: Db
  log: Log
  table: string
  row: Row
  rows: Row[]
  pick: Pick
}
type Mutation = (world: World) => Promise<Expected>

const at = ({ log, row }: World, ...classes: string[]): Expected => ({
  log,
  chain: row.chain,
  seq: Number(row.seq),
  classes,
})

const OF_ENTRIES: Record<string, Mutation> = {
  async edit(world) {
    const column = pickOf(LOGS[world.log].columns, world.pick)
    await change(world, world.row.id, { [column]: anotherValue(column, world.row[column]) })
    return at(world, 'hash', 'gap', 'mac')
  },
  async editAndHashAgain(world) {
    const { row_hash: _hash, mac, ...record } = { ...world.row, [pickOf(TEXTS, world.pick)]: 'somebody else' }
    await change(world, world.row.id, { ...record, row_hash: rowHash(world.log, record), mac: mac ?? null })
    return at(world, 'mac')
  },
  async delete(world) {
    await sql`delete from ${sql.table(world.table)} where id = ${world.row.id}`.execute(world.db)
    return at(world, 'gap')
  },
  async deleteAndCloseTheGap(world) {
    await sql`delete from ${sql.table(world.table)} where id = ${world.row.id}`.execute(world.db)
    await shift(world, Number(world.row.seq) + 1, -1)
    return at(world, 'hash', 'gap')
  },
  async insert(world) {
    await shift(world, Number(world.row.seq), 1)
    await insert(world, { ...world.row, id: randomUUID() })
    return at(world, 'hash')
  },
  async insertWithAGoodHash(world) {
    await shift(world, Number(world.row.seq), 1)
    const copy: Row = { ...world.row, id: randomUUID(), body_hash: null }
    const { row_hash: _hash, mac, ...record } = copy
    await insert(world, { ...record, row_hash: rowHash(world.log, record), mac: mac ?? null })
    return at(world, 'mac')
  },
  async exchange(world) {
    const others = world.rows.filter(({ chain, id }) => chain === world.row.chain && id !== world.row.id)
    const other = others[world.pick(others.length)]
    if (!other) return OF_ENTRIES.delete?.(world) as Promise<Expected>
    await change(world, world.row.id, { seq: -1 })
    await change(world, other.id, { seq: world.row.seq })
    await change(world, world.row.id, { seq: other.seq })
    return { ...at(world, 'hash'), seq: Math.min(Number(world.row.seq), Number(other.seq)) }
  },
  async repeat(world) {
    return copyTo(world, world.row.chain)
  },
  async copyAcross(world) {
    return copyTo(world, pickOf([...new Set(world.rows.map(({ chain }) => chain))], world.pick))
  },
  async forgeMac(world) {
    await change(world, world.row.id, { mac: 'f'.repeat(64) })
    return at(world, 'mac')
  },
}

const OF_OTHERS: Record<string, Mutation> = {
  async body(world) {
    const row = world.rows.filter(({ body_hash }) => body_hash !== null)[0] as Row
    const here = { ...world, row }
    const changes = [
      sql`update audit_bodies set body = '{"changes":[]}' where id = ${row.id}`,
      sql`update audit_bodies set body = null, erased_at = created_at where id = ${row.id}`,
      sql`update audit_bodies set created_at = '2020-01-01T00:00:00.000Z' where id = ${row.id}`,
      sql`delete from audit_bodies where id = ${row.id}`,
    ]
    await pickOf(changes, world.pick).execute(world.db)
    return at(here, 'body')
  },
  async bodyMore(world) {
    const row = world.rows.filter(({ body_hash }) => body_hash === null)[0]
    const id = row?.id ?? randomUUID()
    await sql`insert into audit_bodies (id, body, created_at) values (${id}, '{}', '2026-01-12T09:00:00.000Z')`.execute(
      world.db,
    )
    return row ? at({ ...world, row }, 'body') : { log: 'all', classes: ['body'] }
  },
  async head(world) {
    const { chain } = world.row
    const last = lastOf(world, chain)
    const here = sql`where log = ${world.log} and chain = ${chain}`
    const changes = [
      sql`update audit_heads set seq = seq + 1 ${here}`,
      sql`update audit_heads set seq = seq - 1 ${here}`,
      sql`update audit_heads set row_hash = ${'e'.repeat(64)} ${here}`,
      sql`update audit_heads set epoch = epoch + 1 ${here}`,
      sql`update audit_heads set updated_at = '2020-01-01T00:00:00.000Z' ${here}`,
      sql`delete from audit_heads ${here}`,
    ]
    const which = world.pick(changes.length)
    await (changes[which] as (typeof changes)[0]).execute(world.db)
    return { log: world.log, chain, seq: which === 0 ? last + 1 : last, classes: ['head', 'gap'] }
  },
  async checkpoint({ db, pick }) {
    const found = await db.selectFrom('audit_checkpoints').selectAll().execute()
    const row = pickOf(found, pick)
    const column = pickOf(['chain', 'seq', 'entries', 'row_hash', 'kid', 'signature', 'created_at'], pick)
    const which = pick(3)
    if (which === 0) await sql`delete from audit_checkpoints where id = ${row.id}`.execute(db)
    else if (which === 1)
      await db
        .insertInto('audit_checkpoints')
        .values({ ...row, id: randomUUID() })
        .execute()
    else
      await sql`update audit_checkpoints set ${sql.ref(column)} = ${anotherValue(column, row[column as 'chain'])} where id = ${row.id}`.execute(
        db,
      )
    return { log: 'any', classes: ['checkpoint'] }
  },
}

const TEXTS = ['user_agent', 'ip', 'agent_type'] as const
const NUMBERS =
  /^(seq|epoch|version_no|row_version|status_code|rate_limited|duration_ms|re(quest|sponse)_bytes|entries)$/
/** Of which each log takes only some. */
const WORDS: Record<string, Record<string, string>> = {
  action: { use: 'reveal', view: 'modify', '': 'view' },
  outcome: { success: 'denied', '': 'success' },
  actor_kind: { human: 'agent', '': 'human' },
  direction: { in: 'out', '': 'in' },
}

function anotherValue(column: string, value: unknown): string | number {
  if (column === 'rate_limited') return value === 1 ? 0 : 1
  if (NUMBERS.test(column)) return Number(value ?? 0) + 1_000
  const words = WORDS[column]
  if (words) return (words[value as string] ?? words['']) as string
  if (column === 'chain') return 'zzz'
  if (column.endsWith('_hash') || column === 'mac') return 'd'.repeat(64)
  if (column.endsWith('_at')) return '2021-03-04T05:06:07.089Z'
  if (column.endsWith('_id') || column.endsWith('_by') || column === 'id') return '0193c1de-2f0a-7c61-8f6e-0d6a5f9f5a10'
  return 'other'
}

const pickOf = <T>(among: readonly T[], pick: Pick): T => among[pick(among.length)] as T

async function rowsOf(db: Db, log: Log): Promise<Row[]> {
  const columns = sql.join(LOGS[log].columns.map((column) => sql.ref(column)))
  const found = await sql<Row>`select ${columns} from ${sql.table(LOGS[log].table)} order by chain, seq`.execute(db)
  return found.rows
}

async function change({ db, table }: World, id: string, values: Record<string, unknown>): Promise<void> {
  const sets = Object.entries(values).map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  await sql`update ${sql.table(table)} set ${sql.join(sets)} where id = ${id}`.execute(db)
}

async function insert({ db, table }: World, row: Record<string, unknown>): Promise<void> {
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)))
  await sql`insert into ${sql.table(table)} (${columns}) values (${sql.join(Object.values(row))})`.execute(db)
}

/** Gives the entries of a chain from a number on other numbers, in two steps, since no two may have the same. */
async function shift({ db, table, row }: World, from: number, by: number): Promise<void> {
  const here = sql`where chain = ${row.chain}`
  await sql`update ${sql.table(table)} set seq = -(seq + ${by}) ${here} and seq >= ${from}`.execute(db)
  await sql`update ${sql.table(table)} set seq = -seq ${here} and seq < 0`.execute(db)
}

const lastOf = ({ rows }: World, chain: string) =>
  Math.max(...rows.filter((row) => row.chain === chain).map(({ seq }) => Number(seq)))

async function copyTo(world: World, chain: string): Promise<Expected> {
  const seq = lastOf(world, chain) + 1
  await insert(world, { ...world.row, id: randomUUID(), chain, seq })
  await sql`update audit_heads set seq = ${seq}, row_hash = ${world.row.row_hash} where log = ${world.log} and chain = ${chain}`.execute(
    world.db,
  )
  return { log: world.log, chain, seq, classes: ['hash'] }
}
