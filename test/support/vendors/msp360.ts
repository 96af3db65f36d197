import { type Asked, type FakeVendor, fakeVendor, type Reply } from './server.ts'

/**
 * MSP360 Managed Backup. It stands on these facts of its API:
 * - `POST /api/Provider/Login` with `UserName` and `Password` gives `access_token` and `expires_in` (14 days); wrong ones are a 400
 *   `{"error":"invalid_grant",…}` or, newer, a 403; `Authorization: Bearer` from then on
 * - `GET /api/Monitoring` is a bare array: the newest run of every plan on every computer, without pages, fields possibly null or missing;
 *   sizes in bytes, `Duration` a text for people, times without a zone, `Status` and `PlanType` numbers of enumerations
 * - `GET /api/Companies` is a bare array of `{Id, Name, …}`
 * - a 403 also where the API is not switched on or the address is not let in
 * - a wrong path is a 404 `{"Message":"No HTTP resource was found …"}`
 * No limit is documented, and no webhook can be used.
 */
export interface FakeMsp360 extends FakeVendor {
  username: string
  password: string
  /** Tokens that are let in. */
  tokens: Set<string>
  /** The token is good, but not for this address. */
  forbidden: boolean
  /** The paths of the resources are not there. */
  gone: boolean
  /** How wrong passwords are answered. */
  refusesWith: 400 | 403
  monitoring: Record<string, unknown>[]
  companies: { Id: string; Name: string }[]
}

const EXPIRES_IN = 1_209_599

export async function fakeMsp360({
  username = 'api@msp.example',
  password = 'CANARY-msp360',
} = {}): Promise<FakeMsp360> {
  let serial = 0
  const vendor = await fakeVendor((asked) => answer(asked))
  const fake: FakeMsp360 = {
    ...vendor,
    ...{ username, password, refusesWith: 400, tokens: new Set(), monitoring: [], companies: [] },
    ...{ forbidden: false, gone: false },
  }

  function answer(asked: Asked): Reply {
    if (asked.method === 'POST' && asked.path === '/api/Provider/Login') return login(asked)
    const token = asked.headers.authorization?.replace(/^Bearer /, '') ?? ''
    if (!fake.tokens.has(token))
      return { status: 401, body: { Message: 'Authorization has been denied for this request.' } }
    if (fake.forbidden) return { status: 403, body: '' }
    if (!fake.gone && asked.method === 'GET' && asked.path === '/api/Monitoring') return { body: fake.monitoring }
    if (asked.method === 'GET' && asked.path === '/api/Companies')
      return { body: fake.companies.map((one) => ({ ...one, StorageLimit: -1, LicenseSettings: 1, Destinations: [] })) }
    return {
      status: 404,
      body: { Message: `No HTTP resource was found that matches the request URI '${fake.url}${asked.path}'.` },
    }
  }

  function login({ body }: Asked): Reply {
    const { UserName, Password } = body as { UserName?: string; Password?: string }
    if (UserName !== fake.username || Password !== fake.password)
      return fake.refusesWith === 403
        ? { status: 403, body: '' }
        : {
            status: 400,
            body: { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
          }
    const token = `CANARY-token-${++serial}`
    fake.tokens.add(token)
    return { body: { access_token: token, token_type: 'bearer', expires_in: EXPIRES_IN, userName: UserName } }
  }

  return fake
}

/** A run as the vendor shows it. */
export const aRun = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ PlanName: 'Nightly image', CompanyName: 'Dataforth', UserName: 'dataforth', UserID: '1ac6' },
  ...{ ComputerName: 'SRV-OLD', ComputerHid: '{6f1c2f7e}', BuildVersion: '7.9.4', StorageType: 'Cloud' },
  ...{ LastStart: '2026-01-12T02:00:00', NextStart: '2026-01-13T02:00:00', Status: 0, ErrorMessage: null },
  ...{ FilesCopied: 3, FilesFailed: 0, DataCopied: 531_582, Duration: '15 second(s)', DataToBackup: 531_582 },
  ...{ TotalData: 2_425_390, FilesScanned: 82, FilesToBackup: 3, PlanId: 'b1', PlanType: 16 },
  ...{ DetailedReportLink: 'https://mspbackups.com/report/1' },
  ...more,
})
