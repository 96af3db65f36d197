import type { Importable } from '../../../src/contract/data.ts'
import { entities } from '../../../src/contract/index.ts'
import type { AnyEntity, Operation, Typed } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'

export type Row = Record<string, unknown> & { id: string }

/** What rows of a file become: an entity with its own operations, so that its rules hold for a file too. */
export interface Target {
  name: Importable
  entity: AnyEntity & { row: Typed<Row> }
  create: Operation
  update: Operation
  handlers: {
    create(context: Context, input: unknown): Promise<Row>
    update(context: Context, input: unknown): Promise<Row>
  }
  /** How a row is called. */
  label: string
  /** Columns by which a row of the same client is the same; the first that is given and finds one counts. */
  keys: readonly string[]
}

const KEYS: Record<Importable, readonly string[]> = {
  clients: ['name', 'code'],
  sites: ['name'],
  contacts: ['email', 'name'],
  infrastructure: ['hostname', 'serial_number'],
}

export function targetOf(name: Importable, all: Handlers): Target {
  const entity = entities[name] as unknown as Target['entity'] & { offers: Pick<Target, 'create' | 'update'> }
  return {
    name,
    entity,
    create: entity.offers.create,
    update: entity.offers.update,
    handlers: all[name] as unknown as Target['handlers'],
    label: name === 'infrastructure' ? 'hostname' : 'name',
    keys: KEYS[name],
  }
}
