import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { AuditFigures } from '../audit/audit.ts'
import type { OutboxFigures } from '../outbox/figures.ts'

const OUTBOX_HELD_MS = 1_000

/** Request counts and times by operation and status, the state of the audit and of the outbox, and the figures of the process. */
export function createMetrics(audit: () => AuditFigures, outbox: () => Promise<OutboxFigures>) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'msp_http_requests_total',
    help: 'Requests by operation and status',
    labelNames: ['route', 'status'],
    registers: [registry],
  })
  const duration = new Histogram({
    name: 'msp_http_request_seconds',
    help: 'Seconds until the answer was sent',
    labelNames: ['route'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  })
  const states: [keyof AuditFigures, string, string][] = [
    ['waiting', 'msp_audit_entries_waiting', 'Entries of the audit that are not written yet'],
    ['lost', 'msp_audit_entries_lost', 'Entries of the audit that could not be written and are lost, since the start'],
    ['outsideSeconds', 'msp_audit_outside_seconds', 'How long a signed state of the audit waits for a place outside'],
  ]
  for (const [figure, name, help] of states)
    new Gauge({
      ...{ name, help, registers: [registry] },
      collect() {
        this.set(audit()[figure])
      },
    })
  let asked: { atMs: number; figures: Promise<OutboxFigures> } | undefined
  // Three gauges of one scrape ask once.
  const outboxNow = () => {
    if (asked === undefined || performance.now() - asked.atMs > OUTBOX_HELD_MS)
      asked = { atMs: performance.now(), figures: outbox() }
    return asked.figures
  }
  const waiting: [keyof OutboxFigures, string, string][] = [
    ['pending', 'msp_outbox_pending', 'Messages to other systems that wait or are under way'],
    ['oldestSeconds', 'msp_outbox_oldest_seconds', 'How long the oldest of them waits'],
    ['deadLettered', 'msp_outbox_dead_lettered', 'Messages that were given up and that nobody has sent again'],
  ]
  for (const [figure, name, help] of waiting)
    new Gauge({
      ...{ name, help, registers: [registry] },
      async collect() {
        this.set((await outboxNow())[figure])
      },
    })
  return {
    registry,
    observe(route: string, status: number, seconds: number) {
      requests.inc({ route, status: String(status) })
      duration.observe({ route }, seconds)
    },
  }
}
