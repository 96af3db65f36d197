import { oneLine } from '../recall/clean.ts'
import { shortId, table } from './layout.ts'
import { clientFilter, getClient } from './names.ts'
import { choice, count, given } from './options.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

const KINDS = ['client_project', 'internal_product', 'infrastructure', 'maintenance', 'migration'] as const

interface AddOptions {
  client: string
  code?: string
  kind?: string
  repo?: string
}

/** `msp project list|add`. */
export const addProjects: AddVerbs = (program, world) => {
  const project = program.command('project').description('projects of clients and of our own')
  project
    .command('list')
    .description('projects')
    .option('--client <client>', 'of this client only')
    .option('--limit <number>', 'at most so many, up to 200', '50')
    .addHelpText('after', example('msp project list --client Dataforth'))
    .action((options: { client?: string; limit?: string }) => list(world, options))
  project
    .command('add')
    .description('create a project')
    .argument('<name>', 'its name')
    .requiredOption('--client <client>', 'whose project it is')
    .option('--code <code>', '2 to 10 capital letters or digits')
    .option('--kind <kind>', KINDS.join(', '))
    .option('--repo <url>', 'its repository')
    .addHelpText('after', example('msp project add "Firewall migration" --client Dataforth'))
    .action((name: string, options: AddOptions) => add(world, name, options))
}

async function list(world: World, options: { client?: string; limit?: string }): Promise<void> {
  const page = await world.api.projects.list({
    ...(await clientFilter(world, options.client)),
    limit: count('--limit', options.limit ?? '50', 200),
  })
  const rows = page.items.map((one) => [
    shortId(one.id),
    one.code ?? '',
    oneLine(one.name, 60),
    one.status,
    one.git_remote_fingerprint ?? '',
  ])
  world.output.show(
    page,
    rows.length === 0 ? 'No projects.' : table(['id', 'code', 'name', 'status', 'repository'], rows),
  )
}

async function add(world: World, name: string, options: AddOptions): Promise<void> {
  const client = await getClient(world, options.client)
  const project = await world.api.projects.create({
    client_id: client.id,
    name,
    ...given({
      code: options.code,
      kind: options.kind === undefined ? undefined : choice('--kind', options.kind, KINDS),
      repo_url: options.repo,
    }),
  })
  world.output.show(project, `✓ Project ${project.name} of ${client.name} created (${shortId(project.id)}).`)
}
