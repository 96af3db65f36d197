import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../../../server/config.ts'
import { DATABASES } from '../../support/databases.ts'
import { testServer } from '../../support/server.ts'

/**
 * Stands for an embeddings server in the form of OpenAI's API, which Ollama, llama.cpp and vLLM have too: the one thing here that is not ours. Its
 * vectors say which of two matters a text is about.
 */
const MATTERS = [/vehicle|car|motor/i, /mail|letter/i]
const running: Server[] = []
async function anEmbeddingsServer(status = 200) {
  const asked: string[][] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { input } = JSON.parse(Buffer.concat(chunks).toString()) as { input: string[] }
    asked.push(input)
    const data = input.map((text, index) => ({
      index,
      embedding: MATTERS.map((matter) => (matter.test(text) ? 1 : 0.1)),
    }))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ data: data.toReversed() }))
  })
  running.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/embeddings` }
}
afterEach(() => {
  for (const server of running.splice(0)) server.close()
})

const world = async (database: (typeof DATABASES)[number], url: string) => {
  const msp = await testServer({ database, config: { embeddings: { url, model: 'test' } } })
  const ana = await msp.technician({ clients: ['Dataforth'] })
  const client_id = await msp.client('Dataforth')
  await ana.api.tasks.create({ client_id, title: 'Park by the gate', description: 'mail the permit' })
  await ana.api.tasks.create({ client_id, title: 'Park behind the hall', description: 'the motor pool has two places' })
  const find = async () =>
    (await ana.api.search.query({ q: 'park a vehicle', client_id })).items.map(({ title }) => title)
  return { msp, ana, client_id, find }
}

for (const database of DATABASES) {
  describe(`a search by meaning beside the words, on ${database}`, () => {
    test('puts the passage first that means the same in other words', async () => {
      const server = await anEmbeddingsServer()
      const { msp, find } = await world(database, server.url)
      await using _ = msp

      expect((await find())[0]).toBe('Park behind the hall')
    })

    test('keeps the vectors of passages, until their text changes', async () => {
      const server = await anEmbeddingsServer()
      const { msp, ana, client_id, find } = await world(database, server.url)
      await using _ = msp
      await find()
      server.asked.length = 0
      await find()
      const again = server.asked.length
      const [task] = (await ana.api.tasks.list({ client_id, q: 'gate' })).items
      await ana.api.tasks.update({ id: task?.id as string, description: 'park the car here' })
      await find()

      expect(again).toBe(1)
      expect(server.asked.at(-1)).toEqual([expect.stringContaining('park the car here')])
    })

    test('goes by words alone when that server fails', async () => {
      const server = await anEmbeddingsServer(500)
      const { msp, find } = await world(database, server.url)
      await using _ = msp

      expect((await find()).sort()).toEqual(['Park behind the hall', 'Park by the gate'])
    })
  })
}

describe('the place where texts become vectors', () => {
  const config = (MSP_EMBEDDINGS_URL: string) =>
    readConfig({ MSP_EMBEDDINGS_URL, MSP_MASTER_KEY: Buffer.alloc(32, 1).toString('base64') })

  test.each([
    'http://127.0.0.1:11434/v1/embeddings',
    'http://[::1]:1/x',
    'http://10.1.2.3/x',
    'https://models.example.com/x',
  ])('may be %s', (url) => {
    expect(config(url).embeddings).toEqual({ url, model: 'nomic-embed-text' })
  })

  test.each(['http://models.example.com/x', 'http://8.8.8.8/x', 'ftp://10.0.0.1/x', 'none'])('may not be %s', (url) => {
    expect(() => config(url)).toThrow(ConfigError)
  })
})
