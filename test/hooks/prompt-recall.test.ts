import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describesError, errorPart } from '../../src/recall/prompt.ts'
import { mentioned, tellingName } from '../../src/recall/prompt-names.ts'
import { type Handler, Refusal, wireServer } from '../api/wire-server.ts'
import { DATAFORTH, prompt, silent, until, works } from './guarded.ts'
import { aMachine, logIn, type Machine, ofKind, SESSION, said, textIn } from './world.ts'

/** Which prompts the server is asked about, what it gets to see of them, and what comes of it when it is slow, wrong or away. */

const ID = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0aaa'
const KNOWN = { text: '<claudetools-context>\nRemove the driver.\n</claudetools-context>', tokens: 20 }
const ANSWER = { ...KNOWN, items: [{ kind: 'solution', id: ID, score: 900, coverage: 0.9 }] }

type Asked = { claude_session_id: string; text: string; client_id: string | null; shown: string[] }

/** A server that knows an answer, and what it was asked. */
async function aServer({ answer = (): unknown => ANSWER, names = ['srv-old', 'joe martinez'] } = {}) {
  const asked: Asked[] = []
  const handlers: Record<string, Handler> = {
    'contextRecalls.forPrompt': (input) => {
      asked.push(input as Asked)
      return answer()
    },
    'contextRecalls.names': () => ({ names }),
  }
  return { ...(await wireServer(handlers)), asked }
}

const namesOf = ({ paths }: Machine) => join(paths.cache, 'names', DATAFORTH.id)

/** A machine whose session works for Dataforth, that is logged in and knows the client's names. */
function aKnowingMachine(url: string): Machine {
  const machine = works(aMachine({ apiUrl: url }))
  logIn(machine, url)
  mkdirSync(join(machine.paths.cache, 'names'), { recursive: true })
  writeFileSync(namesOf(machine), 'srv-old\njoe martinez\n')
  return machine
}

describe('a prompt', () => {
  test('that tells of an error is asked for the session’s client, and Claude gets what is known; the second time it is named as told', async () => {
    await using server = await aServer()
    await using machine = aKnowingMachine(server.url)

    const first = await machine.hook('UserPromptSubmit', prompt('the spooler fails with error 1053'))
    await machine.hook('UserPromptSubmit', prompt('it still fails'))

    expect(said(first)).toEqual({ context: KNOWN.text })
    expect(server.asked).toEqual([
      { claude_session_id: SESSION, text: 'the spooler fails with error 1053', client_id: DATAFORTH.id, shown: [] },
      { claude_session_id: SESSION, text: 'it still fails', client_id: DATAFORTH.id, shown: [ID] },
    ])
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(2)
  })

  test('that names a host or person of the client is asked; one that names nothing never leaves for that', async () => {
    await using server = await aServer()
    await using machine = aKnowingMachine(server.url)

    for (const text of ['look at SRV-OLD, please', 'what did Joe Martinez want?', 'write a poem about an old server'])
      await machine.hook('UserPromptSubmit', prompt(text))

    expect(server.asked.map(({ text }) => text)).toEqual(['look at SRV-OLD, please', 'what did Joe Martinez want?'])
  })

  test('is sent without its secrets and without what is private, and one with #skip not at all', async () => {
    await using server = await aServer()
    await using machine = aKnowingMachine(server.url)

    await machine.hook('UserPromptSubmit', prompt('login fails, password: Kikker!Blauw7 #allow'))
    await machine.hook('UserPromptSubmit', prompt('it fails <private>since my divorce</private> every day'))
    const skipped = await machine.hook('UserPromptSubmit', prompt('it fails with error 1053 #skip'))

    expect(server.asked).toHaveLength(2)
    expect(JSON.stringify(server.asked)).not.toMatch(/Kikker|divorce/)
    expect(skipped).toMatchObject(silent)
  })

  test.each([
    ['says nothing', () => ({ text: '', tokens: 0, items: [] })],
    [
      'refuses',
      () => {
        throw new Refusal('FORBIDDEN', 'No.')
      },
    ],
    ['answers something else', () => ({ nothing: true })],
  ])('goes on as ever where the server %s', async (_, answer) => {
    await using server = await aServer({ answer })
    await using machine = aKnowingMachine(server.url)

    const run = await machine.hook('UserPromptSubmit', prompt('it fails'))

    expect(server.asked).toHaveLength(1)
    expect(run).toMatchObject(silent)
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(1)
  })

  test('waits no longer than the budget for a server that does not answer', async () => {
    const mute = createServer().listen(0, '127.0.0.1')
    await once(mute, 'listening')
    await using machine = aKnowingMachine(`http://127.0.0.1:${(mute.address() as AddressInfo).port}`)
    const requests: (string | undefined)[] = []
    mute.on('request', (request) => requests.push(request.url))

    const run = await machine.hook('UserPromptSubmit', prompt('it fails'))
    mute.closeAllConnections()
    mute.close()

    expect(run).toMatchObject(silent)
    // A background job asks beside it.
    expect(requests.filter((url) => url?.includes('forPrompt'))).toHaveLength(1)
    expect(run.durationMs).toBeGreaterThan(250)
    // Not the 6 s after which a hook is left as it is, with room for a busy test machine.
    expect(run.durationMs).toBeLessThan(3_000)
  })

  test('is not asked where nobody is logged in, nor where no server answers', async () => {
    await using machine = works(aMachine())

    const nobody = await machine.hook('UserPromptSubmit', prompt('it fails'))
    logIn(machine, 'http://127.0.0.1:9')
    const offline = await machine.hook('UserPromptSubmit', prompt('it fails again'))

    expect([nobody, offline]).toMatchObject([silent, silent])
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(2)
  })

  test('has the names of the client fetched beside it, for the next', async () => {
    await using server = await aServer()
    await using machine = works(aMachine({ apiUrl: server.url }))
    logIn(machine, server.url)

    await machine.hook('UserPromptSubmit', prompt('look at srv-old'))
    await until(() => existsSync(namesOf(machine)))
    await machine.hook('UserPromptSubmit', prompt('look at srv-old again'))

    expect(server.asked.map(({ text }) => text)).toEqual(['look at srv-old again'])
    expect(textIn(join(machine.paths.cache, 'names'))).toContain('srv-old')
  })
})

describe('what tells of an error', () => {
  test.each([
    'The spooler fails with error 1053',
    'why can’t I print',
    'Setup: 0x80070643',
    'TypeError: x is not a function\n    at run (/srv/app.js:10:3)',
    'Der Dienst startet seit heute nicht mehr',
    'Fehlermeldung beim Anmelden',
    'de printer werkt niet',
    'Foutmelding bij het opstarten',
    'l’imprimante ne fonctionne pas',
    'la impresora no funciona',
    'Outlook keeps asking for the password',
    'SRV-DC01 is down',
  ])('%s', (text) => {
    expect(describesError(text)).toBe(true)
  })

  test.each([
    'Write a poem about autumn',
    'hi, how are you doing today?',
    'What is the capital of Mongolia',
    'Bitte fasse den Bericht zusammen',
    'Maak een lijst van alle gebruikers',
    'add a column for the due date',
  ])('not: %s', (text) => {
    expect(describesError(text)).toBe(false)
  })

  test('of a long text its beginning and the lines with errors are asked, those with codes first', () => {
    const noise = 'heartbeat fine\n'.repeat(100)

    const part = errorPart(`Look at this log\n${noise}it failed\n${noise}Error 0x80070005\n${noise}`)

    expect(part.length).toBeLessThan(700)
    expect(part.split('\n').slice(-2)).toEqual(['Error 0x80070005', 'it failed'])
  })

  test('a text made to be slow is read in linear time', () => {
    const texts = [
      'kann '.repeat(4_000),
      `at ${'('.repeat(20_000)}`,
      `${'a.'.repeat(10_000)}`,
      'can not '.repeat(2_500),
    ]
    const started = performance.now()

    for (const text of texts) errorPart(text) && describesError(text)

    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('names in a prompt', () => {
  test.each([
    ['look at \\\\SRV-OLD\\share', 'SRV-OLD', true],
    ['SRV-OLD’s disk', 'SRV-OLD', true],
    ['ssh root@srv-old.dataforth.local', 'srv-old.dataforth.local', false],
    ['open srv-old.dataforth.local:8080/x', 'SRV-OLD', true],
    ['SRV-OLDER is another', 'SRV-OLD', false],
    ['mail joe.martinez@dataforth.com today', 'joe.martinez@dataforth.com', true],
    ['ping 10.0.0.9.', '10.0.0.9', true],
    ['ping 10.0.0.90', '10.0.0.9', false],
    ['Sage  100: crash', 'Sage 100', true],
  ])('%s: %s is named: %s', (text, name, isNamed) => {
    expect(mentioned(text, [tellingName(name)]).size === 1).toBe(isNamed)
  })

  test.each(['Backup', 'FIREWALL', 'dc', 'Mail Server', 'a name of many more words than six'])(
    '%s is no name',
    (name) => {
      expect(tellingName(name)).toBe('')
    },
  )
})
