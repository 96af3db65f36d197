import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'vitest'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { session } from '../../../src/contract/sessions.ts'
import type { commandRun } from '../../../src/contract/work.ts'
import type { Home } from './home.ts'
import type { WorldServer } from './server.ts'
import { repoRoot, type World } from './world.ts'

const PASSWORD = 'correct horse battery staple'

type Json = Record<string, unknown>
type SessionRow = RowOf<typeof session>
type CommandRow = RowOf<typeof commandRun>

/** How hooks and their jobs look in a list of processes. */
const HOOK_PROCESS = /dist\/hook(-background)?\.cjs/

/** Our server inside a world, with its first admin, and what tests ask of it. */
export interface Installation {
  server: WorldServer
  /** REST as the admin; fails the test when the answer is an error. */
  api<T = Json>(method: string, path: string, body?: Json): Promise<T>
  /** Every item of a list, over all its pages. */
  all<T = Json>(path: string): Promise<T[]>
  /** A client and technicians who may work for it. */
  client(name: string, technicians?: readonly string[]): Promise<string>
  /** Signs a technician in on a machine. The user is made when there is none of that name. */
  signIn(home: Home, technician: string): Promise<void>
  /** The stretches of a Claude Code session, oldest first. */
  stretches(claudeSessionId: string): Promise<SessionRow[]>
  /** What was run for a client, oldest first. */
  commands(client: string): Promise<CommandRow[]>
  /** Waits until no hook and none of their background jobs runs any more, on any machine of the world. */
  quiet(home: Home): Promise<void>
  /** Waits until the server has taken in what the machine recorded. */
  delivered(home: Home): Promise<void>
}

/** Sets up and starts the server of a world. */
export async function install(world: World): Promise<Installation> {
  const serverHome = join(world.dir, 'server')
  const env = { MSP_HOME: serverHome, MSP_MASTER_KEY: randomBytes(32).toString('base64') }
  const { stdout } = await promisify(execFile)(process.execPath, [join(repoRoot, 'dist/server.js'), 'setup'], { env })
  const admin = JSON.parse(stdout) as { email: string; password: string }
  const server = await world.startServer({ env })
  const users = new Map<string, string>()
  let token = ''

  async function api<T>(method: string, path: string, body?: Json): Promise<T> {
    const answer = await server.fetch(`/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as T
  }

  async function all<T>(path: string): Promise<T[]> {
    const items: T[] = []
    const separator = path.includes('?') ? '&' : '?'
    for (let cursor = ''; ; ) {
      const page = await api<{ items: T[]; next_cursor: string | null }>('GET', `${path}${separator}limit=200${cursor}`)
      items.push(...page.items)
      if (page.next_cursor === null) return items
      cursor = `&cursor=${page.next_cursor}`
    }
  }

  async function user(name: string): Promise<string> {
    const known = users.get(name)
    if (known) return known
    const email = `${name.toLowerCase()}@example.com`
    const { id } = await api<{ id: string }>('POST', '/users', { email, name, role: 'technician', password: PASSWORD })
    users.set(name, id)
    return id
  }

  token = (await api<{ access_token: string }>('POST', '/auth/login', admin)).access_token
  return {
    server,
    api,
    all,
    async client(name, technicians = []) {
      const { id } = await api<{ id: string }>('POST', '/clients', { name })
      for (const technician of technicians)
        await api('POST', `/users/${await user(technician)}/grant`, { client_id: id, level: 'write' })
      return id
    },
    async signIn(home, technician) {
      await user(technician)
      const login = await home.sh(`msp login --email ${technician.toLowerCase()}@example.com --password-stdin`, {
        input: PASSWORD,
      })
      expect(login, login.stderr).toMatchObject({ code: 0 })
    },
    stretches: (id) => all(`/sessions?claude_session_id=${id}&sort=started_at`),
    commands: (name) => all(`/commands-run?client=${encodeURIComponent(name)}&sort=started_at`),
    quiet,
    async delivered(home) {
      await quiet(home)
      const flush = await home.sh('msp spool flush')
      expect(flush, flush.stdout + flush.stderr + server.log().slice(-2_000)).toMatchObject({ code: 0 })
    },
  }
}

async function quiet(home: Home): Promise<void> {
  const hooks = async () =>
    (await home.sh('ps -e -o args')).stdout.split('\n').filter((line) => HOOK_PROCESS.test(line))
  await expect.poll(hooks, { timeout: 60_000, interval: 200 }).toEqual([])
}
