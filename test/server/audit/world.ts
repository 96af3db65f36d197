import { createPublicKey } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currentKey } from '../../../server/audit/epochs.ts'
import { type Report, type VerifyOptions, verifyAudit } from '../../../server/audit/verify.ts'
import type { Config } from '../../../server/config.ts'
import type { Context } from '../../../server/context.ts'
import type { DatabaseKind } from '../../support/databases.ts'
import { type TestServer, testServer } from '../../support/server.ts'

export interface AuditWorld extends AsyncDisposable {
  msp: TestServer
  /** The lines that the place outside has. */
  outside(): Promise<string[]>
  verify(options?: Partial<VerifyOptions>): Promise<Report>
  /** What a handler works with, of the admin. */
  context(): Context
}

/** A server that brings its signed states to a file. */
export async function auditWorld(database: DatabaseKind, config: Partial<Config> = {}): Promise<AuditWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'msp-audit-'))
  const file = join(folder, 'checkpoints.jsonl')
  const msp = await testServer({ database, config: { checkpointPlaces: [`file:${file}`], ...config } })
  const outside = async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  return {
    msp,
    outside,
    async verify(options = {}) {
      const { deps } = msp.server
      const { keys } = deps
      const db = options.db ?? deps.db
      const signers = new Map(keys.checkpoints.map(({ kid, privateKey }) => [kid, createPublicKey(privateKey)]))
      const key = options.key ?? (await currentKey(db, keys.masters))
      return verifyAudit({ db, now: msp.clock.now(), signers, outside: await outside(), ...options, key })
    },
    context: () => ({
      ...msp.server.deps,
      caller: {
        ...{ userId: msp.admin.id, loginId: '', email: '', name: '', role: 'admin', scopes: [], allClients: true },
        loginExpiresAt: '',
      },
      origin: { ip: '192.0.2.7', userAgent: 'test' },
      requestId: msp.server.deps.newId(),
    }),
    async [Symbol.asyncDispose]() {
      await msp[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Writes some entries of both logs, then signs where they stand. */
export async function someHistory(world: AuditWorld, clients: readonly string[], each = 8): Promise<void> {
  const { audit } = world.msp.server.deps
  for (const name of clients) {
    const client = await world.msp.client(name)
    for (let number = 1; number <= each; number++) {
      const task = await world.msp.admin.api.tasks.create({ client_id: client, kind: 'task', title: `Step ${number}` })
      await audit.credential(world.context(), {
        ...{ action: 'use', outcome: 'success', clientId: client, credentialId: task.id },
        ...{ label: 'Domain administrator', purpose: `For step ${number}` },
        ...(number % 2 === 0 ? { details: { host: 'db1', number } } : {}),
      })
    }
  }
  await audit.flush()
  await audit.checkpoint()
}
