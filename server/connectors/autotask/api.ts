import { z } from 'zod'
import type { Limit } from '../../limits/limits.ts'
import { type Account, type SignIn, secretOf } from '../account.ts'
import { discovered } from '../discovery.ts'
import { misconfigured, VendorError } from '../errors.ts'
import { messagesIn } from '../transport/answers.ts'
import type { PageOf } from '../transport/paging.ts'
import { type VendorAnswer, type VendorRequest, type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend, type Send } from '../transport/send.ts'

/**
 * Autotask's API, call by call: `<zone>/ATServicesRest/V1.0/<Entity>`. Which zone an account is in is asked with its user name; without an
 * address of its own an integration asks there. JSON in camel case, instants in UTC, ids and values of pick-lists are numbers.
 */

const KINDS = ['api_key', 'basic'] as const
const DIRECTORY = 'https://webservices2.autotask.net'
/** Of 10,000 an hour for all programs of an account together: from half of them on it answers slower, beyond them nobody. */
const LIMIT = vendorLimit('autotask', 5_000, 3_600_000)

/** Of files, 10,000,000 bytes in five minutes; beyond them none for five more. In thousands, the largest file at once. */
const FILE_LIMIT: Limit = { name: 'vendor-autotask-files', count: 4_000, burst: 6_000, perMs: 300_000, lasting: true }

export const rules: VendorRules = {
  hosts: /^webservices\d*\.autotask\.net$/,
  basePath: '/ATServicesRest/V1.0',
  baseUrl: () => DIRECTORY,
  limits: ({ integration }) => [{ limit: LIMIT, who: integration.id }],
  // Three at once of one kind of object, over all servers and whatever else uses the same code; one of each server leaves room.
  lane: ({ path }) => path.split('/')[1] ?? '',
  signIn: async (account) => {
    const signIn = await account.signIn(KINDS)
    return {
      ApiIntegrationCode: secretOf(signIn, 'integration_code'),
      UserName: userOf(signIn),
      Secret: secretOf(signIn, 'secret', 'api_secret', 'password'),
    }
  },
  errorOf,
}

function userOf({ username, secrets }: SignIn): string {
  const user = username ?? secrets.username
  if (user) return user
  throw misconfigured('The connected credential has no user name. Give it the one of the API user of Autotask.')
}

const WRONG_ACCOUNT = /zone information could not be determined|integration ?code/i

/** A 500 with texts is a rule of theirs that says no, so nothing was done; a wrong name or integration code is a 500 too. */
function errorOf({ status, json }: VendorAnswer): VendorError | undefined {
  if (status !== 500) return undefined
  const errors = (json as { errors?: unknown } | undefined)?.errors
  if (!Array.isArray(errors) || errors.length === 0) return undefined
  const said = messagesIn(json).join('; ')
  return new VendorError(WRONG_ACCOUNT.test(said) ? 'auth_failed' : 'refused', `Autotask: ${said}`, { status })
}

const Zone = z.object({ url: z.string(), webUrl: z.string().nullish() })

export interface Zone {
  /** With the version, without a slash at its end. */
  base: string
  /** Where people work; null where it was not asked for. */
  web: string | null
}

/** The zone of an account: what its settings say with a path, else what the address there, or the vendor's directory, answers. */
async function zoneOf(account: Account): Promise<Zone> {
  const { integration, baseUrl } = account
  if (integration.base_url && new URL(integration.base_url).pathname !== '/') return { base: baseUrl, web: null }
  const user = userOf(await account.signIn(KINDS))
  return discovered(account, `${baseUrl} ${user}`, async () => {
    const asked = { method: 'GET', path: '/zoneInformation', query: { user }, anonymous: true } as const
    const { url, webUrl } = (await createSend(account, rules)(asked, Zone)).data
    if (!URL.canParse(url)) throw new VendorError('malformed', 'Autotask names no zone.')
    const { origin, pathname } = new URL(url)
    return {
      base: `${origin}${pathname.replace(/\/+$/, '')}/V1.0`,
      web: webUrl && URL.canParse(webUrl) ? webUrl : null,
    }
  })
}

const number = z.number().nullish()
const text = z.string().nullish()
const id = z.int().transform(String)
const ref = z.int().transform(String).nullish()

export const TicketRow = z.object({
  id,
  ticketNumber: text,
  title: text,
  status: number,
  priority: number,
  companyID: ref,
  assignedResourceID: ref,
  assignedResourceRoleID: ref,
  createDate: text,
  lastActivityDate: text,
})
export type TicketRow = z.output<typeof TicketRow>

export const NoteRow = z.object({
  id,
  title: text,
  description: text,
  publish: number,
  creatorResourceID: ref,
  createDateTime: text,
})
export type NoteRow = z.output<typeof NoteRow>

export const TimeRow = z.object({
  id,
  summaryNotes: text,
  internalNotes: text,
  hoursToBill: number,
  isNonBillable: z.boolean().nullish(),
})
export type TimeRow = z.output<typeof TimeRow>

export const CompanyRow = z.object({ id, companyName: text, isActive: z.union([z.boolean(), z.number()]).nullish() })
export type CompanyRow = z.output<typeof CompanyRow>

export const AssetRow = z.object({
  id,
  companyID: ref,
  referenceTitle: text,
  serialNumber: text,
  isActive: z.boolean().nullish(),
})
export type AssetRow = z.output<typeof AssetRow>

export const FileRow = z.object({ id, title: text })
export const ResourceRow = z.object({ id, firstName: text, lastName: text })

const Choice = z.object({
  value: z.union([z.string(), z.number()]).transform(Number),
  label: z.string(),
  isDefaultValue: z.boolean().nullish(),
  isActive: z.boolean().nullish(),
  isSystem: z.boolean().nullish(),
})
/** An entry of a pick-list: each account has its own. */
export type Choice = z.output<typeof Choice>

const Fields = z.object({
  fields: z.array(z.object({ name: z.string(), picklistValues: z.array(Choice).nullish() })),
})

export interface Condition {
  op: 'eq' | 'gte' | 'lt' | 'contains' | 'in' | 'exist' | 'notExist' | 'or'
  field?: string
  value?: string | number | readonly number[]
  items?: readonly Condition[]
}

const MOST_RECORDS = 500
/** Addresses are not longer; a search is a part of one. */
const MOST_SEARCH_CHARS = 1_800

export type AutotaskApi = ReturnType<typeof createAutotaskApi>

export function createAutotaskApi(account: Account) {
  const zone = () => zoneOf(account)
  const send: Send = async (request, schema) => {
    const { base } = await zone()
    return createSend({ ...account, baseUrl: base }, rules)(request, schema)
  }

  /** A page by the address that the page before told, or the first. */
  async function query<T>(
    entity: string,
    row: z.ZodType<T>,
    filter: readonly Condition[],
    next: string | undefined,
  ): Promise<PageOf<T>> {
    const search = JSON.stringify({ filter, MaxRecords: MOST_RECORDS })
    if (encodeURIComponent(search).length > MOST_SEARCH_CHARS)
      throw new VendorError('refused', 'Autotask takes no search as long as this one. Use fewer words.')
    if (next !== undefined && !URL.canParse(next)) throw new VendorError('malformed', 'Autotask names no next page.')
    if (next !== undefined && new URL(next).origin !== new URL((await zone()).base).origin)
      throw new VendorError('malformed', 'Autotask names a next page that is not in its zone.')
    const asked = { method: 'GET', path: `/${entity}/query` } as const
    const page = z.object({ items: z.array(row), pageDetails: z.object({ nextPageUrl: text }).nullish() })
    const { data } = await send(next === undefined ? { ...asked, query: { search } } : { ...asked, url: next }, page)
    return { items: data.items, next: data.pageDetails?.nextPageUrl ?? undefined }
  }

  async function one<T>(entity: string, row: z.ZodType<T>, rowId: string): Promise<T> {
    if (!isId(rowId)) throw notThere(entity, rowId)
    const { data } = await send(
      { method: 'GET', path: `/${entity}/{id}`, params: { id: rowId } },
      z.object({ item: row.nullable() }),
    )
    if (data.item === null) throw notThere(entity, rowId)
    return data.item as T
  }

  /** @param of the ticket that it hangs on */
  async function create(
    path: string,
    row: Record<string, unknown>,
    of?: string,
    more: Pick<VendorRequest, 'limits'> = {},
  ) {
    // Fields with null make it fail.
    const json = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null))
    const params = of === undefined ? {} : { params: { id: of } }
    return (await send({ method: 'POST', path, ...params, json, ...more }, z.object({ itemId: id }))).data.itemId
  }

  return {
    zone,
    /** How many calls all programs of the account made in the last hour. */
    threshold: async () =>
      (
        await send(
          { method: 'GET', path: '/ThresholdInformation' },
          z.object({ currentTimeframeRequestCount: number, externalRequestThreshold: number }),
        )
      ).data,
    user: async () => userOf(await account.signIn(KINDS)),
    query,
    ticket: (ticketId: string) => one('Tickets', TicketRow, ticketId),
    timeEntry: (entryId: string) => one('TimeEntries', TimeRow, entryId),

    /** Rows by their ids, of which a query takes 500. */
    async byIds<T>(entity: string, row: z.ZodType<T>, ids: readonly string[]): Promise<T[]> {
      if (ids.length === 0) return []
      const filter = [{ op: 'in', field: 'id', value: ids.slice(0, MOST_RECORDS).map(Number) }]
      const { data } = await send(
        { method: 'POST', path: `/${entity}/query`, json: { filter, MaxRecords: MOST_RECORDS }, reads: true },
        z.object({ items: z.array(row) }),
      )
      return data.items as T[]
    },

    /** The pick-list of a field of an entity. */
    async choices(entity: string, field: string): Promise<Choice[]> {
      const { data } = await send({ method: 'GET', path: `/${entity}/entityInformation/fields` }, Fields)
      return data.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase())?.picklistValues ?? []
    },

    addNote: (ticketId: string, note: Record<string, unknown>) => create('/Tickets/{id}/Notes', note, ticketId),
    addTime: (entry: Record<string, unknown>) => create('/TimeEntries', entry),
    attach(ticketId: string, file: Record<string, unknown>, bytes: number): Promise<string> {
      const limits = [{ limit: FILE_LIMIT, who: account.integration.id, cost: Math.max(1, Math.ceil(bytes / 1_000)) }]
      return create('/Tickets/{id}/Attachments', file, ticketId, { limits })
    },

    async setStatus(ticketId: string, status: number): Promise<void> {
      await send(
        { method: 'PATCH', path: '/Tickets', json: { id: Number(ticketId), status } },
        z.object({ itemId: id }),
      )
    },
  }
}

/** Ids are whole numbers; anything else is the id of nothing. */
export const isId = (written: string): boolean => /^\d{1,15}$/.test(written)

const notThere = (entity: string, rowId: string) =>
  new VendorError('not_found', `Autotask has no ${rowId.slice(0, 50)} among its ${entity}.`, { status: 200 })
