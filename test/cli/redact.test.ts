import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { REDACTOR_VERSION } from '../../src/redact/version.ts'
import { aHome } from './home.ts'

/** `msp redact test`: what would be taken out of a text. */

const NOWHERE = 'http://127.0.0.1:9'
const COMMAND = 'mysql -h db1.dataforth.example -u root -pKikker7Blauw -e "SHOW REPLICA STATUS"'

describe('msp redact test', () => {
  test('shows the text as it would be kept, and where what stood', async () => {
    const home = aHome(NOWHERE)

    const { code, stdout, stderr } = await home.msp('redact test', { input: `first line\n${COMMAND}\n` })

    expect(code).toBe(0)
    expect(stdout).toMatch(/^first line\nmysql .* -p\[REDACTED:password:[0-9a-f]{8}\] -e/)
    expect(stderr).toMatch(/1 secret .*\n.*line +column +length +kind.*\n.*2 +42 +12 +password/s)
    expect(stdout + stderr).not.toContain('Kikker7Blauw')
  })

  test('says when there is nothing', async () => {
    const { code, stdout, stderr } = await aHome(NOWHERE).msp('redact test -', { input: 'git status\n' })

    expect([code, stdout, stderr.trim()]).toEqual([
      0,
      'git status\n',
      `No secret found (rules of version ${REDACTOR_VERSION}).`,
    ])
  })

  test('reads a file of whatever encoding and answers in JSON', async () => {
    const home = aHome(NOWHERE)
    const file = join(home.dir, 'notes.txt')
    writeFileSync(file, Buffer.from(`\uFEFF${COMMAND}`, 'utf16le'))

    const { json } = await home.msp(['redact', 'test', file, '--command', '--json'])

    expect(json).toMatchObject({
      version: REDACTOR_VERSION,
      findings: [{ start: COMMAND.indexOf('Kikker'), end: COMMAND.indexOf('Kikker') + 12, kind: 'password' }],
    })
  })

  test('answers line by line, with places in the text as it was', async () => {
    const home = aHome(NOWHERE)
    const input = [
      { id: 'a', text: COMMAND },
      { id: 2, text: 'ssh -p 2222 admin@192.0.2.1' },
    ]

    const { code, stdout } = await home.msp('redact test --jsonl -', {
      input: `${input.map((line) => JSON.stringify(line)).join('\r\n')}\r\n\r\n`,
    })

    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(lines).toEqual([
      {
        id: 'a',
        text: expect.stringMatching(/-p\[REDACTED:password:[0-9a-f]{8}\] -e/),
        findings: [{ start: COMMAND.indexOf('Kikker'), end: COMMAND.indexOf('Kikker') + 12, kind: 'password' }],
      },
      { id: 2, text: 'ssh -p 2222 admin@192.0.2.1', findings: [] },
    ])
  })

  test.each([
    ['redact test nowhere.txt', 5, 'There is no file nowhere.txt.'],
    ['redact test --jsonl nowhere.jsonl', 5, 'There is no file nowhere.jsonl.'],
    ['redact test --jsonl -', 2, 'Line 1 is not {"id", "text"} as JSON.'],
    ['redact test a.txt --jsonl b.jsonl', 2, 'Give one file: with --jsonl it is the one behind it.'],
  ])('msp %s says what is wrong', async (command, code, message) => {
    const ran = await aHome(NOWHERE).msp(command, { input: 'password: Kikker7Blauw\n' })

    expect([ran.code, ran.stderr.trim()]).toEqual([code, message])
    expect(ran.stdout).toBe('')
  })

  test('keeps nothing of the text', async () => {
    const home = aHome(NOWHERE)

    await home.msp('redact test', { input: COMMAND })

    const files = readdirSync(home.dir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile())
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain('Kikker7Blauw')
  })
})
