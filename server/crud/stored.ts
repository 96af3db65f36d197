import type { AnyEntity } from '../../src/contract/kernel.ts'

type Values = Record<string, unknown>

/** A row as it is sent: JSON parsed, 0/1 as booleans. */
export function fromStored(entity: AnyEntity, row: Values): Values {
  const out: Values = {}
  for (const column of entity.columns) out[column] = row[column] ?? null
  for (const column of entity.booleanColumns) if (out[column] !== null) out[column] = Boolean(out[column])
  for (const column of entity.jsonColumns) if (out[column] !== null) out[column] = JSON.parse(out[column] as string)
  return out
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
