import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkTranscripts } from '../../src/cli/transcripts-check.ts'
import { createWorld } from '../../src/cli/world.ts'
import { rememberValues } from '../../src/known-values.ts'
import { aHome, type CliHome } from './home.ts'

const TOKEN = `${'ghp'}_${'aB3dE5gH7jK9mN1pQ2sT4vW6xY8zaB3dE5gH'}`
const PASSWORD = 'Kikker!Blauw7'

/** A transcript of Claude Code with one line of output. */
function transcript(home: CliHome, name: string, output: string, daysAgo = 0): string {
  const path = join(home.dir, '.claude', 'projects', '-work', name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(
    path,
    `${JSON.stringify({ type: 'user', message: { content: [{ type: 'tool_result', content: output }] } })}\n`,
  )
  const at = Date.now() / 1_000 - daysAgo * 86_400
  utimesSync(path, at, at)
  return path
}

/** What `msp doctor` says of the transcripts of this home. */
function check(home: CliHome) {
  const environment = { HOME: home.dir, MSP_HOME: home.paths.home, CLAUDE_CONFIG_DIR: join(home.dir, '.claude') }
  return checkTranscripts(createWorld(() => ({}), environment))
}

describe('msp doctor looks for secrets in the transcripts of this machine', () => {
  test('and finds none in clean ones', () => {
    const home = aHome('http://127.0.0.1:9')
    transcript(home, 'a.jsonl', 'Get-Service: 12 services, commit 3f2a9c1e')

    expect(check(home)).toEqual({ name: 'transcripts', state: true, message: 'no known secret in 1 file.' })
  })

  test('nor where there is nothing to look at', () => {
    expect(check(aHome('http://127.0.0.1:9'))).toMatchObject({ state: null })
  })

  test('and names the files with a token, and with a value that was handed out, and what to do', () => {
    const home = aHome('http://127.0.0.1:9')
    const withToken = transcript(home, 'a.jsonl', `GH_TOKEN=${TOKEN}`)
    const clean = transcript(home, 'b.jsonl', 'nothing')
    const withPassword = transcript(home, 's1/subagents/agent-1.jsonl', `login as sa ${PASSWORD}, then ${PASSWORD}`, 2)
    rememberValues(home.paths, 'any-session', [{ value: PASSWORD, kind: 'password' }])

    const { state, message } = check(home)

    expect(state).toBe(false)
    expect(message).toContain(`2 secrets in plain text: ${withToken} (1), ${withPassword} (1).`)
    expect(message).toContain('Rotate the credential')
    expect(message).not.toContain(clean)
    for (const secret of [TOKEN, PASSWORD]) expect(message).not.toContain(secret)
  })

  test('a mark is no secret', () => {
    const home = aHome('http://127.0.0.1:9')
    transcript(home, 'a.jsonl', 'token [REDACTED:github-token:0a1b2c3d]')

    expect(check(home)).toMatchObject({ state: true })
  })
})
