import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import {
  type ClientOptions,
  type ClientRun,
  clientArguments,
  driveClient,
  type RunningClient,
  sharedArguments,
} from './client.ts'
import { apiKeyOf } from './model-request.ts'
import type { Namespace } from './namespace.ts'
import { type Finished, launch, type Running } from './processes.ts'
import { driveTerminal, onTerminal, type Terminal } from './terminal.ts'

const CLIENT_TIMEOUT_MS = 90_000

export interface HomeOptions {
  /** The name of the technician's machine, e.g. `ANA-LT1`. */
  readonly hostname: string
  /** Folder of the plugin to load; none unless given. */
  readonly plugin?: string
  /** Added to the environment of everything that runs here; `undefined` takes a variable away. */
  readonly env?: NodeJS.ProcessEnv
  /** Folders to put first on the PATH of everything that runs here. */
  readonly path?: readonly string[]
}

export interface ShellOptions {
  readonly input?: string
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly timeoutMs?: number
}

/** A technician's machine: a host name, a HOME with the client's and our own files, and a project folder. */
export interface Home {
  readonly hostname: string
  /** HOME. */
  readonly dir: string
  /** CLAUDE_CONFIG_DIR. */
  readonly configDir: string
  /** MSP_HOME. */
  readonly mspHome: string
  /** Where the client runs unless a run says otherwise. */
  readonly projectDir: string
  /** Runs `claude -p` to its end. */
  claude(options: ClientOptions): Promise<ClientRun>
  /** Starts `claude -p`, for a test that does something meanwhile. */
  start(options: ClientOptions): RunningClient
  /** Starts an interactive client; it waits for keys. */
  terminal(
    options?: Pick<ClientOptions, 'resume' | 'permissionMode' | 'args' | 'env' | 'cwd' | 'timeoutMs'>,
  ): Promise<Terminal>
  /** Runs the client with these arguments only, e.g. `['plugin', 'validate', '--strict', dir]`. */
  client(args: readonly string[], options?: ShellOptions): Promise<Finished>
  /** Runs a shell line; our own `bin/` is on the PATH, so that `msp …` works. */
  sh(line: string, options?: ShellOptions): Promise<Finished>
  /** The lines of a session's transcript, or none when the client has written none. */
  transcript(sessionId: string): Promise<Record<string, unknown>[]>
}

/** What a world gives its homes. */
export interface Surroundings {
  readonly namespace: Namespace
  readonly root: string
  readonly claude: string
  /** Our own `bin/`. */
  readonly bin: string
  readonly modelUrl: string
  readonly serverUrl: string
  /** Told of everything started, so that the world can wait for its end. */
  readonly started: (running: Running) => void
}

/** Makes the folders of a home and seeds what a first interactive start would stop to ask. */
export async function makeHome(world: Surroundings, options: HomeOptions): Promise<Home> {
  const { hostname, plugin } = options
  const places = placesOf(join(world.root, hostname))
  for (const dir of Object.values(places)) await mkdir(dir, { recursive: true })
  const environment = homeEnvironment(world, options, places)
  await seedConfig(places, apiKeyOf(hostname))

  const run = (what: string, command: readonly string[], { env, cwd, timeoutMs }: ShellOptions): Running => {
    const inside = world.namespace.entering(command, hostname, cwd ?? places.projectDir)
    const running = launch(what, {
      command: inside,
      env: { ...environment, ...env },
      timeoutMs: timeoutMs ?? CLIENT_TIMEOUT_MS,
    })
    world.started(running)
    return running
  }
  const toEnd = (what: string, command: readonly string[], given: ShellOptions): Promise<Finished> => {
    const running = run(what, command, given)
    running.write(given.input ?? '')
    running.endInput()
    return running.finished
  }
  const start = (given: ClientOptions): RunningClient =>
    driveClient(run('claude -p', [world.claude, ...clientArguments(given, plugin)], given), given)

  return {
    hostname,
    ...places,
    start,
    claude: (given) => start(given).finished,
    terminal: async (given = {}) => {
      const command = onTerminal([world.claude, ...sharedArguments(given, plugin)])
      return driveTerminal(
        run('claude on a terminal', command, { ...given, env: { TERM: 'xterm-256color', ...given.env } }),
      )
    },
    client: (args, given = {}) => toEnd(`claude ${args.join(' ')}`, [world.claude, ...args], given),
    sh: (line, given = {}) => {
      const PATH = [world.bin, environment.PATH].join(delimiter)
      return toEnd(line, ['sh', '-c', line], { ...given, env: { PATH, ...given.env } })
    },
    transcript: (sessionId) => readTranscript(places.configDir, sessionId),
  }
}

type Places = Pick<Home, 'dir' | 'configDir' | 'mspHome' | 'projectDir'> & { temporaryDir: string }

function placesOf(machine: string): Places {
  const dir = join(machine, 'home')
  return {
    dir,
    configDir: join(dir, '.claude'),
    mspHome: join(dir, '.claudetools'),
    projectDir: join(machine, 'project'),
    temporaryDir: join(machine, 'tmp'),
  }
}

/** Nothing of the tester's own environment comes in. */
function homeEnvironment(
  world: Surroundings,
  { hostname, path = [], env }: HomeOptions,
  places: Places,
): NodeJS.ProcessEnv {
  const system = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/sbin', '/sbin']
  return {
    HOME: places.dir,
    CLAUDE_CONFIG_DIR: places.configDir,
    MSP_HOME: places.mspHome,
    // Not that of whoever runs the tests.
    MSP_KEYCHAIN: 'off',
    MSP_API_URL: world.serverUrl,
    PATH: [...path, dirname(world.claude), dirname(process.execPath), ...system].join(delimiter),
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    TMPDIR: places.temporaryDir,
    // The client does not ask TMPDIR, and refuses a folder in /tmp that another user made.
    CLAUDE_CODE_TMPDIR: places.temporaryDir,
    SHELL: '/bin/bash',
    ANTHROPIC_BASE_URL: world.modelUrl,
    ANTHROPIC_API_KEY: apiKeyOf(hostname),
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_TELEMETRY: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_ERROR_REPORTING: '1',
    // Without it the client refuses to bypass permissions as root.
    IS_SANDBOX: '1',
    ...env,
  }
}

async function seedConfig({ configDir, projectDir }: Places, apiKey: string): Promise<void> {
  const accepted = {
    hasCompletedOnboarding: true,
    lastOnboardingVersion: '99.0.0',
    theme: 'dark',
    bypassPermissionsModeAccepted: true,
    // The client remembers an accepted key by its last 20 characters.
    customApiKeyResponses: { approved: [apiKey.slice(-20)], rejected: [] },
    projects: { [projectDir]: { hasTrustDialogAccepted: true, hasCompletedProjectOnboarding: true, allowedTools: [] } },
  }
  await writeFile(join(configDir, '.claude.json'), JSON.stringify(accepted))
}

async function readTranscript(configDir: string, sessionId: string): Promise<Record<string, unknown>[]> {
  const files = await readdir(join(configDir, 'projects'), { recursive: true })
  const file = files.find((name) => name.endsWith(`/${sessionId}.jsonl`))
  if (file === undefined) return []
  const lines = (await readFile(join(configDir, 'projects', file), 'utf8')).split('\n')
  return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Record<string, unknown>)
}
