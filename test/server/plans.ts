import { CompiledQuery, type KyselyPlugin } from 'kysely'
import type { Deps } from '../../server/context.ts'

/** What a database would do to answer a statement. */
export interface Plan {
  statement: string
  /** Tables of which every row would be looked at. */
  scanned: string[]
  /** Tables that would be gone through by an index from its beginning, as a list without a filter is, until it has a page. */
  walked: string[]
  /** It would sort what it found. */
  sorts: boolean
}

/** The database, and the statements that it was asked to run. */
export function watched(db: Deps['db']): { db: Deps['db']; seen: CompiledQuery[] } {
  const seen: CompiledQuery[] = []
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      seen.push(db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { db: db.withPlugin(plugin), seen }
}

export const planOf = (deps: Pick<Deps, 'db' | 'dialect'>, query: CompiledQuery): Promise<Plan> =>
  deps.dialect.kind === 'sqlite' ? sqlitePlan(deps.db, query) : mariadbPlan(deps.db, query)

async function sqlitePlan(db: Deps['db'], { sql: statement, parameters }: CompiledQuery): Promise<Plan> {
  const steps = await explained<{ detail: string }>(db, `explain query plan ${statement}`, parameters)
  const names = namesIn(statement)
  const scans = steps.flatMap(({ detail }) => {
    const [, name = '', how = ''] = /^SCAN (\S+)(.*)/.exec(detail) ?? []
    const table = names.get(name)
    return table ? [{ table, walks: how.includes('USING') }] : []
  })
  return {
    statement,
    scanned: scans.filter(({ walks }) => !walks).map(({ table }) => table),
    walked: scans.filter(({ walks }) => walks).map(({ table }) => table),
    // "FOR LAST TERM" sorts only what is equal in the first.
    sorts: steps.some(({ detail }) => detail === 'USE TEMP B-TREE FOR ORDER BY'),
  }
}

interface Step {
  table?: { table_name: string; access_type: string }
  filesort?: unknown
}

async function mariadbPlan(db: Deps['db'], { sql: statement, parameters }: CompiledQuery): Promise<Plan> {
  const [row] = await explained<{ EXPLAIN: string }>(db, `explain format=json ${statement}`, parameters)
  const steps = everyStep(JSON.parse(row?.EXPLAIN ?? '{}'))
  const names = namesIn(statement)
  const read = (type: string) =>
    steps.flatMap(({ table }) => {
      const name = table && names.get(table.table_name)
      return name && table.access_type === type ? [name] : []
    })
  return { statement, scanned: read('ALL'), walked: read('index'), sorts: steps.some((step) => 'filesort' in step) }
}

/** Every object of the plan, however deep. */
function everyStep(value: unknown): Step[] {
  if (typeof value !== 'object' || value === null) return []
  return [...(Array.isArray(value) ? [] : [value as Step]), ...Object.values(value).flatMap(everyStep)]
}

/** Tables by the names that a statement gives them. */
function namesIn(statement: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const [, table = '', alias] of statement.replace(/[`"]/g, '').matchAll(NAMED)) {
    names.set(table, table)
    if (alias) names.set(alias, table)
  }
  return names
}
const KEYWORDS = 'where|on|join|left|inner|cross|order|group|limit|union|having|using|force|as|set'
const NAMED = new RegExp(`\\b(?:from|join)\\s+(\\w+)(?:\\s+(?:as\\s+)?(?!(?:${KEYWORDS})\\b)(\\w+))?`, 'gi')

async function explained<R>(db: Deps['db'], text: string, parameters: readonly unknown[]): Promise<R[]> {
  return (await db.executeQuery<R>(CompiledQuery.raw(text, [...parameters]))).rows
}
