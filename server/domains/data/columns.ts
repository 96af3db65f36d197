import type { Importable, Source } from '../../../src/contract/data.ts'
import { AppError } from '../../../src/contract/errors.ts'
import { COMMON_COLUMNS } from './common-words.ts'
import { plainName } from './convert.ts'
import { SHAPES, type Shape, SOURCE_NAMES } from './sources.ts'

/** What each column of a file is. */
export interface Columns {
  source: Source
  /** Column → target, a plus at its end included. */
  mapping: Map<string, string>
  unmapped: string[]
  leftOut: { column: string; reason: string }[]
  clientNumber: string | undefined
}

export interface ColumnsWanted {
  entity: Importable
  /** Fields that `create` takes. */
  fields: readonly string[]
  source: Source | 'auto'
  /** Their column → target, as the caller wants it. */
  wanted: Readonly<Record<string, string>>
}

/** Never imported: they belong into the credentials, one by one, or nowhere. */
const CREDENTIAL =
  /passw|credential|(^|_)(secrets?|pwd|otp|totp|mfa|pin|token|private_key|ssh_key|api_key|community|psk)(_|$)/
const SERVERS_OWN = new Set([
  'id',
  'created_at',
  'updated_at',
  'created_by',
  'updated_by',
  'row_version',
  'email_domain',
])
const BESIDE_FIELDS = ['client', 'site', 'archived']

/**
 * Recognises whose export it is and finds the field for each column: as the caller says, as the product's shape says, by our own
 * name, by a common word.
 *
 * @throws AppError INVALID_INPUT for a mapping that names what is not there, or a file of something else than it is taken for.
 */
export function columnsOf(header: readonly string[], { entity, fields, source, wanted }: ColumnsWanted): Columns {
  const plain = new Set(header.map(plainName))
  const shape = shapeFor(plain, entity, source)
  const asked = askedFor(header, wanted, [...fields, ...BESIDE_FIELDS])
  const columns: Columns = {
    source: shape?.source ?? (source === 'auto' ? 'generic' : source),
    mapping: new Map(),
    unmapped: [],
    leftOut: [],
    clientNumber: header.find((column) => plainName(column) === shape?.clientNumber),
  }
  const ours = new Set(fields)
  for (const column of header) {
    const name = plainName(column)
    const target =
      asked.get(column) ?? shapeSays(shape, name) ?? (ours.has(name) ? ourName(name) : COMMON_COLUMNS[entity].get(name))
    if (CREDENTIAL.test(name)) columns.leftOut.push({ column, reason: 'credentials are never imported' })
    else if (asked.get(column) === '-') columns.leftOut.push({ column, reason: 'as you asked' })
    else if (target !== undefined && target !== '-') columns.mapping.set(column, target)
    else if (SERVERS_OWN.has(name)) columns.leftOut.push({ column, reason: 'only the server writes it' })
    else columns.unmapped.push(column)
  }
  return columns
}

/** A column may be called `constructor`. */
const shapeSays = (shape: Shape | undefined, name: string) =>
  shape && Object.hasOwn(shape.columns, name) ? shape.columns[name] : undefined

const ourName = (field: string) => (field === 'client_id' ? 'client' : field)

function shapeFor(plain: ReadonlySet<string>, entity: Importable, source: Source | 'auto'): Shape | undefined {
  if (source === 'generic') return undefined
  const among = SHAPES.filter((shape) => source === 'auto' || shape.source === source)
  const fits = among.filter(({ marks }) => marks.every((mark) => plain.has(mark)))
  const shape = fits.find((one) => one.entity === entity)
  const [other] = fits
  if (shape || !other) return shape ?? (source === 'auto' ? undefined : among.find((one) => one.entity === entity))
  throw new AppError(
    'INVALID_INPUT',
    `This looks like the ${other.called} of ${SOURCE_NAMES[other.source]}: import them as ${other.entity}. If it is something else, say source: generic.`,
  )
}

/** Their column → target. A column may be written in another case. */
function askedFor(
  header: readonly string[],
  wanted: Readonly<Record<string, string>>,
  targets: readonly string[],
): Map<string, string> {
  return new Map(
    Object.entries(wanted).map(([column, target]): [string, string] => {
      const found = header.find((one) => one === column) ?? header.find((one) => plainName(one) === plainName(column))
      if (found === undefined)
        throw new AppError('INVALID_INPUT', `mapping: there is no column "${column}". There are: ${header.join(', ')}.`)
      const field = target.replace(/\+$/, '')
      if (target !== '-' && !targets.includes(field) && !/^custom\.\w{1,100}$/.test(field))
        throw new AppError('INVALID_INPUT', `mapping: there is no field "${target}". There are: ${targets.join(', ')}.`)
      return [found, ourName(field) + target.slice(field.length)]
    }),
  )
}

/** The text that the columns of a target give: the first that says it, else those with a plus, joined. */
export function textFor(target: string, columns: Columns, cells: ReadonlyMap<string, string>): string | undefined {
  const said = (wanted: string) =>
    [...columns.mapping].flatMap(([column, one]) => {
      const cell = cells.get(column) ?? ''
      return one === wanted && cell.trim() !== '' ? [cell] : []
    })
  const [first] = said(target)
  if (first !== undefined) return first
  const joined = said(`${target}+`).map((cell) => cell.trim())
  return joined.length === 0 ? undefined : joined.join(target === 'name' || target === 'hostname' ? ' ' : '\n')
}

/** The targets that some column has, without the plus. */
export const targetsOf = (columns: Columns): string[] => [
  ...new Set([...columns.mapping.values()].map((target) => target.replace(/\+$/, ''))),
]
