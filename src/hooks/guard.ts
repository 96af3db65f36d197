// What hook.cjs loads to look a command up before it runs.
export { knownFailure } from './known-failures.ts'
// And what it loads for an agent that may run nothing but our own command line.
export { readersCall } from './readers.ts'
