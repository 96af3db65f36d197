import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Request counts and times by operation and status, and the figures of the process. */
export function createMetrics() {
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
  return {
    registry,
    observe(route: string, status: number, seconds: number) {
      requests.inc({ route, status: String(status) })
      duration.observe({ route }, seconds)
    },
  }
}
