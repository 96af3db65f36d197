import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import type { Caller } from '../context.ts'

/**
 * The one place that decides which rows a caller may see or write. Everything that reads an entity adds this predicate;
 * a hidden row and a missing row give the same answer.
 */
export function visibleRows(
  entity: AnyEntity,
  caller: Caller,
  now: Date,
  level: 'read' | 'write' = 'read',
  table = entity.table,
): RawBuilder<SqlBool> {
  const client = sql.ref(`${table}.client_id`)
  const ofTheirs = () => visibleClient(sql.ref(`${table}.client_id`), caller, now, level)
  switch (entity.belongs) {
    case 'everyone':
      return sql<SqlBool>`1 = 1`
    case 'is-client':
      return visibleClient(sql.ref(`${table}.id`), caller, now, level)
    case 'client':
      return ofTheirs()
    case 'client-or-everyone':
      return sql<SqlBool>`(${client} is null or ${ofTheirs()})`
    case 'client-or-author':
      return sql<SqlBool>`((${client} is null and ${authored(table, caller)}) or (${client} is not null and ${ofTheirs()}))`
  }
}

/** Is the client in this column one that the caller may see (or write for)? */
export function visibleClient(
  column: RawBuilder<unknown>,
  caller: Caller,
  now: Date,
  level: 'read' | 'write' = 'read',
): RawBuilder<SqlBool> {
  if (caller.allClients) return sql<SqlBool>`1 = 1`
  const atLeast = level === 'write' ? sql` and level = 'write'` : sql``
  return sql<SqlBool>`${column} in (select client_id from user_client_access where user_id = ${caller.userId} and (expires_at is null or expires_at > ${now.toISOString()})${atLeast})`
}

/** Rows of no client belong to who made them; leads and admins see those of their team. */
const authored = (table: string, caller: Caller): RawBuilder<SqlBool> =>
  caller.role === 'lead' || caller.role === 'admin'
    ? sql<SqlBool>`1 = 1`
    : sql<SqlBool>`${sql.ref(`${table}.created_by`)} = ${caller.userId}`
