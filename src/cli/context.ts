import { isOutage } from '../api/errors.ts'
import { readBlock, writeBlock } from '../block-cache.ts'
import { type LocalSession, newSession, readSession } from '../sessions.ts'
import { explainedText } from './context-explain.ts'
import { getClient, getProject } from './names.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface ContextOptions {
  client?: string
  project?: string
  budget?: string
  explain?: boolean
}

/** `msp context`. */
export const addContext: AddVerbs = (program, world) => {
  program
    .command('context')
    .description('the context block of this session or of a client, as it is injected at the start of a session')
    .option('--client <client>', 'the client (default: the one of this session)')
    .option('--project <project>', 'the project, instead of a client')
    .option('--budget <tokens>', 'at most so many tokens, 100 to 1500')
    .option('--explain', 'why each line is there, what it costs and what was left out')
    .addHelpText(
      'after',
      example('msp context', 'msp context --client Dataforth --budget 500', 'msp context --client Dataforth --explain'),
    )
    .action((options: ContextOptions) => showContext(world, options))
}

async function showContext(world: World, options: ContextOptions): Promise<void> {
  const { paths, machineId } = world.settings
  const session = await sessionFor(world, options)
  const budget = options.budget === undefined ? {} : { budget: tokens(options.budget) }
  const isNamed = options.client !== undefined || options.project !== undefined
  const running = !isNamed && session.claude_session_id !== ''
  try {
    const block = await world.api.context.get({
      ...budget,
      ...(options.explain ? { explain: true } : {}),
      ...(running ? { claude_session_id: session.claude_session_id } : {}),
      ...(session.client?.id ? { client_id: session.client.id } : {}),
      ...(session.project?.id ? { project_id: session.project.id } : {}),
      ...(machineId ? { machine_id: machineId } : {}),
    })
    if (options.budget === undefined)
      writeBlock(paths.cache, session, { text: block.text, at: world.now().toISOString() })
    const text = block.explanation ? explainedText(block, block.explanation) : block.text
    world.output.show(block, text || 'Nothing is known yet.')
  } catch (error) {
    const cached = isOutage(error) && error.code !== 'UNAUTHENTICATED' ? readBlock(paths.cache, session) : null
    if (cached === null) throw error
    world.output.note(`${(error as Error).message} This is the block of ${cached.at}.`)
    world.output.show({ text: cached.text, cached_at: cached.at }, cached.text || 'Nothing is known yet.')
  }
}

/** For whom: who was named, else what this session works for, else nobody. */
async function sessionFor(world: World, { client, project }: ContextOptions): Promise<LocalSession> {
  const id = world.sessionIdIfAny() ?? ''
  if (client === undefined && project === undefined)
    return (id && readSession(world.settings.paths, id)) || newSession(id)
  const [ofClient, ofProject] = await Promise.all([
    client === undefined ? null : getClient(world, client),
    project === undefined ? null : getProject(world, project),
  ])
  const named = (row: { id: string; name: string } | null) => row && { id: row.id, name: row.name }
  return { ...newSession(id), client: named(ofClient), project: named(ofProject) }
}

function tokens(text: string): number {
  const budget = Number(text)
  if (Number.isInteger(budget) && budget >= 100 && budget <= 1_500) return budget
  throw usage('--budget is a number of tokens from 100 to 1500.')
}
