import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { TokenSource } from '../../api/client.ts'
import { type Api, createApi } from '../../api/client.ts'
import type { Transport } from '../../api/transport.ts'
import { list, text } from '../../hooks/input.ts'
import type { Registration } from '../../machine/quick.ts'
import { writeRecord } from '../../machine/record.ts'
import { pathsOf, type Settings } from '../../settings.ts'
import type { AssetLine, EventLine, Lines, MachineLine } from './lines.ts'
import { makeRules } from './rules.ts'
import type { ThrowAwayServer } from './server.ts'

/** A technician at a machine. */
export interface Seat {
  api: Api
  /** Of that machine: its own folder, with what its probe found. */
  settings: Settings & { machineId: string }
}

/** Who and what the lines tell of, on the throw-away server. */
export interface People {
  /** The technician of an event, at the machine of the event. */
  seat(event: EventLine): Seat
  admin: Api
  /** Null for work for nobody. */
  clientId(event: EventLine): string | null
}

/**
 * Makes clients with their assets, technicians with access to those clients for which they work, and their machines.
 *
 * @throws ApiError when the server refuses something
 */
export async function makePeople(lines: Lines, server: ThrowAwayServer, transport: Transport): Promise<People> {
  const open = createApi({ url: server.url, transport })
  const signIn = async (email: string, password: string): Promise<Api> =>
    createApi({ url: server.url, transport, tokens: await tokensOf(open, email, password) })
  const admin = await signIn(server.admin.email, server.admin.password)
  const clients = await makeClients(admin, lines)
  const names = new Map<string, string>()
  await makeRules(admin, lines.rules, clients)
  for (const asset of lines.assets) await makeAsset(admin, clients.get(asset.client) ?? '', asset)
  const machines = new Map(lines.machines.map((line) => [line.machine, line]))
  const seats = new Map<string, Seat>()
  const password = randomBytes(24).toString('base64url')
  for (const [technician, events] of grouped(lines.events, (event) => event.technician)) {
    const email = `technician${names.size + 1}@example.com`
    names.set(technician, email)
    const { id } = await admin.users.create({ email, name: technician.slice(0, 200), role: 'technician', password })
    for (const name of new Set(events.flatMap(({ client }) => client ?? [])))
      await admin.users.grant({ id, client_id: clients.get(name) ?? '', level: 'write' })
    for (const name of new Set(events.map(({ machine }) => machine)))
      seats.set(
        seatName(technician, name),
        await sitDown(await signIn(email, password), server, machineOf(machines.get(name), name, technician)),
      )
  }
  return {
    admin,
    seat: (event) => seats.get(seatName(event.technician, event.machine)) as Seat,
    clientId: ({ client }) => (client === null ? null : (clients.get(client) ?? null)),
  }
}

const seatName = (technician: string, machine: string): string => JSON.stringify([technician, machine])

/** A login lasts longer than a replay; when it does not, it is made anew. */
async function tokensOf(open: Api, email: string, password: string): Promise<TokenSource> {
  const login = async () => (await open.auth.login({ email, password })).access_token
  let token = await login()
  return {
    current: async () => token,
    newerThan: async () => {
      token = await login()
      return token
    },
  }
}

async function makeClients(admin: Api, { assets, events }: Lines): Promise<Map<string, string>> {
  const clients = new Map<string, string>()
  for (const name of new Set([...assets, ...events].flatMap(({ client }) => client ?? [])))
    clients.set(name, (await admin.clients.create({ name })).id)
  return clients
}

async function makeAsset(admin: Api, client_id: string, { asset, client, os, facts, vpn }: AssetLine): Promise<void> {
  const { ip, fqdn, ...others } = facts
  const { id } = await admin.infrastructure.create({
    client_id,
    kind: 'other',
    hostname: asset,
    os_name: os ?? null,
    primary_ip: text(ip) ?? null,
    fqdn: text(fqdn) ?? null,
  })
  const needed = vpnOf(client, others, vpn)
  const told = { ...others, ...(needed === undefined ? {} : { 'vpn.profile': needed }) }
  for (const [key, value] of Object.entries(told))
    await admin.environmentalInsights.create({
      client_id,
      infrastructure_id: id,
      category: 'quirk',
      key,
      value: { value },
      statement: `${asset}: ${key} is ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    })
}

const IS_NOT = /^(?:false|no|none|0|not required|optional|off|)$/i
const SAYS_LITTLE = /\b(?:vpn|required|needed|only|true|yes|via|through|over|on|1)\b|[-_:,]/gi

/** The name of the VPN without which an asset is not reached: the one that is named, else that of the client. */
export function vpnOf(client: string, facts: AssetLine['facts'], vpn: unknown): string | undefined {
  const about = Object.entries(facts).flatMap(([key, value]) =>
    /vpn/i.test(key) || /\bvpn\b/i.test(String(value)) ? [String(value)] : [],
  )
  const said = [...(vpn === undefined ? [] : [String(vpn)]), ...about].filter((value) => !IS_NOT.test(value.trim()))
  if (said.length === 0) return undefined
  return said.map((value) => value.replace(SAYS_LITTLE, ' ').trim()).find((name) => name !== '') ?? client
}

async function sitDown(api: Api, server: ThrowAwayServer, registration: Registration): Promise<Seat> {
  const { id } = await api.machines.register(registration)
  const paths = pathsOf({ MSP_HOME: join(server.folder, 'homes', id) })
  writeRecord(paths.cache, { probed_at: new Date().toISOString(), registration })
  return { api, settings: { apiUrl: server.url, machineId: id, preferences: {}, paths } }
}

/** What a probe of the machine would have found. */
function machineOf(line: MachineLine | undefined, name: string, technician: string): Registration {
  const { docker, vpn, ...others } = line?.capabilities ?? {}
  const [shell, version] = line?.shell?.split(' ') ?? []
  const platform = line?.platform ?? 'linux'
  return {
    hostname: name,
    // Two technicians at one computer have a home each, and are enrolled apart.
    machine_fingerprint: createHash('sha256')
      .update(JSON.stringify([name, technician]))
      .digest('hex'),
    os_type: /^win/i.test(platform) ? 'windows' : /^(?:darwin|mac)/i.test(platform) ? 'darwin' : 'linux',
    os_version: line?.os ?? null,
    tools: {
      ...others,
      ...(typeof docker === 'boolean' ? { docker } : {}),
      ...(shell && version ? { shells: { [shell]: version } } : {}),
    },
    // Nobody has said which one is open at the time.
    ...(Array.isArray(vpn) ? { vpn_profiles: { profiles: list(vpn).flatMap((one) => text(one) ?? []) } } : {}),
  }
}

export function grouped<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const name = nameOf(one)
    groups.set(name, [...(groups.get(name) ?? []), one])
  }
  return groups
}
