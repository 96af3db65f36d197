import type { Api, InputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { oneLine } from '../../recall/clean.ts'
import { askHidden, readStdin } from '../ask.ts'
import { shortId } from '../layout.ts'
import { ambiguous, getClient } from '../names.ts'
import { choice, count, given } from '../options.ts'
import { EXIT, Failure, usage } from '../output.ts'
import { isUnderClaude } from '../person.ts'
import type { World } from '../world.ts'
import { agentApi } from './agent.ts'
import { clientOf, getCredential } from './credentials.ts'

/** The field that a type is mostly about. */
export const MAIN_FIELDS = {
  password: 'password',
  api_key: 'api_key',
  oauth2_client: 'client_secret',
  bearer_token: 'token',
  ssh_key: 'private_key',
  certificate: 'private_key',
  totp: 'totp',
  connection_string: 'connection_string',
  snmp_community: 'community',
  wifi_psk: 'psk',
  recovery_key: 'recovery_key',
  licence_key: 'licence_key',
  webhook_secret: 'secret',
  pin: 'pin',
} as const satisfies Record<InputOf<Contract['credentials']['create']>['type'], string>
const TYPES = Object.keys(MAIN_FIELDS) as (keyof typeof MAIN_FIELDS)[]
export const SENSITIVITIES = ['normal', 'high', 'break_glass'] as const
export const POLICIES = ['open', 'reason_required', 'approval_required'] as const

export interface SecretOptions {
  secretStdin?: boolean
  secretJsonStdin?: boolean
  field?: string
}
export interface AddOptions extends SecretOptions {
  client?: string
  type: string
  username?: string
  url?: string
  host?: string
  sensitivity?: string
  policy?: string
  expires?: string
  rotateEvery?: string
}

export async function add(world: World, name: string, options: AddOptions): Promise<void> {
  const type = choice('--type', options.type, TYPES)
  const client = await clientFor(world, options.client)
  const place = await placeOf(world, client?.id, options)
  const secrets = await readSecrets(world, options, MAIN_FIELDS[type])
  const input = {
    client_id: client?.id ?? null,
    name,
    type,
    secrets,
    ...place,
    ...given({
      username: options.username,
      sensitivity: options.sensitivity && choice('--sensitivity', options.sensitivity, SENSITIVITIES),
      access_policy: options.policy && choice('--policy', options.policy, POLICIES),
      expires_at: options.expires === undefined ? undefined : instant(options.expires),
      rotate_every_days:
        options.rotateEvery === undefined ? undefined : count('--rotate-every', options.rotateEvery, 3_650),
    }),
  }
  const created = await apiFor(world).credentials.create(input as InputOf<Contract['credentials']['create']>)
  world.output.show(
    created,
    `✓ Stored ${shortId(created.id)}: ${oneLine(created.name, 100)}${client ? ` of ${oneLine(client.name, 100)}` : ''}, with ${Object.keys(secrets).join(', ')}.`,
  )
}

export async function rotate(
  world: World,
  text: string,
  options: SecretOptions & { client?: string; reason?: string },
): Promise<void> {
  const { id, name, type } = await getCredential(world, text, options.client)
  const secrets = await readSecrets(world, options, MAIN_FIELDS[type])
  const rotated = await apiFor(world).credentials.rotate({ id, secrets, ...given({ reason: options.reason }) })
  world.output.show(
    rotated,
    `✓ ${oneLine(name, 100)} has new secrets (${Object.keys(secrets).join(', ')}). The old ones stay readable as a version: msp cred versions ${shortId(id)}`,
  )
}

/** Claude stores with what its agent may; a person with their login. */
const apiFor = (world: World): Api => (isUnderClaude(world) ? agentApi(world) : world.api)

async function clientFor(world: World, named: string | undefined) {
  const id = await clientOf(world, named)
  if (named !== undefined) return getClient(world, named)
  return id === undefined ? undefined : world.api.clients.get({ id })
}

/** The machine of that name at the client; without one the host is kept as the address. */
async function placeOf(world: World, client_id: string | undefined, { host, url }: AddOptions) {
  if (host === undefined) return given({ url })
  const { items } =
    client_id === undefined ? { items: [] } : await world.api.infrastructure.list({ client_id, q: host, limit: 20 })
  const exact = items.filter((one) =>
    [one.hostname, one.fqdn, one.primary_ip].some((name) => name?.toLowerCase() === host.toLowerCase()),
  )
  if (exact.length > 1)
    throw ambiguous(
      host,
      exact.map(({ id, hostname }) => ({ id, name: hostname, code: shortId(id) })),
    )
  if (exact[0]) return { infrastructure_id: exact[0].id, ...given({ url }) }
  if (url !== undefined)
    throw new Failure(
      EXIT.notFound,
      `No machine called "${host}" is known there. Leave --host out: the address is in --url.`,
    )
  world.output.note(`No machine called "${host}" is known there, so the name is kept as the address.`)
  return { url: host }
}

const MULTI_LINE = new Set(['private_key', 'certificate'])

/** @param field where the one secret belongs that is piped in or typed */
async function readSecrets(world: World, options: SecretOptions, field: string): Promise<Record<string, string>> {
  if (options.secretJsonStdin)
    return fromJson(await readStdin('Pipe the JSON in, as in {"username":"sa","password":"…"}.', 200_000))
  const name = options.field ?? field
  if (options.secretStdin) {
    const text = await readStdin('Pipe the secret in, or leave --secret-stdin out to be asked.', 80_000)
    return { [name]: notEmpty(MULTI_LINE.has(name) ? text : text.replace(/\r?\n$/, '')) }
  }
  if (isUnderClaude(world) && !process.stdin.isTTY)
    throw new Failure(
      EXIT.notAllowed,
      'The secret is for the user to type. Ask them to run this command in a terminal of their own, where it asks for the secret without showing it. A program that makes one can pipe it in with --secret-stdin.',
    )
  return {
    [name]: notEmpty(await askHidden(`The ${name.replaceAll('_', ' ')}: `, 'Pipe the secret in with --secret-stdin.')),
  }
}

function fromJson(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text)
    const entries = Object.entries(value as object)
    if (
      !Array.isArray(value) &&
      entries.length > 0 &&
      entries.every(([, secret]) => typeof secret === 'string' && secret !== '')
    )
      return Object.fromEntries(entries)
  } catch {
    // The parser's message quotes the text, so it is not repeated.
  }
  throw usage(
    'What came on stdin is not one JSON object of fields and texts, as in {"username":"sa","password":"…"}. Nothing was stored.',
  )
}

function notEmpty(secret: string): string {
  if (secret !== '') return secret
  throw usage('The secret is empty. Nothing was stored.')
}

function instant(text: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw usage(`--expires is a day or an instant, as in 2027-01-31, not "${text}".`)
  return at.toISOString()
}
