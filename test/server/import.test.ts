import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellOf, textOf } from '../../server/domains/data/cells.ts'
import type { ImportReport } from '../../src/contract/data.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { dump } from './dump.ts'

/** Files that come in: whose they are, what of them becomes a row, and what is said of each. */

type Input = Parameters<TestUser['api']['data']['import']>[0]

const lines = (...rows: string[]) => `${rows.join('\r\n')}\r\n`
const outcomes = ({ rows }: ImportReport) => rows.map(({ outcome }) => outcome)
const messages = ({ rows }: ImportReport) => rows.map(({ message }) => message)
const sites = (user: TestUser, content: string, more: Partial<Input> = {}) =>
  user.api.data.import({ entity: 'sites', format: 'csv', content, ...more }) as Promise<ImportReport>
const assets = (user: TestUser, content: string, more: Partial<Input> = {}) =>
  user.api.data.import(
    { entity: 'infrastructure', format: 'csv', content, ...more },
    { deadlineMs: 60_000 },
  ) as Promise<ImportReport>

async function exported(msp: TestServer, user: TestUser, query: string): Promise<string> {
  const answer = await fetch(`${msp.url}/api/v1/export/${query}`, {
    headers: { authorization: `Bearer ${user.accessToken}` },
  })
  return answer.text()
}

test('a cell gives back the text that it was made of, whatever it is', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.stringMatching(/^'{0,3}[=+\-@\t\r＝]?[^\0]*$/)),
      (text) => textOf(cellOf(text)) === text,
    ),
  )
})

for (const database of DATABASES) {
  describe(`an import, on ${database}`, () => {
    test('creates what is new, and the same file again changes nothing', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const file = lines(
        'Client,Site,Zip,Country,Primary',
        'dataforth,Head office,85713,United States,yes',
        'DATAFORTH,Annex,85714,US,no',
      )

      const first = await sites(ana, file)
      const again = await sites(ana, file)
      const changed = await sites(ana, file.replace('85714', '85715'))

      expect(first).toMatchObject({
        source: 'generic',
        dry_run: false,
        mapping: { Client: 'client', Site: 'name', Zip: 'postal_code', Country: 'country', Primary: 'is_primary' },
        counts: { rows: 2, created: 2, updated: 0, unchanged: 0, refused: 0 },
      })
      expect(first.rows[0]).toMatchObject({ row: 1, key: 'Head office', message: null })
      expect(outcomes(again)).toEqual(['unchanged', 'unchanged'])
      expect(outcomes(changed)).toEqual(['unchanged', 'updated'])
      expect((await ana.api.sites.list({ sort: 'name' })).items).toMatchObject([
        { name: 'Annex', postal_code: '85715', country: 'US', is_primary: false, row_version: 2 },
        { id: first.rows[0]?.id, name: 'Head office', country: 'US', is_primary: true, row_version: 1 },
      ])
    })

    test('of an export of 500 assets with hostile texts finds them unchanged', { timeout: 120_000 }, async () => {
      await using msp = await testServer({ database })
      const client_id = await msp.client('Dataforth')
      const site = await msp.admin.api.sites.create({ client_id, name: '=HYPERLINK("http://x")' })
      const hostile = [
        '=1+1',
        "'=1",
        '-',
        '"; DROP',
        'a\r\nb\n"c",;\t',
        ' é́ ',
        '👩‍👩‍👧',
        '\u202eابجد',
        '\uFEFFx',
        'ＦＵＬＬ',
        "''",
        'x\u0001',
      ]
      const given = Array.from({ length: 500 }, (_, serial) => {
        const text = hostile[serial % hostile.length] as string
        return {
          site_id: site.id,
          kind: 'workstation',
          hostname: `${text.trim()}-${serial}`,
          serial_number: `0${serial}`,
          environmental_notes: text,
          roles: [text, 'b,c;d'],
          custom: { text, deep: { list: [1, text] } },
          has_gui: serial % 2 === 0,
        }
      })
      await assets(msp.admin, JSON.stringify(given), { format: 'json', client: 'Dataforth' })
      await msp.admin.api.infrastructure.create({
        client_id,
        kind: 'laptop',
        hostname: 'Nothing',
        environmental_notes: '',
      })
      const stored = JSON.parse(await exported(msp, msp.admin, 'infrastructure?format=json')) as { hostname: string }[]
      expect(stored).toHaveLength(501)
      for (const one of given) expect(stored.find(({ hostname }) => hostname === one.hostname)).toMatchObject(one)
      const before = await dump(msp.server)

      const fromCsv = await assets(msp.admin, await exported(msp, msp.admin, 'infrastructure?bom=true'))
      const fromJson = await assets(msp.admin, await exported(msp, msp.admin, 'infrastructure?format=json'), {
        format: 'json',
      })

      expect(messages(fromCsv).filter((message) => message !== null)).toEqual([])
      expect(fromCsv.counts).toMatchObject({ rows: 501, unchanged: 501 })
      expect(fromJson.counts).toMatchObject({ rows: 501, unchanged: 501 })
      expect(await dump(msp.server)).toEqual(before)
    })

    test('that is only tried says the same and leaves no trace', async () => {
      await using msp = await testServer({ database })
      const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
      await sites(lea, lines('Client,Name,City', 'Dataforth,Head office,Tucson'))
      const file = lines(
        'Client,Name,City',
        'Dataforth,Head office,Phoenix',
        'Dataforth,Annex,Tucson',
        'Fabrikam,Store,Mesa',
        'Dataforth,,',
      )
      const before = await dump(msp.server)

      const tried = await sites(lea, file, { dry_run: true, create_clients: true })
      const after = await dump(msp.server)
      const done = await sites(lea, file, { create_clients: true })

      expect(after).toEqual(before)
      expect(outcomes(tried)).toEqual(['updated', 'created', 'created', 'refused'])
      expect(tried.rows[1]?.id).toBeNull()
      expect(messages(tried)).toEqual(messages(done))
      expect({ ...done, dry_run: true, rows: [] }).toEqual({ ...tried, rows: [] })
      expect((await lea.api.clients.list({ sort: 'name' })).items.map(({ name }) => name)).toEqual([
        'Dataforth',
        'Fabrikam',
      ])
    })

    test('refuses a bad row and says which cell, and takes the others', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const file = lines(
        'Hostname,Type,Serial,Warranty,Roles,Has GUI',
        'SRV-1,Server,0012,2027-01-31,"dc; dns",ja',
        'SRV-2,Server,0013,31/01/2027,,',
        'SRV-3,Toaster,0014,,,',
        'SRV-4,laptop,0012,,,',
        'SRV-5,laptop,,2027-02-30,,',
        'SRV-6,laptop,,,,maybe',
        'SRV-7,laptop,,,,,,',
        `${'x'.repeat(300)},laptop,,,,`,
      )

      const report = await assets(ana, file, { client: 'dataf' })
      const inOrder = await assets(ana, file, { client: 'Dataforth', date_order: 'dmy' })

      expect(outcomes(report)).toEqual(['created', ...Array(7).fill('refused')].with(3, 'updated'))
      expect(messages(report)).toEqual([
        null,
        expect.stringMatching(/^column "Warranty": "31\/01\/2027" can mean two days\. .*date_order/),
        expect.stringMatching(/^column "Type": "Toaster" is none of physical_server, /),
        null,
        expect.stringMatching(/^column "Warranty": /),
        'column "Has GUI": "maybe" is neither yes nor no.',
        expect.stringContaining('has 8 cells under 6 columns'),
        expect.stringMatching(/^column "Hostname": /),
      ])
      expect(outcomes(inOrder).slice(0, 2)).toEqual(['updated', 'created'])
      const { items } = await ana.api.infrastructure.list({ sort: 'hostname' })
      expect(items).toMatchObject([
        { hostname: 'SRV-2', warranty_until: '2027-01-31' },
        { hostname: 'SRV-4', serial_number: '0012', roles: ['dc', 'dns'], has_gui: true, kind: 'laptop' },
      ])
    })

    test('leaves out what must not come, and names it', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const file = lines(
        'id;Name;Password;OTP Secret;Colour;Ticket;Secretary',
        '7;SRV-1;hunter2hunter2;JBSWY3DP;red;9;Eve',
      )

      const report = await assets(ana, file, {
        client: 'Dataforth',
        mapping: { colour: 'custom.colour', Ticket: '-', password: 'environmental_notes' },
      })

      expect(report).toMatchObject({
        mapping: { Name: 'hostname', Colour: 'custom.colour' },
        unmapped: ['Secretary'],
        left_out: [
          { column: 'id', reason: 'only the server writes it' },
          { column: 'Password', reason: 'credentials are never imported' },
          { column: 'OTP Secret', reason: 'credentials are never imported' },
          { column: 'Ticket', reason: 'as you asked' },
        ],
      })
      expect((await ana.api.infrastructure.list({})).items).toMatchObject([
        { custom: { colour: 'red' }, kind: 'other' },
      ])
      expect(JSON.stringify(await dump(msp.server))).not.toMatch(/hunter2|JBSWY3DP/)
    })

    test('neither matches nor names a row of a client that the caller may not see', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Northwind zq7'] })
      const ben = await msp.technician({ name: 'Ben', clients: ['Contoso'] })
      const rita = await msp.technician({ name: 'Rita', clients: ['Contoso'], level: 'read' })
      await sites(ana, lines('Client,Name', 'Northwind zq7,Store'))
      const before = await dump(msp.server)

      const told = [
        await sites(ben, lines('Client,Name', 'Northwind zq7,Store')),
        await sites(ben, lines('Client,Name', 'Nobody at all,Store')),
        await sites(rita, lines('Client,Name', 'Contoso,Store')),
      ]
      const unlike = await msp.client('Northwind zq7')
      const byId = await sites(ben, lines('Client,Name', `${unlike},Store`))

      expect(told.map(({ rows }) => rows[0]?.message)).toEqual([
        'There is no client "Northwind zq7". Create it first, or import with create_clients.',
        'There is no client "Nobody at all". Create it first, or import with create_clients.',
        expect.stringContaining('You may read this client but not write for it'),
      ])
      expect(outcomes(byId)).toEqual(['refused'])
      expect(await dump(msp.server)).toEqual(before)
    })

    test('does not take a beginning of a name for the client', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })

      const report = await sites(ana, lines('Client,Name', 'Data,Store'))

      expect(messages(report)).toEqual([expect.stringContaining('There is no client "Data". Did you mean: Dataforth?')])
    })

    test('of clients and with new clients is for leads', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ clients: ['Dataforth'] })
      const lea = await msp.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
      const ofClients = (user: TestUser, content: string) =>
        user.api.data.import({ entity: 'clients', format: 'csv', content }) as Promise<ImportReport>
      const file = lines(
        'Name,Code,Domain',
        'Dataforth,,dataforth.com',
        'Fabrikam,FAB,fabrikam.example',
        'Fabrikam Inc,FAB,',
      )

      await expect(ofClients(ana, file)).rejects.toMatchObject({ code: 'FORBIDDEN' })
      await expect(sites(ana, lines('Client,Name', 'New,Store'), { create_clients: true })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      })
      const report = await ofClients(lea, file)

      expect(outcomes(report)).toEqual(['updated', 'created', 'updated'])
      expect((await lea.api.clients.list({ sort: 'name' })).items).toMatchObject([
        { name: 'Dataforth', primary_domain: 'dataforth.com' },
        { name: 'Fabrikam Inc', code: 'FAB' },
      ])
    })

    test('takes neither JSON that cannot be kept nor the names of prototypes', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')
      const nested = `${'['.repeat(40)}${']'.repeat(40)}`
      const file = lines(
        'Hostname,constructor,__proto__,Custom',
        'SRV-1,x,y,"{""__proto__"":{""polluted"":1}}"',
        'SRV-2,x,y,"{""a"":""\\ud800""}"',
        `SRV-3,x,y,"{""a"":${nested}}"`,
        'SRV-4,x,y,"{""a"":1}"',
      )

      const report = await assets(msp.admin, file, { client: 'Dataforth' })

      expect(outcomes(report)).toEqual(['refused', 'refused', 'refused', 'created'])
      expect(report.unmapped).toEqual(['constructor', '__proto__'])
      expect(({} as { polluted?: number }).polluted).toBeUndefined()
    })

    test('is refused as a whole when nothing of it could come in', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')
      const wrong: [what: string, Partial<Input>, why: RegExp][] = [
        ['a file without the name', { content: 'Client,City\nDataforth,Tucson' }, /No column of the file is the name/],
        ['a file without a client', { content: 'Name,City\nMain,Tucson' }, /No column of the file names the client/],
        ['a mapping of nothing', { content: 'Client,Name\n', mapping: { Town: 'city' } }, /there is no column "Town"/],
        ['a mapping to nothing', { content: 'Client,Name\n', mapping: { Name: 'nmae' } }, /there is no field "nmae"/],
        ['what is no JSON', { content: '{"a":', format: 'json' }, /not JSON/],
        ['JSON without a list', { content: '{"a":1}', format: 'json' }, /no list of objects/],
        ['too many rows', { content: `Client,Name\n${'Dataforth,x\n'.repeat(2_001)}` }, /has 2001 rows/],
        [
          'assets of IT Glue',
          { content: 'id,organization,name,configuration_type,configuration_status\n' },
          /configurations of IT Glue: import them as infrastructure/,
        ],
      ]

      for (const [what, input, why] of wrong)
        await expect(sites(msp.admin, 'Client,Name\n', input), what).rejects.toThrow(why)
    })
  })
}
