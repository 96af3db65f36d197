import { describe, expect, test } from 'vitest'
import type { ImportReport } from '../../src/contract/data.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'

/** Exports of other products: recognised by their header rows, and what of them becomes what. */

type Input = Parameters<TestUser['api']['data']['import']>[0]

const lines = (...rows: string[]) => `${rows.join('\r\n')}\r\n`
const bring = async (msp: TestServer, entity: Input['entity'], content: string, more: Partial<Input> = {}) =>
  (await msp.admin.api.data.import({ entity, format: 'csv', content, ...more })) as ImportReport
const outcomes = ({ rows }: ImportReport) => rows.map(({ outcome }) => outcome)

for (const database of DATABASES) {
  describe(`an import of another product's export, on ${database}`, () => {
    test('recognises IT Glue', async () => {
      await using msp = await testServer({ database })
      const organizations = await bring(
        msp,
        'clients',
        lines(
          'id,name,organization_type,organization_status,short_name,description,quick_notes,alert',
          '1774800,"Covi, Inc.",Owner,Active,NetlinkInc,,Call first,',
          '1774898,USA Machinery,Client,Inactive,USAMachinery,,,',
        ),
      )
      const locations = await bring(
        msp,
        'sites',
        lines(
          'id,organization,name,primary,address_1,address_2,city,region,country,postal_code,phone,fax,notes',
          '1,"Covi, Inc.",Main,Yes,1 Main St,Suite 2,Tucson,Arizona,United States,85713,520-555-1234,,Ring twice',
        ),
      )
      const configurations = await bring(
        msp,
        'infrastructure',
        lines(
          'id,organization,name,hostname,configuration_type,configuration_status,primary_ip,mac_address,serial_number,manufacturer,model,operating_system,notes,warranty_expires_at,location,configuration_interfaces,archived',
          '9,"Covi, Inc.",SRV-1,,Server,Active,10.0.0.5,00:15:5D:0A:1F:02,0042,Dell,R740,Windows Server 2019,"Two\nlines",2027-01-31,Main,"[{""name"":""eth0""}]",No',
          '10,"Covi, Inc.",Chair,,Dental Equipment,Spare,,,,,,,,,Attic,,No',
          '11,"Covi, Inc.",OLD,,Server,Active,,,,,,,,,,,Yes',
        ),
      )

      expect([organizations.source, locations.source, configurations.source]).toEqual(['itglue', 'itglue', 'itglue'])
      expect((await msp.admin.api.clients.list({ sort: 'name' })).items).toMatchObject([
        { name: 'Covi, Inc.', code: 'NETLINKINC', type: 'internal', status: 'active', notes: 'Call first' },
        { name: 'USA Machinery', type: 'msp_managed', status: 'offboarded' },
      ])
      expect(organizations.rows[1]?.message).toContain('is no code as used here')
      const [site] = (await msp.admin.api.sites.list({})).items
      expect(site).toMatchObject({
        name: 'Main',
        is_primary: true,
        address: '1 Main St\nSuite 2\nArizona',
        country: 'US',
        access_instructions: 'Ring twice',
      })
      expect(locations.unmapped).toEqual(['phone', 'fax'])
      expect(outcomes(configurations)).toEqual(['created', 'created', 'refused'])
      expect(configurations.rows[1]?.message).toMatch(/no site "Attic".*"Spare" has no like here/)
      expect(configurations.unmapped).toEqual(['configuration_interfaces'])
      expect((await msp.admin.api.infrastructure.list({ sort: 'hostname' })).items).toMatchObject([
        { hostname: 'Chair', kind: 'other', status: 'active' },
        {
          hostname: 'SRV-1',
          kind: 'physical_server',
          site_id: site?.id,
          primary_ip: '10.0.0.5',
          serial_number: '0042',
          os_name: 'Windows Server 2019',
          environmental_notes: 'Two\nlines',
          warranty_until: '2027-01-31',
          custom: { itglue_id: '9', mac_address: '00:15:5D:0A:1F:02' },
        },
      ])
    })

    test('recognises ITFlow, client by client', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')
      const reports = [
        await bring(
          msp,
          'clients',
          lines(
            'Client Name,Industry,Referral,Website,Location Name,Location Phone,Location Address,City,State,Postal Code,Country,Contact Name,Title,Contact Phone,Extension,Contact Mobile,Contact Email,Hourly Rate,Currency,Payment Terms,Tax ID,Abbreviation',
            'Fabrikam,Retail,,fabrikam.example,,,,,,,,,,,,,,100,USD,30,,FAB',
          ),
        ),
        await bring(
          msp,
          'sites',
          lines(
            'Name,Description,Address,City,State,Postal Code,Phone,Hours',
            'Main,Side door,1 Main St,Tucson,AZ,85713,5205551234,9 to 5',
          ),
          { client: 'Dataforth' },
        ),
        await bring(
          msp,
          'infrastructure',
          lines(
            'Name,Description,Type,Make,Model,Serial Number,Operating System,Purchase Date,Warranty Expire,Install Date,Assigned To,Location,Physical Location,Notes',
            'FW-1,Edge,Firewall/Router,Fortinet,60F,FGT60F,,2024-05-01,2027-05-01,,,Main,Rack 1,Two WANs',
          ),
          { client: 'Dataforth' },
        ),
        await bring(
          msp,
          'contacts',
          lines(
            'Name,Title,Department,Email,Phone,Ext,Mobile,Location',
            'Joe Martinez,Plant manager,Plant,Joe@Dataforth.com,(520) 555-1234,12,+1 520 555 9999,Main',
          ),
          { client: 'Dataforth' },
        ),
      ]

      expect(reports.map(({ source, counts }) => [source, counts.created])).toEqual(Array(4).fill(['itflow', 1]))
      expect((await msp.admin.api.clients.list({ code: 'FAB' })).items).toMatchObject([
        { currency: 'USD', website: 'fabrikam.example' },
      ])
      const [site] = (await msp.admin.api.sites.list({})).items
      expect(site).toMatchObject({ address: '1 Main St\nAZ', access_instructions: 'Side door', hours: {} })
      expect((await msp.admin.api.infrastructure.list({})).items).toMatchObject([
        {
          kind: 'firewall',
          manufacturer: 'Fortinet',
          site_id: site?.id,
          environmental_notes: 'Edge\nTwo WANs',
          custom: { physical_location: 'Rack 1' },
        },
      ])
      expect((await msp.admin.api.contacts.list({})).items).toMatchObject([
        { name: 'Joe Martinez', email: 'joe@dataforth.com', phone: null, mobile: '+15205559999', site_id: site?.id },
      ])
      expect(reports[3]?.rows[0]?.message).toContain('column "Phone" left out: "(520) 555-1234" has no country code')
    })

    test('recognises Hudu', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')
      const companies = await bring(
        msp,
        'clients',
        lines(
          'id,name,nickname,address_line_1,city,phone_number,website,id_number,notes,company_type,archived',
          '1,Fabrikam,Fab,1 Main,Mesa,,fabrikam.example,7,Big,Client,false',
        ),
      )
      const found = await bring(
        msp,
        'infrastructure',
        lines(
          'id,company_id,company_name,asset_type,name,primary_serial,primary_mail,primary_model,primary_manufacturer,archived',
          '1,4,Dataforth,Servers,SRV-9,S9,,R740,Dell,false',
        ),
      )
      const people = await bring(
        msp,
        'contacts',
        lines(
          'id,company_name,asset_type,name,primary_serial,primary_mail,archived',
          '1,Dataforth,People,Joe Martinez,,joe@dataforth.com,false',
        ),
      )

      expect([companies, found, people].map(({ source, counts }) => [source, counts.created])).toEqual(
        Array(3).fill(['hudu', 1]),
      )
      expect((await msp.admin.api.infrastructure.list({})).items).toMatchObject([
        { hostname: 'SRV-9', serial_number: 'S9', kind: 'other' },
      ])
    })

    test('recognises Syncro, and does not mix clients that it names by number', async () => {
      await using msp = await testServer({ database })
      await msp.client('Dataforth')
      const users = (...rows: string[]) =>
        lines(
          'customer_id,contact_id,name,title,email,phone,extension,mobile,address1,city,notes,ticket_matching_emails',
          ...rows,
        )

      const organizations = await bring(
        msp,
        'clients',
        lines(
          'id,firstname,lastname,email,address,city,phone,get_sms,business_name,notes,disabled',
          '1,Ann,Lee,,,,,True,Fabrikam,,False',
          '2,Bob,Ray,,,,,True,,,False',
        ),
      )
      const people = await bring(
        msp,
        'contacts',
        users('7,1,Joe Martinez,,joe@dataforth.com,,,,,,,', '7,2,Eve,,,,,,,,,'),
        {
          client: 'Dataforth',
        },
      )
      await expect(
        bring(msp, 'contacts', users('7,1,Joe,,,,,,,,,', '8,2,Eve,,,,,,,,,'), { client: 'Dataforth' }),
      ).rejects.toThrow(/of 2 clients and names them by numbers/)
      const answer = {
        assets: [
          {
            id: 5,
            name: 'WS-7',
            customer_id: 7,
            asset_type: 'Laptop',
            asset_serial: 'L7',
            customer: { business_name: 'Fabrikam' },
            properties: {},
          },
        ],
        meta: { page: 1 },
      }
      const found = await bring(msp, 'infrastructure', JSON.stringify(answer), { format: 'json' })

      expect(organizations.source).toBe('syncro')
      expect((await msp.admin.api.clients.list({ sort: 'name' })).items.map(({ name }) => name)).toEqual([
        'Bob Ray',
        'Dataforth',
        'Fabrikam',
      ])
      expect(people).toMatchObject({ source: 'syncro', counts: { created: 2 } })
      expect(found).toMatchObject({ source: 'syncro', counts: { created: 1 } })
      expect((await msp.admin.api.infrastructure.list({ client: 'Fabrikam' })).items).toMatchObject([
        { hostname: 'WS-7', kind: 'laptop', serial_number: 'L7', custom: { syncro_id: '5' } },
      ])
    })
  })
}
