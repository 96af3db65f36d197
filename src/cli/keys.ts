import { ask } from './ask.ts'
import { serverProgram } from './host.ts'
import { counted, facts, table } from './layout.ts'
import { EXIT, Failure } from './output.ts'
import { isUnderClaude } from './person.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface Status {
  key_file: string | null
  master_keys: { id: string; state: string; at_hand: boolean; wraps: number; created_at: string }[]
  vault_keys: { purpose: string; state: string; keys: number; uses: number }[]
}

/** `msp keys status|rotate|stage|promote|rewrap|retire|shred`: on the host of the server. */
export const addKeys: AddVerbs = (program, world) => {
  const keys = program.command('keys').description("the keys of the vault, on the server's host")
  keys
    .command('status')
    .description('which keys there are')
    .addHelpText('after', example('msp keys status --json'))
    .action(async () => {
      const status = (await onHost(world, ['status'])) as Status
      world.output.show(status, statusText(status))
    })
  keys
    .command('rotate')
    .description('change the master key of a single server: stage, promote and rewrap in one go')
    .addHelpText('after', example('msp keys rotate'))
    .action(() =>
      change(
        world,
        ['rotate'],
        ({ from, to, rewrapped }) =>
          `✓ ${to} is in use; ${counted(rewrapped as number, 'key')} wrapped again. ${backup(from)}`,
      ),
    )
  keys
    .command('stage')
    .description('make the next master key in the key file; nothing uses it yet')
    .addHelpText('after', example('msp keys stage'))
    .action(() =>
      change(
        world,
        ['stage'],
        ({ staged, key_file }) =>
          `✓ ${staged} is in ${key_file}. Copy that file to every server, keep a copy of it, then: msp keys promote`,
      ),
    )
  keys
    .command('promote')
    .description('wrap everything new with the staged key; the one before still opens')
    .addHelpText('after', example('msp keys promote'))
    .action(() => change(world, ['promote'], ({ to }) => `✓ ${to} is in use. Next: msp keys rewrap`))
  keys
    .command('rewrap')
    .description('wrap all keys with the master key in use; goes on where it was stopped')
    .addHelpText('after', example('msp keys rewrap'))
    .action(() =>
      change(world, ['rewrap'], ({ rewrapped }) => `✓ ${counted(rewrapped as number, 'key')} wrapped again.`),
    )
  keys
    .command('retire')
    .description('end a master key that wraps nothing any more')
    .argument('<id>', 'as "msp keys status" lists it')
    .addHelpText('after', example('msp keys retire mk_0123456789abcdef01234567'))
    .action((id: string) =>
      change(world, ['retire', id], ({ retired }) => `✓ ${retired} is retired. ${backup(retired)}`),
    )
  keys
    .command('shred')
    .description("destroy a client's keys: its secrets can never be opened again")
    .requiredOption('--client <name>', 'name or id')
    .option('--yes <name>', "the client's name once more, where there is no terminal to type it at")
    .addHelpText('after', example('msp keys shred --client "Acme Ltd"'))
    .action((options: { client: string; yes?: string }) => shred(world, options))
}

const backup = (id: unknown) =>
  `Backups made until now need ${id}: keep its line of the key file as long as you keep them.`

async function shred(world: World, { client, yes }: { client: string; yes?: string }): Promise<void> {
  needPerson(world)
  const question = `This destroys the keys of "${client}". None of its secrets can be opened afterwards, by nobody.\nType the client's whole name to go on: `
  const typed = yes ?? (await ask(question, "Give the client's name once more with --yes NAME."))
  await change(world, ['shred', client, typed], (result) => {
    const { client: named, keys } = result as { client: { name: string }; keys: number }
    return `✓ ${counted(keys, 'key')} of ${named.name} destroyed. Backups from before still open with their master key: let them expire.`
  })
}

async function change(world: World, words: string[], text: (result: Record<string, unknown>) => string): Promise<void> {
  needPerson(world)
  const result = (await onHost(world, words)) as Record<string, unknown>
  world.output.show(result, text(result))
}

/** What is read in a session may ask for anything; keys are changed by a person at a terminal of their own. */
function needPerson({ environment }: World): void {
  if (isUnderClaude({ environment }))
    throw new Failure(
      EXIT.notAllowed,
      "Keys are not changed from within Claude Code. Run it in a terminal of its own on the server's host.",
    )
}

function statusText({ key_file, master_keys, vault_keys }: Status): string {
  const masters = master_keys.map(({ id, state, at_hand, wraps, created_at }) => [
    id,
    state.replace('_', ' '),
    at_hand ? 'yes' : 'no',
    String(wraps),
    created_at.slice(0, 10),
  ])
  const vault = vault_keys.map(({ purpose, state, keys, uses }) => [
    purpose,
    state.replace('_', ' '),
    String(keys),
    String(uses),
  ])
  return [
    facts([['key file', key_file ?? 'none: MSP_MASTER_KEY holds the key']]),
    table(['master key', 'state', 'here', 'wraps', 'made'], masters),
    vault.length === 0 ? 'The vault has no keys yet.' : table(['keys for', 'state', 'number', 'uses'], vault),
  ].join('\n\n')
}

/** Runs the server's program with the server's settings. It prints JSON by the line: progress, and at the end the result. */
async function onHost(world: World, words: readonly string[]): Promise<unknown> {
  const { spawn } = await import('node:child_process')
  const { createInterface } = await import('node:readline')
  const child = spawn(process.execPath, [...serverProgram(), 'keys', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: world.environment,
    windowsHide: true,
  })
  let problem = ''
  child.stderr.on('data', (chunk) => {
    problem += chunk
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  let last: unknown
  for await (const line of createInterface({ input: child.stdout })) {
    last = JSON.parse(line)
    const { progress } = last as { progress?: { done: number; total: number } }
    if (progress) world.output.note(`${progress.done} of ${progress.total} keys wrapped again`)
  }
  if ((await ended) !== 0) throw new Failure(EXIT.failed, problem.trim() || 'The server gave no reason.')
  return last
}
