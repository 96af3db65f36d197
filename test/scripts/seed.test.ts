import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { failureCategory } from '../../src/guard/failures.ts'
import { commandFingerprint } from '../../src/guard/shape.ts'

const root = join(import.meta.dirname, '..', '..')
const OPTIONS = ['--clients', '6', '--years', '1', '--commands', '2000', '--technicians', '4', '--until', '2026-01-12']
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'msp-seed-'))
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const seed = (name: string, ...more: string[]) => {
  const database = ['--database', `sqlite:${join(folder, name)}`]
  return promisify(execFile)(process.execPath, [join(root, 'scripts', 'seed.mjs'), ...OPTIONS, ...database, ...more])
}

/** Every row of a database but those of the migrator, which say when it ran. */
function rowsOf(name: string): Record<string, unknown[][]> {
  const file = new Sqlite(join(folder, name), { readonly: true })
  const tables = file
    .prepare(
      "select name from sqlite_master where type = 'table' and name not like '%kysely%' and name not like '%words%'",
    )
    .pluck()
    .all() as string[]
  const rows = tables.map((table) => [table, file.prepare(`select * from ${table}`).raw().all()])
  file.close()
  return Object.fromEntries(rows)
}

test('equal arguments give equal rows, another seed gives others', { timeout: 120_000 }, async () => {
  const { stdout } = await seed('one.db')
  await seed('same.db')
  await seed('other.db', '--seed', '2')

  expect(JSON.parse(stdout)).toMatchObject({
    commands: 2_000,
    sessions: 100,
    rows: { commands_run: 2_000, sessions: 100 },
  })
  expect(rowsOf('same.db')).toEqual(rowsOf('one.db'))
  expect(rowsOf('other.db').commands_run).not.toEqual(rowsOf('one.db').commands_run)
})

test('the rows keep the rules of the schema, and what is derived from a command fits it', () => {
  const file = new Sqlite(join(folder, 'one.db'), { readonly: true })
  const commands = file
    .prepare('select command, command_fingerprint, exit_code, stderr_excerpt, failure_category from commands_run')
    .all() as Record<string, never>[]

  expect(file.pragma('foreign_key_check')).toEqual([])
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok')
  const failed = commands.filter((run) => run.failure_category !== null)
  expect(failed.length / commands.length).toBeGreaterThan(0.05)
  for (const run of commands) {
    const category = failureCategory({
      exitCode: run.exit_code ?? null,
      stderr: run.stderr_excerpt ?? null,
      error: null,
    })
    expect(run.command_fingerprint).toBe(commandFingerprint(run.command as unknown as string, sha256))
    if (run.failure_category !== null) expect(run.failure_category).toBe(category)
  }
  file.close()
})

test('a database with clients is left alone, unless it is to be added to', { timeout: 60_000 }, async () => {
  const refused = await seed('one.db').catch((error: { code: number; stderr: string }) => error)
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--append') })

  await seed('one.db', '--append')

  expect(rowsOf('one.db').clients).toHaveLength(12)
})
