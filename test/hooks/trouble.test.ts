import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aCommand, aMachine, ofKind, said } from './world.ts'

const RECORDING = [
  'SessionStart',
  'UserPromptSubmit',
  'PostToolUse',
  'PostToolUseFailure',
  'SubagentStart',
  'SubagentStop',
  'PreCompact',
  'Stop',
  'SessionEnd',
]

describe.each(RECORDING)('%s goes on', (event) => {
  test('without a word when stdin is empty', async () => {
    await using machine = aMachine()

    expect(await machine.hook(event, '')).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('with one line when stdin is no JSON, and without the text of it', async () => {
    await using machine = aMachine()

    const run = await machine.hook(event, '{"session_id":"x","prompt":"Hunter2 ')

    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(Object.keys(JSON.parse(run.stdout))).toEqual(['systemMessage'])
    expect(said(run).notice).toMatch(/^ClaudeTools: .*not JSON.*"msp doctor"/)
    expect(run.stdout).not.toContain('Hunter2')
  })

  test('without a word when nothing essential is told', async () => {
    await using machine = aMachine()

    expect(await machine.hook(event, '{"hook_event_name":"x"}')).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })
})

describe('a recording hook', () => {
  test('says once that the home folder cannot be written, and where', async () => {
    await using machine = aMachine()
    // A file in the place of the folder: unlike a mode it stops root, too.
    rmSync(machine.paths.home, { recursive: true })
    writeFileSync(machine.paths.home, '')
    const env = { PATH: process.env.PATH, HOME: machine.dir, MSP_HOME: machine.paths.home, TMPDIR: machine.dir }

    const first = await machine.hook('PostToolUse', aCommand('hostname', 'toolu_1'), { env })
    const second = await machine.hook('PostToolUse', aCommand('hostname', 'toolu_2'), { env })

    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(said(first).notice).toMatch(/^ClaudeTools: .*MSP_HOME/)
    expect(second).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('says once that config.json cannot be used, and records all the same', async () => {
    await using machine = aMachine()
    writeFileSync(machine.paths.config, '{"api_url": ')

    const first = await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'one' })
    const second = await machine.hook('UserPromptSubmit', { prompt_id: 'p2', prompt: 'two' })

    expect(said(first).notice).toMatch(/^ClaudeTools: .*config\.json is not valid JSON/)
    expect(second.stdout).toBe('')
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(2)
  })

  test('needs nothing of the environment but PATH and HOME', async () => {
    await using machine = aMachine()
    const env = { PATH: process.env.PATH, HOME: machine.dir }

    const run = await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'one' }, { env })

    expect(run).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('does nothing for an event that it does not know', async () => {
    await using machine = aMachine()

    expect(await machine.hook('Elicitation', { a: 1 })).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('is done when the JSON is complete, also when stdin stays open', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'one' }, { keepOpen: true })

    expect(run.code).toBe(0)
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(1)
  })

  test('gives up when stdin stays open and nothing comes', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', '', { keepOpen: true })

    expect(run.durationMs).toBeLessThan(20_000)
    expect(run.stdout).toBe('')
  })

  test('makes its state anew when the file of the session is damaged', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'one' })
    const file = join(machine.paths.cache, 'sessions', `${machine.session()?.claude_session_id}.json`)
    writeFileSync(file, '{"claude_ses')

    const run = await machine.hook('PostToolUse', aCommand('hostname', 'toolu_1'))

    expect(run).toMatchObject({ code: 0, stdout: '' })
    expect(ofKind(machine.events(), 'command')).toHaveLength(1)
  })

  test('never lets a session id lead out of its folder', async () => {
    await using machine = aMachine()

    await machine.hook('UserPromptSubmit', { session_id: '../../../escaped', prompt_id: 'p1', prompt: 'one' })

    expect(machine.session('../../../escaped')).toMatchObject({ open: true })
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(1)
  })
})
