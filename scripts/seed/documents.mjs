// The search index of what is seeded, made by the server's own rules: else its first start would make it, which takes longer.
import { SAID_IN_SESSIONS } from '../../server/search/backfill.ts'
import { documentOf, saidIn } from '../../server/search/document.ts'
import { SAID } from '../../server/search/indexing.ts'
import { TERMS_VERSION } from '../../server/search/terms.ts'
import { entities } from '../../src/contract/index.ts'

const INDEXED = Object.values(entities).filter((entity) => entity.indexed)
const byTable = new Map(INDEXED.map((entity) => [entity.table, entity]))

/** `search_documents` of some rows of a table. */
export function documents(table, rows) {
  const entity = byTable.get(table)
  if (!entity) return []
  return rows.flatMap((row) => {
    const document = documentOf(entity, row)
    return document ? [{ entity: entity.plural, entity_id: row.id, part: '', ...document }] : []
  })
}

/** `search_documents` of what was said in a session, from its row and its events. */
export function documentsSaid(session, events) {
  return events.flatMap(({ kind, text, event_id, at }) => {
    const document = SAID.includes(kind) && text !== null ? saidIn(entities.sessions, session, text, at) : undefined
    return document ? [{ entity: 'sessions', entity_id: session.id, part: event_id, ...document }] : []
  })
}

/** Says that all is indexed, of those entities of which nothing is said. */
export const progress = (known, at) =>
  [...INDEXED.map(({ plural }) => plural), SAID_IN_SESSIONS]
    .filter((name) => !known.includes(name))
    .map((entity) => ({ ...{ entity, version: TERMS_VERSION, last_id: null, finished_at: at } }))
