// What runs after a hook has returned: `node hook-background.cjs '<job as JSON>'`. A file of its own, so that no hook waits for it to load.
import { runBackground } from './background.ts'

void runBackground(process.argv[2]).then(() => process.exit(0))
