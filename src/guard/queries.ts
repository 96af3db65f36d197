import type { Segment } from './shape.ts'

/** What a database is asked, as far as it depends on its version, its edition and the account. */

const SQL_CLIENTS = /^(?:sqlcmd|mysql|mariadb|psql|sqlite3|invoke-sqlcmd|osql|isql|sqlplus|clickhouse-client|cqlsh)$/
/** Whatever asks it, the same server understands the same. */
export const dialectOf = ({ program }: Pick<Segment, 'program'>): string =>
  DIALECTS.find(([, clients]) => clients.test(program))?.[0] ?? program
const DIALECTS: readonly [name: string, clients: RegExp][] = [
  ['mssql', /^(?:sqlcmd|invoke-sqlcmd|osql)$/],
  ['mysql', /^(?:mysql|mariadb)$/],
]
export const isSqlClient = ({ program }: Pick<Segment, 'program'>): boolean => SQL_CLIENTS.test(program)

/** What came to SQL in time, or belongs to some databases only. */
const CLAUSES =
  /\b(?:over|recursive|returning|intersect|except|lateral|fetch|offset|merge|conflict|filter|compression|encryption|json_table|nowait|ilike|qualify|pivot|unpivot|skip|limit|top|generated|invisible|concurrently|materialized|if exists|if not exists|apply|partition by|online|columnstore|memory_optimized|replace|ignore|within group|rollup|cube|try_convert|string_agg)\b/gi
const FUNCTIONS = /\b[a-z_]\w{2,40}(?=\()/gi

/** Functions and clauses that a query uses: whether there are any is a matter of the machine that answers it. */
export function featuresIn({ program, words }: Segment): string[] {
  if (!SQL_CLIENTS.test(program)) return LANGUAGES.test(program) ? functionsIn(words) : []
  const query = queryOf(words)
  return [...new Set([...(query.match(FUNCTIONS) ?? []), ...(query.match(CLAUSES) ?? [])])].map(
    (name) => `:${name.toLowerCase().replace(' ', '-')}`,
  )
}

/** They are given a text in their own language. */
const LANGUAGES =
  /^(?:jq|yq|[gmn]?awk|perl|php[\d.]*|node|ruby|python[\d.]*|lua|bc|octave|rscript|mlr|gnuplot|xsltproc|xmlstarlet)$/
const functionsIn = (words: readonly string[]): string[] => [
  ...new Set(words.flatMap((word) => word.match(FUNCTIONS) ?? []).map((name) => `:${name.toLowerCase()}`)),
]

const queryOf = (words: readonly string[]): string => words.filter((word) => /\s/.test(word.trim())).join(' ; ')

/**
 * The feature at which a database stopped reading, or which it says it has not: the one that it repeats, or the one in front of what it repeats
 * (`near '(ORDER BY id)'` comes after `OVER`).
 */
export function refusedFeature({ words }: Segment, features: readonly string[], said: string): string | undefined {
  const query = queryOf(words).toLowerCase().replace(/\s+/g, ' ')
  const near = /\bnear (?:the keyword )?(['"])(.{1,80}?)(?:\1|$)/im.exec(said)?.[2]?.toLowerCase()
  const at = near === undefined ? -1 : query.indexOf(near)
  const lacking = /^.{0,20}?(.{1,120}?)(?: is|is| are)? not (?:supported|available|allowed|enabled)/im
    .exec(said)?.[1]
    ?.toLowerCase()
  const around = at >= 0 ? query.slice(0, at + (near?.search(/[\s(]|$/) ?? 0)) : lacking
  if (around === undefined) return undefined
  const nameOf = (key: string): string => key.slice(key.lastIndexOf(':') + 1).replace('-', ' ')
  // The last one that was read before it gave up; of a sentence, the one that it names last.
  const found = features
    .map((key) => ({
      key,
      end: at >= 0 && query.startsWith(nameOf(key), at) ? around.length : lastEnd(around, nameOf(key)),
    }))
    .filter(({ end }) => end >= 0 && (at < 0 || around.length - end < CLOSE_CHARS))
    .sort((a, b) => b.end - a.end)
  return found[0]?.key
}

const CLOSE_CHARS = 4
const lastEnd = (text: string, name: string): number => {
  const at = text.lastIndexOf(name)
  return at < 0 ? -1 : at + name.length
}

/** Whose table a statement changes: only its owner may, with whatever statement. */
const OWNED =
  /\b(?:alter|drop|truncate|comment on|vacuum|reindex)\s{1,9}(?:table|view|materialized view|sequence|function|type)?\s{0,9}(?:if exists\s{1,9})?(?:only\s{1,9})?([\w."[\]]{1,80})|\bcreate\s{1,9}(?:unique\s{1,9})?index\b.{0,120}?\bon\s{1,9}([\w."[\]]{1,80})/i
const STATEMENT =
  /\b(select|insert|update|delete|grant|revoke|create|backup|restore|kill|show|exec|execute|flush|lock|call|load|analyze|optimize|repair|reset|purge|change|start|stop|reindex|cluster|copy)\b(?:.{0,400}?\b(?:from|into|on|table|database|role|user)\s{1,9}([\w."[\]]{1,80}))?/i

/** What a statement needs rights for, of an account: `psql owns orders as shop`. */
export function statementOf({ program, words, wrappers }: Segment): string | null {
  if (!SQL_CLIENTS.test(program) || wrappers.includes('sudo')) return null
  const query = queryOf(words)
  const owned = OWNED.exec(query)
  const [, verb, object] = STATEMENT.exec(query) ?? []
  const what = owned ? `owns ${owned[1] ?? owned[2]}` : verb && `${verb} ${object ?? ''}`.trim()
  return what ? `${program} ${what.toLowerCase()} as ${accountIn(words) ?? 'whoever asks'}` : null
}

export function accountIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^(?:-[uU]|--user(?:name)?)$/.test(word))
  return at >= 0
    ? words[at + 1]
    : words.map((word) => /^(?:-u|-U|--user(?:name)?=)(\w+)$/.exec(word)?.[1]).find(Boolean)
}
