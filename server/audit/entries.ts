import { hkdfSync } from 'node:crypto'
import { knownIn } from '../../src/redact/known.ts'
import { type FingerprintKey, redact } from '../../src/redact/redact.ts'
import type { Context } from '../context.ts'
import { mapTexts } from '../redaction/leaves.ts'
import type { KnownSecrets } from '../vault/vault.ts'
import type { Prepared } from './append.ts'
import type { CallEntry, CredentialEntry } from './audit.ts'
import type { Draft } from './chain.ts'
import { bodyHash, bodyOf, lineOf } from './text.ts'

/** Who acts, and in which request; without one it is the server itself. */
export type Acting = Pick<Context, 'caller' | 'origin'> & { requestId: string | null }

/** Makes entries of what happened: who, from where, when; without secrets, and every text in one line. */
export interface Entries {
  /** @param known what the vault keeps for the client: it stands in no entry, whatever people write */
  credential(acting: Acting, entry: CredentialEntry, known?: KnownSecrets): Prepared & { id: string; chain: string }
  call(acting: Acting, entry: CallEntry): Prepared & { chain: string }
}

const MOST_AGENTS = 500

/** @param pepper what the fingerprints in the place of secrets are derived from */
export function createEntries(clock: () => Date, newId: () => string, pepper: Uint8Array): Entries {
  let derived: Uint8Array | undefined
  const key: FingerprintKey = () => {
    derived ??= new Uint8Array(hkdfSync('sha256', pepper, new Uint8Array(), 'claudetools audit marks', 32))
    return derived
  }
  const line = (text: string | null | undefined, max: number) =>
    text === null || text === undefined ? null : lineOf(text, max, key)
  // Few programs call, and often.
  const agents = new Map<string, string>()
  const userAgent = (text: string | null) => {
    if (text === null) return null
    const known = agents.get(text)
    if (known !== undefined) return known
    const kept = lineOf(text, 500, key)
    if (agents.size >= MOST_AGENTS) agents.clear()
    agents.set(text, kept)
    return kept
  }

  function common({ caller, origin, requestId }: Acting, body: string | null): Draft {
    const now = clock().toISOString()
    const userId = caller.userId === '' ? null : caller.userId
    return {
      ...{ id: newId(), created_at: now, updated_at: now, occurred_at: now },
      ...{ created_by: userId, updated_by: userId, archived_at: null, row_version: 1 },
      actor_user_id: userId,
      actor_kind: kindOf(caller, requestId),
      api_key_id: caller.apiKeyId ?? null,
      agent_id: line(caller.agent?.id, 100),
      agent_type: line(caller.agent?.type, 200),
      session_id: caller.agent?.sessionId ?? null,
      machine_id: caller.machineId ?? null,
      ip: origin.ip,
      user_agent: userAgent(origin.userAgent),
      request_id: requestId,
      body_hash: body === null ? null : bodyHash(body),
    }
  }

  const bodyFrom = (details: Record<string, unknown> | undefined) =>
    details === undefined ? null : bodyOf(details, key)

  return {
    credential(acting, told, known) {
      const entry = known ? withoutKnown(told, known, key) : told
      const body = bodyFrom(entry.details)
      const draft = common(acting, body)
      return {
        id: draft.id as string,
        chain: entry.clientId === null ? 'system' : `client:${entry.clientId}`,
        body,
        draft: {
          ...draft,
          client_id: entry.clientId,
          credential_id: entry.credentialId,
          credential_label: line(entry.label, 200),
          version_no: entry.versionNo ?? null,
          action: entry.action,
          outcome: entry.outcome,
          intent_id: entry.intentId ?? null,
          work_item_id: entry.workItemId ?? null,
          purpose: line(entry.purpose, 2_000),
          ticket_ref: line(entry.ticketRef, 100),
        },
      }
    },
    call(acting, entry) {
      const body = bodyFrom(entry.details)
      return {
        chain: chainOfCall(entry),
        body,
        draft: {
          ...common(acting, body),
          ...(entry.actorUserId === undefined ? {} : { actor_user_id: entry.actorUserId }),
          client_id: entry.client_id ?? null,
          direction: entry.direction ?? 'in',
          action: entry.action,
          integration_id: entry.integration_id ?? null,
          method: entry.method,
          path_template: entry.path_template,
          entity_type: entry.entity_type ?? null,
          entity_id: entry.entity_id ?? null,
          status_code: entry.status_code ?? null,
          error_code: entry.error_code ?? null,
          rate_limited: entry.rate_limited ? 1 : 0,
          duration_ms: entry.duration_ms ?? null,
          request_bytes: entry.request_bytes ?? null,
          response_bytes: entry.response_bytes ?? null,
        },
      }
    },
  }
}

const withoutKnown = (entry: CredentialEntry, known: KnownSecrets, key: FingerprintKey): CredentialEntry =>
  mapTexts(entry, (text) => {
    const found = knownIn(text, known)
    return found.length === 0 ? text : redact(text, key, { known: (other) => knownIn(other, known) }).text
  }) as CredentialEntry

function kindOf(caller: Context['caller'], requestId: string | null): string {
  if (caller.agent) return 'agent'
  if (caller.apiKeyId) return 'api_key'
  return caller.userId === '' && requestId === null ? 'system' : 'human'
}

/** The server itself. */
export const OURSELVES: Acting = {
  caller: {
    ...{ userId: '', loginId: '', email: '', name: '', role: 'viewer', scopes: [], allClients: false },
    loginExpiresAt: '',
  },
  origin: { ip: null, userAgent: null },
  requestId: null,
}

/** One per client, one for signing in, one for the rest. What was refused may name a client that there is not: it makes no chain. */
function chainOfCall({ client_id, entity_type, status_code }: CallEntry): string {
  if (client_id && (status_code ?? 0) < 400) return `client:${client_id}`
  return entity_type === 'auth' ? 'auth' : 'system'
}
