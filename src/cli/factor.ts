import { ask } from './ask.ts'
import { askCode } from './code.ts'
import { usage } from './output.ts'
import { isUnderClaude, stepUp } from './person.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

/** `msp factor`: an authenticator beside the password. */
export const addFactor: AddVerbs = (program, world) => {
  const factor = program.command('factor').description('an authenticator (TOTP) beside your password')
  factor
    .command('add')
    .description('set one up: signing in asks for its code from then on')
    .addHelpText('after', example('msp factor add'))
    .action(() => add(world))
  factor
    .command('remove')
    .description('do without it again')
    .option('--code <code>', 'of the authenticator, or a recovery code; asked at a terminal when not given')
    .addHelpText('after', example('msp factor remove'))
    .action(({ code }: { code?: string }) => remove(world, code))
}

async function add(world: World): Promise<void> {
  needPersonAtTerminal(world)
  const step_up = await stepUp(world)
  const { secret, uri } = await world.api.auth.startTotp({ step_up })
  world.output.note(
    `Enter this in your authenticator:\n\n  ${secret}\n\nor make a QR code of this address:\n\n  ${uri}\n`,
  )
  const code = await ask('A code of it: ', AT_TERMINAL)
  const { recovery_codes } = await world.api.auth.confirmTotp({ code })
  world.output.note(
    `Done. Signing in asks for a code from now on.\n\nEach of these serves once in place of a code. They are shown this once, so keep them apart from this computer:\n\n${recovery_codes.map((one) => `  ${one}`).join('\n')}`,
  )
}

async function remove(world: World, given: string | undefined): Promise<void> {
  const { removed } = await world.api.auth.removeTotp({ code: given ?? (await askCode()) })
  world.output.show({ removed }, removed ? 'Your authenticator is not asked for any more.' : 'There was none.')
}

const AT_TERMINAL = 'Run this yourself, in a terminal.'

/** What is shown here is a secret for eyes: not for a file, a pipe or the model. */
function needPersonAtTerminal(world: World): void {
  if (isUnderClaude(world))
    throw usage(
      'This shows a secret, so it does not run under Claude Code. Run "msp factor add" in a terminal of your own.',
    )
  if (world.output.isJson || !process.stdin.isTTY || !process.stderr.isTTY)
    throw usage(`This shows a secret, so it needs a terminal. ${AT_TERMINAL}`)
}
