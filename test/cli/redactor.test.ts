import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aHome, type CliHome } from './home.ts'
import { aStubVault, claimFor, SECRET, settle } from './stub-vault.ts'

const EXEC = ['cred', 'exec', '3f2a9c1e', '--env', 'PW=password', '--', 'sh', '-c', 'test "$PW" && echo ran']

/** What a session's start writes down when the canary came through. */
function failedLately({ paths }: CliHome): void {
  mkdirSync(paths.cache, { recursive: true })
  writeFileSync(join(paths.cache, 'redactor-failed'), '')
}

describe('a secret for a command of Claude', () => {
  test('is given where the hook that keeps secrets from Claude works', async () => {
    const vault = await aStubVault()
    const home = aHome(vault.url)
    settle(home, vault.url)

    expect(await home.msp(EXEC, { env: claimFor(home) })).toMatchObject({ code: 0, stdout: 'ran\n' })
  })

  test('is not even asked for where it does not', async () => {
    const vault = await aStubVault()
    const home = aHome(vault.url)
    settle(home, vault.url)
    failedLately(home)

    const ran = await home.msp(EXEC, { env: claimFor(home) })

    expect(ran).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/No secret is given out.*msp doctor/),
    })
    expect(ran.stderr).not.toContain(SECRET)
    expect(vault.calls).toEqual([])
  })
})

describe('doctor', () => {
  test('says that a planted secret was found, and what no redactor covers', async () => {
    const { stdout } = await aHome('http://127.0.0.1:9').msp('doctor')

    expect(stdout).toMatch(/✓ redaction: +works: a planted secret was found/)
    expect(stdout).toMatch(/– not covered: +secrets stay readable in: .*transcripts.*#allow/)
  })

  test('says that it was not found, and what to do', async () => {
    const home = aHome('http://127.0.0.1:9')
    failedLately(home)

    const ran = await home.msp('doctor')

    expect(ran.code).toBe(1)
    expect(ran.stdout).toMatch(/✗ redaction: +A planted secret was not found\..*Install the plugin again/)
  })
})
