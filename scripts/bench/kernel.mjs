// Reference "kernel": our own HTTP layer (routing, request ids, body, metrics, log, answer) around an operation that returns a constant.
// No sign-in, no input schema, no database.
import { randomUUID } from 'node:crypto'
import { createLog } from '../../server/http/log.ts'
import { createMetrics } from '../../server/http/metrics.ts'
import { createHttp, listen } from '../../server/http/serve.ts'

process.on('disconnect', () => process.exit())

process.once('message', async (bodies) => {
  const reads = { 'commandsRun.list': 'list', 'infrastructure.timeline': 'timeline', 'context.get': 'context' }
  const answers = { ...reads, 'tasks.create': 'create', 'workItems.create': 'item', 'ingest.events': 'ingest' }
  const known = Object.entries(answers).filter(([, key]) => bodies[key])
  const constants = new Map(known.map(([name, key]) => [name, JSON.parse(bodies[key])]))
  const server = createHttp({
    deps: { newId: randomUUID, clock: () => new Date(), log: createLog('warn') },
    invoke: async ({ domain, name }) => constants.get(`${domain}.${name}`),
    readiness: async () => ({}),
    metrics: createMetrics(() => ({ waiting: 0, lost: 0, outsideSeconds: 0 })),
    version: 'bench',
    publicUrl: 'http://127.0.0.1',
    trustedProxies: [],
    scalarPath: '',
  })
  process.send({ port: await listen(server, '127.0.0.1', 0) })
})
