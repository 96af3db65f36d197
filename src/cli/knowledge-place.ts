import { readSession } from '../sessions.ts'
import { getClient, getProject } from './names.ts'
import type { World } from './world.ts'

export interface PlaceOptions {
  client?: string
  project?: string
}

/** Whose something is that is written down: both null for nobody's. */
export interface KnowledgePlace {
  client_id: string | null
  project_id: string | null
}

/** For whom: who was named, else what this Claude Code session works for, else nobody. */
export async function placeFor(world: World, { client, project }: PlaceOptions): Promise<KnowledgePlace> {
  if (project !== undefined) {
    const found = await getProject(world, project)
    return { client_id: found.client_id, project_id: found.id }
  }
  if (client !== undefined) return { client_id: (await getClient(world, client)).id, project_id: null }
  const id = world.sessionIdIfAny()
  const session = id === null ? undefined : readSession(world.settings.paths, id)
  if (!session?.open || session.client === null) return { client_id: null, project_id: null }
  // A client that was typed without a server has only its name yet; what is for it must not become nobody's.
  const client_id = session.client.id ?? (await getClient(world, session.client.name)).id
  return { client_id, project_id: session.project?.id ?? null }
}
