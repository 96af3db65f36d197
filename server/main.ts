import { AppError } from '../src/contract/errors.ts'
import { backup } from './backup/host.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { auditProgram } from './domains/audit/program.ts'
import { resetAdmin, setUp, startServer, withDeps } from './start.ts'
import { runKeysVerb } from './vault/host.ts'

/**
 * The programs of the server's host: `serve` (the default), `setup EMAIL NAME`, `reset-admin [EMAIL]`, and what works on the database itself
 * (`backup …`, `keys …`, `audit …`). They print what a person can mend in one message, without a stack trace.
 */
const PROGRAMS: Record<string, (config: Config, words: string[]) => Promise<number>> = {
  serve,
  setup: async (config, [email, name = 'Admin']) =>
    printed(await setUp(config, email ?? 'admin@claudetools.local', name)),
  'reset-admin': async (config, [email]) => printed(await resetAdmin(config, email)),
  backup,
  audit: (config, words) => withDeps(config, (deps) => auditProgram(deps, config, words)),
  keys: (config, words) =>
    withDeps(config, async (deps) =>
      printed(await runKeysVerb(deps, words, (done, total) => printed({ progress: { done, total } }))),
    ),
}

async function serve(config: Config): Promise<number> {
  const running = await startServer(config)
  const end = (signal: NodeJS.Signals) => {
    running.deps.log.info({ signal }, 'stopping')
    running.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  process.on('unhandledRejection', (error) => running.deps.log.error({ error }, 'unhandled rejection'))
  return 0
}

function printed(result: unknown): number {
  process.stdout.write(`${JSON.stringify(result)}\n`)
  return 0
}

async function main([verb = 'serve', ...words]: string[]): Promise<void> {
  const program = Object.hasOwn(PROGRAMS, verb) ? PROGRAMS[verb] : undefined
  if (!program) throw new ConfigError(`Unknown word "${verb}". Use one of: ${Object.keys(PROGRAMS).join(', ')}.`)
  process.exitCode = await program(readConfig(process.env), words)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError || error instanceof AppError ? error.message : `The server cannot start: ${(error as Error).message}`}\n`,
  )
  process.exitCode = 1
})
