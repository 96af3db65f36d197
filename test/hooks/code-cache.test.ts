import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aCommand, aMachine, type Machine } from './world.ts'

const PASSWORD = 'Kikker!Blauw7'
const folderOf = ({ paths }: Machine): string => join(paths.cache, 'compiled')
const filesOf = (machine: Machine): string[] =>
  readdirSync(folderOf(machine)).map((name) => join(folderOf(machine), name))

async function redacted(machine: Machine): Promise<string> {
  const run = await machine.hook('PostToolUse', aCommand('cat a', 'toolu_1', { stdout: `password: ${PASSWORD}` }))
  expect(run).toMatchObject({ code: 0, stderr: '' })
  return run.stdout
}

describe('the compiled code that a hook leaves for the next one', () => {
  test('is the user’s alone, one file for each program and event', async () => {
    await using machine = aMachine()

    await redacted(machine)

    expect(filesOf(machine).map((file) => file.replace(/.*\/[0-9a-f]{16}-/, ''))).toEqual(
      Array(2).fill(`PostToolUse-${process.version}-${process.arch}`),
    )
    expect(statSync(folderOf(machine)).mode & 0o777).toBe(0o700)
    expect(filesOf(machine).map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  })

  test('is used by the next one, which leaves it as it is', async () => {
    await using machine = aMachine()
    const first = await redacted(machine)
    const written = filesOf(machine).map((file) => statSync(file).ino)

    expect(await redacted(machine)).toBe(first)
    expect(filesOf(machine).map((file) => statSync(file).ino)).toEqual(written)
  })

  test.each<[string, (file: string) => void]>([
    ['empty', (file) => writeFileSync(file, '')],
    ['cut', (file) => writeFileSync(file, readFileSync(file).subarray(0, 5_000))],
    ['nothing but zeros', (file) => writeFileSync(file, Buffer.alloc(statSync(file).size))],
    ['of another program', (file) => writeFileSync(file, 'module.exports = {}'.repeat(2))],
    ['changed in one place', (file) => writeFileSync(file, changed(readFileSync(file)))],
  ])('and is %s costs only time, and is made anew', async (_, damage) => {
    await using machine = aMachine()
    const first = await redacted(machine)
    for (const file of filesOf(machine)) damage(file)
    const damaged = filesOf(machine).map((file) => statSync(file).ino)

    expect(await redacted(machine)).toBe(first)

    const mended = filesOf(machine)
    expect(mended.map((file) => statSync(file).ino)).not.toEqual(damaged)
    expect(mended.every((file) => statSync(file).size > 20_000)).toBe(true)
  })

  test('is not trusted where others may write it', async () => {
    await using machine = aMachine()
    await redacted(machine)
    for (const file of filesOf(machine)) chmodSync(file, 0o622)

    await redacted(machine)

    expect(filesOf(machine).map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
  })

  test('cannot be kept where its folder is a file, and nobody notices', async () => {
    await using machine = aMachine()
    await redacted(machine)
    rmSync(folderOf(machine), { recursive: true })
    writeFileSync(folderOf(machine), '')

    expect(await redacted(machine)).toContain('[REDACTED:password:')
  })
})

function changed(bytes: Buffer): Buffer {
  const at = Math.floor(bytes.length / 3)
  bytes[at] = ((bytes[at] ?? 0) + 1) % 256
  return bytes
}
