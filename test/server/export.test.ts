import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { NEVER_EXPORTED } from '../../src/contract/data.ts'
import { entities } from '../../src/contract/index.ts'
import type { AnyEntity } from '../../src/contract/kernel.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { overRpc } from './wires.ts'

/** Lists as files: every row once, in three formats, for those who may list it. */

/** Everything of one export, as it comes. */
async function download(msp: TestServer, user: TestUser, path: string) {
  const answer = await fetch(`${msp.url}/api/v1/export/${path}`, {
    headers: { authorization: `Bearer ${user.accessToken}` },
  })
  const bytes = Buffer.from(await answer.arrayBuffer())
  return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString('utf8') }
}

const recordsIn = (csv: string): Record<string, string>[] => parse(csv, { columns: true })
const documentsIn = (ndjson: string) =>
  ndjson
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

/** Assets without a call each: what is tested is how they come out. */
async function plantAssets(msp: TestServer, clientId: string, number: number, notes = ''): Promise<void> {
  const { db, newId, clock } = msp.server.deps
  const at = clock().getTime()
  const row = (serial: number) => {
    const instant = new Date(at + serial).toISOString()
    const hostname = `WS-${String(serial).padStart(5, '0')}`
    return {
      id: newId(),
      created_at: instant,
      updated_at: instant,
      created_by: null,
      updated_by: null,
      archived_at: null,
      row_version: 1,
      client_id: clientId,
      hostname,
      hostname_key: hostname.toLowerCase(),
      kind: 'workstation',
      roles: '[]',
      status: 'active',
      criticality: 'medium',
      limitations: '[]',
      custom: '{}',
      environmental_notes: notes,
    }
  }
  for (let from = 0; from < number; from += 500)
    await db
      .insertInto('infrastructure')
      .values(Array.from({ length: Math.min(500, number - from) }, (_, at) => row(from + at)) as never)
      .execute()
}

for (const database of DATABASES) {
  describe(`an export, on ${database}`, () => {
    test('of 5,000 assets has each of them once, while others are added', async () => {
      await using msp = await testServer({ database })
      const clientId = await msp.client('Dataforth')
      await plantAssets(msp, clientId, 5_000)
      msp.clock.advance(60_000)

      const coming = download(msp, msp.admin, 'infrastructure?format=ndjson')
      for (let serial = 0; serial < 20; serial++)
        await msp.admin.api.infrastructure.create({ client_id: clientId, kind: 'laptop', hostname: `NEW-${serial}` })
      const { headers, text } = await coming

      const hostnames = documentsIn(text).map((row) => row.hostname as string)
      const old = hostnames.filter((hostname) => hostname.startsWith('WS-'))
      expect(headers.get('x-total-count')).toMatch(/^50[012]\d$/)
      expect(old).toEqual(Array.from({ length: 5_000 }, (_, serial) => `WS-${String(serial).padStart(5, '0')}`))
      expect(new Set(hostnames).size).toBe(hostnames.length)
    })

    test('says what it is, in each format, and an empty one is whole too', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      await ana.api.sites.create({ client_id: await msp.client('Dataforth'), name: 'Ümlaut, "Main"' })

      const [csv, json, ndjson, empty, emptyJson] = await Promise.all(
        ['sites', 'sites?format=json', 'sites?format=ndjson', 'projects?bom=true', 'projects?format=json'].map((path) =>
          download(msp, ana, path),
        ),
      )

      expect([csv, json, ndjson].map((one) => one?.headers.get('content-type'))).toEqual([
        'text/csv; charset=utf-8',
        'application/json; charset=utf-8',
        'application/x-ndjson; charset=utf-8',
      ])
      expect(csv?.headers.get('content-disposition')).toBe('attachment; filename="sites-2026-01-12.csv"')
      expect(csv?.headers.get('x-total-count')).toBe('1')
      expect(csv?.text.split('\r\n')).toEqual([entities.sites.columns.join(','), expect.any(String), ''])
      expect(recordsIn(csv?.text ?? '')).toMatchObject([
        { name: 'Ümlaut, "Main"', public_ips: '[]', is_primary: 'false' },
      ])
      const { items } = await ana.api.sites.list({})
      expect(JSON.parse(json?.text ?? '')).toEqual(items)
      expect(documentsIn(ndjson?.text ?? '')).toEqual(items)
      expect(empty?.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
      expect(empty?.text).toBe(`\uFEFF${entities.projects.columns.join(',')}\r\n`)
      expect(JSON.parse(emptyJson?.text ?? '')).toEqual([])
    })

    test('keeps a spreadsheet from running what somebody wrote', async () => {
      await using msp = await testServer({ database })
      const client_id = await msp.client('Dataforth')
      const written = ['=cmd|calc!A1', '+1', '-1', '@SUM(A1)', "'=1", '\t=1', '\r=1', '＝1', "it's 5 - 3 = 2"]
      for (const [serial, notes] of written.entries())
        await msp.admin.api.infrastructure.create({
          client_id,
          kind: 'laptop',
          hostname: `LT-${serial}`,
          environmental_notes: notes,
        })

      const { text } = await download(msp, msp.admin, 'infrastructure')

      const cells = recordsIn(text)
        .sort((one, other) => ((one.hostname as string) < (other.hostname as string) ? -1 : 1))
        .map((row) => row.environmental_notes)
      expect(cells).toEqual([...written.slice(0, -1).map((notes) => `'${notes}`), written.at(-1)])
    })

    test('is of the rows that the caller may list, and of no other client', async () => {
      await using msp = await testServer({ database })
      const [dataforth, contoso] = [await msp.client('Dataforth'), await msp.client('Contoso')]
      const ana = await msp.technician({ clients: ['Dataforth', 'Contoso'] })
      const ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })
      for (const client_id of [dataforth, contoso])
        for (const name of ['Old', 'New']) await ana.api.sites.create({ client_id, name })
      const [old] = (await ana.api.sites.list({ client_id: contoso, sort: 'name' })).items.slice(1)
      await ana.api.sites.archive({ id: old?.id as string })
      const clientsOf = async (user: TestUser, query = '') =>
        documentsIn((await download(msp, user, `sites?format=ndjson${query}`)).text)
          .map((row) => row.client_id)
          .sort()

      expect(await clientsOf(ana)).toEqual([dataforth, dataforth, contoso].sort())
      expect(await clientsOf(ana, '&client=contoso')).toEqual([contoso])
      expect(await clientsOf(ben)).toEqual([contoso])
      expect(await clientsOf(ben, '&archived=true')).toEqual([contoso, contoso])
      expect(await download(msp, ben, 'sites?client=Dataforth')).toMatchObject({ status: 404 })
      expect(await download(msp, ben, 'users?client=Contoso')).toMatchObject({ status: 400 })
      expect(await download(msp, ben, 'passwords')).toMatchObject({ status: 400 })
    })

    test.each(NEVER_EXPORTED)('is not to be had of %s', async (path) => {
      await using msp = await testServer({ database })

      expect((await download(msp, msp.admin, `${path}?format=json`)).status).toBe(400)
    })

    test('needs the role that the list needs', async () => {
      await using msp = await testServer({ database })
      const viewer = await msp.technician({ name: 'Vera', role: 'viewer', clients: ['Dataforth'] })
      const listed = Object.entries(entities).flatMap(([name, { path, offers }]) =>
        'list' in offers && !NEVER_EXPORTED.includes(path.slice(1)) ? [[name, path]] : [],
      )

      const answers: Record<string, [list: number, file: number]> = {}
      for (const [name, path] of listed as [string, string][])
        answers[name] = [
          (await viewer.rest('GET', path)).status,
          (await download(msp, viewer, `${path.slice(1)}?format=json`)).status,
        ]

      expect(Object.values(answers).map(([, file]) => file)).toEqual(Object.values(answers).map(([list]) => list))
    })

    test('that breaks in the middle ends without its end, so that nobody takes the half for the whole', async () => {
      await using msp = await testServer({ database })
      // More than the buffers on the way hold.
      await plantAssets(msp, await msp.client('Dataforth'), 5_000, 'Rack 3, second shelf. '.repeat(250))
      const answer = await fetch(`${msp.url}/api/v1/export/infrastructure`, {
        headers: { authorization: `Bearer ${msp.admin.accessToken}` },
      })
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
      await reader.read()

      const { db } = msp.server.deps
      await db.schema.alterTable('infrastructure').renameTo('gone').execute()
      const rest = (async () => {
        while (!(await reader.read()).done);
      })()

      await expect(rest).rejects.toThrow()
      await db.schema.alterTable('gone').renameTo('infrastructure').execute()
      expect(await download(msp, msp.admin, 'infrastructure?format=json')).toMatchObject({ status: 200 })
    })

    test('is for REST: RPC says where to go, HEAD only counts', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')

      const rpc = await overRpc(msp.url, msp.admin.accessToken, 'data.export', { entity: 'clients' })
      const head = await fetch(`${msp.url}/api/v1/export/clients`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${msp.admin.accessToken}` },
      })

      expect(rpc).toMatchObject({ code: 'METHOD_NOT_ALLOWED', status: 405 })
      expect(JSON.stringify(rpc.body)).toContain('msp export')
      expect(head.headers.get('x-total-count')).toBe('1')
    })
  })
}

test('no column of any entity holds a secret', () => {
  const SECRET =
    /cipher|sealed|secret|password|passwd|token|private|(key|password|secret)_hash|^hash$|dek|nonce|seed|otp/
  const NONE = new Set(['token_estimate', 'tokens', 'has_totp', 'token_expires_at'])
  const holding = Object.entries(entities as Record<string, AnyEntity>).flatMap(([name, { columns }]) =>
    columns.filter((column) => SECRET.test(column) && !NONE.has(column)).map((column) => `${name}.${column}`),
  )

  expect(holding).toEqual([])
})
