import { sql } from 'kysely'
import { client, clientAlias, project } from '../../../src/contract/clients.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { canBeId, resolveClient } from '../../crud/find-client.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { foldName, fromStored } from '../../crud/stored.ts'
import { visibleRows } from '../../crud/visibility.ts'
import { checkDefaultAgreement } from '../billing/default-agreement.ts'
import { identifyClients } from './identify.ts'
import { codeFrom, remoteFingerprint } from './rules.ts'

export { contacts, sites } from './places.ts'

type Project = RowOf<typeof project>

export const clients = {
  ...standardHandlers(client),
  create: async (context, input) => {
    await checkDefaultAgreement(context, null, input.default_agreement_id)
    const created = await rows(context, client).insert({
      ...input,
      code: input.code ?? (await freeCode(context, input.name)),
    } as Partial<RowOf<typeof client>>)
    // Who creates a client works for it.
    if (!context.caller.allClients) {
      const grant = {
        user_id: context.caller.userId,
        client_id: created.id,
        level: 'write' as const,
        expires_at: null,
        granted_by: context.caller.userId,
        created_at: created.created_at,
      }
      await context.db.insertInto('user_client_access').values(grant).execute()
    }
    return created
  },
  update: async (context, { id, row_version, ...change }) => {
    const found = await rows(context, client).get(id)
    await checkDefaultAgreement(context, found.id, change.default_agreement_id)
    return rows(context, client).update(found.id, change as Partial<RowOf<typeof client>>, row_version)
  },
  resolve: (context, { text }) => resolveClient(context, text),
  identify: (context, { text }) => identifyClients(context, text),
} satisfies Handlers['clients']

export const clientAliases = standardHandlers(clientAlias) satisfies Handlers['clientAliases']

export const projects = {
  ...standardHandlers(project),
  resolve: async (context, input) => {
    const found = await findProjects(context, input)
    const names = await clientNames(
      context,
      found.map((row) => row.client_id),
    )
    return {
      project: found.length === 1 ? (found[0] as Project) : null,
      candidates: found.map(({ id, name, client_id }) => ({
        id,
        name,
        client_id,
        client_name: names.get(client_id) ?? '',
      })),
    }
  },
  adopt: async (context, { name, git_remote, client_id }) => {
    const [known] = git_remote
      ? await findProjects(context, { git_remote })
      : await findProjects(context, { text: name, client_id })
    if (known && (git_remote || foldName(known.name) === foldName(name))) return known
    const owner = client_id ?? (await internalClient(context))
    const fingerprint = git_remote ? remoteFingerprint(git_remote) : null
    const values = {
      client_id: owner,
      name: await freeName(context, owner, name),
      kind: 'internal_product',
      status: 'active',
      billing_mode: 'non_billable',
      local_paths: {},
      repo_url: null,
      git_remote_fingerprint: fingerprint,
    }
    return rows(context, project).insert(values as Partial<Project>)
  },
} satisfies Handlers['projects']

const INTERNAL = 'Internal'

/** The MSP itself, as the client of its own projects. */
async function internalClient(context: Context): Promise<string> {
  const known = await context.db
    .selectFrom('clients')
    .select('id')
    .where('type', '=', 'internal')
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .executeTakeFirst()
  const id = known?.id ?? (await insertInternal(context))
  await ensureAccess(context, id)
  return id
}

async function insertInternal(context: Context): Promise<string> {
  const values = {
    name: INTERNAL,
    code: await freeCode(context, INTERNAL),
    type: 'internal' as const,
    status: 'active' as const,
    security_level: 'standard' as const,
    compliance: [],
  }
  return (await rows(context, client).insert(values)).id
}

/** Everybody may work on the MSP's own projects. */
async function ensureAccess(context: Context, clientId: string): Promise<void> {
  if (context.caller.allClients) return
  const grant = {
    user_id: context.caller.userId,
    client_id: clientId,
    level: 'write' as const,
    expires_at: null,
    granted_by: null,
    created_at: context.clock().toISOString(),
  }
  await context.db.insertInto('user_client_access').ignore().values(grant).execute()
}

async function findProjects(
  context: Context,
  input: { text?: string | undefined; git_remote?: string | undefined; client_id?: string | undefined },
): Promise<Project[]> {
  const base = context.db
    .selectFrom('projects')
    .selectAll()
    .where('archived_at', 'is', null)
    .where(visibleRows(project, context.caller, context.clock()))
    .$if(input.client_id !== undefined, (query) => query.where('client_id', '=', input.client_id as string))
    .orderBy('name')
    .limit(10)
  const read = (found: unknown[]) => found.map((row) => fromStored(project, row as Record<string, unknown>) as Project)
  if (input.git_remote) {
    const byRemote = await base.where('git_remote_fingerprint', '=', remoteFingerprint(input.git_remote)).execute()
    if (byRemote.length > 0 || !input.text) return read(byRemote)
  }
  if (!input.text) return []
  const key = foldName(input.text)
  const exact = await base
    .where((eb) =>
      eb.or([
        eb('name_key', '=', key),
        eb('code', '=', input.text?.toUpperCase() as string),
        ...(canBeId(input.text as string) ? [eb('id', '=', input.text as string)] : []),
      ]),
    )
    .execute()
  if (exact.length > 0) return read(exact)
  return read(await base.where(sql<boolean>`substr(name_key, 1, ${[...key].length}) = ${key}`).execute())
}

async function clientNames(context: Context, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const found = await context.db.selectFrom('clients').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(found.map((row) => [row.id, row.name]))
}

async function freeCode(context: Context, name: string): Promise<string> {
  const taken = new Set(
    (await context.db.selectFrom('clients').select('code').where('archived_at', 'is', null).execute()).map(
      (row) => row.code,
    ),
  )
  return codeFrom(name, (code) => taken.has(code))
}

async function freeName(context: Context, clientId: string, name: string): Promise<string> {
  const found = await context.db
    .selectFrom('projects')
    .select('name_key')
    .where('client_id', '=', clientId)
    .where('archived_at', 'is', null)
    .execute()
  const taken = new Set(found.map((row) => row.name_key))
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} ${number}`
    if (!taken.has(foldName(candidate))) return candidate
  }
}
