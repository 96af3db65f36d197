import { EVENT_TEXTS, type EventData, type EventKind } from '../../../src/contract/events.ts'
import type { Context } from '../../context.ts'
import { redactorFor } from '../../redaction/call.ts'
import { cleanRow, type WithheldText } from '../../redaction/columns.ts'

const NO_JSON: ReadonlySet<string> = new Set()

/** What a machine told, as it may be kept. */
export interface CleanedEvent<D> {
  data: D
  /** How many secrets were found that the machine had left. */
  count: number
  /** By the names of the event's fields. */
  withheld: WithheldText[]
  /** All its texts: what is stored of it need not be looked through again. */
  texts: ReadonlySet<string>
}

/** The machine has redacted it, by the rules that it has. It is done again here, by the newest ones and with all that the client's vault knows. */
export async function cleanEvent<K extends EventKind>(
  context: Context,
  kind: K,
  data: EventData<K>,
  clientId: string | null,
): Promise<CleanedEvent<EventData<K>>> {
  const columns = { freeTexts: EVENT_TEXTS[kind], jsonColumns: NO_JSON }
  const { changed, count, withheld } = await cleanRow(columns, data, () => redactorFor(context, clientId))
  const cleaned = { ...data, ...changed }
  const texts = Object.keys(columns.freeTexts).flatMap((field) => {
    const text = (cleaned as Record<string, unknown>)[field]
    return typeof text === 'string' ? [text] : []
  })
  return { data: cleaned, count, withheld, texts: new Set(texts) }
}
