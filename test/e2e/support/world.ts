import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clientPath } from './available.ts'
import { type Home, type HomeOptions, makeHome, type Surroundings } from './home.ts'
import { type Model, startModel } from './model.ts'
import { openNamespace } from './namespace.ts'
import { reachable } from './outside.ts'
import { launch, type Running } from './processes.ts'
import { type ServerOptions, startServer, type WorldServer } from './server.ts'
import './matchers.ts'

/** The root of this repository: the plugin folder, once built. */
export const repoRoot = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '')

// Nothing else listens in an empty namespace, so ports can be fixed, which makes a server that comes back come back to the same place.
const MODEL_PORT = 8001
const SERVER_PORT = 8787

/** Long enough for any test; the world's end ends the server. */
const SERVER_LIFE_MS = 600_000

/** A closed world: a scripted model, our server and technicians' machines on a network with no way out. Its end kills all that runs in it. */
export interface World extends AsyncDisposable {
  readonly model: Model
  /** A folder of its own, removed at the end unless `MSP_TEST_KEEP` is set. */
  readonly dir: string
  home(options: HomeOptions): Promise<Home>
  startServer(options?: ServerOptions): Promise<WorldServer>
  /** Lets programs in it reach a server of the test's own process. @returns its address inside */
  reach(url: string): Promise<string>
}

/**
 * Makes a world. Use it inside `describeWithClient`:
 *
 * ```ts
 * await using world = await createWorld()
 * const server = await world.startServer()
 * const laptop = await world.home({ hostname: 'ANA-LT1', plugin: repoRoot })
 * world.model.script([turn({ tail: 'do it', reply: tool('Bash', { command: 'uname -a' }) })])
 *
 * const run = await laptop.claude({ prompt: 'do it' })
 *
 * expect(world.model.requests.main.at(-1)).toContainText('Linux')
 * ```
 */
export async function createWorld(): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), 'msp-e2e-'))
  const sockets = { model: join(dir, 'model.sock'), server: join(dir, 'server.sock') }
  const running: Running[] = []
  const model = await startModel({ socket: sockets.model, recordFile: join(dir, 'requests.jsonl') })
  const namespace = await openNamespace()
  await namespace.join(MODEL_PORT, sockets.model)
  await namespace.join(sockets.server, SERVER_PORT)

  const surroundings: Surroundings = {
    namespace,
    root: dir,
    claude: clientPath(),
    bin: join(repoRoot, 'bin'),
    modelUrl: `http://127.0.0.1:${MODEL_PORT}`,
    serverUrl: `http://127.0.0.1:${SERVER_PORT}`,
    started: (program) => void running.push(program),
  }
  return {
    model,
    dir,
    home: (options) => makeHome(surroundings, options),
    reach: (url) => reachable(namespace, dir, url),
    startServer: (options) => serverIn(surroundings, sockets.server, options),
    async [Symbol.asyncDispose]() {
      await namespace[Symbol.asyncDispose]()
      await Promise.allSettled(running.map((program) => program.finished))
      await model[Symbol.asyncDispose]()
      if (!process.env.MSP_TEST_KEEP) await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function serverIn(world: Surroundings, socket: string, options: ServerOptions = {}): Promise<WorldServer> {
  const home = join(world.root, 'server')
  await mkdir(home, { recursive: true })
  const env = {
    HOME: home,
    MSP_HOME: home,
    MSP_HOST: '127.0.0.1',
    MSP_PORT: `${SERVER_PORT}`,
    PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
    ...options.env,
  }
  const program = options.command ?? [process.execPath, join(repoRoot, 'dist/server.js'), 'serve']
  const command = world.namespace.entering(program, 'MSP-SERVER', home)
  const run = () => {
    const life = launch('the server', { command, env, timeoutMs: SERVER_LIFE_MS })
    world.started(life)
    return life
  }
  return startServer({ url: world.serverUrl, socket, run }, options)
}
