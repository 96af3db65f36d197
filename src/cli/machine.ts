import { version } from '../../package.json'
import { isOutage } from '../api/errors.ts'
import type { Registration } from '../machine/quick.ts'
import { isStale, readRecord, writeRecord } from '../machine/record.ts'
import { age } from '../recall/ages.ts'
import { updateConfig } from '../settings.ts'
import { facts, shortId, table } from './layout.ts'
import { count } from './options.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface RefreshOptions {
  ifStale?: boolean
  quiet?: boolean
}

/** `msp machine show|refresh|list`. */
export const addMachine: AddVerbs = (program, world) => {
  const machine = program.command('machine').description('this machine and the others that you work on')
  machine
    .command('show')
    .description('what this machine is and can do, as it was probed last')
    .addHelpText('after', example('msp machine show --json'))
    .action(() => show(world))
  machine
    .command('refresh')
    .description('probe this machine now and tell the server')
    .option('--if-stale', 'only when the last probe is older than a day')
    .option('--quiet', 'print nothing, for the background')
    .addHelpText('after', example('msp machine refresh'))
    .action((options: RefreshOptions) => refresh(world, options))
  machine
    .command('list')
    .description('every machine the server knows')
    .option('--limit <number>', 'at most so many, up to 200', '50')
    .addHelpText('after', example('msp machine list'))
    .action((options: { limit?: string }) => list(world, options))
}

async function show(world: World): Promise<void> {
  const { paths, machineId } = world.settings
  const record = readRecord(paths.cache)
  if (record === null || isStale(record, world.now().getTime())) return refresh(world, {})
  world.output.show(
    { machine_id: machineId ?? null, ...record },
    described(record.registration, machineId, age(record.probed_at, world.now())),
  )
}

async function refresh(world: World, options: RefreshOptions): Promise<void> {
  const { paths } = world.settings
  const known = readRecord(paths.cache)
  if (options.ifStale && known !== null && !isStale(known, world.now().getTime())) {
    world.output.show({ machine_id: world.settings.machineId ?? null, ...known }, 'The last probe is fresh.')
    return
  }
  if (process.stderr.isTTY && !options.quiet) world.output.note('Probing this machine takes a few seconds …')
  const { probeMachine } = await import('./more.ts')
  const record = { probed_at: world.now().toISOString(), registration: await probeMachine(version) }
  writeRecord(paths.cache, record)
  const machineId = await register(world, record.registration)
  if (options.quiet) return
  world.output.show({ machine_id: machineId ?? null, ...record }, described(record.registration, machineId, 'now'))
}

/** What was probed is kept without the server too; it is told with the next login or refresh. */
async function register(world: World, registration: Registration): Promise<string | undefined> {
  const { paths, machineId } = world.settings
  try {
    const { id } = await world.api.machines.register(registration)
    if (id !== machineId) updateConfig(paths, { machineId: id })
    return id
  } catch (error) {
    if (!isOutage(error)) throw error
    world.output.note(`The server was not told: ${error.message}`)
    return machineId
  }
}

async function list(world: World, options: { limit?: string }): Promise<void> {
  const page = await world.api.machines.list({ limit: count('--limit', options.limit ?? '50', 200) })
  const rows = page.items.map((one) => [
    shortId(one.id),
    one.hostname,
    one.os_version ?? one.os_type,
    one.default_shell ?? '',
    one.last_seen_at === null ? '' : age(one.last_seen_at, world.now()),
  ])
  world.output.show(page, rows.length === 0 ? 'No machines.' : table(['id', 'host', 'system', 'shell', 'seen'], rows))
}

function described(machine: Registration, id: string | undefined, probed: string): string {
  const { tools = {}, vpn_profiles = {} } = machine
  const shells = Object.entries((tools.shells ?? {}) as Record<string, string>).map(
    ([name, version]) => `${name} ${version}`,
  )
  return facts([
    ['host', machine.hostname],
    ['machine', id === undefined ? 'not enrolled; run "msp login"' : shortId(id)],
    ['fingerprint', machine.machine_fingerprint],
    ['system', `${machine.os_version ?? machine.os_type} ${machine.arch ?? ''}`.trim()],
    ['shells', [...shells, `default ${machine.default_shell ?? 'unknown'}`].join(', ')],
    ['packages', names(tools.package_managers)],
    ['docker', tools.docker === true ? `running (${tools.docker_version})` : 'not running'],
    ['git', typeof tools.git === 'string' ? tools.git : 'not there'],
    ['VPN profiles', names(vpn_profiles.profiles)],
    ['VPN up', names(vpn_profiles.active)],
    ['MCP servers', names(tools.mcp_servers)],
    ['skills', names(tools.skills)],
    ['time zone', machine.timezone],
    ['probed', probed],
  ])
}

const names = (value: unknown): string => (Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none')
