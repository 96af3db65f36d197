import { z } from 'zod'
import { type Account, secretOf } from '../account.ts'
import { misconfigured, VendorError } from '../errors.ts'
import { type VendorRules, vendorLimit } from '../transport/rules.ts'
import { createSend, mustBeAllowed } from '../transport/send.ts'

/** Microsoft Teams by a workflow that waits for a webhook. Its whole address is the secret: who has it can post. */

const KINDS = ['webhook_url'] as const
/** The table of the connectors before it, as our own ceiling. */
const LIMITS = [vendorLimit('teams-second', 4, 1_000), vendorLimit('teams-hour', 100, 3_600_000)]

export const rules: VendorRules = {
  hosts: /\.environment\.api\.powerplatform\.com$/,
  basePath: '',
  baseUrl: () => 'https://default.environment.api.powerplatform.com',
  limits: ({ integration }) => LIMITS.map((limit) => ({ limit, who: integration.id })),
  signIn: async () => ({}),
  errorOf: ({ status, headers }) => {
    const refused = (why: string) => new VendorError('auth_failed', `Teams ${why} Store the new one.`, { status })
    if (status === 401) return refused('refuses the address: its signature was renewed.')
    // The address is the credential: without its workflow it is none any more.
    if (status === 404) return refused('has no workflow at this address any more: it was deleted or switched off.')
    // It answers with nothing, or JSON: a page is of something that stands between.
    if (status < 300 && /html/i.test(headers['content-type'] ?? ''))
      return new VendorError('malformed', 'A web page answered instead of Teams. Was the card posted? Look there.', {
        status,
      })
    return undefined
  },
}

/** @returns the run of the workflow; that it was accepted does not say that it was posted */
export async function post(account: Account, card: unknown): Promise<string | null> {
  const address = secretOf(await account.signIn(KINDS), 'webhook_url', 'url', 'token', 'password')
  if (!URL.canParse(address)) throw misconfigured(`The credential of ${account.integration.name} is no address.`)
  const send = createSend(account, rules)
  const answer = await send({ method: 'POST', path: '/workflow', url: address, json: card }, z.unknown())
  return answer.headers['x-ms-workflow-run-id'] ?? null
}

/** Looks at the address without posting anything. @throws VendorError */
export async function checkAddress(account: Account): Promise<string> {
  const address = secretOf(await account.signIn(KINDS), 'webhook_url', 'url', 'token', 'password')
  if (!URL.canParse(address)) throw misconfigured(`The credential of ${account.integration.name} is no address.`)
  const url = new URL(address)
  mustBeAllowed(url, rules.hosts, account.integration.name)
  return url.hostname
}
