import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, constants, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import type { TestProject } from 'vitest/node'
import { skipReason } from './skips.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `mariadb://user:password@127.0.0.1:port` of an account that may create databases; undefined where there is no server. */
    mariadbUrl: string | undefined
  }
}

const START_LIMIT_MS = 120_000

// Durability and size are of no use to a server that lives for one test run.
const FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-log-file-size=8M',
  '--innodb-buffer-pool-size=64M',
  '--sync-binlog=0',
  '--skip-log-bin',
  '--sync-frm=0',
  '--performance-schema=OFF',
  '--max-connections=400',
]

// Lives as long as its standard input, the pipe to this process: however the test run ends, the server and its folder
// go. Ctrl-C reaches the whole process group, hence the trap.
const KEEPER =
  'trap "" INT HUP TERM; folder=$1; shift; "$@" >"$folder/log" 2>&1 & cat >/dev/null; kill -9 $!; wait; rm -rf "$folder"'

/** Vitest's global set-up: a throw-away MariaDB server for the whole run, or the one that MSP_TEST_MARIADB_URL names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.MSP_TEST_MARIADB_URL
  if (given) {
    project.provide('mariadbUrl', given)
    return async () => undefined
  }
  const programs = process.env.MSP_TEST_DATABASES === 'sqlite' ? 'MSP_TEST_DATABASES leaves it out' : findPrograms()
  if (typeof programs === 'string') {
    skipReason('tests on MariaDB', programs)
    project.provide('mariadbUrl', undefined)
    return async () => undefined
  }
  const server = await startMariadb(programs)
  project.provide('mariadbUrl', server.url)
  return server.stop
}

interface Programs {
  readonly server: string
  readonly install: string
}

/** The two programs of a MariaDB server, or the reason why they cannot be used. */
function findPrograms(): Programs | string {
  if (process.platform === 'win32')
    return 'a throw-away MariaDB server is not started on Windows; set MSP_TEST_MARIADB_URL'
  const server = find('mariadbd')
  const install = find('mariadb-install-db')
  if (server && install) return { server, install }
  return `there is no ${server ? 'mariadb-install-db' : 'mariadbd'} on this machine; install mariadb-server or set MSP_TEST_MARIADB_URL`
}

function find(program: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin']
  return folders.map((folder) => join(folder, program)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // Not there or not ours to run: for the search both mean "look further".
  }
}

/** Starts a server on a new folder and a free loopback port. `stop` ends it and removes the folder. */
async function startMariadb(programs: Programs): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'msp-mariadb-'))
  try {
    const data = join(folder, 'data')
    const password = randomBytes(12).toString('hex')
    await initialise(programs.install, data)
    const port = await freePort()
    const keeper = launch(programs.server, { folder, data, port, password })
    const url = `mariadb://claudetools:${password}@127.0.0.1:${port}`
    const stop = () => stopped(keeper)
    await answering(url, join(folder, 'log')).catch(async (error: unknown) => {
      await stop()
      throw error
    })
    return { url, stop }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Writes the system tables. `--no-defaults`: nothing of the machine's own server may leak in. */
async function initialise(program: string, data: string): Promise<void> {
  const only = ['--skip-test-db', '--skip-name-resolve', '--auth-root-authentication-method=normal']
  const user = `--user=${userInfo().username}`
  await promisify(execFile)(program, ['--no-defaults', `--datadir=${data}`, user, ...only, ...FAST])
}

function launch(program: string, on: { folder: string; data: string; port: number; password: string }): ChildProcess {
  const account = `'claudetools'@'127.0.0.1'`
  const init = join(on.folder, 'init.sql')
  // One statement a line: mariadbd reads the file that way. It runs before the port is open.
  writeFileSync(
    init,
    `CREATE USER ${account} IDENTIFIED BY '${on.password}';\nGRANT ALL ON *.* TO ${account} WITH GRANT OPTION;\n`,
    { mode: 0o600 },
  )
  const options = [
    '--no-defaults',
    // As root mariadbd refuses to start unless it is told which user to be.
    `--user=${userInfo().username}`,
    `--datadir=${on.data}`,
    // Of its own: somebody may clean the shared one.
    `--tmpdir=${on.folder}`,
    `--port=${on.port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    `--socket=${join(on.folder, 'socket')}`,
    `--pid-file=${join(on.folder, 'pid')}`,
    `--init-file=${init}`,
    ...FAST,
  ]
  return spawn('sh', ['-c', KEEPER, 'keeper', on.folder, program, ...options], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
}

/** A port nobody listens on now. Somebody may take it in between; mariadbd then says so in its log. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port on 127.0.0.1.')
  return address.port
}

async function answering(url: string, log: string): Promise<void> {
  const until = Date.now() + START_LIMIT_MS
  for (;;) {
    try {
      const connection = await createConnection(url.replace('mariadb:', 'mysql:'))
      return await connection.end()
    } catch (error) {
      const said = readFileSync(log, { encoding: 'utf8', flag: 'a+' })
      if (Date.now() > until || said.includes('[ERROR] Aborting')) {
        throw new Error(`The throw-away MariaDB server did not start. Its log ends:\n${said.slice(-1500)}`, {
          cause: error,
        })
      }
      await sleep(25)
    }
  }
}

async function stopped(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null) return
  const exited = new Promise((resolve) => keeper.once('exit', resolve))
  keeper.stdin?.end()
  await exited
}
