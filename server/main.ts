import { type Config, ConfigError, readConfig } from './config.ts'
import { resetAdmin, setUp, startServer } from './start.ts'

/** The program: `serve` (the default), `setup EMAIL NAME` or `reset-admin [EMAIL]`. Prints what a person can mend in one message, without a stack trace. */

async function serve(config: Config): Promise<void> {
  const running = await startServer(config)
  const end = (signal: NodeJS.Signals) => {
    running.deps.log.info({ signal }, 'stopping')
    running.stop().then(() => process.exit(0))
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  process.on('unhandledRejection', (error) => running.deps.log.error({ error }, 'unhandled rejection'))
}

async function main([verb = 'serve', ...options]: string[]): Promise<void> {
  const config = readConfig(process.env)
  if (verb === 'serve') return serve(config)
  const admin = await prepare(config, verb, options)
  process.stdout.write(`${JSON.stringify(admin)}\n`)
}

function prepare(config: Config, verb: string, [email, name = 'Admin']: string[]) {
  if (verb === 'setup') return setUp(config, email ?? 'admin@claudetools.local', name)
  if (verb === 'reset-admin') return resetAdmin(config, email)
  throw new ConfigError(`Unknown word "${verb}". Use "serve", "setup EMAIL NAME" or "reset-admin [EMAIL]".`)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `The server cannot start: ${(error as Error).message}`}\n`,
  )
  process.exitCode = 1
})
