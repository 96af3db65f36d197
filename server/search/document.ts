import type { AnyEntity } from '../../src/contract/kernel.ts'
import type { Tables } from '../db/tables.ts'
import { termsOf } from './terms.ts'

type Values = Readonly<Record<string, unknown>>

/** What is stored of a row so that it is found. */
export type SearchDocument = Omit<Tables['search_documents'], 'number' | 'entity' | 'entity_id' | 'part'>

/** A word of the title counts as much as so many in the text. */
const TITLE_WEIGHT = 3
const TITLE_CHARACTERS = 200
const BODY_CHARACTERS = 8_000
const MOST_TERMS = 2_000
/** Of 0 to 10, where nobody said anything else. */
const MIDDLING = 5

/** The document of a row, stored or as it is sent; undefined for one that shall not be found: archived, or without a word. */
export function documentOf(entity: AnyEntity, row: Values): SearchDocument | undefined {
  if (!entity.indexed || row.archived_at) return undefined
  const title = textOf(row[entity.indexed.title])
  const body = entity.indexed.body
    .map((column) => textOf(row[column]))
    .filter(Boolean)
    .join('\n')
  return entryOf(entity, row, title, body)
}

/** What somebody or the model said in a session: found as a part of the session's row, by whoever may see that. */
export const saidIn = (session: AnyEntity, row: Values, text: string, at: string): SearchDocument | undefined =>
  entryOf(session, { ...row, started_at: at }, '', text)

function entryOf(entity: AnyEntity, row: Values, title: string, body: string): SearchDocument | undefined {
  const inTitle = termsOf(title)
  const words = [...Array.from({ length: TITLE_WEIGHT }, () => inTitle).flat(), ...termsOf(body)].slice(0, MOST_TERMS)
  if (words.length === 0) return undefined
  const clientId = (row.client_id ?? null) as string | null
  return {
    client_id: clientId,
    created_by: (row.created_by ?? null) as string | null,
    project_id: (row.project_id ?? null) as string | null,
    session_id: (entity.plural === 'sessions' ? row.id : (row.session_id ?? null)) as string | null,
    infrastructure_id: (row.infrastructure_id ?? null) as string | null,
    at: (row[entity.dated ?? 'created_at'] ?? row.created_at) as string,
    title: title.slice(0, TITLE_CHARACTERS),
    body: body.slice(0, BODY_CHARACTERS),
    terms: [clientMark(clientId), ...words].join(' '),
    is_current: Number(isCurrent(row)),
    importance: typeof row.importance === 'number' ? row.importance : MIDDLING,
  }
}

/** Not what something newer has taken the place of, nor what holds no more. */
const isCurrent = ({ superseded_by_id, valid_to, status }: Values): boolean =>
  !superseded_by_id && !valid_to && !GONE.has(status as string)
const GONE: ReadonlySet<string> = new Set(['superseded', 'deprecated', 'rejected', 'obsolete'])

const MARKS = 1
/** The words of a document without its mark. */
export const wordsIn = (terms: string): string[] => terms.split(' ').slice(MARKS)

// Longer than any word can be, or with what no word has: nobody's text passes for a mark.
/** Keeps the search inside one client. */
export const clientMark = (clientId: string | null): string =>
  clientId === null ? 'client__none' : `client__${clientId.replaceAll('-', '')}`

/** Columns hold text, a list of texts, or open attributes; stored, the latter two are JSON, which reads well enough. */
const textOf = (value: unknown): string =>
  value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map(textOf).join('\n')
        : JSON.stringify(value)
