import { type Asked, type FakeVendor, fakeVendor, pieceOf, type Reply } from './server.ts'

/**
 * Datto RMM. It stands on these facts of its API:
 * - `POST /auth/oauth/token` (beside `/api`), Basic `public-client:public`, form `grant_type=password`, `username` the API key, `password` its
 *   secret; answers `access_token` and `expires_in` (100 hours)
 * - lists have `pageDetails.nextPageUrl`, pages from 0; the lists are named after what they hold (`devices`, `sites`, `alerts`)
 * - times are milliseconds since 1970 on the wire; `deleted` devices are listed too
 * - errors are a status with a body that nobody specified; too often is a 429
 */
export interface FakeDatto extends FakeVendor {
  key: string
  secret: string
  tokens: Set<string>
  sites: { uid: string; name: string }[]
  devices: { uid: string; hostname: string; siteUid: string; deleted?: boolean }[]
  alerts: { alertUid: string; priority: string; diagnostics: string; siteUid: string; deviceUid: string }[]
  pageSize: number
  circles: boolean
  /** The next page is said to be here. */
  spoofedNext: string | undefined
  forbidden: boolean
}

export async function fakeDatto({ key = 'api-key', secret = 'CANARY-datto' } = {}): Promise<FakeDatto> {
  let serial = 0
  const vendor = await fakeVendor((asked) => answer(asked))
  const fake: FakeDatto = {
    ...vendor,
    ...{ key, secret, tokens: new Set(), sites: [], devices: [], alerts: [] },
    ...{ pageSize: 50, circles: false, spoofedNext: undefined, forbidden: false },
  }

  function answer(asked: Asked): Reply {
    if (asked.method === 'POST' && asked.path === '/auth/oauth/token') return token(asked)
    if (!fake.tokens.has(asked.headers.authorization?.replace(/^Bearer /, '') ?? '')) return { status: 401, body: '' }
    const path = asked.path.replace(/^\/api\/v2/, '')
    if (fake.forbidden) return { status: 403, body: '' }
    if (path === '/account') return { body: { id: 1, uid: 'a1', name: 'Acme MSP' } }
    if (path === '/account/sites') return { body: listed(asked, 'sites', fake.sites) }
    if (path === '/account/devices') return { body: listed(asked, 'devices', fake.devices) }
    const [, kind, uid, list] = path.split('/')
    if (kind === 'site' && fake.sites.some((site) => site.uid === uid)) {
      if (list === 'devices')
        return {
          body: listed(
            asked,
            list,
            fake.devices.filter((one) => one.siteUid === uid),
          ),
        }
      if (list === 'alerts')
        return { body: listed(asked, list, fake.alerts.filter((one) => one.siteUid === uid).map(alert)) }
    }
    if (path === '/account/alerts/open') return { body: listed(asked, 'alerts', fake.alerts.map(alert)) }
    return { status: 404, body: '' }
  }

  const alert = ({ siteUid, deviceUid, ...one }: FakeDatto['alerts'][number]) => ({
    ...{ ...one, resolved: false, muted: false, ticketNumber: null, timestamp: 1_768_205_400_000 },
    alertSourceInfo: { deviceUid, deviceName: 'SRV-OLD', siteUid, siteName: 'Dataforth' },
  })

  function token({ headers, body }: Asked): Reply {
    const asked = body as Record<string, string>
    const isClient = headers.authorization === `Basic ${Buffer.from('public-client:public').toString('base64')}`
    if (!isClient || asked.grant_type !== 'password' || asked.username !== fake.key || asked.password !== fake.secret)
      return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad credentials' } }
    const made = `CANARY-token-${++serial}`
    fake.tokens.add(made)
    return { body: { access_token: made, token_type: 'bearer', expires_in: 359_999 } }
  }

  function listed(asked: Asked, name: string, rows: readonly unknown[]): unknown {
    const page = Number(asked.query.get('page') ?? 0)
    const isLast = (page + 1) * fake.pageSize >= rows.length
    const next = fake.spoofedNext ?? `${fake.url}${asked.path}?page=${fake.circles ? 0 : page + 1}`
    const pageDetails = {
      count: rows.length,
      totalCount: rows.length,
      prevPageUrl: null,
      nextPageUrl: isLast && !fake.circles ? null : next,
    }
    return { pageDetails, [name]: pieceOf(rows, page + 1, fake.pageSize) }
  }

  return fake
}
