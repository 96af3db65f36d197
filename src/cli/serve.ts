import { runOnHost } from './host.ts'
import { type AddVerbs, example } from './register.ts'

/** `msp serve`: the API server, in the foreground. */
export const addServe: AddVerbs = (program, world) => {
  program
    .command('serve')
    .description('run the API server in the foreground; configured by MSP_* variables')
    .addHelpText('after', example('MSP_PORT=8787 msp serve'))
    .action(() => runOnHost(world, ['serve']))
}
