// The hooks' second file, loaded when a session starts (by hook.cjs) and run in the background after a hook has returned.
import { runBackground } from './background.ts'

export { sessionStart } from './session-start.ts'

if (process.argv[2] === 'background') void runBackground(process.argv[3]).then(() => process.exit(0))
