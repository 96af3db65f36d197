import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createApi } from '../src/api/client.ts'
import { nodeHttpTransport } from '../src/api/node-http.ts'
import { readSettings, updateConfig } from '../src/settings.ts'
import { append } from '../src/spool/append.ts'
import { deliverSpool } from '../src/spool-delivery.ts'
import { Refusal, wireServer } from './api/wire-server.ts'

const MACHINE = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0002'
const STREAM = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'

/** A server that knows one machine, and takes events of that one only. */
const aServer = () =>
  wireServer({
    'machines.register': () => ({ id: MACHINE }),
    'ingest.events': (input) => {
      const { machine_id, events } = input as {
        machine_id: string
        events: { event: { id: string; stream: string } }[]
      }
      if (machine_id !== MACHINE) throw new Refusal('NOT_FOUND', 'Machine does not exist.')
      return { outcomes: events.map(({ event: { id, stream } }) => ({ id, stream, outcome: 'accepted' })) }
    },
  })

function aHome(url: string) {
  const home = mkdtempSync(join(tmpdir(), 'msp-delivery-'))
  const settings = () => readSettings({ MSP_HOME: home, MSP_API_URL: url })
  append(settings().paths.spool, {
    ...{ id: 'prompt:1', stream: STREAM, stretch: 0, at: '2026-01-12T09:03:11.000Z', source: 'hook' },
    kind: 'prompt',
    data: { text: 'one' },
  })
  return { settings, [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }) }
}

const api = (url: string) => createApi({ url, transport: nodeHttpTransport })

describe('delivering the spool', () => {
  test('enrols a machine that has no id, keeps the id, and sends', async () => {
    await using server = await aServer()
    using home = aHome(server.url)

    const report = await deliverSpool(home.settings(), api(server.url))

    expect(report).toMatchObject({ ended: 'delivered', accepted: 1 })
    expect(home.settings().machineId).toBe(MACHINE)
    expect(server.requests.map(({ path }) => path)).toEqual(['machines.register', 'ingest.events'])
  })

  test('enrols anew where the server has lost the machine', async () => {
    await using server = await aServer()
    using home = aHome(server.url)
    updateConfig(home.settings().paths, { machineId: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0009' })

    const report = await deliverSpool(home.settings(), api(server.url))

    expect(report).toMatchObject({ ended: 'delivered', accepted: 1 })
    expect(home.settings().machineId).toBe(MACHINE)
  })

  test('keeps everything while there is no server, and says why', async () => {
    using home = aHome('http://127.0.0.1:9')

    const report = await deliverSpool(home.settings(), api('http://127.0.0.1:9'))

    expect(report).toMatchObject({ ended: 'stopped', accepted: 0, problem: { kind: 'unreachable' } })
  })
})
