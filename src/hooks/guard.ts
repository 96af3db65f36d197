// What hook.cjs loads to look a command up before it runs.
export { knownFailure } from './known-failures.ts'
