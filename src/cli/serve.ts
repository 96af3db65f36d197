import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { EXIT, Failure } from './output.ts'
import { packageRoot } from './package-root.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

/** `msp serve`: the API server, in the foreground. */
export const addServe: AddVerbs = (program, world) => {
  program
    .command('serve')
    .description('run the API server in the foreground; configured by MSP_* variables')
    .addHelpText('after', example('MSP_PORT=8787 msp serve'))
    .action(() => serve(world))
}

/** The launcher gives the server a Node that is new enough, whatever Node runs this. */
async function serve(world: World): Promise<void> {
  const { spawn } = await import('node:child_process')
  const root = packageRoot()
  const launcher = join(root, 'scripts', 'run.mjs')
  const server = join(root, 'dist', 'server.js')
  if (!existsSync(launcher) || !existsSync(server))
    throw new Failure(
      EXIT.failed,
      `There is no server in ${root}. Run "npm ci && npm run build" in the ClaudeTools folder, and start it from there.`,
    )
  const child = spawn(process.execPath, [launcher, server, 'serve'], {
    stdio: 'inherit',
    env: world.environment,
    windowsHide: true,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Failure(EXIT.failed, `The server could not be started: ${error.message}.`)),
    )
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}
