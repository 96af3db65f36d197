import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { counted, shortId, table } from './layout.ts'
import { EXIT, Failure } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

type Login = OutputOf<Contract['auth']['logins']>['items'][number]

/** `msp logins`: where one is signed in. */
export const addLogins: AddVerbs = (program, world) => {
  program
    .command('logins')
    .description('where you are signed in; --end ends one of them')
    .option('--end <id>', 'end this login, wherever it is (its id or the end of it)')
    .addHelpText('after', example('msp logins', 'msp logins --end 3f2a9c1e'))
    .action(({ end }: { end?: string }) => (end === undefined ? list(world) : endOne(world, end)))
}

async function list(world: World): Promise<void> {
  const { items } = await world.api.auth.logins()
  const rows = items.map((login) => [
    shortId(login.id),
    `${login.label ?? '–'}${login.is_current ? ' (this one)' : ''}`,
    login.is_bound ? 'bound to its machine' : 'not bound: sign in there again',
    login.last_used_at.slice(0, 16).replace('T', ' '),
    login.expires_at.slice(0, 10),
  ])
  world.output.show({ items }, table(['id', 'machine', 'key', 'last used (UTC)', 'ends'], rows))
}

async function endOne(world: World, text: string): Promise<void> {
  const login = await oneOf(world, text)
  const { logins_ended } = await world.api.auth.endLogin({ id: login.id })
  const next = login.is_current ? ' That was this machine: "msp login" signs it in again.' : ''
  world.output.show({ logins_ended, id: login.id }, `${counted(logins_ended, 'login')} ended.${next}`)
}

async function oneOf(world: World, text: string): Promise<Login> {
  const { items } = await world.api.auth.logins()
  const found = items.filter(({ id }) => id === text || id.endsWith(text.toLowerCase()))
  const [one] = found
  if (one === undefined) throw new Failure(EXIT.notFound, `You have no login ${text}. "msp logins" lists them.`)
  if (found.length > 1) throw new Failure(EXIT.usage, `${text} fits ${found.length} logins. Give more of the id.`)
  return one
}
