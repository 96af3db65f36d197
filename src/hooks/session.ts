// What hook.cjs loads when a session starts.
export { sessionStart } from './session-start.ts'
