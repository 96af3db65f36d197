import { type FakeVendor, fakeVendor } from './server.ts'

/**
 * A workflow of Microsoft Teams that waits for a webhook. It stands on these facts:
 * - the address with its query is the secret, and its order matters to the signature; a wrong `sig` is a 401
 * - the body is `{type: "message", attachments: [card]}`; anything else is a 400 `{"error": {"code", "message"}}`
 * - a deleted or disabled workflow is a 404, one that lets in only others a 403
 * - it answers 202 with an empty body and `x-ms-workflow-run-id`: accepted, not posted
 */
export interface FakeTeams extends FakeVendor {
  /** Where it listens, the signature included. */
  address: string
  signature: string
  /** The workflow lets in only others. */
  forbidden: boolean
  /** The workflow was deleted. */
  gone: boolean
  posted: unknown[]
}

export async function fakeTeams({ signature = 'CANARY-sig' } = {}): Promise<FakeTeams> {
  let serial = 0
  const vendor = await fakeVendor((asked) => {
    if (asked.query.get('sig') !== fake.signature)
      return { status: 401, body: { error: { code: 'Unauthorized', message: 'x' } } }
    if (fake.gone) return { status: 404, body: { error: { code: 'WorkflowNotFound', message: 'x' } } }
    if (fake.forbidden) return { status: 403, body: { error: { code: 'Forbidden', message: 'x' } } }
    const { type, attachments } = asked.body as { type?: string; attachments?: unknown[] }
    if (type !== 'message' || !Array.isArray(attachments))
      return {
        status: 400,
        body: { error: { code: 'TriggerInputSchemaMismatch', message: 'The input body is wrong.' } },
      }
    fake.posted.push(asked.body)
    return { status: 202, headers: { 'x-ms-workflow-run-id': `run-${++serial}` } }
  })
  const query = `api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${signature}`
  const address = `${vendor.url}/powerautomate/automations/direct/workflows/w1/triggers/manual/paths/invoke?${query}`
  const fake: FakeTeams = { ...vendor, address, signature, forbidden: false, gone: false, posted: [] }
  return fake
}
