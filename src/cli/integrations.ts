import { age } from '../recall/ages.ts'
import { oneLine } from '../recall/clean.ts'
import { readStdin } from './ask.ts'
import { counted, shortId, table } from './layout.ts'
import { choice } from './options.ts'
import { EXIT, Failure, usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import { getIntegration } from './tickets-where.ts'
import type { World } from './world.ts'

const TYPES = [
  'syncro',
  'msp360',
  'zapier',
  'autotask',
  'connectwise',
  'datto_rmm',
  'itglue',
  'teams',
  'generic_webhook',
] as const
type Type = (typeof TYPES)[number]
type Kind = 'api_key' | 'basic' | 'oauth2_password' | 'oauth2_client' | 'bearer' | 'webhook_url' | 'hmac_secret'

/** How each system is signed in to: the kind of its credential, and the fields that its secret needs. */
const SIGN_IN: Readonly<Record<Type, { kind: Kind; fields: readonly string[] }>> = {
  syncro: { kind: 'api_key', fields: ['api_key'] },
  msp360: { kind: 'basic', fields: ['username', 'password'] },
  zapier: { kind: 'webhook_url', fields: ['webhook_url'] },
  autotask: { kind: 'api_key', fields: ['username', 'secret', 'integration_code'] },
  connectwise: { kind: 'api_key', fields: ['public_key', 'private_key'] },
  datto_rmm: { kind: 'api_key', fields: ['api_key', 'api_secret'] },
  itglue: { kind: 'api_key', fields: ['api_key'] },
  teams: { kind: 'webhook_url', fields: ['webhook_url'] },
  generic_webhook: { kind: 'hmac_secret', fields: ['secret'] },
}

interface AddOptions {
  name: string
  baseUrl?: string
  set?: string[]
  client?: string
  secretStdin?: boolean
}

/** `msp integrations add|test|list|match`. */
/** All customers and assets of a system, read within what its vendor allows. */
const READ_ALL_MS = 300_000

export const addIntegrations: AddVerbs = (program, world) => {
  const integrations = program.command('integrations').description('connections to other systems')
  integrations
    .command('add')
    .description('connect a system; the secret is read from stdin and kept in the vault (admin)')
    .argument('<type>', TYPES.join(', '))
    .requiredOption('--name <name>', 'what it is called here')
    .option('--base-url <url>', 'its address, where it is not always the same')
    .option('--set <pairs...>', 'settings as key=value: platform=concord, company_id=acme')
    .requiredOption('--secret-stdin', 'the API key on stdin, or JSON where there is more than one value')
    .addHelpText(
      'after',
      `
Secrets, as they are given on stdin:
${TYPES.map((type) => `  ${type.padEnd(16)}${SIGN_IN[type].fields.length === 1 ? `the ${SIGN_IN[type].fields[0]}` : `{${SIGN_IN[type].fields.map((field) => `"${field}": "…"`).join(', ')}}`}`).join('\n')}
${example('msp integrations add syncro --name Syncro --base-url https://acme.syncromsp.com --secret-stdin < key.txt')}`,
    )
    .action((type: string, options: AddOptions) => add(world, type, options))
  integrations
    .command('test')
    .description('sign in there and say whom it takes us for (admin)')
    .argument('<name>', 'its name')
    .addHelpText('after', example('msp integrations test Syncro'))
    .action((name: string) => test(world, name))
  integrations
    .command('list')
    .description('what is connected, how it is, and what waits to be sent')
    .addHelpText('after', example('msp integrations list'))
    .action(() => list(world))
  integrations
    .command('match')
    .description('suggest which of its customers and assets are ours, and confirm suggestions (lead)')
    .argument('<name>', 'its name')
    .option('--confirm <ids...>', 'suggestions to confirm, by id; "all" for every one that is shown')
    .addHelpText('after', example('msp integrations match Syncro', 'msp integrations match Syncro --confirm 3f2a9c1e'))
    .action((name: string, options: { confirm?: string[] }) => match(world, name, options.confirm ?? []))
}

async function add(world: World, named: string, options: AddOptions): Promise<void> {
  const type = choice('<type>', named, TYPES)
  const { kind, fields } = SIGN_IN[type]
  const given = parseSecret((await readStdin('Give the secret on stdin: … < key.txt')).trim(), fields)
  const { username, ...secrets } = given
  const integration = await world.api.externalIntegrations.create({
    type,
    name: options.name,
    config: settingsOf(options.set ?? []),
    ...(options.baseUrl === undefined ? {} : { base_url: options.baseUrl }),
  })
  const credential = await world.api.credentials.create({
    name: `API of ${options.name}`,
    type: 'api_key',
    secrets,
    ...(username === undefined ? {} : { username }),
  })
  await world.api.integrationCredentials.create({ integration_id: integration.id, kind, credential_id: credential.id })
  await world.api.externalIntegrations.enable({ id: integration.id })
  const answer = isAsked(type) ? await world.api.externalIntegrations.test({ id: integration.id }) : undefined
  const shown = {
    integration: answer?.integration ?? integration,
    ok: answer?.ok ?? null,
    account: answer?.account ?? null,
  }
  if (answer?.ok === false) {
    world.output.show(
      { ...shown, error: answer.error },
      `✗ ${options.name} was added, but does not answer as it should: ${oneLine(answer.error ?? '', 300)}\nMend the secret ("msp cred rotate ${shortId(credential.id)}") or the address, then: msp integrations test '${options.name}'`,
    )
    process.exitCode = EXIT.failed
    return
  }
  world.output.show(
    shown,
    `✓ ${options.name} (${type}) is connected${answer?.account ? ` as ${oneLine(answer.account, 100)}` : ''}.${hasCustomers(type) ? `\nNext: msp integrations match '${options.name}'` : ''}`,
  )
}

/** The others only wait for what is sent to them. */
const isAsked = (type: Type) => type !== 'zapier' && type !== 'generic_webhook'
const hasCustomers = (type: Type) => isAsked(type) && type !== 'teams'

function parseSecret(text: string, fields: readonly string[]): Record<string, string> {
  if (text === '') throw usage('Nothing came on stdin.')
  if (fields.length === 1 && !text.startsWith('{')) return { [fields[0] as string]: text }
  const parsed = parseObject(text)
  const missing = fields.filter((field) => typeof parsed?.[field] !== 'string' || parsed[field] === '')
  if (parsed === undefined || missing.length > 0)
    throw usage(
      `On stdin comes JSON with ${fields.join(', ')}${missing.length < fields.length ? `; missing: ${missing.join(', ')}` : ''}. Nothing was stored.`,
    )
  return Object.fromEntries(fields.map((field) => [field, parsed[field] as string]))
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // What came is a secret: it is not repeated.
  }
}

function settingsOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      if (at < 1) throw usage(`--set takes key=value, not "${pair}".`)
      return [pair.slice(0, at), pair.slice(at + 1)]
    }),
  )
}

async function test(world: World, name: string): Promise<void> {
  const { id } = await getIntegration(world, name)
  const answer = await world.api.externalIntegrations.test({ id })
  world.output.show(
    answer,
    answer.ok
      ? `✓ ${answer.integration.name} takes us for ${oneLine(answer.account ?? 'somebody', 100)}.`
      : `✗ ${answer.integration.name}: ${oneLine(answer.error ?? 'it does not answer', 300)}`,
  )
  if (!answer.ok) process.exitCode = EXIT.failed
}

async function list(world: World): Promise<void> {
  const { items } = await world.api.externalIntegrations.list({ limit: 200 })
  const waiting = await world.api.integrationActions.list({ status: 'queued', limit: 200 })
  const queued = (id: string) => waiting.items.filter(({ integration_id }) => integration_id === id).length
  const rows = items.map((one) => [
    oneLine(one.name, 30),
    one.type,
    one.status,
    one.last_ok_at === null ? 'never' : age(one.last_ok_at, world.now()),
    queued(one.id) === 0 ? '' : String(queued(one.id)),
    one.status === 'ok' ? '' : oneLine(one.last_error ?? '', 80),
  ])
  const text =
    rows.length === 0
      ? 'Nothing is connected. An admin adds a system with: msp integrations add TYPE --name NAME --secret-stdin'
      : table(['name', 'type', 'state', 'answered', 'waiting', 'why'], rows)
  const acts = waiting.items.map((one) => [
    shortId(one.id),
    age(one.created_at, world.now()),
    oneLine(one.summary, 80),
    oneLine(one.error ?? '', 80),
  ])
  world.output.show(
    { items, waiting: waiting.items },
    acts.length === 0 ? text : `${text}\n\nWaiting to be sent:\n${table(['id', 'age', 'what', 'last try'], acts)}`,
  )
}

async function match(world: World, name: string, confirm: readonly string[]): Promise<void> {
  const { id, name: called } = await getIntegration(world, name)
  const found =
    confirm.length > 0
      ? undefined
      : await world.api.externalRefs.suggest({ integration_id: id }, { deadlineMs: READ_ALL_MS })
  const { items } = await world.api.externalRefs.list({ integration_id: id, status: 'suggested', limit: 200 })
  const chosen = confirm.includes('all')
    ? items
    : items.filter((one) => confirm.some((wanted) => one.id.endsWith(wanted)))
  if (confirm.length > 0 && chosen.length === 0)
    throw new Failure(
      EXIT.notFound,
      `No suggestion of ${called} is called that. See them with: msp integrations match '${called}'`,
    )
  for (const one of chosen) await world.api.externalRefs.confirm({ id: one.id })
  const left = items.filter((one) => !chosen.includes(one))
  const rows = left.map((one) => [
    shortId(one.id),
    one.entity_type,
    oneLine(one.external_name ?? one.external_id, 50),
    shortId(one.entity_id),
  ])
  const head = chosen.length > 0 ? [`✓ ${counted(chosen.length, 'match', 'matches')} confirmed.`] : []
  const unmatched = found?.unmatched ?? []
  const lines = [
    ...head,
    rows.length === 0 ? 'Nothing waits to be confirmed.' : table(['id', 'kind', 'there', 'ours'], rows),
    ...(unmatched.length === 0
      ? []
      : [
          `Like none or several of ours: ${unmatched
            .slice(0, 20)
            .map((one) => oneLine(one.name, 40))
            .join(', ')}. Say which with: msp call externalRefs.create`,
        ]),
  ]
  world.output.show({ confirmed: chosen.length, suggested: left, unmatched }, lines.join('\n'))
}
