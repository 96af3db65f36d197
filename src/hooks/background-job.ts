import { join } from 'node:path'

declare const __dirname: string

/** What is to be done after a hook has returned. Handed over as an argument, so it must hold no secret. */
export type BackgroundJob = {
  /** Why: decides what is looked at. */
  after: 'start' | 'prompt' | 'outcome' | 'guard' | 'stop' | 'end' | 'compaction'
  sessionId: string
}

/**
 * Starts the job in a process of its own that outlives the hook and the client. It does not run in the project's folder, which could not
 * be removed on Windows as long as it runs.
 */
export function startBackground(job: BackgroundJob): void {
  const { spawn } = process.getBuiltinModule('node:child_process')
  const program = join(__dirname, 'hook-background.cjs')
  const child = spawn(process.execPath, [program, JSON.stringify(job)], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    cwd: __dirname,
  })
  // Without a listener a failed start would end the hook with a stack trace. What was to be done waits for the next background job.
  child.on('error', () => undefined)
  child.unref()
}
