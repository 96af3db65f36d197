import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ApiError } from '../api/errors.ts'
import { exposure, loginPath, readLogin } from '../api/login-file.ts'
import { machineKeyPath } from '../api/machine-key.ts'
import { unreachable } from '../api/wire.ts'
import { aged } from '../recall/ages.ts'
import { listSessions } from '../sessions.ts'
import { readSettings, SettingsError } from '../settings.ts'
import { spoolStatus } from '../spool/status.ts'
import { counted } from './layout.ts'
import { packageRoot } from './package-root.ts'
import { probeServer } from './server-probe.ts'
import type { World } from './world.ts'

/** One line of `msp doctor`. `state` null: it could not be looked at, and that is no fault. */
export interface Check {
  name: string
  state: boolean | null
  /** What was found and, when it is wrong, what to do. */
  message: string
}

export const good = (name: string, message: string): Check => ({ name, state: true, message })
export const bad = (name: string, message: string): Check => ({ name, state: false, message })
export const unknown = (name: string, message: string): Check => ({ name, state: null, message })

/** The configuration; everything else needs it. */
export function checkConfig(world: World): Check {
  try {
    const { paths } = readSettings(world.environment)
    return good(
      'configuration',
      existsSync(paths.config) ? paths.config : `${paths.config} is not there; defaults are used`,
    )
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return bad('configuration', error.message)
  }
}

const DEADLINE_MS = 5_000
/** Events are put right by the server; past this the clock itself should be. */
const CLOCK_LIMIT_MS = 2 * 60_000

/** The server and the clock, by one request. */
export async function checkServer(world: World): Promise<Check[]> {
  const { apiUrl } = world.settings
  try {
    const { status, body, aheadMs } = await probeServer(apiUrl, DEADLINE_MS, () => world.now().getTime())
    const server =
      status === 200
        ? good('server', `${apiUrl} is ready`)
        : bad('server', `${apiUrl} is not ready (HTTP ${status}): ${body.slice(0, 300)}`)
    return aheadMs === null ? [server] : [server, clock(aheadMs)]
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError'
    return [bad('server', unreachable(apiUrl, cause, isLate ? DEADLINE_MS : null).message)]
  }
}

function clock(aheadMs: number): Check {
  const seconds = Math.round(Math.abs(aheadMs) / 1_000)
  const off = `${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} the server's`
  if (Math.abs(aheadMs) > CLOCK_LIMIT_MS)
    return bad('clock', `This machine's clock is ${off}. Set it right; times are corrected until then.`)
  return good('clock', seconds <= 2 ? 'agrees with the server' : `is ${off}`)
}

/** The login and this machine's enrolment. */
export async function checkLogin(world: World): Promise<Check[]> {
  const { machineId, paths } = world.settings
  try {
    if (readLogin(paths.auth) === null) return [bad('login', 'Nobody is logged in here. Run "msp login".')]
    const me = await world.api.auth.me({}, { deadlineMs: DEADLINE_MS })
    const login = good('login', `${me.name} (${me.email}, ${me.role}) until ${me.login_expires_at.slice(0, 10)}`)
    return [login, await checkMachine(world, machineId)]
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const isOut = error.code === 'UNREACHABLE' || error.code === 'UNAVAILABLE'
    return [isOut ? unknown('login', 'not looked at: the server does not answer') : bad('login', error.message)]
  }
}

async function checkMachine(world: World, machineId: string | undefined): Promise<Check> {
  const enrol = 'Run "msp machine refresh".'
  if (machineId === undefined) return bad('machine', `This machine is not enrolled. ${enrol}`)
  try {
    const { hostname, archived_at } = await world.api.machines.get({ id: machineId }, { deadlineMs: DEADLINE_MS })
    if (archived_at !== null) return bad('machine', `This machine (${hostname}) was archived. ${enrol}`)
    return good('machine', `enrolled as ${hostname}`)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error
    return bad('machine', `The server does not know this machine. ${enrol}`)
  }
}

/** What waits here and what the server refused. */
export function checkSpool(world: World): Check[] {
  const now = world.now()
  const spool = spoolStatus(world.settings.paths.spool, now.getTime())
  const waiting =
    spool.events === 0
      ? 'nothing waits'
      : `${counted(spool.events, 'event')} wait, the oldest ${aged(spool.oldestAt, now)}`
  const failure = spool.lastFailure === undefined ? '' : `: ${spool.lastFailure.message}`
  const isOld = spool.oldestAt !== undefined && now.getTime() - Date.parse(spool.oldestAt) > 24 * 3_600_000
  const state =
    spool.isNearlyFull || isOld || (failure !== '' && spool.events > 0)
      ? bad('spool', `${waiting}${failure} Send them with "msp spool flush".`)
      : good('spool', waiting)
  if (spool.deadLetters === 0) return [state]
  return [
    state,
    bad(
      'dead letters',
      `${counted(spool.deadLetters, 'event')} refused by the server. Look with "msp spool dead-letter".`,
    ),
  ]
}

/** The plugin's files, and whether its hooks run. */
export function checkPlugin(world: World): Check[] {
  const root = packageRoot()
  const files = [
    'dist/hook.cjs',
    'dist/hook-guard.cjs',
    'dist/hook-record.cjs',
    'dist/hook-session.cjs',
    'dist/hook-background.cjs',
    'hooks/hooks.json',
    '.claude-plugin/plugin.json',
  ]
  const missing = files.filter((file) => !existsSync(join(root, file)))
  const built =
    missing.length === 0
      ? good('plugin', root)
      : bad('plugin', `${missing.join(', ')} missing in ${root}. Run "npm run build" there.`)
  const ran = listSessions(world.settings.paths).length > 0
  const hooks = ran
    ? good('hooks', 'have run on this machine')
    : unknown(
        'hooks',
        'have not run here yet. Start Claude Code; if this stays, install the plugin: "claude plugin install claudetools@claudetools"',
      )
  return [built, hooks]
}

/** The Node that hooks are run with: the first on the PATH. */
export async function checkNode(): Promise<Check> {
  const { versionOf } = await import('./more.ts')
  const version = await versionOf('node')
  if (version === null)
    return bad('hook runtime', 'There is no node on the PATH, and hooks need it. Install Node 20.19 or newer.')
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19))
    return bad('hook runtime', `Node ${version} is too old for the hooks. Install Node 20.19 or newer.`)
  return good('hook runtime', `Node ${version}`)
}

/** Nobody else may read what lies in MSP_HOME. */
export function checkModes(world: World): Check {
  const { paths } = world.settings
  if (process.platform === 'win32') return unknown('file modes', 'Windows protects them by the profile folder')
  const files = [paths.config, loginPath(paths.auth), machineKeyPath(paths.auth)]
  const present = [paths.auth, paths.spool, paths.cache, ...files].filter((path) => existsSync(path))
  const exposed = present.flatMap((path) => {
    const why = exposure(path)
    return why === null ? [] : [`${path} ${why}: chmod ${statSync(path).isDirectory() ? '700' : '600'} ${path}`]
  })
  return exposed.length === 0 ? good('file modes', 'readable by you only') : bad('file modes', exposed.join('; '))
}
