import { z } from 'zod'
import { type Account, type NewToken, type SignIn, secretOf } from '../account.ts'
import { VendorError } from '../errors.ts'
import { type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend } from '../transport/send.ts'

/** MSP360 Managed Backup (MSP Backups): `https://api.mspbackups.com/api`, JSON in Pascal case, tokens for 14 days. */

const KINDS = ['basic', 'oauth2_password'] as const
/** None is documented. Slower than anybody would mind. */
const LIMIT = vendorLimit('msp360', 60, 60_000)

export const rules: VendorRules = {
  hosts: /(^|\.)mspbackups\.com$/,
  basePath: '/api',
  baseUrl: () => 'https://api.mspbackups.com',
  limits: ({ integration }) => [{ limit: LIMIT, who: integration.id }],
  signIn: async (account) => ({
    authorization: `Bearer ${await account.token(KINDS, (signIn) => tokenFor(account, signIn))}`,
  }),
  renewsToken: true,
}

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

async function tokenFor(account: Account, signIn: SignIn): Promise<NewToken> {
  const send = createSend(account, { ...rules, errorOf: refusedLogin })
  const UserName = signIn.secrets.username ?? signIn.username ?? ''
  const json = { UserName, Password: secretOf(signIn, 'password') }
  const request = { method: 'POST', path: '/Provider/Login', json, anonymous: true, reads: true } as const
  const { access_token, expires_in } = (await send(request, Token)).data
  return { token: access_token, expiresInSeconds: Math.floor(expires_in) }
}

/** Wrong names and passwords are a 400 by the manual and a 403 today, which an address that is not let in gets too. */
const refusedLogin: NonNullable<VendorRules['errorOf']> = ({ status }) =>
  status === 400 || status === 403
    ? new VendorError(
        'auth_failed',
        'MSP Backups does not let us in: user name or password of the API are wrong, or this address is not allowed there.',
        { status },
      )
    : undefined

const text = z.string().nullish()
const count = z.number().nullish()

/** The newest run of a plan. Everything may be missing: newer fields are not told by older agents. */
export const MonitoringRow = z.looseObject({
  PlanName: text,
  CompanyName: text,
  UserName: text,
  ComputerName: text,
  ComputerHid: text,
  BuildVersion: text,
  StorageType: text,
  LastStart: text,
  NextStart: text,
  Status: z.union([z.number(), z.string()]).nullish(),
  ErrorMessage: text,
  FilesCopied: count,
  FilesFailed: count,
  FilesScanned: count,
  FilesToBackup: count,
  DataCopied: count,
  DataToBackup: count,
  TotalData: count,
  Duration: z.union([z.string(), z.number()]).nullish(),
  PlanId: text,
  PlanType: z.union([z.number(), z.string()]).nullish(),
  DetailedReportLink: text,
})
export type MonitoringRow = z.output<typeof MonitoringRow>

const Company = z.object({ Id: z.string(), Name: text })
export type Company = z.output<typeof Company>

export function createMsp360Api(account: Account) {
  const send = createSend(account, rules)
  return {
    /** Of every plan on every computer, unpaged. */
    monitoring: async () => (await send({ method: 'GET', path: '/Monitoring' }, z.array(MonitoringRow))).data,
    companies: async () => (await send({ method: 'GET', path: '/Companies' }, z.array(Company))).data,
  }
}
