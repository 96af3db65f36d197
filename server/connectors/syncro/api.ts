import { Secret, TOTP, URI } from 'otpauth'
import { z } from 'zod'
import { type Account, type NewToken, type SignIn, secretOf } from '../account.ts'
import { misconfigured, VendorError } from '../errors.ts'
import { messagesIn } from '../transport/answers.ts'
import type { PageOf } from '../transport/paging.ts'
import { type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend, type Send } from '../transport/send.ts'

/** SyncroMSP's API, call by call: `https://<subdomain>.syncromsp.com/api/v1`, JSON, instants as ISO text. */

const KINDS = ['api_key', 'bearer'] as const
/** For each address that calls come from, whatever the account: one counter for all of ours. */
const LIMIT = { limit: vendorLimit('syncro', 180, 60_000), who: 'this address' }

/** Where the tenant asks for a second factor, the credential holds its seed (`totp`). */
const TWO_FACTOR_HEADER = 'authorization2fatoken'

export const rules: VendorRules = {
  hosts: /(^|\.)(syncromsp\.com|repairshopr\.com)$/,
  basePath: '/api/v1',
  limits: () => [LIMIT],
  renewsToken: true,
  signIn: async (account) => {
    const signIn = await account.signIn(KINDS)
    if (signIn.secrets.totp === undefined) return bearer(signIn)
    return { ...bearer(signIn), [TWO_FACTOR_HEADER]: await account.token(KINDS, (by) => signInTwice(account, by)) }
  },
  // A permission that the token lacks is a 401 too, with its own words.
  errorOf: ({ status, json }) => {
    const said = messagesIn(json).join('; ')
    if (status !== 401 || !/not authorized|permission/i.test(said)) return undefined
    return new VendorError('forbidden', `SyncroMSP: ${said}`, { status })
  },
}

const bearer = (signIn: SignIn) => ({ authorization: `Bearer ${secretOf(signIn, 'api_key', 'token', 'password')}` })

const SESSION_SECONDS = 900

async function signInTwice(account: Account, signIn: SignIn): Promise<NewToken> {
  const now = account.deps.clock()
  const { data } = await createSend(account, rules)(
    {
      method: 'POST',
      path: '/otp_login',
      anonymous: true,
      headers: bearer(signIn),
      json: { code: codeOf(signIn.secrets.totp ?? '', now) },
    },
    z.object({ session_token: z.string().min(1), token_expiration: z.string().nullish() }),
  )
  const seconds = Math.floor((Date.parse(data.token_expiration ?? '') - now.getTime()) / 1_000)
  return { token: data.session_token, expiresInSeconds: seconds > 0 ? seconds : SESSION_SECONDS }
}

/** The one-time code of this moment (RFC 6238). */
function codeOf(seed: string, now: Date): string {
  const given = /^otpauth:/i.test(seed) ? URI.parse(seed) : new TOTP({ secret: Secret.fromBase32(seed) })
  if (!(given instanceof TOTP)) throw misconfigured('What is kept as totp is no seed of one-time codes.')
  return given.generate({ timestamp: now.getTime() })
}

const id = z.union([z.int(), z.string()]).transform(String)
const text = z.string().nullish()

export const TicketRow = z.object({
  id,
  number: id.nullish(),
  subject: text,
  status: text,
  priority: text,
  problem_type: text,
  customer_id: id.nullish(),
  customer_business_then_name: text,
  contact_fullname: text,
  user: z.object({ full_name: text }).nullish(),
  created_at: text,
  updated_at: text,
})
export type TicketRow = z.output<typeof TicketRow>

export const CommentRow = z.object({
  id,
  created_at: text,
  subject: text,
  body: text,
  tech: text,
  hidden: z.boolean().nullish(),
})
export type CommentRow = z.output<typeof CommentRow>

export const TimerRow = z.object({
  id,
  notes: text,
  recorded: z.boolean().nullish(),
  /** Seconds, by the account's own rounding. */
  billable_time: z.number().nullish(),
})
export type TimerRow = z.output<typeof TimerRow>

/** What a ticket holds beside its row. */
const WholeTicket = TicketRow.extend({
  customer: z.object({ business_then_name: text }).nullish(),
  ticket_timers: z.array(TimerRow).nullish(),
  attachments: z.array(z.object({ id, file_name: text })).nullish(),
})

export const CustomerRow = z.object({
  id,
  business_then_name: text,
  business_name: text,
  fullname: text,
  disabled: z.boolean().nullish(),
})
export type CustomerRow = z.output<typeof CustomerRow>

export const AssetRow = z.object({ id, name: text, customer_id: id.nullish(), asset_type: text, asset_serial: text })
export type AssetRow = z.output<typeof AssetRow>

const Me = z.object({ user_id: id, user_name: text, user_email: text, subdomain: text })

/** Some lists have no `meta`: then there is one page. */
const Meta = z.object({ page: z.int().nullish(), total_pages: z.int().nullish() }).nullish()

const pageOf = <T>(items: T[], meta: z.output<typeof Meta>, asked: string | undefined): PageOf<T> => {
  const page = meta?.page ?? Number(asked ?? 1)
  return { items, next: page < (meta?.total_pages ?? 1) ? String(page + 1) : undefined }
}

/** What `GET /tickets` is asked for. */
export interface TicketFilter {
  query?: string | undefined
  number?: string | undefined
  customer_id?: string | undefined
  status?: string | undefined
  since_updated_at?: string | undefined
}

export interface NewComment {
  subject: string
  body: string
  /** Not in the customer's portal. */
  hidden: boolean
  do_not_email: boolean
}

export interface NewTimer {
  start_at: string
  end_at: string
  duration_minutes: number
  notes: string
  user_id?: number | string | undefined
  product_id?: number | string | undefined
}

export type SyncroApi = ReturnType<typeof createSyncroApi>

export function createSyncroApi(account: Account) {
  const send: Send = createSend(account, rules)
  const ofTicket = (ticketId: string) => ({ params: { id: ticketId } })
  return {
    me: async () => (await send({ method: 'GET', path: '/me' }, Me)).data,

    async tickets(filter: TicketFilter, page: string | undefined): Promise<PageOf<TicketRow>> {
      const { data } = await send(
        { method: 'GET', path: '/tickets', query: { ...filter, page } },
        z.object({ tickets: z.array(TicketRow), meta: Meta }),
      )
      return pageOf(data.tickets, data.meta, page)
    },

    ticket: async (ticketId: string) =>
      (await send({ method: 'GET', path: '/tickets/{id}', ...ofTicket(ticketId) }, z.object({ ticket: WholeTicket })))
        .data.ticket,

    /** Newest first. */
    async comments(ticketId: string, page: string | undefined): Promise<PageOf<CommentRow>> {
      const { data } = await send(
        { method: 'GET', path: '/tickets/{id}/comments', ...ofTicket(ticketId), query: { per_page: 100, page } },
        z.object({ comments: z.array(CommentRow), meta: Meta }),
      )
      return pageOf(data.comments, data.meta, page)
    },

    addComment: async (ticketId: string, comment: NewComment) =>
      (
        await send(
          { method: 'POST', path: '/tickets/{id}/comment', ...ofTicket(ticketId), json: comment },
          z.object({ comment: CommentRow }),
        )
      ).data.comment,

    /** Bills nothing yet. */
    addTimer: async (ticketId: string, timer: NewTimer) =>
      (await send({ method: 'POST', path: '/tickets/{id}/timer_entry', ...ofTicket(ticketId), json: timer }, TimerRow))
        .data,

    /** Makes a line item of a timer, each time that it is called. */
    chargeTimer: async (ticketId: string, timerId: string) =>
      (
        await send(
          {
            method: 'POST',
            path: '/tickets/{id}/charge_timer_entry',
            ...ofTicket(ticketId),
            json: { timer_entry_id: numberOr(timerId) },
          },
          TimerRow,
        )
      ).data,

    statuses: async () =>
      (await send({ method: 'GET', path: '/tickets/settings' }, z.object({ ticket_status_list: z.array(z.string()) })))
        .data.ticket_status_list,

    /** Takes any text: check it against `statuses()` first. */
    async setStatus(ticketId: string, status: string): Promise<void> {
      await send(
        { method: 'PUT', path: '/tickets/{id}', ...ofTicket(ticketId), json: { status } },
        z.object({ ticket: z.object({ id }) }),
      )
    },

    /** They fetch it, some time later. */
    async attachUrl(ticketId: string, file: { url: string; filename: string }): Promise<void> {
      await send(
        { method: 'POST', path: '/tickets/{id}/attach_file_url', ...ofTicket(ticketId), json: { files: [file] } },
        z.object({ message: text }),
      )
    },

    async customers(page: string | undefined): Promise<PageOf<CustomerRow>> {
      const { data } = await send(
        { method: 'GET', path: '/customers', query: { page } },
        z.object({ customers: z.array(CustomerRow), meta: Meta }),
      )
      return pageOf(data.customers, data.meta, page)
    },

    async assets(customerId: string | undefined, page: string | undefined): Promise<PageOf<AssetRow>> {
      const { data } = await send(
        { method: 'GET', path: '/customer_assets', query: { customer_id: customerId, page } },
        z.object({ assets: z.array(AssetRow), meta: Meta }),
      )
      return pageOf(data.assets, data.meta, page)
    },
  }
}

/** Ids are numbers there. */
export const numberOr = (written: string): number | string => (/^\d{1,15}$/.test(written) ? Number(written) : written)
