import { basename } from 'node:path'
import { isOutage } from '../api/errors.ts'
import { MODE_DEADLINE_MS } from './delivery.ts'
import type { Surroundings, Target } from './mode-target.ts'
import type { Wish } from './mode-words.ts'
import { ambiguous } from './names.ts'
import { EXIT, Failure, usage } from './output.ts'
import type { World } from './world.ts'

/**
 * Finds the project of `/dev`: the one that was named, else the one of the repository. A repository that no project knows yet is
 * adopted; a name alone never makes a project, because it may be mistyped.
 *
 * @throws Failure with the candidates when the name is unknown or means several
 */
export async function devTarget(world: World, wish: Wish, { git }: Surroundings): Promise<Target> {
  const text = wish.words.join(' ') || wish.project
  const name = text || (git.root === undefined ? null : repositoryName(git.remote ?? git.root))
  if (name === null)
    throw usage(
      'For which project? There is no repository here. Type its name, as in: /dev claudetools. Nothing was changed.',
    )
  const base = { client: null, ticket: wish.ticket, found: text ? null : 'the repository here', offline: null }
  try {
    return { ...base, project: await projectOnServer(world, name, Boolean(text), git) }
  } catch (error) {
    if (!isOutage(error)) throw error
    return { ...base, project: { id: null, name: name.slice(0, 200) }, offline: error }
  }
}

async function projectOnServer(world: World, name: string, isNamed: boolean, git: Surroundings['git']) {
  const remote = git.remote === undefined ? {} : { git_remote: git.remote.slice(0, 2_000) }
  const { project, candidates } = await world.api.projects.resolve(
    isNamed ? { text: name } : { text: name, ...remote },
    { deadlineMs: MODE_DEADLINE_MS },
  )
  if (project !== null) return { id: project.id, name: project.name }
  if (isNamed && candidates.length > 0) throw ambiguous(name, candidates)
  if (isNamed && git.root === undefined) throw unknown(name)
  const adopted = await world.api.projects.adopt({ name: name.slice(0, 200), ...remote })
  return { id: adopted.id, name: adopted.name }
}

const unknown = (name: string): Failure =>
  new Failure(
    EXIT.notFound,
    `There is no project "${name}", and no repository here to make it from. See them with: msp project list. Nothing was changed.`,
  )

/** `git@host:acme/site.git` and `/home/ana/site` are both `site`. */
export function repositoryName(path: string): string {
  return basename(
    path
      .replace(/[\\/]+$/, '')
      .replaceAll('\\', '/')
      .replace(/\.git$/, '')
      .replace(/^.*:(?!\/)/, '/'),
  )
}
