import { readStdin } from './ask.ts'
import { table } from './layout.ts'
import { EXIT, Failure, usage } from './output.ts'
import { isUnderClaude } from './person.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

/** `msp call`: any operation of the API. */
export const addCall: AddVerbs = (program, world) => {
  program
    .command('call')
    .description('call any operation of the API')
    .argument('[operation]', 'as in clients.list')
    .argument('[input]', 'JSON, or - for stdin (default: {})')
    .option('--list', 'list the operations')
    .addHelpText('after', example(`msp call clients.resolve '{"text":"dataf"}'`, 'msp call --list'))
    .action((operation: string | undefined, input: string | undefined, options: { list?: boolean }) =>
      options.list ? listOperations(world) : call(world, operation, input),
    )
}

async function listOperations(world: World): Promise<void> {
  const operations = await readOperations()
  const rows = operations.map(({ name, kind, summary }) => [name, kind === 'query' ? 'reads' : 'writes', summary])
  world.output.show({ items: operations }, table(['operation', '', 'what it does'], rows))
}

async function call(world: World, name: string | undefined, input: string | undefined): Promise<void> {
  if (name === undefined)
    throw usage('Name an operation, as in: msp call clients.list. "msp call --list" shows them all.')
  const operations = await readOperations()
  if (!operations.some((one) => one.name === name)) {
    const domain = name.split('.')[0]
    const near = operations.filter((one) => one.name.startsWith(`${domain}.`)).map((one) => one.name)
    const hint = near.length > 0 ? ` There are: ${near.join(', ')}.` : ' "msp call --list" shows them all.'
    throw new Failure(EXIT.notFound, `There is no operation "${name}".${hint}`)
  }
  refuseToClaude(world, name)
  const text = input === '-' ? await readStdin('Pipe the JSON in.') : (input ?? '{}')
  const answer = await world.api.call(name, parse(text))
  world.output.show(answer, JSON.stringify(answer, null, 2))
}

/** What lets a secret out or in, proves that a person is there, or decides what Claude may do. */
const NOT_FOR_CLAUDE =
  /^(?:credentials\.(?:use|reveal|totp|create|rotate|setPolicy)|auth\.(?:stepUp|agentTokens|resumeAgents)|approvals\.(?:approve|refuse)|credentialPermissions\.(?!list$|get$).*)$/

function refuseToClaude(world: World, name: string): void {
  if (isUnderClaude(world) && NOT_FOR_CLAUDE.test(name))
    throw new Failure(
      EXIT.notAllowed,
      `Claude does not call ${name}. Use "msp cred exec" to use a secret; the rest is for the user, at a terminal of their own.`,
    )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usage(
      `The input is not JSON (${(error as Error).message}). Give it in one pair of quotes, as in '{"limit":5}'.`,
    )
  }
}

/** The contract needs zod, which costs as much as the rest of the start: only this verb loads it. */
async function readOperations() {
  const { everyOperation } = await import('./more.ts')
  return everyOperation().map(([domain, name, { kind, summary, rest, role, scope }]) => ({
    name: `${domain}.${name}`,
    kind,
    summary,
    rest: `${rest.method} /api/v1${rest.path}`,
    role,
    scope,
  }))
}
