import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A place with a loopback interface and nothing else, and processes of its own. Closing it kills every process in it. */
export interface Namespace extends AsyncDisposable {
  /** The command line that runs `command` inside, in a session of its own, under a host name of its own. */
  entering(command: readonly string[], hostname: string, cwd: string): string[]
  /** Joins a loopback port inside (number) to a Unix socket (path), either way round. Resolves when it listens. */
  join(listen: number | string, to: number | string): Promise<void>
}

const SPACES = ['--net', '--pid', '--fork', '--mount-proc', '--kill-child']

/** Entered by each program: names the machine, goes to its folder, becomes the program. */
const ARRIVE = 'hostname "$1" && cd "$2" && shift 2 && exec "$@"'

/** The flags with which this machine can make a namespace (with root, or as an ordinary user), or why it cannot. */
export function namespaceFlags(): { flags: string[] } | { missing: string } {
  if (process.platform !== 'linux') return { missing: 'network namespaces need Linux' }
  for (const tool of ['unshare', 'nsenter', 'setsid', 'ip', 'hostname', 'script', 'stty']) {
    if (spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0) {
      return { missing: `"${tool}" is not on the PATH (Debian: util-linux, iproute2, bsdutils, hostname, coreutils)` }
    }
  }
  for (const flags of [SPACES, ['--map-root-user', ...SPACES]]) {
    const trial = spawnSync('unshare', [...flags, 'sh', '-c', 'ip link set lo up && unshare --uts hostname trial'])
    if (trial.status === 0) return { flags }
  }
  return { missing: 'this machine does not let "unshare" make a network namespace' }
}

/** Opens a namespace. Throws when `namespaceFlags` finds that none can be had. */
export async function openNamespace(): Promise<Namespace> {
  const found = namespaceFlags()
  if ('missing' in found) throw new Error(`No closed network can be made: ${found.missing}.`)
  const bridge = fileURLToPath(new URL('bridge.ts', import.meta.url))
  // The shell stays process 1, because it reaps orphans: a dead background process must not look alive as a zombie.
  const first = 'ip link set lo up && "$@"; exit'
  const holder = spawn('unshare', [...found.flags, 'sh', '-c', first, 'sh', process.execPath, bridge], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH },
  })
  const gone = new Promise<void>((resolve) => holder.once('exit', () => resolve()))
  const answers = createInterface({ input: holder.stdout })
  const target = `${holder.pid}`

  return {
    entering: (command, hostname, cwd) => [
      ...['nsenter', '--target', target, '--net', '--mount', `--pid=/proc/${target}/ns/pid_for_children`],
      ...(found.flags.includes('--map-root-user') ? ['--user', '--preserve-credentials'] : []),
      ...['--', 'setsid', 'unshare', '--uts', '--', 'sh', '-c', ARRIVE, 'sh', hostname, cwd, ...command],
    ],
    join: (listen, to) =>
      new Promise((resolve, reject) => {
        const ready = JSON.stringify({ listening: listen })
        const heard = (line: string) => {
          if (line !== ready) return
          answers.off('line', heard)
          resolve()
        }
        answers.on('line', heard)
        gone.then(() => reject(new Error(`The closed network ended before it could listen on ${listen}.`)))
        holder.stdin.write(`${JSON.stringify({ listen, to })}\n`)
      }),
    async [Symbol.asyncDispose]() {
      holder.stdin.end()
      holder.kill('SIGKILL')
      await gone
    },
  }
}
