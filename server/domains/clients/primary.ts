import type { AnyEntity, Typed } from '../../../src/contract/kernel.ts'
import type { Context } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'

type Input = Record<string, unknown>
interface OfAClient {
  id: string
  client_id: string
  is_primary: boolean
  archived_at: string | null
}

/** The standard handlers of rows of which a client has at most one primary: whoever becomes it takes it from the other. */
export function handlersWithOnePrimary<R extends OfAClient>(entity: AnyEntity & { row: Typed<R> }) {
  const standard = standardHandlers(entity)
  return {
    ...standard,
    create: async (context: Context, input: Input) => {
      if (input.is_primary) await takeFromOthers(context, entity, input.client_id as string)
      return standard.create(context, input)
    },
    update: async (context: Context, input: Input) => {
      if (input.is_primary) {
        const before = await rows(context, entity).get(input.id as string)
        if (before.archived_at === null) await takeFromOthers(context, entity, before.client_id, before.id)
      }
      return standard.update(context, input)
    },
    /** Comes back as an ordinary one when another has become primary. */
    restore: async (context: Context, { id }: { id: string }) => {
      const before = await rows(context, entity).get(id)
      const others = await otherPrimaries(context, entity, before.client_id, before.id)
      const is_primary = before.is_primary && others.length === 0
      return rows(context, entity).update(before.id, { archived_at: null, is_primary } as Partial<R>)
    },
  }
}

async function takeFromOthers<R extends OfAClient>(
  context: Context,
  entity: AnyEntity & { row: Typed<R> },
  clientId: string,
  except?: string,
): Promise<void> {
  for (const other of await otherPrimaries(context, entity, clientId, except))
    await rows(context, entity).update(other.id, { is_primary: false } as Partial<R>)
}

async function otherPrimaries<R extends OfAClient>(
  context: Context,
  entity: AnyEntity & { row: Typed<R> },
  client_id: string,
  except?: string,
): Promise<R[]> {
  const { items } = await rows(context, entity).list({ client_id, is_primary: true })
  return items.filter((item) => item.id !== except)
}
