import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { TestServer } from '../../support/server.ts'

/** Looking for a secret where nothing may hold it. */

/** The forms in which a secret is found again. */
export function formsOf(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret)
  const shifted = [0, 1, 2].map((by) =>
    Buffer.concat([Buffer.alloc(by), utf8])
      .toString('base64')
      .slice(by === 0 ? 0 : by + 1, -4),
  )
  const texts = [
    secret,
    ...shifted,
    encodeURIComponent(secret),
    utf8.toString('hex'),
    utf8.toString('hex').toUpperCase(),
  ]
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}

/** Where one of the secrets stands: `table.column` of rows, and on SQLite the names of the files. */
export async function placesOf({ server, databaseUrl }: TestServer, secrets: readonly string[]): Promise<string[]> {
  const forms = secrets.flatMap(formsOf)
  const holds = (value: unknown) => {
    if (typeof value !== 'string' && !Buffer.isBuffer(value)) return false
    const bytes = Buffer.from(value as string)
    return forms.some((form) => bytes.includes(form))
  }
  const { db } = server.deps
  await server.deps.audit.flush()
  const places = new Set<string>()
  for (const { name } of await db.introspection.getTables()) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    for (const row of rows)
      for (const [column, value] of Object.entries(row)) if (holds(value)) places.add(`${name}.${column}`)
  }
  return [...places].sort().concat(filesOf(databaseUrl).filter((file) => holds(readFileSync(file))))
}

/** None where the database is a server's. */
function filesOf(databaseUrl: string): string[] {
  if (!databaseUrl.startsWith('sqlite:')) return []
  const path = databaseUrl.replace(/^sqlite:(\/\/)?/, '')
  return ['', '-wal'].map((end) => `${path}${end}`).filter((file) => existsSync(file))
}
