import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { askHidden, readStdin } from './ask.ts'
import { facts, shortId, table } from './layout.ts'
import { ambiguous, getClient } from './names.ts'
import { choice, count } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

const ROLES = ['viewer', 'technician', 'lead', 'admin'] as const
type User = OutputOf<Contract['users']['get']>

interface AddOptions {
  name: string
  role?: string
  allClients?: boolean
  passwordStdin?: boolean
}

/** `msp user list|show|add|grant|revoke|disable|password`. */
export const addUsers: AddVerbs = (program, world) => {
  const user = program.command('user').description('who may sign in, and for whom they work (admins)')
  user
    .command('list')
    .description('users')
    .option('--limit <number>', 'at most so many, up to 200', '100')
    .addHelpText('after', example('msp user list'))
    .action((options: { limit?: string }) => list(world, options))
  user
    .command('show')
    .description('one user, and the clients they may work for')
    .argument('<user>', 'e-mail or id')
    .addHelpText('after', example('msp user show ana@example.com'))
    .action((text: string) => show(world, text))
  user
    .command('add')
    .description('create a user with a first password')
    .argument('<email>', 'their address')
    .requiredOption('--name <name>', 'their name')
    .option('--role <role>', ROLES.join(', '), 'technician')
    .option('--all-clients', 'may work for every client; else grant them one by one')
    .option('--password-stdin', 'read the password from stdin; asked at a terminal otherwise')
    .addHelpText(
      'after',
      example('msp user add ana@example.com --name Ana --role technician --password-stdin < password.txt'),
    )
    .action((email: string, options: AddOptions) => add(world, email, options))
  user
    .command('grant')
    .description('let a user work for a client')
    .argument('<user>', 'e-mail or id')
    .argument('<client>', 'the client')
    .option('--level <level>', 'read or write', 'write')
    .addHelpText('after', example('msp user grant ana@example.com Dataforth'))
    .action((text: string, client: string, options: { level: string }) => grant(world, text, client, options.level))
  user
    .command('revoke')
    .description("take a user's access to a client away, at once")
    .argument('<user>', 'e-mail or id')
    .argument('<client>', 'the client')
    .addHelpText('after', example('msp user revoke ana@example.com Dataforth'))
    .action((text: string, client: string) => revoke(world, text, client))
  user
    .command('disable')
    .description('archive a user: they cannot sign in any more, their work stays')
    .argument('<user>', 'e-mail or id')
    .addHelpText('after', example('msp user disable ana@example.com'))
    .action((text: string) => disable(world, text))
  user
    .command('password')
    .description('set a new password and end every login of the user')
    .argument('<user>', 'e-mail or id')
    .option('--password-stdin', 'read the password from stdin; asked at a terminal otherwise')
    .addHelpText('after', example('msp user password ana@example.com'))
    .action((text: string, options: { passwordStdin?: boolean }) =>
      setPassword(world, text, options.passwordStdin === true),
    )
}

async function list(world: World, options: { limit?: string }): Promise<void> {
  const page = await world.api.users.list({ limit: count('--limit', options.limit ?? '100', 200) })
  const rows = page.items.map((one) => [
    shortId(one.id),
    one.email,
    one.name,
    one.role,
    one.all_clients ? 'all' : 'granted',
    one.last_login_at === null ? 'never' : age(one.last_login_at, world.now()),
  ])
  world.output.show(page, table(['id', 'e-mail', 'name', 'role', 'clients', 'last login'], rows))
}

async function show(world: World, text: string): Promise<void> {
  const user = await getUser(world, text)
  const { items: access } = await world.api.users.access({ id: user.id })
  const clients = access.map(({ client_name, level }) => `${oneLine(client_name, 60)} (${level})`)
  const lines = facts([
    ['name', user.name],
    ['e-mail', user.email],
    ['id', user.id],
    ['role', user.role],
    ['clients', user.all_clients ? 'all' : clients.join(', ') || 'none'],
    ['time zone', user.timezone],
    ['last login', user.last_login_at ?? 'never'],
    ['disabled', user.archived_at],
  ])
  world.output.show({ user, access }, lines)
}

async function add(world: World, email: string, options: AddOptions): Promise<void> {
  const role = choice('--role', options.role ?? 'technician', ROLES)
  const password = await newPassword(options.passwordStdin === true)
  const user = await world.api.users.create({
    email,
    name: options.name,
    role,
    password,
    all_clients: options.allClients === true,
  })
  const next = user.all_clients ? '' : ` Let them work for a client with: msp user grant ${user.email} CLIENT`
  world.output.show(user, `✓ User ${user.name} (${user.email}, ${user.role}) created.${next}`)
}

async function grant(world: World, text: string, clientText: string, level: string): Promise<void> {
  const user = await getUser(world, text)
  const client = await getClient(world, clientText)
  const access = await world.api.users.grant({
    id: user.id,
    client_id: client.id,
    level: choice('--level', level, ['read', 'write']),
  })
  world.output.show(access, `✓ ${user.name} may work for ${client.name} (${level}).`)
}

async function revoke(world: World, text: string, clientText: string): Promise<void> {
  const user = await getUser(world, text)
  const client = await getClient(world, clientText)
  const access = await world.api.users.revoke({ id: user.id, client_id: client.id })
  world.output.show(access, `✓ ${user.name} has no access to ${client.name} any more.`)
}

async function disable(world: World, text: string): Promise<void> {
  const { id } = await getUser(world, text)
  const user = await world.api.users.archive({ id })
  world.output.show(user, `✓ ${user.name} (${user.email}) cannot sign in any more.`)
}

async function setPassword(world: World, text: string, fromStdin: boolean): Promise<void> {
  const user = await getUser(world, text)
  const result = await world.api.users.setPassword({ id: user.id, password: await newPassword(fromStdin) })
  world.output.show(result, `✓ ${user.name} has a new password; ${result.logins_ended} logins ended.`)
}

async function newPassword(fromStdin: boolean): Promise<string> {
  if (fromStdin)
    return (await readStdin('Pipe the password in, or leave --password-stdin out to be asked.')).replace(/\r?\n$/, '')
  const instead = 'Give --password-stdin and pipe the password in.'
  const password = await askHidden('New password (at least 12 characters): ', instead)
  if ((await askHidden('Once more: ', instead)) !== password)
    throw usage('The two are not the same. Nothing was changed.')
  return password
}

/** By id, or by e-mail: whole, else a unique part of it. */
async function getUser(world: World, text: string): Promise<User> {
  if (/^[0-9a-f]{8}(-|$)/.test(text) && !text.includes('@')) return world.api.users.get({ id: text })
  const { items } = await world.api.users.list({ q: text, limit: 20 })
  const exact = items.filter(({ email }) => email.toLowerCase() === text.toLowerCase())
  const [user, ...others] = exact.length > 0 ? exact : items
  if (user === undefined) throw new Failure(EXIT.notFound, `There is no user "${text}". See them with: msp user list`)
  if (others.length > 0)
    throw ambiguous(
      text,
      [user, ...others].map(({ id, name, email }) => ({ id, name, code: email })),
    )
  return user
}
