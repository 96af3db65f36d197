import { credential } from '../../../src/contract/credentials.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { CannotOpenSecret } from '../../crypto/seal.ts'
import { accessTo, type Credential, findCredential } from './access.ts'
import { noteChange, withLevel } from './changes.ts'
import { versionsOf } from './queries.ts'
import { release } from './release.ts'
import { scopeOf } from './rules.ts'
import { codeOf, seedOf } from './seeds.ts'

/** What takes a secret in or lets one out. */
type Secrets = Readonly<Record<string, string>>
type Own = Handlers['credentials']

export const secretHandlers = {
  create: async (context, { secrets, ...input }) => {
    const sound = secrets && soundSecrets(secrets)
    const values = { ...input, scope: scopeOf(input) } as Partial<Credential>
    const made = await rows(context, credential).insert(values)
    if (!sound) {
      await noteChange(context, made, 'create')
      return made
    }
    return keep(context, made, sound, { action: 'create' })
  },
  rotate: async (context, { id, secrets, reason }) => {
    const { credential: found } = await withLevel(context, id, 'edit', 'rotate')
    const sound = soundSecrets(secrets)
    const kept = await othersOf(context, found, sound)
    return keep(context, found, { ...kept, ...sound }, { action: 'rotate', reason })
  },
  use: async (context, { id, ...asked }) => {
    const { plan, secrets } = await release(context, { action: 'use', id, ...asked })
    return { credential: shownOf(plan), secrets }
  },
  reveal: async (context, { id, ...asked }) => {
    const { plan, secrets } = await release(context, { action: 'reveal', id, ...asked })
    return { credential: shownOf(plan), secrets }
  },
  totp: async (context, { id, ...asked }) => {
    const { secrets } = await release(context, { action: 'totp_code', id, fields: ['totp'], ...asked })
    return codeOf(secrets.totp ?? '', context.clock())
  },
  versions: async (context, { id }) => {
    const { credential: found } = await findCredential(context, id)
    const versions = await versionsOf(context, found.id)
    const same = found.current_version_id ? await context.vault.sameSecret(context.db, found.current_version_id) : []
    const items = versions.map(({ id: _, ...version }) => version)
    return { items, same_secret: await knownOf(context, same) }
  },
} satisfies Pick<Own, 'create' | 'rotate' | 'use' | 'reveal' | 'totp' | 'versions'>

type Plan = Awaited<ReturnType<typeof release>>['plan']

const shownOf = ({ credential: { id, name, type, username }, version: { version_no } }: Plan) => ({
  id,
  name,
  type,
  username,
  version_no,
})

/** Those of other credentials that the caller may know of. */
async function knownOf(context: Context, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const known: { id: string; name: string }[] = []
  for (const id of ids) {
    const row = await rows(context, credential).find(id)
    if (row && (await accessTo(context, row))) known.push({ id: row.id, name: row.name })
  }
  return known
}

/** @throws AppError INVALID_INPUT for a seed that is none. */
function soundSecrets(secrets: Secrets): Secrets {
  return secrets.totp === undefined ? secrets : { ...secrets, totp: seedOf(secrets.totp) }
}

interface Kept {
  action: 'create' | 'rotate'
  reason?: string | undefined
}

/** Seals the secrets as the next version and makes it the current one. */
async function keep(
  context: Context,
  found: Credential,
  secrets: Secrets,
  { action, reason }: Kept,
): Promise<Credential> {
  const owner = { credentialId: found.id, clientId: found.client_id }
  const by = context.caller.userId
  const { versionId, versionNo, digest } = await context.vault.store(context.db, owner, secrets, by)
  const now = context.clock().toISOString()
  const changed = await rows(context, credential).update(found.id, {
    current_version_id: versionId,
    has_totp: 'totp' in secrets,
    last_rotated_at: now,
    compromised_at: null,
    compromised_reason: null,
  })
  const details = { digest, fields: Object.keys(secrets).sort() }
  await noteChange(context, changed, action, { details, purpose: reason ?? null, versionNo })
  return changed
}

/**
 * What the version before holds beside the new fields: a new password takes nothing from who needs the one-time codes. What cannot be opened
 * any more is left behind, since a new secret is the way out of that.
 */
async function othersOf(context: Context, found: Credential, given: Secrets): Promise<Secrets> {
  const current = (await versionsOf(context, found.id)).find(({ id }) => id === found.current_version_id)
  const others = current?.fields.filter((field) => !(field in given)) ?? []
  if (!current || others.length === 0) return {}
  try {
    return await context.vault.open(
      context.db,
      { credentialId: found.id, clientId: found.client_id },
      current.id,
      others,
    )
  } catch (error) {
    if (!(error instanceof CannotOpenSecret)) throw error
    await noteChange(context, found, 'decrypt_failed', { outcome: 'error', versionNo: current.version_no })
    return {}
  }
}
