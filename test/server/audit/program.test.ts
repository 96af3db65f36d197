import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { type Config, parseDatabaseUrl } from '../../../server/config.ts'
import { auditProgram } from '../../../server/domains/audit/program.ts'
import { startServer } from '../../../server/start.ts'
import { DATABASES } from '../../support/databases.ts'
import { onServer } from '../../support/templates.ts'
import { logged } from './log.ts'
import { type AuditWorld, auditWorld, someHistory } from './world.ts'

/** What `msp audit …` prints on the server's host, and its exit code. */
async function audit({ msp }: AuditWorld, words: string[], places: readonly string[] = []) {
  const said: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  try {
    const exit = await auditProgram(msp.server.deps, { checkpointPlaces: places } as unknown as Config, words)
    return { exit, text: said.join('') }
  } finally {
    spy.mockRestore()
  }
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'msp-escrow-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

for (const database of DATABASES)
  describe(`msp audit on ${database}`, () => {
    test('verify answers 0 with the states outside, 2 without them, and 1 for a log that was changed, of which an incident tells', async () => {
      await using world = await auditWorld(database)
      await using home = await folder()
      await someHistory(world, ['Dataforth'])
      const outside = join(home.path, 'states.jsonl')
      await writeFile(outside, (await world.outside()).join('\n'))
      const { db } = world.msp.server.deps

      const whole = await audit(world, ['verify', '--checkpoints', outside])
      const uncovered = await audit(world, ['verify', '--json'])
      await sql`update audit_heads set row_hash = ${'0'.repeat(64)} where log = 'credential'`.execute(db)
      const broken = await audit(world, ['verify', '--checkpoints', outside])

      expect([whole.exit, uncovered.exit, broken.exit]).toEqual([0, 2, 1])
      expect(JSON.parse(uncovered.text)).toMatchObject({ intact: true, troubles: [{ class: 'tail-uncovered' }] })
      expect(broken.text).toContain('THE AUDIT WAS CHANGED')
      expect(await world.msp.admin.api.securityIncidents.list({})).toMatchObject({
        items: [{ severity: 'critical', title: expect.stringContaining('audit log was changed') }],
      })
    })

    test('escrow: the key that two people keep checks the MACs of earlier days; nobody else can open it', async () => {
      await using world = await auditWorld(database)
      await using home = await folder()
      const [file, identities] = [
        join(home.path, 'key.age'),
        [await generateX25519Identity(), await generateX25519Identity()],
      ]
      const recipients = await Promise.all(identities.map((identity) => identityToRecipient(identity)))
      await audit(world, ['escrow', ...recipients.flatMap((one) => ['--recipient', one]), '--out', file])
      await someHistory(world, ['Dataforth'])
      for (let day = 0; day < 3; day++) {
        world.msp.clock.advance(86_400_000)
        await world.msp.server.deps.audit.flush()
      }
      const keyFile = join(home.path, 'identity.txt')
      await writeFile(keyFile, `# of the second person\n${identities[1]}\n`)

      const without = await audit(world, ['verify', '--json'])
      const withKey = await audit(world, ['verify', '--json', '--escrow', file, '--escrow-key-file', keyFile])
      await writeFile(keyFile, await generateX25519Identity())
      const stranger = audit(world, ['verify', '--escrow', file, '--escrow-key-file', keyFile])

      expect(JSON.parse(without.text).macs_unchecked).toBeGreaterThan(10)
      expect(JSON.parse(withKey.text)).toMatchObject({ intact: true, macs_unchecked: 0 })
      await expect(stranger).rejects.toThrow('cannot be opened')
      expect(await readFile(file, 'utf8')).not.toContain('"key"')
    })

    test('a key of an earlier day is destroyed', async () => {
      await using world = await auditWorld(database)
      world.msp.clock.advance(86_400_000)
      await world.msp.server.deps.audit.flush()

      const { rows } =
        await sql`select epoch, state, wrapped is null as is_gone from vault_keys where purpose = 'audit' order by epoch`.execute(
          world.msp.server.deps.db,
        )
      expect(rows).toEqual([
        { epoch: 0, state: 'destroyed', is_gone: 1 },
        { epoch: 1, state: 'active', is_gone: 0 },
      ])
    })

    test('D5: an announced use that nothing reported is told as unknown', async () => {
      await using world = await auditWorld(database)
      const { deps } = world.msp.server
      const use = { action: 'use', clientId: null, credentialId: null } as const
      const reported = await deps.audit.credential(world.context(), { ...use, outcome: 'intent' })
      await deps.audit.credential(world.context(), { ...use, outcome: 'success', intentId: reported })
      const lost = await deps.audit.credential(world.context(), { ...use, outcome: 'intent' })
      world.msp.clock.advance(120_000)

      const { text } = await audit(world, ['verify', '--json'])

      expect(JSON.parse(text).unknown).toMatchObject([{ id: lost, action: 'use' }])
    })

    test('verify --vault finds a secret that was exchanged for another sealed one', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      const client_id = await msp.client('Dataforth')
      const store = async (name: string) => {
        const made = await msp.admin.api.credentials.create({ client_id, name, type: 'password' })
        await msp.admin.api.credentials.rotate({ id: made.id, secrets: { password: 'correct horse' } })
        return made.id
      }
      const [first, second] = [await store('first'), await store('second')]
      const before = await audit(world, ['verify', '--vault', '--json'])
      const other = sql`select envelope from (select * from credential_secrets) s where version_id = (select id from credential_versions where credential_id = ${second})`
      await sql`update credential_secrets set envelope = (${other}) where version_id = (select id from credential_versions where credential_id = ${first})`.execute(
        msp.server.deps.db,
      )

      const after = await audit(world, ['verify', '--vault', '--json'])

      expect(JSON.parse(before.text)).toMatchObject({ intact: true, vault_versions: 2 })
      expect(after.exit).toBe(1)
      expect(JSON.parse(after.text).troubles).toContainEqual(
        expect.objectContaining({
          class: 'vault',
          message: expect.stringContaining(`of the credential ${first} is not what was stored`),
        }),
      )
    })

    test('a verification is itself an entry', async () => {
      await using world = await auditWorld(database)

      await audit(world, ['verify'])

      const [entry] = (await logged(world.msp)).filter(({ path_template }) => path_template === '/audit/verify')
      expect(entry).toMatchObject({ chain: 'system', actor_kind: 'system' })
    })
  })

test.runIf(DATABASES.includes('mariadb'))(
  'D7: a server works with the account of "msp audit grants", and that account can change nothing in the audit',
  async () => {
    await using world = await auditWorld('mariadb')
    const { msp } = world
    await someHistory(world, ['Dataforth'])
    const account = `app${Date.now() % 1e6}@127.0.0.1`
    const { text } = await audit(world, ['grants', '--account', account])
    const [name, host] = account.split('@') as [string, string]
    await onServer(msp.databaseUrl, (query) => query(text.replace('choose a password', 'only for this test')))
    const url = new URL(msp.databaseUrl)
    Object.assign(url, { username: name, password: encodeURIComponent('only for this test') })
    const config = {
      ...{ home: '', host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', logLevel: 'silent' as const },
      ...{ database: parseDatabaseUrl(url.href), masterKey: msp.masterKey, trustedProxies: [], checkpointPlaces: [] },
      ...{ requestsPerMinute: 1e6, limitFactor: 1e4, backupFolder: undefined, backupRecipients: [] },
    }
    const server = await startServer(config, () => msp.clock.now())
    try {
      const login = await fetch(`${server.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: msp.admin.email, password: msp.admin.password }),
      })
      await server.deps.audit.checkpoint()
      expect(login.status).toBe(200)
      for (const table of ['api_audit_log', 'credential_audit_log', 'audit_bodies'])
        for (const statement of [
          `update ${table} set created_at = ''`,
          `delete from ${table}`,
          `truncate table ${table}`,
          `drop table ${table}`,
        ])
          await expect(sql.raw(statement).execute(server.deps.db), statement).rejects.toThrow(/denied/)
      await expect(sql`update audit_checkpoints set seq = 1`.execute(server.deps.db)).rejects.toThrow(/denied/)
    } finally {
      await server.stop()
      await onServer(msp.databaseUrl, (query) => query(`drop user '${name}'@'${host}'`))
    }
  },
)
