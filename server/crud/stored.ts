import type { AnyEntity } from '../../src/contract/kernel.ts'

type Values = Record<string, unknown>

/** A row as it is sent: the entity's columns alone, JSON parsed, 0/1 as booleans. */
export function fromStored(entity: AnyEntity, row: Values): Values {
  const out: Values = {}
  for (const column of entity.columns) out[column] = row[column] ?? null
  return asSent(entity, out)
}

/** The same for a row that has just these columns: changed in place, since a list has thousands of values and few that differ. */
export function asSent(entity: AnyEntity, row: Values): Values {
  for (const column of entity.booleanColumns) if (row[column] !== null) row[column] = Boolean(row[column])
  for (const column of entity.jsonColumns) if (row[column] !== null) row[column] = JSON.parse(row[column] as string)
  return row
}

/** Values as they are stored, with the folded name beside the column that finds the row by name. */
export function toStored(entity: AnyEntity, values: Values): Values {
  const out: Values = {}
  for (const [column, value] of Object.entries(values)) {
    if (value === undefined) continue
    if (value === null) out[column] = null
    else if (entity.booleanColumns.has(column)) out[column] = value ? 1 : 0
    else if (entity.jsonColumns.has(column)) out[column] = JSON.stringify(value)
    else out[column] = value
    if (column === entity.named) out[`${column}_key`] = foldName(value as string)
  }
  return out
}

const MAX_KEY_CHARACTERS = 200

/** The form by which names are compared: letter case, width and runs of spaces do not count. */
export function foldName(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
  return [...folded].slice(0, MAX_KEY_CHARACTERS).join('')
}
