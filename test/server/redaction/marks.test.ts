import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shredClient } from '../../../server/vault/shred.ts'
import { redact } from '../../../src/redact/redact.ts'
import { DATABASES } from '../../support/databases.ts'
import { anEvent, type TestServer, type TestUser, testServer } from '../../support/server.ts'
import { placesOf } from './canaries.ts'

const TOLD = 'mysql --password=cK7vR2mXq9Zt4LpW -h db1'
const MARK = /\[REDACTED:password:([0-9a-f]{8})\]/

for (const database of DATABASES) {
  describe(`the mark of a secret, on ${database}`, () => {
    let msp: TestServer
    let ana: TestUser
    let ben: TestUser
    let dataforth: string
    let contoso: string
    beforeAll(async () => {
      msp = await testServer({ database })
      ana = await msp.technician({ name: 'Ana', clients: ['Dataforth', 'Contoso'] })
      ben = await msp.technician({ name: 'Ben', clients: ['Dataforth'] })
      dataforth = await msp.client('Dataforth')
      contoso = await msp.client('Contoso')
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    const keyFor = async (user: TestUser, client_id: string) =>
      (await user.api.context.get({ client_id, marks: true })).mark_key as string
    const markOn = (key: string) => MARK.exec(redact(TOLD, () => key).text)?.[1]
    const markAtServer = async (client_id: string) => {
      const { title } = await ana.api.tasks.create({ client_id, title: `Ran ${TOLD}` })
      return MARK.exec(title)?.[1]
    }

    test('is the same on two machines of one client, and on the server', async () => {
      const marks = [
        markOn(await keyFor(ana, dataforth)),
        markOn(await keyFor(ben, dataforth)),
        await markAtServer(dataforth),
      ]

      expect(marks[0]).toBeDefined()
      expect(new Set(marks).size).toBe(1)
    })

    test('is the same in what a machine told, after a restart too', async () => {
      const before = await markAtServer(dataforth)
      await msp.restart()
      const stream = 'marks'
      await msp.ingest(ana, await msp.machine(ana), [
        anEvent('session.opened', { mode: 'msp', client_id: dataforth, trigger: 'command' }, { stream }),
        anEvent('prompt', { text: TOLD }, { stream }),
      ])

      const { text } = await msp.server.deps.db
        .selectFrom('session_events')
        .select('text')
        .where('stream', '=', stream)
        .where('kind', '=', 'prompt')
        .executeTakeFirstOrThrow()

      expect(MARK.exec(text as string)?.[1]).toBe(before)
    })

    test('is another one for another client', async () => {
      expect(markOn(await keyFor(ana, contoso))).not.toBe(markOn(await keyFor(ana, dataforth)))
      expect(await markAtServer(contoso)).toBe(markOn(await keyFor(ana, contoso)))
    })

    test('its key is given only to who may read the client', async () => {
      const asked = ben.api.context.get({ client_id: contoso, marks: true })

      await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test('its key is told nowhere unless it is asked for, and stands in no table', async () => {
      const key = await keyFor(ana, dataforth)

      const block = await ana.api.context.get({ client_id: dataforth })

      expect(JSON.stringify(block)).not.toContain(key)
      expect(block).not.toHaveProperty('mark_key')
      expect(await placesOf(msp, [key])).toEqual([])
    })

    test('its key goes with the keys of the client; secrets are replaced all the same', async () => {
      const gone = await msp.client('Gone')
      await msp.admin.api.users.grant({ id: ana.id, client_id: gone, level: 'write' })
      const before = await keyFor(ana, gone)
      await shredClient(msp.server.deps, gone)

      const after = await keyFor(ana, gone)
      const mark = await markAtServer(gone)

      expect(before).toMatch(/^[0-9a-f]{64}$/)
      expect(after).toBeNull()
      expect(mark).toMatch(/^[0-9a-f]{8}$/)
      expect(mark).not.toBe(markOn(before))
    })
  })
}
