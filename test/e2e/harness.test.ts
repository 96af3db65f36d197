import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { createWorld, type World } from './support/world.ts'

/** A plugin with one hook that speaks at the start of a session, and one command with a short name. */
async function aPlugin(world: World): Promise<string> {
  const dir = join(world.dir, 'plugin')
  for (const folder of ['.claude-plugin', 'hooks', 'commands']) await mkdir(join(dir, folder), { recursive: true })
  const speaks =
    "const os=require('node:os');console.log(JSON.stringify({hookSpecificOutput:{hookEventName:'SessionStart',additionalContext:'started on '+os.hostname()}}))"
  const hook = { type: 'command', command: 'node', args: ['-e', speaks] }
  await writeFile(join(dir, '.claude-plugin/plugin.json'), JSON.stringify({ name: 'greeter', version: '1.0.0' }))
  await writeFile(join(dir, 'hooks/hooks.json'), JSON.stringify({ hooks: { SessionStart: [{ hooks: [hook] }] } }))
  await writeFile(
    join(dir, 'commands/greet.md'),
    '---\nname: greet\ndescription: Greets.\n---\nSay hello to $ARGUMENTS\n',
  )
  return dir
}

/** Stands for our API server: it is ready at once, and tells how often it was started. */
const TINY_SERVER = `
const { createServer } = require('node:http')
const { appendFileSync, readFileSync } = require('node:fs')
appendFileSync('starts', 'x')
createServer((request, response) => response.end(readFileSync('starts', 'utf8'))).listen(Number(process.env.MSP_PORT), '127.0.0.1')
`

describeWithClient('the closed world', () => {
  test('shows the model what a SessionStart hook injects, from each home under its own host name', async () => {
    await using world = await createWorld()
    const plugin = await aPlugin(world)
    const ana = await world.home({ hostname: 'ANA-LT1', plugin })
    const ben = await world.home({ hostname: 'BEN-PC7', plugin })

    const runs = await Promise.all([ana.claude({ prompt: 'hello' }), ben.claude({ prompt: 'hello' })])

    expect(runs.map((run) => [run.code, run.result])).toEqual([
      [0, 'done'],
      [0, 'done'],
    ])
    expect(runs[0].hooks).toMatchObject([{ event: 'SessionStart', exitCode: 0, outcome: 'success' }])
    for (const home of [ana, ben]) {
      const sent = world.model.requests.main.find((request) => request.hostname === home.hostname)
      expect(sent).toContainText(`started on ${home.hostname}`)
    }
  })

  test('plays the script: a typed command, a tool call, its result, a subagent', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1', plugin: await aPlugin(world) })
    const task = { subagent_type: 'general-purpose', description: 'look', prompt: 'LOOK', run_in_background: false }
    world.model.script([
      turn({ tail: 'Say hello to Dataforth', reply: tool('Bash', { command: 'echo said by $(hostname)' }) }),
      turn({ tail: 'said by ANA-LT1', reply: tool('Agent', task) }),
      turn({ kind: 'subagent', first: 'LOOK', reply: async ({ agentId }) => `looked around as ${typeof agentId}` }),
      turn({ tail: 'looked around as string', reply: 'all done' }),
    ])

    const run = await laptop.claude({ prompt: '/greet Dataforth' })

    expect(run).toMatchObject({ code: 0, result: 'all done' })
    expect(world.model.unplayed()).toEqual([])
    expect(world.model.requests.subagent).toHaveLength(1)
  })

  test('goes on with a session, in one process and in the next', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })

    const first = await laptop.claude({ messages: ['one', async () => 'two', '/compact'] })
    const next = await laptop.claude({ prompt: 'three', resume: first.sessionId })

    expect(first.results).toHaveLength(3)
    expect(world.model.requests.compact).toHaveLength(1)
    expect(next.sessionId).toBe(first.sessionId)
    expect(world.model.requests.main.at(-1)).toContainText('They worked together.')
    const asked = (await laptop.transcript(first.sessionId)).filter((line) => line.type === 'user')
    expect(JSON.stringify(asked)).toMatch(/one.*two.*three/)
  })

  test('kills a client in the middle of its work', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })
    world.model.script([turn({ tail: 'wait', reply: tool('Bash', { command: 'sleep 60' }) })])

    const run = await laptop.claude({ prompt: 'wait', kill: { signal: 'SIGKILL', seen: 'sleep 60' } })

    expect(run).toMatchObject({ code: null, signal: 'SIGKILL', results: [] })
    expect(run.durationMs).toBeLessThan(50_000)
  })

  test('refuses a command in the default permission mode', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })
    world.model.script([turn({ tail: 'touch', reply: tool('Bash', { command: 'touch made' }) })])

    await laptop.claude({ prompt: 'touch', permissionMode: 'default' })

    expect((await laptop.sh('ls')).stdout).toBe('')
    expect(world.model.requests.main.at(-1)?.tail).toMatch(/permission|approval/i)
  })

  test('types into an interactive client and leaves it with /exit', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1', plugin: await aPlugin(world) })
    world.model.script([turn({ tail: 'Say hello to Ann', reply: 'Hello, Ann of Dataforth' })])

    const terminal = await laptop.terminal()
    await terminal.enters('/greet Ann')
    await terminal.sees('Hello, Ann of Dataforth')
    await terminal.enters('/exit')
    const end = await terminal.finished

    expect(end.code).toBe(0)
    expect(world.model.requests.main.at(-1)).toContainText('started on ANA-LT1')
  })

  test('closes the window of an interactive client, which ends it', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })
    const clients = async () =>
      (await laptop.sh('ps -e -o args')).stdout.split('\n').filter((line) => line.includes('--dangerously-skip'))

    const terminal = await laptop.terminal()
    await terminal.types('half a thou')
    const whileOpen = await clients()
    await terminal.close()

    expect(whileOpen).not.toEqual([])
    await expect.poll(clients, { timeout: 10_000 }).toEqual([])
  })

  test('keeps a server at one address through kill and stop', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })
    const ask = `node -e 'fetch(process.env.MSP_API_URL).then((r) => r.text()).then(console.log, () => console.log("down"))'`

    const server = await world.startServer({ command: [process.execPath, '-e', TINY_SERVER] })
    await server.kill()
    const whileDown = await laptop.sh(ask)
    await server.start()
    const whenBack = await laptop.sh(ask)
    const stopped = await server.stop()

    expect([whileDown.stdout, whenBack.stdout]).toEqual(['down\n', 'xx\n'])
    expect(stopped.signal).toBe('SIGTERM')
  })

  test('has no network but its own loopback', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })

    const routes = await laptop.sh('ip route show; ip -6 route show')
    const links = await laptop.sh('ip -o link show up')

    expect(routes.stdout).toBe('')
    expect(links.stdout.trim().split('\n')).toEqual([expect.stringContaining(' lo: ')])
  })

  test('takes everything down with it, a detached grandchild too', async () => {
    const world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })
    const ticks = `${world.dir}.ticks`
    onTestFinished(() => rm(ticks, { force: true }))
    await laptop.sh(`setsid sh -c 'while :; do echo tick >> ${ticks}; sleep 0.1; done' >/dev/null 2>&1 & sleep 0.3`)

    await world[Symbol.asyncDispose]()

    const atTheEnd = await readFile(ticks, 'utf8')
    await sleep(500)
    expect(atTheEnd).toContain('tick')
    expect(await readFile(ticks, 'utf8')).toBe(atTheEnd)
  })

  test('ends a run that hangs, and says what it was', async () => {
    await using world = await createWorld()
    const laptop = await world.home({ hostname: 'ANA-LT1' })

    const run = laptop.sh('echo still here; sleep 60', { timeoutMs: 300 })

    await expect(run).rejects.toThrow(/sleep 60 did not end within 300 ms.*still here/s)
  })
})
