import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import type { Deps } from '../../../server/context.ts'
import { createRedactionJob } from '../../../server/redaction/job.ts'
import { progressOf } from '../../../server/redaction/progress.ts'
import { TEXT_TABLES } from '../../../server/redaction/tables.ts'
import { DATABASES, type DatabaseKind } from '../../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../../support/server.ts'
import { placesOf } from './canaries.ts'

/** F7: rows that were written under rules that did not find a secret are looked through again, when there are newer ones. */

const CANARY = 'cK7vR2mXq9Zt4LpW'
const TOLD = `mysql --password=${CANARY} -h db1`
const TASKS = 250

interface World {
  msp: TestServer
  ana: TestUser
  clientId: string
}

/** A server whose first rules found nothing: a client with tasks, a session and its account. */
async function writtenByOldRules(database: DatabaseKind): Promise<World> {
  const msp = await testServer({ database })
  const ana = await msp.technician({ clients: ['Dataforth'] })
  const clientId = await msp.client('Dataforth')
  const { redaction } = msp.server.deps
  const { find } = redaction.rules
  redaction.rules = { ...redaction.rules, find: () => [] }
  const stream = 'old'
  const opened = anEvent('session.opened', { mode: 'msp', client_id: clientId, trigger: 'command' }, { stream })
  const told = [
    anEvent('prompt', { text: TOLD }, { stream }),
    anEvent('command', { command: TOLD, stdout: TOLD, success: false, exit_code: 1 }, { stream }),
    anEvent('session.closed', { reason: 'exit' }, { stream }),
  ]
  await msp.ingest(ana, await msp.machine(ana), [opened, ...told])
  for (let at = 0; at < TASKS; at++)
    await ana.api.tasks.create({
      client_id: clientId,
      title: `Task ${at}`,
      ...(at % 50 === 0 ? { description: TOLD } : {}),
    })
  await ana.api.infrastructure.create({
    client_id: clientId,
    kind: 'virtual_server',
    hostname: 'db1',
    custom: { login: TOLD },
  })
  await msp.server.deps.audit.flush()
  redaction.rules = { ...redaction.rules, find }
  await forgetProgress(msp.server.deps)
  return { msp, ana, clientId }
}

/** As an older version left it. */
const forgetProgress = async ({ db, redaction }: Deps) => {
  await db.deleteFrom('redaction_progress').execute()
  redaction.isSwept = false
}

const sweepAll = async ({ server: { deps } }: TestServer) => {
  const job = await createRedactionJob(deps)
  await job.wake()
  await job.end()
}

const entriesOf = async ({ db, audit }: Deps) => {
  await audit.flush()
  const entries = await db
    .selectFrom('api_audit_log')
    .innerJoin('audit_bodies', 'audit_bodies.id', 'api_audit_log.id')
    .select(['path_template', 'body'])
    .where('entity_type', '=', 'redaction')
    .orderBy('chain')
    .orderBy('seq')
    .execute()
  return entries.map(({ path_template, body }) => ({ path: path_template, ...JSON.parse(body as string) }))
}

/** The audit holds the values of changes as they were then: its chain does not let them be changed. */
const butOfAudit = (places: string[]) => places.filter((place) => !place.startsWith('audit_bodies'))

/** The files too, once the bodies of the audit are erased. */
async function placesWithoutAudit(msp: TestServer): Promise<string[]> {
  const { db, dialect } = msp.server.deps
  await db.updateTable('audit_bodies').set({ body: null }).execute()
  for (const statement of dialect.erasing) await sql.raw(statement).execute(db)
  return placesOf(msp, [CANARY, CANARY.toLowerCase()])
}

for (const database of DATABASES) {
  describe(`old rows after a change of the rules, on ${database}`, () => {
    test('lose their secrets, in every table and in the search', { timeout: 60_000 }, async () => {
      await using disposable = await disposed(database)
      const { msp, ana } = disposable
      expect(await placesOf(msp, [CANARY])).toContain('search_documents.body')

      await sweepAll(msp)

      const left = butOfAudit(await placesOf(msp, [CANARY, CANARY.toLowerCase()]))
      // The bodies of the audit lie in the same file.
      expect(left.filter((place) => !place.includes('/'))).toEqual([])
      if (database === 'sqlite') expect(await placesWithoutAudit(msp)).toEqual([])
      expect((await ana.api.search.query({ q: CANARY })).items).toEqual([])
      const [task] = (await ana.api.tasks.list({ q: 'Task 0', limit: 1 })).items
      expect(task).toMatchObject({
        row_version: 1,
        description: expect.stringMatching(/^mysql --password=\[REDACTED:password:[0-9a-f]{8}\] -h db1$/),
      })
    })

    test('are masked when they are read, until then', async () => {
      await using disposable = await disposed(database)
      const { msp, ana, clientId } = disposable
      const read = async () =>
        JSON.stringify([
          await ana.api.tasks.list({ limit: 200, client_id: clientId }),
          await ana.api.context.get({ client_id: clientId }),
          await ana.api.commandsRun.list({}),
          await ana.api.search.query({ q: 'mysql' }),
          await (
            await fetch(`${msp.url}/api/v1/export/tasks?format=csv`, {
              headers: { authorization: `Bearer ${ana.accessToken}` },
            })
          ).text(),
        ])

      expect(await read()).not.toContain(CANARY)
      expect(await read()).toContain('[REDACTED:password:')
    })

    test('are not read anew once they are through', async () => {
      await using disposable = await disposed(database)
      const { msp, ana } = disposable
      await sweepAll(msp)
      const outgoing = vi.spyOn(msp.server.deps.redaction, 'outgoing')

      await ana.api.tasks.list({ limit: 200 })

      expect(outgoing).not.toHaveBeenCalled()
    })

    test('a job that is killed in the middle goes on where it stopped, and counts nothing twice', {
      timeout: 60_000,
    }, async () => {
      await using disposable = await disposed(database)
      const { msp } = disposable
      const { deps } = msp.server
      // Killed with each batch that found something, after its transaction or in it.
      let kills = 0
      const dying = (when: 'before' | 'after'): Deps => ({
        ...deps,
        audit: {
          ...deps.audit,
          call: async (context, entry) => {
            if (when === 'after') await deps.audit.call(context, entry)
            kills++
            throw new Error('killed')
          },
        },
      })
      for (const when of ['before', 'after', 'before'] as const) {
        const job = await createRedactionJob(dying(when))
        await job.wake()
        await job.end()
      }
      expect(kills).toBe(3)
      expect((await progressOf(deps.db, deps.redaction.version)).isFinished).toBe(false)

      await sweepAll(msp)

      const { tables, isFinished } = await progressOf(deps.db, deps.redaction.version)
      expect(isFinished).toBe(true)
      expect(tables.find(({ in_table }) => in_table === 'tasks')).toMatchObject({
        rows_changed: 6,
        rows_done: TASKS + 1,
      })
      expect(tables).toHaveLength(TEXT_TABLES.length)
      const batches = (await entriesOf(deps)).filter(({ path }) => path === '/redaction/tasks')
      expect(batches.reduce((sum, { rows_changed }) => sum + rows_changed, 0)).toBe(6)
    })

    test('what was done is in the audit: how much, and nothing of what', async () => {
      await using disposable = await disposed(database)
      const { msp } = disposable

      await sweepAll(msp)

      const entries = await entriesOf(msp.server.deps)
      expect(entries.at(-1)).toMatchObject({ path: '/redaction/finished', version: msp.server.deps.redaction.version })
      expect(entries.at(-1)?.rows_changed).toBeGreaterThan(8)
      expect(JSON.stringify(entries)).not.toContain('mysql')
    })

    test('an admin sees how far it is, and has it run again', { timeout: 60_000 }, async () => {
      await using disposable = await disposed(database)
      const { msp, ana } = disposable
      await sweepAll(msp)
      expect(await msp.admin.api.redaction.status({})).toMatchObject({ finished: true, withheld: 0 })

      const started = await msp.admin.api.redaction.rerun({})

      expect(started.finished).toBe(false)
      await vi.waitFor(async () => expect((await msp.admin.api.redaction.status({})).finished).toBe(true), {
        timeout: 50_000,
        interval: 200,
      })
      await expect(ana.api.redaction.status({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
    })

    test('what somebody changes meanwhile stays as they wrote it', async () => {
      await using disposable = await disposed(database)
      const { msp, ana } = disposable
      const { deps } = msp.server
      const [task] = (await ana.api.tasks.list({ q: 'Task 0', limit: 1 })).items
      const id = task?.id as string
      const racing: Deps = {
        ...deps,
        redaction: {
          ...deps.redaction,
          of: async (db, clientId) => {
            // Between reading the row and writing it.
            await deps.db.updateTable('tasks').set({ description: 'rewritten' }).where('id', '=', id).execute()
            return deps.redaction.of(db, clientId)
          },
        },
      }

      const job = await createRedactionJob(racing)
      await job.wake()
      await job.end()

      expect((await ana.api.tasks.get({ id })).description).toBe('rewritten')
    })
  })
}

const disposed = async (database: DatabaseKind) => {
  const world = await writtenByOldRules(database)
  return { ...world, [Symbol.asyncDispose]: () => world.msp[Symbol.asyncDispose]() }
}

describe('the tables that are looked through', () => {
  test('are all that have a column for text that nobody chose from a list', async () => {
    await using msp = await testServer({ database: 'sqlite' })
    const known = new Set(TEXT_TABLES.map(({ table }) => table))

    const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(
      msp.server.deps.db,
    )

    const others = rows
      .map(({ name }) => name)
      .filter((name) => !known.has(name) && !/^(sqlite|kysely|search_(documents|terms))/.test(name))
    expect(others.sort()).toEqual(WITHOUT_TEXT)
  })
})

/** Ids, hashes, keys, counters, files, and what is sealed. The words that the search has counted are forgotten with each sweep that changes anything. */
const WITHOUT_TEXT = [
  'agent_tokens',
  'agreement_periods',
  'audit_checkpoints',
  'audit_heads',
  'billing_locks',
  'blobs',
  'context_links',
  'context_recalls',
  'context_tags',
  'credential_secrets',
  'credential_versions',
  'encryption_keys',
  'job_leases',
  'master_keys',
  'quarantined_texts',
  'rate_limits',
  'redaction_progress',
  'refresh_tokens',
  'request_rates',
  'revoked_tokens',
  'search_counts',
  'search_progress',
  'search_vectors',
  'session_tags',
  'site_public_ranges',
  'task_dependencies',
  'user_client_access',
  'user_factors',
  'vault_keys',
  'work_item_assets',
  'work_item_tags',
]
