import { checkAudit } from './audit.ts'
import {
  type Check,
  checkConfig,
  checkLogin,
  checkModes,
  checkNode,
  checkPlugin,
  checkServer,
  checkSpool,
} from './checks.ts'
import { checkKeychain } from './keychain-check.ts'
import { facts } from './layout.ts'
import { EXIT } from './output.ts'
import { checkRedactor } from './redactor-check.ts'
import { type AddVerbs, example } from './register.ts'
import { checkTranscripts } from './transcripts-check.ts'
import type { World } from './world.ts'

/** `msp doctor` and `msp config show`. */
export const addDoctor: AddVerbs = (program, world) => {
  program
    .command('doctor')
    .description('check everything that this machine needs; each line says what to do')
    .addHelpText('after', example('msp doctor'))
    .action(() => doctor(world))
  program
    .command('config')
    .description('the configuration of this machine')
    .command('show')
    .description('server, machine, folders and preferences in use')
    .addHelpText('after', example('msp config show --json'))
    .action(() => showConfig(world))
}

async function doctor(world: World): Promise<void> {
  const config = checkConfig(world)
  const checks = config.state === false ? [config, await checkNode()] : [config, ...(await everyCheck(world))]
  const isHealthy = checks.every(({ state }) => state !== false)
  world.output.show({ healthy: isHealthy, checks }, checks.map(line).join('\n'))
  process.exitCode = isHealthy ? EXIT.done : EXIT.failed
}

async function everyCheck(world: World): Promise<Check[]> {
  const [server, login, keychain, node] = await Promise.all([
    checkServer(world),
    checkLogin(world),
    checkKeychain(world),
    checkNode(),
  ])
  return [
    ...server,
    ...login,
    ...keychain,
    ...checkSpool(world),
    ...checkAudit(world),
    ...checkPlugin(world),
    ...checkRedactor(world),
    node,
    checkModes(world),
    checkTranscripts(world),
  ]
}

const line = ({ name, state, message }: Check): string =>
  `${state === null ? '–' : state ? '✓' : '✗'} ${`${name}:`.padEnd(15)} ${message}`

function showConfig(world: World): void {
  const { apiUrl, machineId, preferences, paths } = world.settings
  const text = facts([
    ['server', apiUrl],
    ['machine', machineId ?? 'not enrolled'],
    ['home', paths.home],
    ['preferences', Object.keys(preferences).length === 0 ? null : JSON.stringify(preferences)],
    ['set by', world.environment.MSP_API_URL ? 'MSP_API_URL (server)' : null],
  ])
  world.output.show({ api_url: apiUrl, machine_id: machineId ?? null, preferences, paths }, text)
}
