import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { agentTokenPath, type Claim, readClaim, writeClaim } from '../../src/claims.ts'
import { aCommand, aMachine, type HookRun, type Machine, ofKind, root, SESSION, said } from './world.ts'

const EXEC = 'msp cred exec 3f2a9c1e --env MYSQL_PWD=password -- mariadb -h db1'
const bash = (command: string, more: Record<string, unknown> = {}) => ({
  tool_name: 'Bash',
  tool_use_id: 'toolu_1',
  tool_input: { command, description: 'ask the database', timeout: 5_000 },
  ...more,
})
const silent = { code: 0, stdout: '', stderr: '' }

/** What the command is called with instead. */
const rewritten = (run: HookRun) => JSON.parse(run.stdout).hookSpecificOutput.updatedInput as { command: string }
/** The command with a claim behind its verb. */
const naming = (command: string, name: string) => command.replace(/cred [a-z]+/, `$& --claim=${name}`)
const namedIn = (run: HookRun): string => /--claim=([0-9a-f]{32})/.exec(rewritten(run).command)?.[1] ?? ''
const claimsOf = ({ paths }: Machine) => readdirSync(join(paths.auth, 'claims'))

describe('a command that asks for a secret', () => {
  test('is told by whom it is run, in a file that only its owner reads; all else of it is kept', async () => {
    await using machine = aMachine()

    const run = await machine.hook('PreToolUse', bash(EXEC))

    expect(rewritten(run)).toEqual({
      command: naming(EXEC, namedIn(run)),
      description: 'ask the database',
      timeout: 5_000,
    })
    expect(said(run).decision).toBeUndefined()
    const claim = readClaim(machine.paths, namedIn(run), Date.now())
    expect(claim).toMatchObject({ session_id: SESSION, agent_id: 'main', agent_type: 'main' })
    const file = join(machine.paths.auth, 'claims', `${namedIn(run)}.json`)
    expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700])
  })

  test('of a subagent says which one', async () => {
    await using machine = aMachine()

    const run = await machine.hook(
      'PreToolUse',
      bash(EXEC, { agent_id: 'a1b2', agent_type: 'claudetools:credential-retrieval' }),
    )

    expect(readClaim(machine.paths, namedIn(run), Date.now())).toMatchObject({
      agent_id: 'a1b2',
      agent_type: 'claudetools:credential-retrieval',
    })
  })

  test.each([
    ['node "/x y/dist/msp.cjs" cred find sql'],
    ['msp.cmd --json cred find sql'],
    ['cd /srv && msp \\\n  cred find sql'],
    ['msp cred exec 3f2a9c1e --env API_TOKEN=api_key --file KEY=private_key -- curl https://api.example.com'],
  ])('is recognised: %s', async (command) => {
    await using machine = aMachine()

    const run = await machine.hook('PreToolUse', bash(command))

    expect(rewritten(run).command).toBe(naming(command, namedIn(run)))
  })

  test('is told so in PowerShell too', async () => {
    await using machine = aMachine()

    const run = await machine.hook('PreToolUse', bash(EXEC, { tool_name: 'PowerShell' }))

    expect(rewritten(run).command).toBe(naming(EXEC, namedIn(run)))
  })

  test('has a claim of its own each time, and old ones are removed', async () => {
    await using machine = aMachine()
    const first = namedIn(await machine.hook('PreToolUse', bash(EXEC)))
    const old = new Date(Date.now() - 3_600_000)
    utimesSync(join(machine.paths.auth, 'claims', `${first}.json`), old, old)

    const second = namedIn(await machine.hook('PreToolUse', bash(EXEC)))

    expect(claimsOf(machine)).toEqual([`${second}.json`])
  })

  test('still may not hold one itself', async () => {
    await using machine = aMachine()

    const run = await machine.hook('PreToolUse', bash(`${EXEC} --password=Xk4vR2mXq9Zt4LpW`))

    expect(said(run).decision).toBe('deny')
  })

  test('may not name a claim of somebody else', async () => {
    await using machine = aMachine()

    const forged = [`MSP_CLAIM=${'a'.repeat(32)} ${EXEC}`, naming(EXEC, 'a'.repeat(32))]
    const runs = await Promise.all(forged.map((command) => machine.hook('PreToolUse', bash(command))))

    for (const run of runs)
      expect(said(run)).toMatchObject({ decision: 'deny', reason: expect.stringContaining('MSP_CLAIM') })
  })

  test('F5: does not run when nobody can write down who asks', async () => {
    await using machine = aMachine()
    const env = { PATH: process.env.PATH, MSP_HOME: '/dev/null/nowhere' }

    const run = await machine.hook('PreToolUse', bash(EXEC), { env })
    const nameless = await machine.hook('PreToolUse', JSON.stringify(bash(EXEC)))

    expect(said(run)).toMatchObject({
      decision: 'deny',
      reason: expect.stringMatching(/cannot be written.*msp doctor/),
    })
    expect(said(nameless)).toMatchObject({ decision: 'deny', reason: expect.stringContaining('which session') })
  })
})

test('a command that does not ask for one is left as it is', async () => {
  await using machine = aMachine()

  for (const command of ['msp task list', 'git log', 'cred find', 'mspcred x', 'msp search credentials'])
    expect(await machine.hook('PreToolUse', bash(command)), command).toMatchObject(silent)
})

test('a claim is good for ten minutes, and its name leads nowhere else', async () => {
  await using machine = aMachine()
  const at = '2026-01-12T09:00:00.000Z'
  const claim: Claim = { session_id: SESSION, agent_id: 'main', agent_type: 'main', at }
  const name = writeClaim(machine.paths, claim)

  const readAfter = (minutes: number) => readClaim(machine.paths, name, Date.parse(at) + minutes * 60_000)

  expect(readAfter(9)).toEqual(claim)
  expect([readAfter(11), readAfter(-11)]).toEqual([undefined, undefined])
  expect(readClaim(machine.paths, '../login', Date.parse(at))).toBeUndefined()
})

test('the recorded command is the one that Claude wrote', async () => {
  await using machine = aMachine()
  const command = `hostname && ${EXEC}`
  const run = await machine.hook('PreToolUse', bash(command))

  await machine.hook('PostToolUse', aCommand(rewritten(run).command, 'toolu_1'))

  expect(ofKind(machine.events(), 'command')).toMatchObject([{ data: { command } }])
})

describe('what an agent was given ends', () => {
  const worlds = async (machine: Machine) => {
    const claim = { session_id: SESSION, agent_type: 'x', at: new Date().toISOString() }
    for (const agent_id of ['main', 'a1b2']) {
      const path = agentTokenPath(machine.paths, SESSION, agent_id)
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, '{}')
      writeClaim(machine.paths, { ...claim, agent_id })
    }
    return () => ({
      claims: claimsOf(machine).map(
        (name) => JSON.parse(readFileSync(join(machine.paths.auth, 'claims', name), 'utf8')).agent_id,
      ),
      tokens: readdirSync(join(machine.paths.auth, 'agents'), { recursive: true }).filter((name) =>
        `${name}`.endsWith('.json'),
      ),
    })
  }

  test('with the agent', async () => {
    await using machine = aMachine()
    const left = await worlds(machine)

    await machine.hook('SubagentStop', { agent_id: 'a1b2', agent_type: 'x', last_assistant_message: 'Done.' })

    expect(left()).toEqual({ claims: ['main'], tokens: [`${SESSION}/main.json`] })
  })

  test('with the session', async () => {
    await using machine = aMachine()
    const left = await worlds(machine)

    await machine.hook('SessionEnd', { reason: 'other' })

    expect(left()).toEqual({ claims: [], tokens: [] })
  })
})

describe('F5: the start of a session', () => {
  test('says nothing about a redactor that works', async () => {
    await using machine = aMachine()

    expect(said(await machine.hook('SessionStart', { source: 'startup' })).notice).not.toMatch(/takes secrets out/)
  })

  test('tells the user when the redactor lets a canary through', async () => {
    await using machine = aMachine()
    const dist = join(machine.dir, 'dist')
    cpSync(join(root, 'dist'), dist, { recursive: true, filter: (path) => !/web|marketplace|server\.js/.test(path) })
    const broken = join(dist, 'hook.cjs')
    writeFileSync(broken, readFileSync(broken, 'utf8').replaceAll(/ghp_cK7\w+/g, 'no secret at all'))

    const run = await machine.hook('SessionStart', { source: 'startup' }, { program: join(dist, 'hook.cjs') })

    expect(said(run).notice).toMatch(/takes secrets out .* does not work.*"msp cred" gives out no secrets/)
  })
})
