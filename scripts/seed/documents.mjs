// The search index of what is seeded, made by the server's own rules: else its first start would make it, which takes longer.
import { documentOf } from '../../server/search/document.ts'
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
    return document ? [{ entity: entity.plural, entity_id: row.id, ...document }] : []
  })
}

/** Says that all is indexed, of those entities of which nothing is said. */
export const progress = (known, at) =>
  INDEXED.filter(({ plural }) => !known.includes(plural)).map(({ plural }) => ({
    ...{ entity: plural, version: TERMS_VERSION, last_id: null, finished_at: at },
  }))
