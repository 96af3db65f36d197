import { chmodSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { read, type VaultWorld, vaultWorld } from '../server/vault/world.ts'
import { DATABASES } from '../support/databases.ts'
import { aHome, CLAUDE_SESSION, type Ran } from './home.ts'

/** `msp keys`, as it is typed on the server's host; the server itself may run meanwhile. */

const NOWHERE = 'http://127.0.0.1:9'

function host({ databaseUrl, keyFile }: VaultWorld) {
  const home = aHome(NOWHERE)
  const env = { MSP_DATABASE_URL: databaseUrl, MSP_MASTER_KEY_FILE: keyFile, CLAUDE_CODE_SESSION_ID: '' }
  return async (words: string[], more: NodeJS.ProcessEnv = {}): Promise<Ran> => {
    const ran = await home.msp(['keys', ...words], { env: { ...env, ...more } })
    const keys = readFileSync(keyFile, 'utf8').match(/^[A-Za-z0-9+/]{43}=/gm) ?? []
    for (const key of keys) expect(ran.stdout + ran.stderr).not.toContain(key.slice(0, 12))
    return ran
  }
}

for (const kind of DATABASES) {
  describe(`msp keys, on ${kind}`, () => {
    test('changes the master key while a server runs, and tells how far it is', { timeout: 60_000 }, async () => {
      await using world = await vaultWorld(kind)
      const keys = host(world)
      const stored = await world.stored(await world.client('Acme'), { password: 'p' })
      const [first = ''] = [...world.server.keys.masters.known.keys()]

      const rotated = await keys(['rotate'])
      const status = await keys(['status', '--json'])
      const retired = await keys(['retire', first])

      expect(rotated).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^✓ mk_\w+ is in use; \d+ keys wrapped again/),
      })
      expect(rotated.stderr).toMatch(/^(\d+) of \1 keys wrapped again$/m)
      expect(status.json).toMatchObject({
        key_file: world.keyFile,
        master_keys: expect.arrayContaining([
          expect.objectContaining({ id: first, state: 'decrypt_only', wraps: 0 }),
          expect.objectContaining({ state: 'active', at_hand: true }),
        ]),
      })
      expect(retired).toMatchObject({ code: 0, stdout: expect.stringContaining(`keep its line of the key file`) })
      expect(await read(world.server, world, stored)).toEqual(stored.secrets)
      const audited = await world.db
        .selectFrom('api_audit_log')
        .select(['path_template', 'actor_kind'])
        .orderBy('seq')
        .execute()
      expect(audited).toEqual([
        { path_template: '/keys/rotate', actor_kind: 'system' },
        { path_template: '/keys/retire', actor_kind: 'system' },
      ])
    })

    test("destroys a client's keys when its name is given twice", { timeout: 60_000 }, async () => {
      await using world = await vaultWorld(kind)
      const keys = host(world)
      const stored = await world.stored(await world.client('Acme'), { password: 'p' })

      const [untold, wrong] = [
        await keys(['shred', '--client', 'Acme']),
        await keys(['shred', '--client', 'Acme', '--yes', 'Globex']),
      ]
      expect(untold).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes NAME') })
      expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was destroyed') })
      expect(await read(world.server, world, stored)).toEqual(stored.secrets)

      const done = await keys(['shred', '--client', 'Acme', '--yes', 'Acme', '--json'])

      expect(done.json).toMatchObject({ client: { name: 'Acme' }, keys: 1 })
      expect(await read(world.server, world, stored)).toBe('CannotOpenSecret')
    })

    test('F1: nothing that runs under Claude Code changes a key', { timeout: 60_000 }, async () => {
      await using world = await vaultWorld(kind)
      const keys = host(world)
      await world.client('Acme')
      const before = readFileSync(world.keyFile, 'utf8')

      for (const words of [
        ['rotate'],
        ['stage'],
        ['promote'],
        ['rewrap'],
        ['retire', 'mk_1'],
        ['shred', '--client', 'Acme', '--yes', 'Acme'],
      ])
        for (const more of [{ CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION }, { CLAUDECODE: '1' }, { AI_AGENT: 'x' }])
          expect(await keys(words, more)).toMatchObject({ code: 4, stdout: '' })

      expect(readFileSync(world.keyFile, 'utf8')).toBe(before)
    })
  })
}

test('says what is wrong with a key file, and what to do', { timeout: 60_000 }, async () => {
  await using world = await vaultWorld('sqlite')
  chmodSync(world.keyFile, 0o644)

  const ran = await host(world)(['status'])

  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`Run: chmod 600 ${world.keyFile}`) })
})
