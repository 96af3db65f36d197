import { type Asked, type FakeVendor, fakeVendor, pieceOf, type Reply } from './server.ts'

/**
 * IT Glue. It stands on these facts of its API:
 * - `x-api-key`, and `Content-Type: application/vnd.api+json` on every call, reads too
 * - JSON:API: `{data: [{id, type, attributes}]}`, attributes in kebab case; `page[number]`, `page[size]`, `meta.next-page`
 * - `filter[organization-id]` narrows configurations; documents hang on `/organizations/{id}/relationships/documents`
 * - errors `{errors: [{status, title, detail}]}`
 */
export interface FakeItglue extends FakeVendor {
  key: string
  organizations: { id: string; name: string }[]
  configurations: { id: string; organization: string; hostname: string; archived?: boolean }[]
  documents: { id: string; organization: string; name: string; content: string }[]
  pageSize: number
  circles: boolean
  forbidden: boolean
}

export async function fakeItglue({ key = 'ITG.CANARY' } = {}): Promise<FakeItglue> {
  const vendor = await fakeVendor((asked) => answer(asked))
  const fake: FakeItglue = {
    ...vendor,
    ...{ key, organizations: [], configurations: [], documents: [], pageSize: 50, circles: false, forbidden: false },
  }
  const failed = (status: number, title: string): Reply => ({
    status,
    body: { errors: [{ status: String(status), title }] },
  })

  function answer(asked: Asked): Reply {
    if (asked.headers['content-type'] !== 'application/vnd.api+json') return failed(415, 'Unsupported Media Type')
    if (asked.headers['x-api-key'] !== fake.key) return failed(401, 'Unauthorized')
    if (fake.forbidden) return failed(403, 'Forbidden')
    const [, collection, id, , list] = asked.path.split('/')
    if (collection === 'organizations' && id === undefined)
      return listed(asked, 'organizations', fake.organizations.map(organization))
    if (collection === 'organizations' && list === 'documents')
      return listed(
        asked,
        'documents',
        fake.documents.filter((one) => one.organization === id).map((one) => document(one, false)),
      )
    if (collection === 'configurations') {
      const of = asked.query.get('filter[organization-id]')
      const rows = fake.configurations.filter((one) => of === null || one.organization === of)
      return listed(asked, 'configurations', rows.map(configuration))
    }
    const found = collection === 'documents' && fake.documents.find((one) => one.id === id)
    return found ? { body: { data: document(found, true) } } : failed(404, 'Not Found')
  }

  const organization = ({ id, name }: FakeItglue['organizations'][number]) => ({
    ...{ id, type: 'organizations' },
    attributes: { name, 'short-name': null, 'resource-url': `https://acme.itglue.com/${id}` },
  })
  const configuration = (one: FakeItglue['configurations'][number]) => ({
    ...{ id: one.id, type: 'configurations' },
    attributes: {
      ...{ 'organization-id': Number(one.organization), name: one.hostname, hostname: one.hostname },
      ...{ 'serial-number': 'SN1', 'configuration-type-name': 'Server', archived: one.archived ?? false },
    },
  })
  const document = (one: FakeItglue['documents'][number], whole: boolean) => ({
    ...{ id: one.id, type: 'documents' },
    attributes: {
      ...{ 'organization-id': Number(one.organization), name: one.name, 'updated-at': '2026-01-12T09:00:00.000Z' },
      ...(whole ? { content: one.content } : {}),
    },
  })

  function listed(asked: Asked, type: string, rows: readonly unknown[]): Reply {
    const number = Number(asked.query.get('page[number]') ?? 1)
    const size = Math.min(fake.pageSize, Number(asked.query.get('page[size]') ?? 50))
    const isLast = number * size >= rows.length
    const next = fake.circles ? 1 : isLast ? null : number + 1
    return { body: { data: pieceOf(rows, number, size), meta: { 'current-page': number, 'next-page': next, type } } }
  }

  return fake
}
