import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../../../server/config.ts'
import { loadKeyRing } from '../../../server/db/key-ring.ts'
import { countWrapped, promote, type RotationDeps, retire, rewrap, stage } from '../../../server/vault/rotation.ts'
import { keysStatus } from '../../../server/vault/status.ts'
import type { AppError } from '../../../src/contract/errors.ts'
import { DATABASES } from '../../support/databases.ts'
import { configOf, keyLine, NOW, read, type Stored, type VaultServer, type VaultWorld, vaultWorld } from './world.ts'

/** A change of the master key, taken from its first step to its last. */

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean)
const startWith = (world: VaultWorld, path: string) =>
  loadKeyRing(world.database, configOf(path), NOW).catch((error: Error) => error)

async function someSecrets(world: VaultWorld, clients: number): Promise<Stored[]> {
  const stored = [await world.stored(null, { api_key: 'of the MSP' })]
  for (let number = 0; number < clients; number++)
    stored.push(await world.stored(await world.client(`Client ${number}`), { password: `secret ${number}` }))
  return stored
}

async function expectAllOpen(server: VaultServer, world: VaultWorld, stored: readonly Stored[]): Promise<void> {
  const opened = await Promise.all(stored.map((one) => read(server, world, one)))
  expect(opened).toEqual(stored.map(({ secrets }) => secrets))
}

async function rotated(rotation: RotationDeps): Promise<{ from: string; to: string }> {
  await stage(rotation)
  const ids = await promote(rotation)
  await rewrap(rotation)
  return ids
}

for (const kind of DATABASES) {
  describe(`C4: a change of the master key, on ${kind}`, () => {
    test('C4: every record opens at every step, on a server that was there before and on one that starts', async () => {
      await using world = await vaultWorld(kind)
      const stored = await someSecrets(world, 3)
      const operator = (await world.start()).rotation
      const steps = [
        () => stage(operator),
        () => promote(operator),
        () => rewrap(operator),
        async () => retire(operator, (await oldest(world)).id),
      ]

      for (const step of steps) {
        await step()
        await expectAllOpen(world.server, world, stored)
        await expectAllOpen(await world.start(), world, stored)
        stored.push(await world.stored(await world.client(`Later ${stored.length}`), { password: 'made in between' }))
        await expectAllOpen(await world.start(), world, stored)
      }
      const { master_keys } = await keysStatus(world.db, operator.masters)
      const found = Object.fromEntries(master_keys.map(({ state, wraps }) => [state, wraps]))
      expect(found).toEqual({ retired: 0, active: 3 + 1 + 1 + 3 + 4 })
    })

    test('C4: a straggler whose own key file lacks the new key says so, starts again with it, and not with the retired one alone', async () => {
      await using world = await vaultWorld(kind)
      const ownFile = world.file(...linesOf(world.keyFile))
      const stored = await someSecrets(world, 1)
      const straggler = await world.start(ownFile)
      const { from, to } = await rotated(world.server.rotation)

      const answer = await straggler.vault
        .open(world.db, (stored[1] as Stored).owner, (stored[1] as Stored).versionId, ['password'])
        .catch((error: AppError) => error)
      expect(answer).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(to) })
      expect((await startWith(world, ownFile)).toString()).toContain(`${from} (decrypt_only). The database knows:`)

      await retire(world.server.rotation, from)
      const refused = await startWith(world, ownFile)
      expect(refused).toBeInstanceOf(ConfigError)
      expect(refused.toString()).toMatch(new RegExp(`${from}, which was retired on 2026-01-12T.*${to} \\(active\\)`))

      appendFileSync(ownFile, linesOf(world.keyFile).at(-1) as string)
      await expectAllOpen(straggler, world, stored)
      await expectAllOpen(await world.start(ownFile), world, stored)
    })

    test('C4: a rewrap that is killed at 20 random points loses nothing and goes on', {
      timeout: 240_000,
    }, async () => {
      await using world = await vaultWorld(kind)
      const stored = await someSecrets(world, 60)
      const { rotation } = world.server
      let kills = 0

      while (kills < 20) {
        const { id } = await active(world)
        if ((await countWrapped(world.db, id)) === (await countAll(world))) {
          await stage(rotation)
          await promote(rotation)
        }
        if (await killedInTheMiddle(world, Math.floor(Math.random() * 8))) kills++
        await expectAllOpen(world.server, world, stored)
        await expectAllOpen(await world.start(), world, stored)
      }
      await rewrap(rotation)

      expect(await countWrapped(world.db, (await active(world)).id)).toBe(await countAll(world))
      await expectAllOpen(await world.start(), world, stored)
    })

    test('C4: two that rewrap at the same moment do no harm', async () => {
      await using world = await vaultWorld(kind)
      const stored = await someSecrets(world, 10)
      await stage(world.server.rotation)
      await promote(world.server.rotation)
      const servers = [await world.start(), await world.start()]

      await Promise.allSettled(servers.map(({ rotation }) => rewrap(rotation, undefined, 2)))
      await rewrap(world.server.rotation)

      await expectAllOpen(await world.start(), world, stored)
      expect(await countWrapped(world.db, (await active(world)).id)).toBe(await countAll(world))
    })

    test('C4: steps out of order are refused, with what to do', async () => {
      await using world = await vaultWorld(kind)
      await someSecrets(world, 1)
      const { rotation } = world.server
      const first = (await active(world)).id
      const refusal = (work: Promise<unknown>) => work.then(String, (error: Error) => error.message)

      expect(await refusal(promote(rotation))).toContain('Run "msp keys stage" first')
      expect(await refusal(retire(rotation, first))).toContain('is the master key in use')
      expect(await refusal(retire(rotation, 'mk_nothing'))).toContain('There is no master key mk_nothing')
      const second = await stage(rotation)
      expect(await refusal(stage(rotation))).toContain(`${second} is staged already`)
      await promote(rotation)
      expect(await refusal(retire(rotation, first))).toContain('still wraps')
      await rewrap(rotation)
      await retire(rotation, first)
      expect(await refusal(retire(rotation, first))).toContain('is retired already')
    })

    test('a stage that was killed between the file and the database is taken up again', async () => {
      await using world = await vaultWorld(kind)
      const id = await stage(world.server.rotation)
      const file = readFileSync(world.keyFile, 'utf8')
      await world.db.deleteFrom('master_keys').where('id', '=', id).execute()

      expect(await stage((await world.start()).rotation)).toBe(id)
      expect(readFileSync(world.keyFile, 'utf8')).toBe(file)
    })

    test('a master key that comes from the environment is not changed by itself', async () => {
      await using world = await vaultWorld(kind)
      const { masterKey } = configOf(world.keyFile)
      const { masters } = await loadKeyRing(world.database, { masterKey }, NOW)

      await expect(stage({ ...world.server.rotation, masters })).rejects.toThrow('MSP_MASTER_KEY_FILE')
    })

    test('C5: a copy from before the change opens with the old key only, one from after with the new one only', async () => {
      await using world = await vaultWorld(kind)
      const stored = await someSecrets(world, 2)
      const oldFile = world.file(...linesOf(world.keyFile))
      const before = await copyOf(world)
      const { from, to } = await rotated(world.server.rotation)
      await retire(world.server.rotation, from)
      const newFile = world.file(linesOf(world.keyFile).at(-1) as string)

      await using restored = await vaultWorld(kind)
      await restore(restored, before)
      await expectAllOpen(await restored.start(oldFile), restored, stored)
      expect(String(await startWith(restored, newFile))).toContain(`${to}, which this database does not know`)
      expect(String(await startWith(restored, newFile))).toContain(`${from} (active)`)

      await expectAllOpen(await world.start(newFile), world, stored)
      expect(await startWith(world, oldFile)).toBeInstanceOf(ConfigError)
    })

    test('keys of the first release, which name no master key, are those of the one that opens them', async () => {
      await using world = await vaultWorld(kind)
      await world.db.updateTable('encryption_keys').set({ master_key_id: null }).execute()
      await world.db.deleteFrom('master_keys').execute()
      const two = world.file(keyLine(), ...linesOf(world.keyFile))

      const keys = await loadKeyRing(world.database, configOf(two), NOW)

      expect(keys.signing.kid).toBe(world.server.keys.signing.kid)
      expect((await active(world)).id).toBe([...world.server.keys.masters.known.keys()][0])
      const rows = await world.db.selectFrom('encryption_keys').select('master_key_id').execute()
      expect(new Set(rows.map(({ master_key_id }) => master_key_id)).size).toBe(1)
    })
  })
}

const active = ({ db }: VaultWorld) =>
  db.selectFrom('master_keys').select('id').where('state', '=', 'active').executeTakeFirstOrThrow()
const oldest = ({ db }: VaultWorld) =>
  db.selectFrom('master_keys').select('id').where('state', '=', 'decrypt_only').executeTakeFirstOrThrow()

async function countAll({ db }: VaultWorld): Promise<number> {
  const own = await db.selectFrom('encryption_keys').select('kid').execute()
  return (
    own.length + (await db.selectFrom('vault_keys').select('kid').where('wrapped', 'is not', null).execute()).length
  )
}

/** Starts a rewrap in a process of its own and kills it after so many keys. @returns false when it was done before */
async function killedInTheMiddle({ databaseUrl, keyFile }: VaultWorld, afterKeys: number): Promise<boolean> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'rewrapper.ts'), databaseUrl, keyFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)))
  let problem = ''
  child.stderr.on('data', (chunk) => {
    problem += chunk
  })
  let seen = 0
  for await (const _ of createInterface({ input: child.stdout })) {
    if (seen++ < afterKeys) continue
    await sleep(Math.random() * 3)
    child.kill('SIGKILL')
    break
  }
  const signal = await ended
  if (signal === null) expect(problem).toBe('')
  return signal === 'SIGKILL'
}

const TABLES = [
  'master_keys',
  'encryption_keys',
  'clients',
  'vault_keys',
  'credentials',
  'credential_versions',
  'credential_secrets',
] as const
type Copy = Record<(typeof TABLES)[number], Record<string, unknown>[]>

async function copyOf({ db }: VaultWorld): Promise<Copy> {
  const copy = {} as Copy
  for (const table of TABLES) copy[table] = await db.selectFrom(table).selectAll().execute()
  return copy
}

/** Into a database that has only the keys of its own first start. */
async function restore({ db }: VaultWorld, copy: Copy): Promise<void> {
  for (const table of ['vault_keys', 'encryption_keys', 'master_keys'] as const) await db.deleteFrom(table).execute()
  for (const table of TABLES) {
    // A column that the database computes cannot be written.
    const rows = copy[table].map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !/_row$/.test(name))),
    )
    if (rows.length > 0)
      await db
        .insertInto(table)
        .values(rows as never)
        .execute()
  }
}
