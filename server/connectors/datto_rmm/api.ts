import { z } from 'zod'
import { type Account, type NewToken, type SignIn, secretOf } from '../account.ts'
import { VendorError } from '../errors.ts'
import type { PageOf } from '../transport/paging.ts'
import { type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend, type Send } from '../transport/send.ts'

/** Datto RMM's API: `https://<platform>-api.centrastage.net/api`, tokens for 100 hours, lists with the address of their next page. */

const KINDS = ['api_key', 'oauth2_password'] as const
const PLATFORMS = ['pinotage', 'merlot', 'concord', 'vidal', 'zinfandel', 'syrah']
/** Reads of an account in 60 seconds; from nine tenths on the vendor slows down. */
const LIMIT = vendorLimit('datto-rmm', 540, 60_000)

export const rules: VendorRules = {
  hosts: /^[a-z]+-api\.centrastage\.net$/,
  basePath: '/api',
  baseUrl: ({ config }) =>
    typeof config.platform === 'string' && PLATFORMS.includes(config.platform)
      ? `https://${config.platform}-api.centrastage.net`
      : undefined,
  limits: ({ integration }) => [{ limit: LIMIT, who: integration.id }],
  signIn: async (account) => ({
    authorization: `Bearer ${await account.token(KINDS, (signIn) => tokenFor(account, signIn))}`,
  }),
  renewsToken: true,
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
/** The name and password of the vendor's own client, the same for everybody. */
const PUBLIC_CLIENT = `Basic ${Buffer.from('public-client:public').toString('base64')}`

async function tokenFor(account: Account, signIn: SignIn): Promise<NewToken> {
  const send = createSend(account, { ...rules, errorOf: refusedLogin })
  const form = {
    grant_type: 'password',
    username: signIn.secrets.api_key ?? signIn.username ?? '',
    password: secretOf(signIn, 'api_secret', 'password'),
  }
  const url = `${new URL(account.baseUrl).origin}/auth/oauth/token`
  const request = { method: 'POST', path: '/auth/oauth/token', url, form, anonymous: true, reads: true } as const
  const { access_token, expires_in } = (await send({ ...request, headers: { authorization: PUBLIC_CLIENT } }, Token))
    .data
  return { token: access_token, expiresInSeconds: Math.floor(expires_in) }
}

const refusedLogin: NonNullable<VendorRules['errorOf']> = ({ status }) =>
  status === 400 || status === 401
    ? new VendorError('auth_failed', 'Datto RMM does not take our API key and secret.', { status })
    : undefined

const text = z.string().nullish()
/** Milliseconds since 1970 or ISO text: both come. */
const when = z.union([z.number(), z.string()]).nullish()

const SiteRow = z.object({ uid: z.string(), name: text, portalUrl: text })
export type SiteRow = z.output<typeof SiteRow>

const DeviceRow = z.object({
  uid: z.string(),
  siteUid: text,
  siteName: text,
  hostname: text,
  description: text,
  operatingSystem: text,
  deviceClass: text,
  deviceType: z.object({ category: text, type: text }).nullish(),
  deleted: z.boolean().nullish(),
  portalUrl: text,
})
export type DeviceRow = z.output<typeof DeviceRow>

const AlertRow = z.object({
  alertUid: z.string(),
  priority: text,
  diagnostics: text,
  resolved: z.boolean().nullish(),
  ticketNumber: text,
  timestamp: when,
  alertSourceInfo: z.object({ deviceUid: text, deviceName: text, siteUid: text, siteName: text }).nullish(),
})
export type AlertRow = z.output<typeof AlertRow>

const PageDetails = z.object({ nextPageUrl: text }).nullish()

export type DattoApi = ReturnType<typeof createDattoApi>

export function createDattoApi(account: Account) {
  const send: Send = createSend(account, rules)

  /** A page by the address that the page before told, or the first. */
  async function page<T>(
    path: string,
    schema: z.ZodType<T>,
    next: string | undefined,
    params?: Record<string, string>,
  ) {
    if (next !== undefined && new URL(next, account.baseUrl).origin !== new URL(account.baseUrl).origin)
      throw new VendorError('malformed', 'Datto RMM names a next page that is not its own.')
    const asked = { method: 'GET', path, ...(params === undefined ? {} : { params }) } as const
    return (await send(next === undefined ? asked : { ...asked, url: next }, schema)).data
  }
  const pageOf = <T>(items: T[], details: z.output<typeof PageDetails>): PageOf<T> => ({
    items,
    next: details?.nextPageUrl ?? undefined,
  })

  return {
    account: async () => (await send({ method: 'GET', path: '/v2/account' }, z.object({ name: text }))).data,
    async sites(next: string | undefined): Promise<PageOf<SiteRow>> {
      const data = await page(
        '/v2/account/sites',
        z.object({ sites: z.array(SiteRow), pageDetails: PageDetails }),
        next,
      )
      return pageOf(data.sites, data.pageDetails)
    },
    async devices(siteUid: string | undefined, next: string | undefined): Promise<PageOf<DeviceRow>> {
      const schema = z.object({ devices: z.array(DeviceRow), pageDetails: PageDetails })
      const data =
        siteUid === undefined
          ? await page('/v2/account/devices', schema, next)
          : await page('/v2/site/{uid}/devices', schema, next, { uid: siteUid })
      return pageOf(data.devices, data.pageDetails)
    },
    async openAlerts(siteUid: string | undefined, next: string | undefined): Promise<PageOf<AlertRow>> {
      const schema = z.object({ alerts: z.array(AlertRow), pageDetails: PageDetails })
      const data =
        siteUid === undefined
          ? await page('/v2/account/alerts/open', schema, next)
          : await page('/v2/site/{uid}/alerts/open', schema, next, { uid: siteUid })
      return pageOf(data.alerts, data.pageDetails)
    },
  }
}
