import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openSqlite } from '../../../server/db/open-sqlite.ts'

const SECRET = `cK7vR2mXq9Zt4LpW${'q'.repeat(200)}`
const ROWS = 400

/** Always the same ones, from 0 to 1 (Park and Miller's). */
function numbers(): () => number {
  let last = 1
  return () => {
    last = (last * 48_271) % 2_147_483_647
    return last / 2_147_483_647
  }
}

test('a value that was overwritten is nowhere in the file, also where rows had moved between pages', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'msp-erasing-'))
  const path = join(folder, 'x.db')
  const { db, dialect } = openSqlite(path)
  const random = numbers()
  const keys = Array.from({ length: ROWS }, () => `${random()}`)
  const put = (key: string, text: string | null) =>
    sql`insert into texts values (${key}, ${text}, ${text && random() + text.slice(0, 300)}) on conflict do update set text = excluded.text, again = excluded.again`.execute(
      db,
    )
  await sql`create table texts (key text not null, text text, again text, primary key (key))`.execute(db)
  await sql`create index texts_again on texts (again)`.execute(db)
  const secrets = keys.filter((_, place) => place % 20 === 0)
  const others = keys.filter((_, place) => place % 20 !== 0)

  for (const [place, key] of keys.entries()) await put(key, place % 20 === 0 ? SECRET : 'y'.repeat(random() * 1_200))
  for (let change = 0; change < 600; change++)
    await put(others[Math.floor(random() * others.length)] as string, 'z'.repeat(random() * 2_000))
  for (const key of others) await put(key, null)
  for (const key of secrets) await put(key, 'masked')
  for (const statement of dialect.erasing) await sql.raw(statement).execute(db)

  expect((await readFile(path)).includes(SECRET.slice(0, 16))).toBe(false)
  expect((await readFile(`${path}-wal`)).length).toBe(0)
  await db.destroy()
  await rm(folder, { recursive: true })
})
