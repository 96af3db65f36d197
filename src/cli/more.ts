/**
 * What few verbs need and what costs more than the whole start of the CLI: systeminformation and execa, zod with the contract, a CSV parser, the table of commands. Built
 * as a file of its own, `dist/msp-more.cjs`; import it only where a verb needs it, as `await import('./more.ts')`.
 */
export { parse as parseCsv } from 'csv-parse/sync'
export { CSV_OPTIONS, delimiterOf } from '../contract/csv.ts'
export { everyOperation } from '../contract/index.ts'
export { commandsFor, everyTask } from '../guard/os-commands/find.ts'
export { probeMachine } from '../machine/capabilities.ts'
export { versionOf } from '../machine/programs.ts'
