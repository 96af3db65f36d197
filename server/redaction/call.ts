import type { FreeText } from '../../src/contract/values.ts'
import type { Context } from '../context.ts'
import { type CleanedRow, cleanRow, type TextColumns } from './columns.ts'
import type { TextRedactor } from './redaction.ts'

/** The redactor within one call of the API. */

type Redacting = Pick<Context, 'db' | 'redaction' | 'redactors' | 'cleaned'>

/** The redactor for texts of a client; one call makes each of them once. */
export function redactorFor(context: Redacting, clientId: string | null): Promise<TextRedactor> {
  const known = context.redactors?.get(clientId)
  if (known) return known
  const made = context.redaction.of(context.db, clientId)
  context.redactors?.set(clientId, made)
  return made
}

/** The free texts of a row that differ without their secrets. */
export const withoutSecrets = (
  context: Redacting,
  columns: TextColumns,
  values: Readonly<Record<string, unknown>>,
  clientId: string | null,
): Promise<CleanedRow> =>
  cleanRow(
    columns,
    values,
    () => redactorFor(context, clientId),
    (text) => context.cleaned?.has(text) === true,
  )

/** A text that is stored beside the rows of entities. What cannot be looked through is not kept. */
export async function textWithoutSecrets<T extends string | null | undefined>(
  context: Redacting,
  text: T,
  kind: FreeText,
  clientId: string | null,
): Promise<T | string> {
  if (text === null || text === undefined || text === '') return text
  return (await (await redactorFor(context, clientId)).clean(text, kind)).text
}
