import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decoded, ownerOf } from '../../server/domains/system/attachments.ts'
import { MAX_ATTACHMENT_BYTES } from '../../src/contract/attachments.ts'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

/** Files: as they came, once for every content, and not for everybody. */

describe('base64', () => {
  test.each(['aGVsbG8', 'aGVs\nbG8=', 'aGVsbG9=', 'aGVs-G8=', '=', ' '])('is refused where it is lax: %o', (text) => {
    expect(() => decoded(text)).toThrow('not well formed')
  })

  test('may be empty', () => {
    expect(decoded('')).toHaveLength(0)
  })
})

test.each([{}, { session_id: null }, { session_id: 'a', task_id: 'b' }])(
  'a file of %o belongs to nothing',
  (owners) => {
    expect(() => ownerOf(owners)).toThrow('exactly one of')
  },
)

for (const database of DATABASES) {
  describe(`attachments, on ${database}`, () => {
    async function office() {
      const msp = await testServer({ database })
      const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
      const client_id = await msp.client('Dataforth')
      const { id: infrastructure_id } = await ana.api.infrastructure.create({
        client_id,
        kind: 'firewall',
        hostname: 'FW-1',
      })
      const attach = (content: Buffer, more: Record<string, unknown> = {}) =>
        ana.api.attachments.create({
          infrastructure_id,
          name: 'rack.png',
          media_type: 'image/png',
          base64: content.toString('base64'),
          ...more,
        })
      return { msp, ana, client_id, infrastructure_id, attach, [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose]() }
    }

    test.each([0, 1, 300, MAX_ATTACHMENT_BYTES])('come back as they were, with %d bytes', async (length) => {
      await using world = await office()
      const { ana, client_id, attach } = world
      const content = randomBytes(length)

      const made = await attach(content)
      const read = await ana.api.attachments.content({ id: made.id })

      expect(made).toMatchObject({ client_id, size_bytes: length, scan_state: 'unscanned' })
      expect(read).toMatchObject({ media_type: 'image/png', name: 'rack.png' })
      expect(Buffer.from(read.base64, 'base64').equals(content)).toBe(true)
    })

    test('are no larger than they may be', async () => {
      await using world = await office()
      const { attach } = world

      await expect(attach(Buffer.alloc(MAX_ATTACHMENT_BYTES + 1))).rejects.toMatchObject({ code: 'TOO_LARGE' })
      await expect(attach(Buffer.alloc(MAX_ATTACHMENT_BYTES + 3))).rejects.toMatchObject({ code: 'INVALID_INPUT' })
      await expect(attach(Buffer.alloc(MAX_ATTACHMENT_BYTES + 1_000_000))).rejects.toMatchObject({ code: 'TOO_LARGE' })
    })

    test('keep a content once, however often it is attached', async () => {
      await using world = await office()
      const { msp, ana, attach } = world
      const task = await ana.api.tasks.create({ title: 'Of nobody' })

      const one = await attach(Buffer.from('same'))
      const two = await attach(Buffer.from('same'), { infrastructure_id: undefined, task_id: task.id })

      expect([one.sha256 === two.sha256, two.client_id]).toEqual([true, null])
      expect(await msp.server.deps.db.selectFrom('blobs').select('size_bytes').execute()).toEqual([{ size_bytes: 4 }])
    })

    test('that are infected are not given out, nor is the same content attached anew', async () => {
      await using world = await office()
      const { msp, ana, attach } = world
      const made = await attach(Buffer.from('EICAR'))

      await msp.admin.api.attachments.setScanState({ id: made.id, scan_state: 'infected' })
      const again = await attach(Buffer.from('EICAR'))

      expect(again.scan_state).toBe('infected')
      for (const { id } of [made, again])
        await expect(ana.api.attachments.content({ id })).rejects.toMatchObject({ code: 'CONFLICT' })
    })

    test("of a client are closed to who does not work for it, and to its devices' strangers", async () => {
      await using world = await office()
      const { msp, infrastructure_id, attach } = world
      const ben = await msp.technician({ name: 'Ben' })
      const { id } = await attach(Buffer.from('plan'))

      await expect(ben.api.attachments.content({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      const put = { infrastructure_id, name: 'x', media_type: 'text/plain', base64: '' }
      await expect(ben.api.attachments.create(put)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('are not added by who may only read', async () => {
      await using world = await office()
      const { msp, infrastructure_id } = world
      const rita = await msp.technician({ name: 'Rita', clients: ['Dataforth'], level: 'read' })

      const put = { infrastructure_id, name: 'x', media_type: 'text/plain', base64: 'aGVsbG8K' }

      await expect(rita.api.attachments.create(put)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      expect(await msp.server.deps.db.selectFrom('blobs').select('sha256').execute()).toEqual([])
    })
  })
}
