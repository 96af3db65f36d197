import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { loginPath } from '../../src/api/login-file.ts'
import { writeClaim } from '../../src/claims.ts'
import { writeFileAtomic } from '../../src/durable.ts'
import { newSession, writeSession } from '../../src/sessions.ts'
import { CLAUDE_SESSION, type CliHome } from './home.ts'

/** A server that answers what a test says, on the wire of the API: for what a command does with the answers. */
export interface StubVault {
  url: string
  /** What was asked, in order. */
  calls: { operation: string; input: never; token: string }[]
  /** Answers an operation from now on; an `Error` with a `code` is an error of the API. */
  answer(operation: string, answer: (input: never) => unknown): void
}

export const CLIENT = '0195f2c0-7a53-7d1e-9c1f-00000000c11e'
export const CREDENTIAL = {
  id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001',
  name: 'SQL sa',
  type: 'password',
  username: 'sa',
  client_id: CLIENT,
}
/** What the commands of a test get. */
export const SECRET = 'cAn4ry-7f\'x"Q&z%é9'

export const refusal = (code: string, message: string, details?: unknown): Error =>
  Object.assign(new Error(message), { code, details })

/** It knows one credential, gives its password to agents, and takes any token. */
export async function aStubVault(): Promise<StubVault> {
  const calls: StubVault['calls'] = []
  const answers = new Map<string, (input: never) => unknown>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const inputs = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, never>
    const operations = (request.url ?? '').split('?')[0]?.slice('/trpc/'.length).split(',') ?? []
    const token = `${request.headers.authorization}`.replace('Bearer ', '')
    const body = operations.map((operation, at) => {
      const input = inputs[at] as never
      calls.push({ operation, input, token })
      try {
        const answer = answers.get(operation)
        if (!answer) throw refusal('NOT_FOUND', `The stub has no ${operation}.`)
        return { result: { data: answer(input) } }
      } catch (error) {
        const { message, code, details } = error as Error & { code: string; details: unknown }
        return { error: { message, data: { code, details } } }
      }
    })
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const vault: StubVault = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (operation, answer) => void answers.set(operation, answer),
  }
  vault.answer('credentials.get', () => CREDENTIAL)
  vault.answer('auth.agentTokens', () => ({
    token: 'agent-token',
    expires_at: new Date(Date.now() + 900_000).toISOString(),
  }))
  vault.answer('clients.get', () => ({ id: CLIENT, name: 'Dataforth' }))
  holds(vault, { password: SECRET })
  return vault
}

/** What the credential holds from now on. */
export function holds(vault: StubVault, secrets: Record<string, string>): void {
  vault.answer('credentials.use', ({ fields }: { fields: string[] }) => ({
    credential: CREDENTIAL,
    secrets: Object.fromEntries(fields.map((field) => [field, secrets[field]])),
  }))
}

/** Signs this home in at the stub, and lets its Claude Code session work for the client of the credential. */
export function settle(home: CliHome, url: string): void {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const login = {
    ...{ api_url: url, user: { id: 'u', email: 'ana@example.com', name: 'Ana', role: 'technician' } },
    ...{
      access_token: 'login-token',
      access_expires_at: inAnHour,
      refresh_token: 'refresh',
      refresh_expires_at: inAnHour,
    },
  }
  writeFileAtomic(loginPath(home.paths.auth), JSON.stringify(login))
  writeSession(home.paths, { ...newSession(CLAUDE_SESSION), open: true, client: { id: CLIENT, name: 'Dataforth' } })
}

/** What the hook before a command does. */
export function claimFor(home: CliHome, agentId = 'main', agentType = 'main'): NodeJS.ProcessEnv {
  const at = new Date().toISOString()
  return {
    MSP_CLAIM: writeClaim(home.paths, { session_id: CLAUDE_SESSION, agent_id: agentId, agent_type: agentType, at }),
  }
}
