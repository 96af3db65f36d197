import { randomBytes, randomUUID } from 'node:crypto'
import { type Config, parseDatabaseUrl } from '../../server/config.ts'
import { insertUser } from '../../server/domains/people/handlers.ts'
import { type RunningServer, startServer } from '../../server/start.ts'
import { type Api, createApi } from '../../src/api/client.ts'
import { undiciTransport } from '../../src/api/undici.ts'
import type { RecordedEvent } from '../../src/contract/events.ts'
import type { Role } from '../../src/contract/rights.ts'
import { type DatabaseKind, migratedDatabase } from './databases.ts'

/** A user of a test, signed in. */
export interface TestUser {
  id: string
  email: string
  password: string
  api: Api
  accessToken: string
  /** REST with the user's token: `await ana.rest('GET', '/clients')`. */
  rest(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: never; headers: Headers }>
}

export interface TestServer extends AsyncDisposable {
  server: RunningServer
  url: string
  databaseUrl: string
  masterKey: Uint8Array
  /** What the server was started with. */
  config: Config
  /** The server's clock. It stands still until a test moves it. */
  clock: { now(): Date; set(instant: string): void; advance(milliseconds: number): void }
  admin: TestUser
  /** A user with access to the named clients, which are made when they do not exist. */
  technician(options?: { name?: string; role?: Role; clients?: string[]; level?: 'read' | 'write' }): Promise<TestUser>
  /** The id of a client, made when it does not exist. */
  client(name: string): Promise<string>
  /** The id of an enrolled machine. */
  machine(user: TestUser, hostname?: string): Promise<string>
  /** Sends events as a machine would. */
  ingest(
    user: TestUser,
    machineId: string,
    events: RecordedEvent[],
  ): Promise<{ outcomes: { id: string; outcome: string; message?: string | undefined }[] }>
  restart(): Promise<void>
}

/** Passwords that cost what they cost every day: where the time or the memory of a check is what is tested. */
export const DEAR_PASSWORDS: Partial<Config> = { passwordCost: { memoryCost: 65_536, timeCost: 3 } }

const PASSWORD = 'correct horse battery staple'

/** A running server on a database of its own, with a clock that stands still. */
export async function testServer(options: {
  database: DatabaseKind
  now?: string
  /** `{ requestsPerMinute: 100, limitFactor: 1 }`: the limits of every day. */
  config?: Partial<Config>
}): Promise<TestServer> {
  const database = await migratedDatabase(options.database)
  let now = new Date(options.now ?? '2026-01-12T09:00:00.000Z')
  const config: Config = {
    home: '',
    database: parseDatabaseUrl(database.url),
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    masterKey: randomBytes(32),
    logLevel: logLevel(),
    trustedProxies: [],
    passwordCost: { memoryCost: 1_024, timeCost: 1 },
    requestsPerMinute: 1_000_000,
    limitFactor: 10_000,
    checkpointPlaces: [],
    backupFolder: undefined,
    backupRecipients: [],
    ...options.config,
  }
  let server = await startServer(config, () => now)
  // Hashing is slow on purpose: everybody in a test has the same password.
  const passwordHash = await server.deps.passwords.hash(PASSWORD)
  let serial = 0

  async function user(role: Role, name: string, allClients: boolean): Promise<TestUser> {
    const email = `${name.toLowerCase()}${++serial}@example.com`
    const { id } = await insertUser(
      server.deps,
      { email, name, role, all_clients: allClients, timezone: null },
      passwordHash,
    )
    return signIn(id, email)
  }

  async function signIn(id: string, email: string): Promise<TestUser> {
    const anonymous = createApi({ url: server.url, transport: undiciTransport })
    const login = async () => (await anonymous.auth.login({ email, password: PASSWORD })).access_token
    let access_token = await login()
    // A test that moves the clock by a day does not want to sign in again by hand.
    const newerThan = async () => {
      access_token = await login()
      return access_token
    }
    const tokens = { current: async () => access_token, newerThan }
    return {
      id,
      email,
      password: PASSWORD,
      accessToken: access_token,
      api: createApi({ url: server.url, transport: undiciTransport, tokens }),
      rest: (method, path, body, headers) => rest(server.url, access_token, method, path, body, headers),
    }
  }

  const admin = await user('admin', 'Admin', true)
  const world: TestServer = {
    get server() {
      return server
    },
    get url() {
      return server.url
    },
    databaseUrl: database.url,
    masterKey: config.masterKey,
    config,
    clock: {
      now: () => now,
      set: (instant) => {
        now = new Date(instant)
      },
      advance: (milliseconds) => {
        now = new Date(now.getTime() + milliseconds)
      },
    },
    admin,
    async technician({ name = 'Ana', role = 'technician', clients = [], level = 'write' } = {}) {
      const made = await user(role, name, false)
      for (const client of clients)
        await admin.api.users.grant({ id: made.id, client_id: await world.client(client), level })
      return made
    },
    async client(name) {
      const { client } = await admin.api.clients.resolve({ text: name })
      return client?.id ?? (await admin.api.clients.create({ name })).id
    },
    async machine(owner, hostname = 'ANA-LT1') {
      const fingerprint = Buffer.from(hostname.padEnd(32, '.')).toString('hex').slice(0, 64)
      return (
        await owner.api.machines.register({
          hostname,
          machine_fingerprint: fingerprint,
          os_type: 'linux',
          tools: { docker: false },
        })
      ).id
    },
    ingest: (sender, machineId, events) =>
      sender.api.ingest.events({
        machine_id: machineId,
        sent_at: now.toISOString(),
        events: events.map((event, seq) => ({ epoch: `${event.stream}:${randomUUID()}`, seq, event })),
      }),
    async restart() {
      await server.stop()
      server = await startServer({ ...config, port: server.port }, () => now)
    },
    async [Symbol.asyncDispose]() {
      await server.stop()
      await database[Symbol.asyncDispose]()
    },
  }
  return world
}

/** `MSP_TEST_LOG=debug` shows what the server logs. */
const logLevel = () => (process.env.MSP_TEST_LOG ?? 'silent') as Config['logLevel']

async function rest(
  url: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as never, headers: answer.headers }
}

const STREAM = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'

/** An event builder: `anEvent('command', { command: 'hostname' })`. */
export function anEvent(
  kind: RecordedEvent['kind'],
  data: Record<string, unknown>,
  envelope: Partial<Omit<RecordedEvent, 'kind' | 'data'>> = {},
): RecordedEvent {
  const defaults = kind === 'command' ? { tool: 'bash', exit_code: 0, success: true } : {}
  return {
    id: `${kind}:${randomUUID()}`,
    stream: STREAM,
    stretch: 1,
    at: '2026-01-12T09:00:00.000Z',
    source: 'hook',
    kind,
    data: { ...defaults, ...data },
    ...envelope,
  } as RecordedEvent
}
