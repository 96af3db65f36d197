import { z } from 'zod'
import { type Account, secretOf, settingOf } from '../account.ts'
import { discovered } from '../discovery.ts'
import { VendorError } from '../errors.ts'
import { messagesIn } from '../transport/answers.ts'
import type { PageOf } from '../transport/paging.ts'
import { type VendorAnswer, type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend, type Send } from '../transport/send.ts'

/**
 * ConnectWise PSA's API, call by call: `https://<site>/<codebase>/apis/3.0`. The codebase is the version that a site runs; without one in
 * the address it is asked for. JSON, instants in UTC without fractions of seconds, lists as bare arrays with their next page in `Link`.
 */

const KINDS = ['api_key', 'basic'] as const
const SITES = ['na', 'eu', 'au']
const API = '/apis/3.0'
/** None is documented; this is what we ask of any system at most. */
const LIMIT = vendorLimit('connectwise', 600, 60_000)

export const rules: VendorRules = {
  // Some run it on a host of their own.
  basePath: '',
  baseUrl: ({ config }) =>
    typeof config.site === 'string' && SITES.includes(config.site)
      ? `https://api-${config.site}.myconnectwise.net`
      : undefined,
  limits: ({ integration }) => [{ limit: LIMIT, who: integration.id }],
  signIn: async (account) => {
    const signIn = await account.signIn(KINDS)
    const publicKey = signIn.secrets.public_key ?? signIn.username ?? ''
    const name = `${settingOf(account, 'company_id')}+${publicKey}`
    const basic = Buffer.from(`${name}:${secretOf(signIn, 'private_key', 'password')}`).toString('base64')
    return { authorization: `Basic ${account.alsoHide(basic)}`, clientId: settingOf(account, 'client_id') }
  },
  errorOf,
}

const NOT_SIGNED_IN = /^(UserNotAuthenticated|InvalidGrant)$/

/** Its own codes say more than HTTP where they come with a 400. */
function errorOf({ status, json }: VendorAnswer): VendorError | undefined {
  if (status < 400 || status >= 500 || status === 401) return undefined
  const { code, message } = (json ?? {}) as { code?: unknown; message?: unknown }
  const said = `ConnectWise: ${messagesIn(json).join('; ') || String(code)}`
  if ([code, message].some((one) => typeof one === 'string' && NOT_SIGNED_IN.test(one)))
    return new VendorError('auth_failed', said, { status })
  return code === 'NotFound' ? new VendorError('not_found', said, { status }) : undefined
}

const CompanyInfo = z.object({ Codebase: z.string() })
const CODEBASE = /^v[\w.]+$/

/** Where the API is: what the settings say with a path, else the codebase that the same site names. */
async function baseOf(account: Account): Promise<string> {
  const { origin, pathname } = new URL(account.baseUrl)
  if (pathname !== '/') return account.baseUrl
  const company = settingOf(account, 'company_id')
  return discovered(account, `${origin} ${company}`, async () => {
    const path = '/login/companyinfo/{company}'
    const asked = { method: 'GET', path, params: { company }, anonymous: true } as const
    const codebase = (await createSend(account, rules)(asked, CompanyInfo)).data.Codebase.replace(/\/+$/, '')
    if (!CODEBASE.test(codebase)) throw new VendorError('malformed', 'ConnectWise names no codebase of this company.')
    return `${origin}/${codebase}${API}`
  })
}

const text = z.string().nullish()
const id = z.int().transform(String)
const reference = z.object({ id: id.nullish(), name: text }).nullish()
const info = z.object({ lastUpdated: text, dateEntered: text }).nullish()

export const TicketRow = z.object({
  id,
  summary: text,
  board: reference,
  status: reference,
  priority: reference,
  company: reference,
  contact: reference,
  owner: reference,
  dateEntered: text,
  lastUpdated: text,
  _info: info,
})
export type TicketRow = z.output<typeof TicketRow>

export const NoteRow = z.object({
  id,
  text,
  detailDescriptionFlag: z.boolean().nullish(),
  internalAnalysisFlag: z.boolean().nullish(),
  resolutionFlag: z.boolean().nullish(),
  member: reference,
  contact: reference,
  createdBy: text,
  dateCreated: text,
  _info: info,
})
export type NoteRow = z.output<typeof NoteRow>

const hours = z.number().nullish()
export const TimeRow = z.object({
  id,
  notes: text,
  internalNotes: text,
  billableOption: text,
  hoursBilled: hours,
  invoiceHours: hours,
})
export type TimeRow = z.output<typeof TimeRow>

export const CompanyRow = z.object({ id, name: text, identifier: text, deletedFlag: z.boolean().nullish() })
export type CompanyRow = z.output<typeof CompanyRow>

export const AssetRow = z.object({
  id,
  name: text,
  serialNumber: text,
  company: reference,
  type: reference,
  activeFlag: z.boolean().nullish(),
})
export type AssetRow = z.output<typeof AssetRow>

export const BoardRow = z.object({ id, name: text, inactiveFlag: z.boolean().nullish() })
export const StatusRow = z.object({ id, name: z.string(), inactive: z.boolean().nullish() })
export type StatusRow = z.output<typeof StatusRow>
export const FileRow = z.object({ id, title: text })

export interface ListOf {
  params?: Record<string, string>
  conditions?: string | undefined
  orderBy?: string
  /** Other parameters of the query. */
  query?: Record<string, string>
}

export interface NewFile {
  ticketId: string
  title: string
  name: string
  mediaType: string
  bytes: Uint8Array
  /** Only colleagues see it. */
  isPrivate: boolean
}

const PAGE_SIZE = 250
/** Pages by number would be counted anew each time; those that need no order are walked forward. */
const FORWARD = { 'pagination-type': 'forward-only' }

export type ConnectWiseApi = ReturnType<typeof createConnectWiseApi>

export function createConnectWiseApi(account: Account) {
  const send: Send = async (request, schema) =>
    createSend({ ...account, baseUrl: await baseOf(account) }, rules)(request, schema)

  return {
    /** Proves that we are let in. */
    async signedIn(): Promise<void> {
      await send(
        { method: 'GET', path: '/company/companies', query: { pageSize: 1, fields: 'id' } },
        z.array(z.object({ id })),
      )
    },
    companyId: () => settingOf(account, 'company_id'),
    base: () => baseOf(account),

    /** A page by what the page before told in its link, or the first. */
    async list<T>(path: string, row: z.ZodType<T>, of: ListOf, next: string | undefined): Promise<PageOf<T>> {
      const { params, conditions, orderBy, query } = of
      const asked = {
        method: 'GET' as const,
        path,
        ...(params === undefined ? {} : { params }),
        query: { ...query, conditions, orderBy, pageSize: PAGE_SIZE, ...(next === undefined ? {} : pageIn(next)) },
        headers: orderBy === undefined ? FORWARD : {},
      }
      const { data, headers } = await send(asked, z.array(row))
      return { items: data as T[], next: nextIn(headers.link) }
    },

    one: async <T>(path: string, row: z.ZodType<T>, rowId: string): Promise<T> => {
      if (!isId(rowId)) throw new VendorError('not_found', `ConnectWise has no ${rowId.slice(0, 50)}.`, { status: 404 })
      return (await send({ method: 'GET', path, params: { id: rowId } }, row)).data as T
    },

    addNote: async (ticketId: string, json: Record<string, unknown>) =>
      (
        await send(
          { method: 'POST', path: '/service/tickets/{id}/notes', params: { id: ticketId }, json },
          z.object({ id }),
        )
      ).data.id,

    addTime: async (json: Record<string, unknown>) =>
      (await send({ method: 'POST', path: '/time/entries', json }, z.object({ id }))).data.id,

    async setStatus(ticketId: string, statusId: string): Promise<void> {
      const json = [{ op: 'replace', path: 'status/id', value: Number(statusId) }]
      await send({ method: 'PATCH', path: '/service/tickets/{id}', params: { id: ticketId }, json }, z.object({ id }))
    },

    async attach({ ticketId, title, name, mediaType, bytes, isPrivate }: NewFile): Promise<string> {
      const flags = { privateFlag: String(isPrivate), readOnlyFlag: 'false', isAvatar: 'false' }
      const fields = { recordType: 'Ticket', recordId: ticketId, title, ...flags }
      const multipart = { fields, file: { part: 'file', name, mediaType, bytes } }
      return (await send({ method: 'POST', path: '/system/documents', multipart }, z.object({ id }))).data.id
    },
  }
}

/** Ids are whole numbers; anything else is the id of nothing. */
export const isId = (written: string): boolean => /^\d{1,15}$/.test(written)

/** `page=2` or `pageId=17`: only this is taken of the link, so that the next page is asked of the same place as the first. */
export function nextIn(link: string | undefined): string | undefined {
  const [, address] = /<([^<>]*)>\s*;\s*rel="?next"?/i.exec(link ?? '') ?? []
  if (address === undefined) return undefined
  const found = /[?&](page|pageId)=(\d{1,15})(?:&|#|$)/i.exec(address)
  if (!found) throw new VendorError('malformed', 'ConnectWise names a next page that cannot be asked for.')
  return `${found[1]?.toLowerCase() === 'page' ? 'page' : 'pageId'}=${found[2]}`
}

const pageIn = (next: string): Record<string, string> => Object.fromEntries([next.split('=') as [string, string]])
