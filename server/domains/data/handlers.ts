import type { Context, Handlers } from '../../context.ts'
import { type ExportInput, exportRows, type ListOf } from './export.ts'
import { importFile } from './import.ts'

/** Import and export go through the operations of each domain, so that its rules hold for a file as for a single call. */
export const dataHandlers = (all: () => Handlers): Handlers['data'] => {
  const listOf: ListOf = (name) => (all()[name] as { list: ReturnType<ListOf> }).list
  return {
    export: (context: Context, input) => exportRows(context, listOf, input as ExportInput),
    import: (context: Context, input) => importFile(context, all(), input),
  }
}
