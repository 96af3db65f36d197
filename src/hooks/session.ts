// What hook.cjs loads when a session starts, and with a prompt for which the server is asked: both bring the client of the API.
export { promptRecall } from './prompt-recall.ts'
export { sessionStart } from './session-start.ts'
