import { hash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parseDatabaseUrl } from '../../../server/config.ts'
import type { Deps } from '../../../server/context.ts'
import { openDatabase } from '../../../server/db/open.ts'
import { inTransaction } from '../../../server/db/transaction.ts'
import { deliverDue, PACE, type Pace } from '../../../server/domains/integrations/delivery-worker.ts'
import { queue } from '../../../server/outbox/announce.ts'
import { DATABASES } from '../../support/databases.ts'
import { type Received, receiver } from '../../support/receiver.ts'
import { testServer } from '../../support/server.ts'
import { serverProcess } from '../server-process.ts'

/** Thousands of messages, receivers that fail and servers that end: each message arrives, in order, or is listed as given up. */

const MESSAGES = 10_000
const SUBSCRIPTIONS = 8
const RESTARTS = 3
/** The clock runs and no pause is long, so that this takes seconds. Nobody is disabled: a message that is never taken may follow another. */
const FAST: Pace = { ...PACE, pauseMs: () => 0, disableAfter: 1_000 }
const WAIT_MS = 600_000

/** A number between 0 and 99 that is the same each time. */
const chance = (text: string) => Number.parseInt(hash('sha256', text).slice(0, 8), 16) % 100

for (const database of DATABASES) {
  test(
    `messages arrive at least once and in order, though three of ten tries fail and servers end, on ${database}`,
    async () => {
      const config = { webhookNetworks: ['127.0.0.0/8'], delivering: false }
      await using msp = await testServer({ database, config })
      await using hook = await receiver()
      const subscriptions: string[] = []
      for (let at = 0; at < SUBSCRIPTIONS; at++)
        subscriptions.push(
          (
            await msp.admin.api.webhookSubscriptions.create({
              ...{ name: `Hook ${at}`, url: `${hook.url}/${at}`, events: ['task.created'] },
            })
          ).id,
        )
      const running = (): Deps => ({ ...msp.server.deps, clock: () => new Date() })
      const numberOf = ({ body }: Pick<Received, 'body'>) => Number(body.id.split('-')[1])
      const isPoison = (number: number) => chance(`poison ${number}`) === 0
      const tries = new Map<string, number>()
      hook.answer = ({ body }) => {
        const attempt = (tries.get(body.id) ?? 0) + 1
        tries.set(body.id, attempt)
        const fails = isPoison(numberOf({ body })) || chance(`${body.id} ${attempt}`) < 30
        return { status: fails ? 503 : 200 }
      }
      const count = MESSAGES
      for (let from = 0; from < count; from += 500)
        await inTransaction(running(), async (db) => {
          for (let number = from; number < Math.min(from + 500, count); number++)
            await queue({ ...running(), db }, subscriptions[number % SUBSCRIPTIONS] as string, {
              ...{ id: `m-${number}`, event: 'task.created', occurred_at: '2026-01-12T09:00:00.000Z' },
              ...{ client_id: null, data: { number } },
            })
        })

      for (let restart = 0; restart < RESTARTS; restart++) {
        const ended = new AbortController()
        const workers = [deliverDue(running(), FAST, ended.signal), deliverDue(running(), FAST, ended.signal)]
        const until = ((restart + 1) * count) / (RESTARTS + 2)
        while (hook.received.length < until) await sleep(5)
        ended.abort()
        await Promise.all(workers)
        await msp.restart()
      }
      await Promise.all([deliverDue(running(), FAST), deliverDue(running(), FAST)])

      const numbers = Array.from({ length: count }, (_, number) => number)
      const poison = numbers.filter(isPoison)
      const dead: number[] = []
      let cursor: string | undefined
      do {
        const page = await msp.admin.api.webhookDeliveries.list({ status: 'dead_lettered', limit: 200, cursor })
        dead.push(...page.items.map(({ event_id }) => Number(event_id.split('-')[1])))
        cursor = page.next_cursor ?? undefined
      } while (cursor !== undefined)
      const arrived = hook.received.filter(({ status }) => status === 200)
      expect(poison.length).toBeGreaterThan(count / 200)
      expect(dead.sort((a, b) => a - b)).toEqual(poison)
      expect(new Set(arrived.map(numberOf))).toEqual(new Set(numbers.filter((number) => !isPoison(number))))
      for (let at = 0; at < SUBSCRIPTIONS; at++) {
        const firsts = [...new Set(hook.received.filter(({ path }) => path === `/${at}`).map(numberOf))]
        expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
      }
      const failed = hook.received.filter(({ status }) => status === 503).length
      expect(failed / hook.received.length).toBeGreaterThan(0.25)
    },
    WAIT_MS,
  )

  test(
    `a message that a killed server was sending is sent again under its id, on ${database}`,
    async () => {
      const config = { webhookNetworks: ['127.0.0.0/8'], delivering: false }
      await using msp = await testServer({ database, config, now: new Date().toISOString() })
      await using hook = await receiver()
      const url = `${hook.url}/x`
      await msp.admin.api.webhookSubscriptions.create({ name: 'Hook', url, events: ['task.created'] })
      await msp.admin.api.tasks.create({ client_id: await msp.client('Dataforth'), title: 'x' })
      await msp.server.stop()
      const there = await openDatabase(parseDatabaseUrl(msp.databaseUrl))
      const environment = {
        MSP_DATABASE_URL: msp.databaseUrl,
        MSP_MASTER_KEY: Buffer.from(msp.masterKey).toString('base64'),
        MSP_WEBHOOK_NETWORKS: '127.0.0.0/8',
      }
      const until = async (what: () => boolean) => {
        for (let waited = 0; waited < 400 && !what(); waited++) await sleep(50)
        expect(what()).toBe(true)
      }

      hook.silent = true
      await using first = serverProcess(environment)
      await until(() => hook.received.length === 1)
      first.kill('SIGKILL')
      await first.ended()
      hook.silent = false
      // Its claim runs out.
      await there.db.updateTable('webhook_subscriptions').set({ claimed_until: new Date().toISOString() }).execute()
      await using second = serverProcess(environment)
      await second.listening()
      await until(() => hook.received.length === 2)

      expect(new Set(hook.received.map(({ body }) => body.id)).size).toBe(1)
      await there.db.destroy()
    },
    WAIT_MS,
  )
}
