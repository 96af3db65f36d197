import { CommanderError } from 'commander'
import { CLAIM_VARIABLE, takeClaimName } from '../claims.ts'
import { createOutput, EXIT, reportFailure } from './output.ts'
import { buildProgram } from './program.ts'

/** Runs one command line and returns the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const { program, world } = buildProgram()
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return Number(process.exitCode ?? EXIT.done)
  } catch (error) {
    if (error instanceof CommanderError) return usageCode(error, argv)
    return reportFailure(world.output, error)
  }
}

/** Commander has printed its own message already; help and version are no failures. */
function usageCode(error: CommanderError, argv: readonly string[]): number {
  if (error.exitCode === 0) return EXIT.done
  if (argv.includes('--json')) createOutput(true).show({ error: { code: 'INVALID_INPUT', message: error.message } }, '')
  return EXIT.usage
}

// `msp … | head`: who reads has seen enough, and the rest is for nobody.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.done)
  throw error
})

const { argv, name } = takeClaimName(process.argv.slice(2))
if (name !== undefined) process.env[CLAIM_VARIABLE] = name

main(argv).then((code) => {
  // A delivery or token refresh that outlived its deadline must not hold the terminal; both bear being killed.
  process.stdout.write('', () => process.exit(code))
})
