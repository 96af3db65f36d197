import type { AnyEntity, Typed } from '../../src/contract/kernel.ts'
import type { Context } from '../context.ts'
import { type ListOptions, rows } from './rows.ts'

type Input = Record<string, unknown>

/**
 * Handlers for the standard operations of an entity. A domain overrides one by naming it after the spread; there are no
 * hooks. Their types are loose here and exact where they meet the contract (`Handlers`).
 */
export function standardHandlers<R extends object>(entity: AnyEntity & { row: Typed<R> }) {
  const asRow = (input: Input) => input as Partial<R>
  return {
    list: (context: Context, input: Input) => rows(context, entity).list(input as ListOptions),
    get: (context: Context, { id }: { id: string }) => rows(context, entity).get(id),
    create: (context: Context, input: Input) => rows(context, entity).insert(asRow(input)),
    update: (context: Context, { id, row_version, ...change }: Input) =>
      rows(context, entity).update(id as string, asRow(change), row_version as number | undefined),
    archive: (context: Context, { id }: { id: string }) =>
      rows(context, entity).update(id, asRow({ archived_at: context.clock().toISOString() })),
    restore: (context: Context, { id }: { id: string }) =>
      rows(context, entity).update(id, asRow({ archived_at: null })),
  }
}
