import { describe, expect, test } from 'vitest'
import { rememberHandedOut } from '../../src/cli/cred/handed-out.ts'
import { createWorld } from '../../src/cli/world.ts'
import { knownValues } from '../../src/known-values.ts'
import { newSession, writeSession } from '../../src/sessions.ts'
import { aHome, CLAUDE_SESSION, type CliHome } from './home.ts'

const SECRETS = { password: 'Kikker!Blauw7', username: 'svc-backup01' }

/** `msp` as it runs in this home, inside a Claude Code session or at a terminal of its own. */
const worldOf = (home: CliHome, environment: NodeJS.ProcessEnv) =>
  createWorld(() => ({}), { HOME: home.dir, MSP_HOME: home.paths.home, ...environment })

const found = (home: CliHome, session: string, text: string): string[] =>
  (knownValues(home.paths, session)?.(text) ?? []).map(({ start, end }) => text.slice(start, end))

describe('the redactor knows what msp cred hands out', () => {
  test('in the session that asked: the secrets, not the user name', () => {
    const home = aHome('http://127.0.0.1:9')

    rememberHandedOut(worldOf(home, { CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION }), SECRETS)

    expect(found(home, CLAUDE_SESSION, 'svc-backup01 with Kikker!Blauw7')).toEqual(['Kikker!Blauw7'])
    expect(knownValues(home.paths, 'another')).toBeUndefined()
  })

  test('at a terminal outside of Claude Code: in every session that is open, where it may be pasted', () => {
    const home = aHome('http://127.0.0.1:9')
    writeSession(home.paths, { ...newSession('open-one'), open: true })
    writeSession(home.paths, { ...newSession('closed-one'), open: false })

    rememberHandedOut(worldOf(home, {}), SECRETS)

    expect(found(home, 'open-one', 'Kikker!Blauw7')).toEqual(['Kikker!Blauw7'])
    expect(knownValues(home.paths, 'closed-one')).toBeUndefined()
  })
})
