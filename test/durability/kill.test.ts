import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DATABASES, freshDatabaseUrl } from '../support/databases.ts'

/**
 * Hook, deliverer and server are killed at random moments. Every event whose hook ended with 0 must be in the database
 * exactly once afterwards, and the events of a session in the order in which their hooks ended. What is killed when comes round every 24 rounds;
 * `MSP_TEST_ROUNDS=600` for a thorough run, which is as many as one page of a list shows.
 */
const ROUNDS = Number(process.env.MSP_TEST_ROUNDS ?? 72)
/** A busy machine takes its time to start a server. */
const READY_MS = 120_000
const root = join(import.meta.dirname, '../..')
const dist = (name: string) => join(root, 'dist', name)

interface World {
  env: NodeJS.ProcessEnv
  url: string
  server: ChildProcess
}

for (const database of DATABASES) {
  describe(`kill -9 of hook, deliverer and server, on ${database}`, () => {
    test(`${ROUNDS} rounds lose nothing and double nothing`, { timeout: 600_000 }, async () => {
      await using fresh = await freshDatabaseUrl(database)
      const world = await start(fresh.url)
      onTestFinished(() => end(world))
      const streams = [randomUUID(), randomUUID(), randomUUID()]
      const accepted = new Map<string, string[]>(streams.map((stream) => [stream, []]))

      for (let round = 0; round < ROUNDS; round++) await oneRound(world, round, streams, accepted)
      const delivered = await deliverAll(world, streams)

      for (const stream of streams) {
        const commands = delivered.get(stream) ?? []
        const expected = accepted.get(stream) ?? []
        expect(expected.length).toBeGreaterThan(ROUNDS / 6)
        expect(new Set(commands).size, 'a command is there twice').toBe(commands.length)
        expect(commands.filter((command) => expected.includes(command))).toEqual(expected)
      }
    })
  })
}

async function oneRound(
  world: World,
  round: number,
  streams: string[],
  accepted: Map<string, string[]>,
): Promise<void> {
  const stream = streams[round % streams.length] as string
  const command = `echo round-${round}`
  const killHook = round % 4 === 1
  const hook = run(world, [dist('hook.cjs'), 'PostToolUse'], JSON.stringify(toolUse(stream, command)))
  const flush = round % 3 === 0 ? run(world, [dist('msp.cjs'), 'spool', 'flush', '--json'], '') : undefined
  if (killHook) await killLater(hook.child, 60)
  if (round % 6 === 3) await killLater(flush?.child, 250)
  if (round % 8 === 5) await restartServer(world)
  const code = await hook.ended
  if (code === 0) accepted.get(stream)?.push(command)
  await flush?.ended
}

/** What Claude Code sends after a tool call. */
const toolUse = (stream: string, command: string) => ({
  session_id: stream,
  hook_event_name: 'PostToolUse',
  cwd: '/tmp',
  tool_name: 'Bash',
  tool_use_id: `toolu_${randomUUID()}`,
  tool_input: { command },
  tool_response: { stdout: 'x'.repeat(2_000), stderr: '', interrupted: false },
  duration_ms: 5,
})

function run(world: World, args: string[], input: string): { child: ChildProcess; ended: Promise<number | null> } {
  const child = spawn(process.execPath, args, { env: world.env, stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin?.on('error', () => undefined) // it was killed before it read
  child.stdin?.end(input)
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) }
}

async function killLater(child: ChildProcess | undefined, withinMs: number): Promise<void> {
  await sleep(Math.random() * withinMs)
  child?.kill('SIGKILL')
}

async function start(databaseUrl: string): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'msp-kill-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    MSP_HOME: home,
    MSP_API_URL: url,
    MSP_PORT: String(port),
    MSP_DATABASE_URL: databaseUrl,
    MSP_LOG_LEVEL: 'silent',
    MSP_MASTER_KEY: randomBytes(32).toString('base64'),
  }
  const admin = JSON.parse(execFileSync(process.execPath, [dist('server.js'), 'setup'], { env, encoding: 'utf8' })) as {
    email: string
    password: string
  }
  const world = { env, url, server: serve(env) }
  await ready(world)
  execFileSync(process.execPath, [dist('msp.cjs'), 'login', '--email', admin.email, '--password-stdin'], {
    env,
    input: admin.password,
  })
  return world
}

function end({ server, env }: World): void {
  server.kill('SIGKILL')
  rmSync(env.MSP_HOME as string, { recursive: true, force: true, maxRetries: 5 })
}

async function restartServer(world: World): Promise<void> {
  await killLater(world.server, 150)
  world.server = serve(world.env)
  await ready(world)
}

/** What it says before it ends is the reason of a failed test. */
const serve = (env: NodeJS.ProcessEnv) =>
  spawn(process.execPath, [dist('server.js')], { env, stdio: ['ignore', 'ignore', 'inherit'] })

async function ready(world: World): Promise<void> {
  const deadline = Date.now() + READY_MS
  while (Date.now() < deadline) {
    // It is not listening yet.
    const answer = await fetch(`${world.url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(30)
  }
  throw new Error(`The server is not ready after ${READY_MS / 1_000} s.`)
}

/** Sends what is left and reads back the commands of each stream in the order of the server. */
async function deliverAll(world: World, streams: string[]): Promise<Map<string, string[]>> {
  const msp = (...args: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, [dist('msp.cjs'), ...args, '--json'], { env: world.env, encoding: 'utf8' }),
    )
  msp('spool', 'flush')
  const found = new Map<string, string[]>()
  for (const stream of streams) {
    const sessions = msp('call', 'sessions.list', JSON.stringify({ claude_session_id: stream })).items as {
      id: string
    }[]
    expect(sessions).toHaveLength(1)
    const commands = msp(
      'call',
      'commandsRun.list',
      JSON.stringify({ session_id: sessions[0]?.id, limit: 200, sort: 'seq' }),
    ).items as { command: string }[]
    found.set(
      stream,
      commands.map(({ command }) => command),
    )
  }
  expect(msp('spool', 'dead-letter')).toEqual({ items: [] })
  return found
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
