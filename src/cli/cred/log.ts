import { oneLine } from '../../recall/clean.ts'
import { table } from '../layout.ts'
import { clientFilter } from '../names.ts'
import { count, given } from '../options.ts'
import { EXIT, Failure, usage } from '../output.ts'
import type { World } from '../world.ts'
import { getCredential } from './credentials.ts'

export interface LogOptions {
  client?: string
  user?: string
  since?: string
  limit?: string
}

/** Shows who did what with a credential, or what was done with all of a client or by a user. */
export async function log(world: World, text: string | undefined, options: LogOptions): Promise<void> {
  if (options.since !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(options.since))
    throw usage(`--since is a day like 2026-01-31, not "${options.since}".`)
  const page = await world.api.credentialAuditLog.list({
    ...(text === undefined
      ? await clientFilter(world, options.client)
      : { credential_id: (await getCredential(world, text, options.client)).id }),
    ...given({
      actor_user_id: options.user === undefined ? undefined : await userId(world, options.user),
      date_from: options.since,
    }),
    limit: count('--limit', options.limit ?? '30', 200),
    sort: '-occurred_at',
  })
  const rows = page.items.map((one) => [
    one.occurred_at,
    one.action,
    one.outcome,
    oneLine(one.credential_label ?? '', 50),
    one.actor_kind,
    oneLine(one.agent_type ?? '', 50),
    oneLine(one.purpose ?? '', 80),
  ])
  const heads = ['when', 'what', 'outcome', 'credential', 'who', 'agent', 'reason']
  world.output.show(page, rows.length === 0 ? 'No entries.' : table(heads, rows))
}

/** Also of one who may not sign in any more. */
async function userId(world: World, email: string): Promise<string> {
  const { items } = await world.api.users.list({ email, archived: true, limit: 1 })
  const [user] = items
  if (user) return user.id
  throw new Failure(EXIT.notFound, `There is no user ${email}. See them with: msp user list`)
}
