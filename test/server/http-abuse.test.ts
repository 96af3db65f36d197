import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { doubledKey } from '../../server/http/unambiguous.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'

/** E5: messages that two readers would understand differently, or that cost more than they should. Refused on both wires, and never with a 500. */

const MB = 1024 * 1024
const REFUSALS = [400, 413, 415, 431]

for (const database of DATABASES) {
  describe(`E5: HTTP that wants to be misunderstood, on ${database}`, () => {
    let msp: TestServer
    let tags: number
    beforeAll(async () => {
      msp = await testServer({ database })
      tags = await numberOfTags()
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    async function numberOfTags(): Promise<number> {
      const { total } = await msp.admin.api.tags.list({ total: true, limit: 1 })
      return total as number
    }

    /** Bytes as they stand here; all that comes back until the server closes or says nothing more. */
    function raw(...pieces: (string | Buffer)[]): Promise<string> {
      return new Promise((resolve) => {
        let answer = ''
        const done = () => {
          socket.destroy()
          resolve(answer)
        }
        const socket = connect(msp.server.port, '127.0.0.1', () => {
          for (const piece of pieces) socket.write(piece)
        })
        socket.setEncoding('latin1').on('data', (chunk: string) => {
          answer += chunk
          socket.setTimeout(500)
        })
        socket.setTimeout(10_000)
        for (const event of ['timeout', 'close', 'error']) socket.once(event, done)
      })
    }
    const statusesIn = (answer: string) =>
      [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
    const head = (first: string, ...headers: string[]) =>
      [first, 'Host: server', `Authorization: Bearer ${msp.admin.accessToken}`, ...headers, '', ''].join('\r\n')
    const JSON_TYPE = 'Content-Type: application/json'
    const tag = (slug: string) => JSON.stringify({ slug, name: slug })
    const POST_TAGS = 'POST /api/v1/tags HTTP/1.1'

    /** The same body over both wires. */
    async function both(body: string | Buffer, headers: Record<string, string> = {}): Promise<number[]> {
      const init = (bytes: Buffer) => ({
        method: 'POST',
        headers: { authorization: `Bearer ${msp.admin.accessToken}`, 'content-type': 'application/json', ...headers },
        body: bytes,
      })
      const bytes = Buffer.from(body)
      const batch = Buffer.concat([Buffer.from('{"0":'), bytes, Buffer.from('}')])
      const answers = await Promise.all([
        fetch(`${msp.url}/api/v1/tags`, init(bytes)),
        fetch(`${msp.url}/trpc/tags.create?batch=1`, init(headers['content-encoding'] ? bytes : batch)),
      ])
      return answers.map(({ status }) => status)
    }

    test.each<[string, string | Buffer, Record<string, string>?]>([
      ['a key that stands twice', '{"slug":"x1","name":"a","name":"b"}'],
      ['a key that stands twice, once with an escape', '{"slug":"x1","name":"a","n\\u0061me":"b"}'],
      ['a key that stands twice, deep inside', '{"slug":"x1","name":"a","custom":[{"b":{"c":1,"c":2}}]}'],
      ['__proto__', '{"slug":"x1","name":"a","__proto__":{"role":"admin"}}'],
      ['constructor.prototype', '{"slug":"x1","name":"a","constructor":{"prototype":{"role":"admin"}}}'],
      ['100,000 lists in each other', `{"slug":"x1","name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
      ['100,000 objects in each other', `{"slug":"x1","name":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
      ['100,000 open lists', `{"slug":"x1","name":${'['.repeat(100_000)}`],
      ['NaN', '{"slug":"x1","name":NaN}'],
      ['Infinity', '{"slug":"x1","name":"a","row_version":Infinity}'],
      ['2^53 + 1 where a number is wanted', '{"slug":"x1","name":"a","sort_order":9007199254740993}'],
      ['1e400', '{"slug":"x1","name":"a","sort_order":1e400}'],
      ['bytes that are not UTF-8', Buffer.from('{"slug":"x1","name":"\xff\xfe"}', 'latin1')],
      ['an overlong slash', Buffer.from('{"slug":"x1","name":"\xc0\xaf"}', 'latin1')],
      ['UTF-16', Buffer.from('{"slug":"x1","name":"a"}', 'utf16le')],
      ['half a surrogate pair', '{"slug":"x1","name":"\\ud800"}'],
      ['a comment', '{"slug":"x1","name":"a"/**/}'],
      ['two documents', '{"slug":"x1","name":"a"}{"slug":"x2","name":"b"}'],
      ['another content type', tag('x1'), { 'content-type': 'text/plain' }],
      ['a form', 'slug=x1&name=a', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['a compressed body', gzipSync(tag('x1')), { 'content-encoding': 'gzip' }],
      ['100 MB behind a compressed body', gzipSync(Buffer.alloc(100 * MB, ' ')), { 'content-encoding': 'gzip' }],
    ])('%s is refused over both wires', async (_, body, headers) => {
      const statuses = await both(body, headers)

      for (const status of statuses) expect(REFUSALS).toContain(status)
      expect(({} as { role?: string }).role).toBeUndefined()
      expect(await numberOfTags()).toBe(tags)
    })

    test('a number that a double cannot hold is not stored as its neighbour', async () => {
      const id = await msp.machine(msp.admin)
      const answer = await fetch(`${msp.url}/api/v1/machines/${id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${msp.admin.accessToken}`, 'content-type': 'application/json' },
        body: '{"tools":{"serial":9007199254740993}}',
      })

      expect(answer.status).toBe(400)
      expect(((await answer.json()) as { error: { message: string } }).error.message).toContain('as text')
    })

    test.each([
      ['limit=1&limit=2'],
      ['limit=1&limit=1'],
      ['q=a&q=b'],
      ['q=a&%71=b'],
      ['__proto__=1'],
      ['constructor=1'],
      ['limit=9007199254740993'],
      ['limit=%31%00'],
      ['q=%ff%fe'],
    ])('the query %s is refused, or means one thing', async (query) => {
      const answer = statusesIn(await raw(head(`GET /api/v1/tags?${query} HTTP/1.1`, 'Connection: close')))

      // Bytes that are not UTF-8 are the replacement character to every URL parser; no name has that.
      expect(answer).toEqual([query === 'q=%ff%fe' ? 200 : 400])
    })

    test.each([
      ['Authorization: Bearer x'],
      ['authorization: Bearer x'],
      ['Host: other'],
      ['Content-Type: text/plain', JSON_TYPE],
      ['Content-Type: application/json', JSON_TYPE],
      ['If-Match: "1"', 'If-Match: "2"'],
      ['Content-Length: 5', 'Content-Length: 6'],
      ['Content-Length: 5', 'Content-Length: 5'],
      ['Content-Length: 5, 6'],
      ['Content-Length: +5'],
      ['Content-Length: 0x5'],
      ['Content-Length: -1'],
    ])('doubled or crooked headers are refused: %s %s', async (...headers) => {
      const answer = await raw(head(POST_TAGS, ...headers), '{"a":1}')

      expect(statusesIn(answer)[0]).toBe(400)
      expect(statusesIn(answer).length).toBeLessThanOrEqual(1)
      expect(await numberOfTags()).toBe(tags)
    })

    test.each([
      ['both lengths', ['Content-Length: 4', 'Transfer-Encoding: chunked']],
      ['both lengths, the other way round', ['Transfer-Encoding: chunked', 'Content-Length: 4']],
      ['two transfer encodings', ['Transfer-Encoding: chunked', 'Transfer-Encoding: identity']],
      ['an unknown transfer encoding', ['Transfer-Encoding: xchunked']],
      ['chunked, and then something else', ['Transfer-Encoding: chunked, identity']],
      ['a space before the colon', ['Transfer-Encoding : chunked', 'Content-Length: 4']],
      ['a tab in the name', ['Transfer-Encoding\t: chunked', 'Content-Length: 4']],
      ['a folded line', ['X: y\r\n Transfer-Encoding: chunked', 'Content-Length: 4', 'Transfer-Encoding:\r\n chunked']],
      ['a bare line feed', ['X: y\nTransfer-Encoding: chunked', 'Content-Length: 4']],
      ['a bare carriage return', ['X: y\rTransfer-Encoding: chunked', 'Content-Length: 4']],
    ])('no second request can hide in one with %s', async (_, headers) => {
      const hidden = head('GET /api/v1/auth/me HTTP/1.1')

      const answer = await raw(head(POST_TAGS, JSON_TYPE, ...headers), `0\r\n\r\n${hidden}`)

      expect(statusesIn(answer)).toEqual([400])
      expect(answer).not.toContain(msp.admin.email)
    })

    test('chunk extensions change nothing of a body, and are refused when they are long or crooked', async () => {
      const body = tag('chunked')
      const size = body.length.toString(16)
      const chunked = head(POST_TAGS, JSON_TYPE, 'Transfer-Encoding: chunked', 'Connection: close')

      const short = await raw(chunked, `${size};name="value"\r\n${body}\r\n0;x\r\n\r\n`)
      const long = await raw(chunked, `${size};${'x'.repeat(100_000)}\r\n${tag('long')}\r\n0\r\n\r\n`)
      const crooked = await raw(chunked, `${size};a\nb\r\n${tag('crooked')}\r\n0\r\n\r\n`)
      const wrong = await raw(chunked, `${size}zz\r\n${tag('wrong')}\r\n0\r\n\r\n`)

      expect(statusesIn(short)).toEqual([201])
      for (const answer of [long, crooked, wrong]) {
        expect(statusesIn(answer)).toHaveLength(1)
        expect(REFUSALS).toContain(statusesIn(answer)[0])
      }
      expect(await numberOfTags()).toBe(tags + 1)
      tags += 1
    })

    test('a header of 1 MB is answered 431, and so are a thousand of them', async () => {
      const long = await raw(head('GET /healthz HTTP/1.1', `X-Long: ${'x'.repeat(MB)}`))
      const many = await raw(
        head('GET /healthz HTTP/1.1', ...Array.from({ length: 1_000 }, (_, n) => `X-${n}: ${'x'.repeat(50)}`)),
      )
      const path = await raw(head(`GET /${'x'.repeat(MB)} HTTP/1.1`))

      expect([long, many, path].map(statusesIn)).toEqual([[431], [431], [431]])
    })

    test('a body without end is cut off at 2 MB, and does not stay in memory', async () => {
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
      let sent = 0
      const before = process.memoryUsage().rss
      const answer = await new Promise<string>((resolve) => {
        let seen = ''
        const socket = connect(msp.server.port, '127.0.0.1', () => {
          socket.write(head(POST_TAGS, JSON_TYPE, 'Transfer-Encoding: chunked'))
          go()
        })
        const go = () => {
          while (sent < 200 * MB && !socket.destroyed && socket.write(chunk)) sent += chunk.length
          sent += chunk.length
          if (sent < 200 * MB) socket.once('drain', go)
        }
        socket.setEncoding('latin1').on('data', (piece: string) => {
          seen += piece
        })
        for (const event of ['close', 'error']) socket.once(event, () => resolve(seen))
        socket.setTimeout(10_000, () => socket.destroy())
      })

      expect(sent).toBeLessThan(30 * MB)
      if (answer !== '') expect(statusesIn(answer)).toEqual([413])
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * MB)
      expect(statusesIn(await raw(head('GET /healthz HTTP/1.1', 'Connection: close')))).toEqual([200])
    })
  })
}

test('E5: a key that stands twice is found in any JSON, and nothing is found where there is none', () => {
  const key = fc.constantFrom('a', 'b', '"', '\\', '\\"', '{', '}', ',:', 'é', '')
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, key, fc.integer(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('value'), { maxLength: 3 }),
    object: fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => ({ entries })),
  }))
  type Value = string | number | null | Value[] | { entries: [string, Value][] }
  const written = (one: Value): string => {
    if (Array.isArray(one)) return `[ ${one.map(written).join(' ,\n')}]`
    if (typeof one === 'object' && one !== null)
      return `{${one.entries.map(([name, inner]) => `${JSON.stringify(name)} : ${written(inner)} `).join(',')}}`
    return JSON.stringify(one)
  }
  const isDoubled = (one: Value): boolean => {
    if (Array.isArray(one)) return one.some(isDoubled)
    if (typeof one !== 'object' || one === null) return false
    const names = one.entries.map(([name]) => name)
    return new Set(names).size < names.length || one.entries.some(([, inner]) => isDoubled(inner))
  }

  fc.assert(
    fc.property(value as fc.Arbitrary<Value>, (one) => {
      expect(doubledKey(written(one)) !== undefined).toBe(isDoubled(one))
    }),
    { numRuns: 3_000 },
  )
})
