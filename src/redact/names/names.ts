import type { Layer } from '../finding.ts'
import { layerOf } from '../rules.ts'
import { ADDRESS_RULES, QUERY_RULES } from './addresses.ts'
import { files } from './files.ts'
import { pairs } from './pairs.ts'
import { NAME_RULES } from './rules.ts'
import { views } from './views.ts'

const rules = layerOf(NAME_RULES)
const addresses = layerOf(ADDRESS_RULES)
const queries = layerOf(QUERY_RULES)

/** Secrets that a name stands next to: keys of any format, headers, addresses, and the files that hold nothing but secrets. */
export const names: Layer = (source, report) => {
  pairs(source, report)
  rules(source, report)
  if (source.has('@') || source.has('%40')) addresses(source, report)
  if (source.has('?') || source.has('&')) queries(source, report)
  files(source, report)
  views(source, report)
}
