import { z } from 'zod'
import { type Account, secretOf } from '../account.ts'
import type { PageOf } from '../transport/paging.ts'
import { type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend, type Send } from '../transport/send.ts'

/** IT Glue's API: JSON:API at `https://api.itglue.com`, `.eu` or `.au`, names of attributes in kebab case. Passwords are never asked for. */

const KINDS = ['api_key', 'bearer'] as const
/** In five minutes. */
const LIMIT = vendorLimit('itglue', 3_000, 300_000)
const JSON_API = 'application/vnd.api+json'
const PAGE_SIZE = 200

export const rules: VendorRules = {
  hosts: /^api(\.eu|\.au)?\.itglue\.com$/,
  basePath: '',
  baseUrl: () => 'https://api.itglue.com',
  limits: ({ integration }) => [{ limit: LIMIT, who: integration.id }],
  signIn: async (account) => ({
    'x-api-key': secretOf(await account.signIn(KINDS), 'api_key', 'token', 'password'),
    'content-type': JSON_API,
  }),
}

const text = z.string().nullish()
const id = z.union([z.string(), z.number()]).transform(String)
const rowOf = <T extends z.ZodRawShape>(attributes: T) => z.object({ id, attributes: z.object(attributes) })

const Organization = rowOf({ name: text, 'short-name': text, 'resource-url': text })
export type Organization = z.output<typeof Organization>

const Configuration = rowOf({
  'organization-id': id.nullish(),
  name: text,
  hostname: text,
  'serial-number': text,
  'configuration-type-name': text,
  'resource-url': text,
  archived: z.boolean().nullish(),
})
export type Configuration = z.output<typeof Configuration>

const Document = rowOf({
  'organization-id': id.nullish(),
  name: text,
  'resource-url': text,
  'updated-at': text,
  archived: z.boolean().nullish(),
})
export type Document = z.output<typeof Document>

const Meta = z.object({ 'next-page': z.number().nullish() }).nullish()

export function createItglueApi(account: Account) {
  const send: Send = createSend(account, rules)

  async function page<T>(path: string, row: z.ZodType<T>, next: string | undefined, more: Record<string, string> = {}) {
    const query = { 'page[size]': PAGE_SIZE, 'page[number]': next ?? '1', ...more }
    const { data } = await send({ method: 'GET', path, query }, z.object({ data: z.array(row), meta: Meta }))
    const following = data.meta?.['next-page']
    return { items: data.data, next: following ? String(following) : undefined } satisfies PageOf<T>
  }
  const ofOrganization = (organizationId: string | undefined): Record<string, string> =>
    organizationId === undefined ? {} : { 'filter[organization-id]': organizationId }

  return {
    organizations: (next: string | undefined) => page('/organizations', Organization, next),
    configurations: (organizationId: string | undefined, next: string | undefined) =>
      page('/configurations', Configuration, next, ofOrganization(organizationId)),
    documents: async (organizationId: string, next: string | undefined) => {
      const params = { id: organizationId }
      const query = { 'page[size]': PAGE_SIZE, 'page[number]': next ?? '1' }
      const path = '/organizations/{id}/relationships/documents'
      const { data } = await send(
        { method: 'GET', path, params, query },
        z.object({ data: z.array(Document), meta: Meta }),
      )
      const following = data.meta?.['next-page']
      return { items: data.data, next: following ? String(following) : undefined } satisfies PageOf<Document>
    },
    document: async (documentId: string) =>
      (
        await send(
          { method: 'GET', path: '/documents/{id}', params: { id: documentId } },
          z.object({ data: Document.extend({ attributes: Document.shape.attributes.extend({ content: text }) }) }),
        )
      ).data.data,
  }
}
