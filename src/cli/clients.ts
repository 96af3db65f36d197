import { oneLine } from '../recall/clean.ts'
import { facts, shortId, table } from './layout.ts'
import { getClient } from './names.ts'
import { choice, count, given } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface Fields {
  name?: string
  code?: string
  domain?: string
  timezone?: string
  status?: string
  notes?: string
}

/** `msp client list|show|add|alias|edit`. */
export const addClients: AddVerbs = (program, world) => {
  const client = program.command('client').description('the clients that you work for')
  client
    .command('list')
    .description('clients by name')
    .option('--limit <number>', 'at most so many, up to 200', '100')
    .addHelpText('after', example('msp client list'))
    .action((options: { limit?: string }) => list(world, options))
  client
    .command('show')
    .description('one client with its aliases')
    .argument('<client>', 'name, code, alias, domain or a unique beginning')
    .addHelpText('after', example('msp client show dataf'))
    .action((text: string) => show(world, text))
  const add = client.command('add').description('create a client (leads and admins)').argument('<name>', 'its name')
  const edit = client
    .command('edit')
    .description('change a client (leads and admins)')
    .argument('<client>', 'name, code, alias or domain')
  edit.option('--name <name>', 'a new name').option('--status <status>', 'active, paused or offboarded')
  for (const verb of [add, edit]) {
    verb
      .option('--code <code>', '2 to 10 capital letters or digits')
      .option('--domain <domain>', 'primary domain')
      .option('--timezone <zone>', 'as in America/Phoenix')
      .option('--notes <text>', 'Markdown')
  }
  add
    .addHelpText('after', example('msp client add "Dataforth Corporation" --code DF --domain dataforth.com'))
    .action((name: string, options: Fields) => create(world, name, options))
  edit
    .addHelpText('after', example('msp client edit Dataforth --timezone America/Phoenix'))
    .action((text: string, options: Fields) => change(world, text, options))
  client
    .command('alias')
    .description('give a client another name to be found by')
    .argument('<client>', 'the client')
    .argument('<alias>', 'the other name')
    .addHelpText('after', example('msp client alias Dataforth DFC'))
    .action((text: string, alias: string) => addAlias(world, text, alias))
}

async function list(world: World, options: { limit?: string }): Promise<void> {
  const page = await world.api.clients.list({ limit: count('--limit', options.limit ?? '100', 200), sort: 'name' })
  const rows = page.items.map((one) => [
    shortId(one.id),
    one.code ?? '',
    oneLine(one.name, 60),
    one.status,
    one.primary_domain ?? '',
  ])
  world.output.show(
    page,
    rows.length === 0
      ? 'No clients yet. Create one with: msp client add NAME'
      : table(['id', 'code', 'name', 'status', 'domain'], rows),
  )
}

async function show(world: World, text: string): Promise<void> {
  const client = await getClient(world, text)
  const { items: aliases } = await world.api.clientAliases.list({ client_id: client.id, limit: 100 })
  const lines = facts([
    ['name', `${client.name}${client.code ? ` (${client.code})` : ''}`],
    ['id', client.id],
    ['aliases', aliases.map(({ alias }) => alias).join(', ')],
    ['status', `${client.status}, ${client.type}`],
    ['domain', client.primary_domain],
    ['time zone', client.timezone],
    ['security', client.security_level],
  ])
  world.output.show({ client, aliases }, client.notes ? `${lines}\n\n${client.notes}` : lines)
}

async function create(world: World, name: string, options: Fields): Promise<void> {
  const client = await world.api.clients.create({ name, ...fieldsOf(options) })
  world.output.show(client, `✓ Client ${client.name} (${client.code ?? shortId(client.id)}) created.`)
}

async function change(world: World, text: string, options: Fields): Promise<void> {
  const fields = {
    ...fieldsOf(options),
    ...given({
      name: options.name,
      status:
        options.status === undefined
          ? undefined
          : choice('--status', options.status, ['active', 'paused', 'offboarded']),
    }),
  }
  if (Object.keys(fields).length === 0) throw usage('Nothing to change was given. See: msp client edit --help')
  const { id, row_version } = await getClient(world, text)
  const client = await world.api.clients.update({ id, row_version, ...fields })
  world.output.show(client, `✓ Client ${client.name} changed.`)
}

const fieldsOf = ({ code, domain, timezone, notes }: Fields) => given({ code, primary_domain: domain, timezone, notes })

async function addAlias(world: World, text: string, alias: string): Promise<void> {
  const client = await getClient(world, text)
  const row = await world.api.clientAliases.create({ client_id: client.id, alias })
  world.output.show(row, `✓ ${client.name} is found as "${row.alias}" too.`)
}
