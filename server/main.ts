import { type Config, ConfigError, readConfig } from './config.ts'
import { setUp, startServer } from './start.ts'

/** The program: `serve` (the default) or `setup EMAIL NAME`. Prints what a person can mend in one message, without a stack trace. */

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
  if (verb !== 'setup') throw new ConfigError(`Unknown word "${verb}". Use "serve", or "setup EMAIL NAME".`)
  const [email = 'admin@claudetools.local', name = 'Admin'] = options
  process.stdout.write(`${JSON.stringify(await setUp(config, email, name))}\n`)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `The server cannot start: ${(error as Error).message}`}\n`,
  )
  process.exitCode = 1
})
