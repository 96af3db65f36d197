// The load generator, a process of its own: sends one kind of request to one target for some time and tells how long each took.
import { randomUUID } from 'node:crypto'
import { Pool } from 'undici'

process.on('disconnect', () => process.exit())
const EVENTS = 20
/** A session of a technician has some hundred events, not millions. */
const BATCHES_PER_STREAM = 6
const pools = new Map()

/** `{ target: { url, token }, operation, clients, machines, hosts, session, seconds, connections }` → `{ latencies, seconds, failed, problem, sample }` */
process.on('message', async (order) => process.send(order.setup ? {} : await run(order)))

async function run({ target, operation, seconds, connections, ...world }) {
  const pool = pools.get(target.url) ?? new Pool(target.url, { connections, pipelining: 1 })
  pools.set(target.url, pool)
  const next = OPERATIONS[operation](world)
  const authorization = target.token ? { authorization: `Bearer ${target.token}` } : {}
  const result = { latencies: [], failed: 0, problem: undefined, sample: undefined }
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1_000
  const worker = async (number) => {
    const make = next(number)
    while (performance.now() < endAt) {
      const { body, ...rest } = make()
      const type = body ? { 'content-type': 'application/json' } : {}
      const headers = { ...authorization, ...type, 'x-bench': operation }
      const sentAt = performance.now()
      const answer = await pool.request({ ...rest, headers, ...(body ? { body } : {}) })
      const text = await answer.body.text()
      result.latencies.push(performance.now() - sentAt)
      note(result, answer.statusCode, text)
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, number) => worker(number)))
  return { ...result, latencies: Float64Array.from(result.latencies), seconds: (performance.now() - startedAt) / 1_000 }
}

function note(result, status, text) {
  result.sample ??= text
  if (status < 300 && !text.includes('"refused"') && !text.includes('"conflict"')) return
  result.failed++
  result.problem ??= `HTTP ${status}: ${text.slice(0, 300)}`
}

/** Each makes, for one worker, a function that gives its next request. */
const OPERATIONS = {
  list: ({ clients }) => reads(clients, (client) => `/api/v1/commands-run?client_id=${client}&limit=50`),
  timeline: ({ hosts }) => reads(hosts, (host) => `/api/v1/infrastructure/${host}/timeline?limit=50`),
  get: ({ hosts }) => reads(hosts, (host) => `/api/v1/infrastructure/${host}`),
  context: ({ clients }) => reads(clients, (client) => `/api/v1/context?client_id=${client}`),
  create: ({ clients }) =>
    creates('/api/v1/tasks', (number) => ({
      ...{
        client_id: clients[number % clients.length],
        kind: 'task',
        title: `Renew the certificate of mail ${number}`,
      },
      ...{ description: 'It expires soon.', priority: 'p2' },
    })),
  item: ({ clients, session }) =>
    creates('/api/v1/work-items', (number) => ({
      ...{ session_id: session, client_id: clients[0], title: `Restart the print spooler ${number}` },
      ...{ category: 'incident', outcome: 'success' },
    })),
  // A machine delivers one batch at a time.
  ingest:
    ({ clients, machines }) =>
    (number) =>
      batches(clients, machines[number % machines.length]),
}

/** Asks for one after the other, each worker from another one on. */
function reads(ids, path) {
  return (number) => {
    let at = number
    return () => ({ method: 'GET', path: path(ids[at++ % ids.length]) })
  }
}

function creates(path, row) {
  return (worker) => {
    let made = worker
    return () => ({ method: 'POST', path, body: JSON.stringify(row(made++)) })
  }
}

function batches(clients, machine) {
  let batch = 0
  let stream = ''
  return () => {
    const place = batch++ % BATCHES_PER_STREAM
    if (place === 0) stream = randomUUID()
    const now = new Date().toISOString()
    const events = Array.from({ length: EVENTS }, (_, number) => {
      const seq = place * EVENTS + number
      const event = { ...eventAt(seq, clients), stream, stretch: 1, at: now, source: 'hook' }
      return { epoch: stream, seq, event }
    })
    const body = JSON.stringify({ machine_id: machine, sent_at: now, events })
    return { method: 'POST', path: '/api/v1/ingest/events', body }
  }
}

/** What a stretch of work consists of: its beginning, then of ten events seven commands, a changed file, a prompt and a turn. */
function eventAt(seq, clients) {
  if (seq === 0)
    return { kind: 'session.opened', id: 'open:1', data: { mode: 'msp', trigger: 'command', client_id: clients[0] } }
  const id = `${seq}:${randomUUID()}`
  if (seq % 10 === 8)
    return { kind: 'prompt', id, data: { text: 'Please look into the spooler and mend it. '.repeat(4) } }
  if (seq % 10 === 9)
    return { kind: 'turn', id, data: { text: 'The spooler runs again; a driver was stale. '.repeat(8) } }
  if (seq % 10 === 7)
    return { kind: 'file', id, data: { path: `/srv/app/page-${seq}.ts`, change: 'M', lines_added: 12 } }
  const command = `systemctl status unit-${seq} --no-pager`
  const stdout = 'active (running) since Mon 2026-01-12 09:03:11 UTC; 3 days ago\n'.repeat(5)
  const data = { tool: 'bash', command, cwd: '/srv/app', exit_code: 0, success: true, duration_ms: 240, stdout }
  return seq % 14 === 3
    ? { kind: 'command', id, data: { ...data, exit_code: 3, success: false, stderr: 'Unit could not be found.' } }
    : { kind: 'command', id, data }
}
