import { isOutage } from '../../api/errors.ts'
import { age } from '../../recall/ages.ts'
import { oneLine } from '../../recall/clean.ts'
import { facts, shortId, table } from '../layout.ts'
import { count, given } from '../options.ts'
import type { World } from '../world.ts'
import { type Credential, clientOf, getCredential } from './credentials.ts'

export interface FindOptions {
  client?: string
  limit?: string
}

/** Lists credentials by name, user name or address. Never a secret. */
export async function find(world: World, text: string | undefined, options: FindOptions): Promise<void> {
  const client_id = await clientOf(world, options.client)
  const limit = count('--limit', options.limit ?? '30', 200)
  const page = await world.api.credentials.list({ limit, ...given({ q: text, client_id }) })
  const rows = page.items.map((one) => [
    shortId(one.id),
    oneLine(one.name, 60),
    one.type,
    oneLine(one.username ?? '', 40),
    oneLine(one.url ?? '', 50),
    stateOf(world, one),
  ])
  world.output.show(
    page,
    rows.length === 0 ? 'No credentials found.' : table(['id', 'name', 'type', 'user', 'where', ''], rows),
  )
}

export async function show(world: World, text: string, { client }: { client?: string }): Promise<void> {
  const credential = await getCredential(world, text, client)
  const [versions, place] = await Promise.allSettled([
    world.api.credentials.versions({ id: credential.id }),
    credential.infrastructure_id === null ? null : world.api.infrastructure.get({ id: credential.infrastructure_id }),
  ])
  const fields =
    versions.status === 'fulfilled' ? versions.value.items.find((one) => one.superseded_at === null)?.fields : undefined
  if (versions.status === 'rejected' && isOutage(versions.reason)) throw versions.reason
  const hostname = place.status === 'fulfilled' ? place.value?.hostname : undefined
  const now = world.now()
  const lines = facts([
    ['name', oneLine(credential.name, 200)],
    ['id', credential.id],
    ['type', credential.type],
    ['fields', fields?.join(', ')],
    ['user', oneLine(credential.username ?? '', 200)],
    ['url', oneLine(credential.url ?? '', 500)],
    ['host', hostname && oneLine(hostname, 200)],
    ['sensitivity', credential.sensitivity],
    ['policy', credential.access_policy],
    ['programs', credential.allowed_programs.map((one) => oneLine(one, 60)).join(', ')],
    ['hosts', credential.allowed_hosts.map((one) => oneLine(one, 100)).join(', ')],
    ['expires', credential.expires_at],
    ['rotated', credential.last_rotated_at && age(credential.last_rotated_at, now)],
    ['used', credential.last_used_at && age(credential.last_used_at, now)],
    ['state', stateOf(world, credential)],
  ])
  world.output.show({ credential, fields: fields ?? null }, lines)
}

export async function versions(world: World, text: string, { client }: { client?: string }): Promise<void> {
  const { id } = await getCredential(world, text, client)
  const answer = await world.api.credentials.versions({ id })
  const rows = answer.items.map((one) => [
    `${one.version_no}`,
    one.fields.join(', '),
    one.created_at,
    one.superseded_at === null ? 'current' : `until ${one.superseded_at}`,
  ])
  const same = answer.same_secret.map((one) => `  ${shortId(one.id)}  ${oneLine(one.name, 100)}`)
  const shared = same.length === 0 ? '' : `\n\nThe same secret is used by:\n${same.join('\n')}`
  world.output.show(answer, `${table(['version', 'fields', 'made', ''], rows)}${shared}`)
}

function stateOf(world: World, { compromised_at, expires_at, current_version_id }: Credential): string {
  if (compromised_at !== null) return 'known to others: rotate it'
  if (current_version_id === null) return 'holds no secret yet'
  return expires_at !== null && Date.parse(expires_at) < world.now().getTime() ? 'expired' : ''
}
