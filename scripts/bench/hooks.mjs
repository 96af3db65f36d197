// Cold start of every hook and of two commands, against a bare `node -e 0` of the same Node in the same rounds.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { median, print, progress, round, shuffled, spread } from './figures.mjs'
import { guarded, PATTERNS, STOPPED_COMMAND } from './guard-home.mjs'
import { createHome } from './hook-home.mjs'
import { EVENT_NAMES, hookInput } from './hook-inputs.mjs'
import { endBackground, nodes, runProcess } from './processes.mjs'
import { createStopwatch } from './stopwatch.mjs'

const MOST_PROBED_ROUNDS = 7
/** Nobody listens here. */
const NO_SERVER = 'http://127.0.0.1:9'
const GOALS = { PreToolUse: '<= 1.5', PostToolUse: '<= 1.5', SessionStart: '<= 2 without the API call' }

/** @param options `{ rounds, hooks, cli }`: which of the two to measure @param db as `targets.mjs` makes it */
export async function measureStarts(world, db, options) {
  const stopwatch = await createStopwatch(db.server.url)
  world.keep(stopwatch.end)
  for (const node of await nodes()) {
    progress(`starts on Node ${node.version} (${node.name}): ${options.rounds} rounds`)
    const starts = startsOn(world, db, node, stopwatch, options)
    const runs = new Map(starts.map(({ name }) => [name, { wall: [], cpu: [], rss: [], api: [] }]))
    for (const start of starts) await measured(start, false) // Files into the cache, folders made.
    for (let turn = 0; turn < options.rounds; turn++)
      for (const start of shuffled(starts)) await note(start, runs.get(start.name), false)
    for (let turn = 0; turn < Math.min(options.rounds, MOST_PROBED_ROUNDS); turn++)
      for (const start of shuffled(starts)) await note(start, runs.get(start.name), true)
    for (const start of starts.slice(1)) printStart(start, runs, node)
    if (options.hooks) printGuard(runs, node)
  }
}

/** Everything that is started, the reference first. */
function startsOn(world, db, node, stopwatch, { hooks, cli }) {
  const dir = (name) => {
    const made = join(world.dir, `${node.name}-${name}`)
    mkdirSync(made, { recursive: true })
    return made
  }
  const login = { token: db.server.token, client: db.clients[0], machine: db.machines[0] }
  const up = createHome(dir('up'), { apiUrl: stopwatch.url, ...login })
  const down = createHome(dir('down'), { apiUrl: NO_SERVER, ...login })
  const known = guarded(createHome(dir('guarded'), { apiUrl: NO_SERVER, ...login }), login)
  const bundle = (name) => join(world.dist, name)
  const hook = (event, home, name = `hook.${event}`, typed = undefined) => ({
    ...{ name, event, node, home, typed },
    args: [bundle('hook.cjs'), event],
  })
  const command = (name, ...words) => ({ name, node, home: up, args: [bundle('msp.cjs'), ...words] })
  return [
    { name: 'bare', node, home: up, args: ['-e', '0'] },
    ...(hooks ? [hook('SessionStart', up), hook('SessionStart', down, 'hook.SessionStart.server_down')] : []),
    ...(hooks ? EVENT_NAMES.filter((event) => event !== 'SessionStart').map((event) => hook(event, down)) : []),
    ...(hooks ? [hook('PreToolUse', known, GUARDED), hook('PreToolUse', known, EVERYDAY, EVERYDAY_COMMAND)] : []),
    ...(hooks ? [hook('PreToolUse', down, UNGUARDED, EVERYDAY_COMMAND)] : []),
    ...(hooks ? [hook('PreToolUse', known, STOPPED, STOPPED_COMMAND)] : []),
    ...(hooks ? [hook('PreToolUse', down, UNSTOPPED, STOPPED_COMMAND)] : []),
    ...(cli ? [command('cli.version', '--version'), command('cli.status', 'status')] : []),
  ].map((start) => ({ ...start, stopwatch }))
}

const GUARDED = 'hook.PreToolUse.guarded'
const EVERYDAY = 'hook.PreToolUse.guarded.everyday'
const UNGUARDED = 'hook.PreToolUse.everyday'
const STOPPED = 'hook.PreToolUse.guarded.stopped'
const UNSTOPPED = 'hook.PreToolUse.unstopped'
const EVERYDAY_COMMAND = 'ls -la'

let serial = 0

async function measured({ name, event, typed, node, home, args, stopwatch }, probed) {
  home.reset()
  stopwatch.take()
  const input = event ? hookInput(event, ++serial, { ...home, typed }) : ''
  const run = await runProcess({ node: node.path, args, input, env: home.env, cwd: home.cwd }, probed)
  const apiMs = stopwatch.take()
  if (event) await endBackground(home.home)
  if (run.code !== 0) throw new Error(`${name} ended with ${run.code}: ${run.stderr}`)
  if (name === 'hook.SessionStart' && !run.stdout.includes('additionalContext'))
    throw new Error(`${name} gave no context: ${run.stdout}`)
  if (name === STOPPED && !run.stdout.includes('"deny"')) throw new Error(`${name} stopped nothing: ${run.stdout}`)
  return { ...run, apiMs }
}

async function note(start, into, probed) {
  const run = await measured(start, probed)
  if (probed) {
    into.cpu.push(run.cpuMs)
    into.rss.push(run.rssMb)
    return
  }
  into.wall.push(run.wallMs)
  into.api.push(run.apiMs)
}

function printStart({ name, event }, runs, node) {
  const [own, bare] = [runs.get(name), runs.get('bare')]
  const withoutApi = own.wall.map((wall, index) => wall - own.api[index])
  const ratios = (wall) => ({
    wall_min: round(Math.min(...wall) / Math.min(...bare.wall)),
    wall_median: round(median(wall) / median(bare.wall)),
  })
  const goal = GOALS[event]
  print({
    figure: name,
    node: node.version,
    node_from: node.name,
    rounds: own.wall.length,
    wall_ms: spread(own.wall),
    cpu_ms: spread(own.cpu),
    peak_rss_mb: round(median(own.rss), 1),
    ratio: { ...ratios(own.wall), cpu_median: round(median(own.cpu) / median(bare.cpu)) },
    ...(own.api.some((ms) => ms > 0)
      ? { api_ms: spread(own.api), without_api: { wall_ms: spread(withoutApi), ratio: ratios(withoutApi) } }
      : {}),
    ...(goal ? { goal } : {}),
    reference: {
      wall_ms: spread(bare.wall),
      cpu_ms: spread(bare.cpu),
      peak_rss_mb: round(median(bare.rss), 1),
      what: 'node -e 0',
    },
  })
}

/** What the guard of commands adds with 10,000 patterns in its cache, to a hook that has none. */
function printGuard(runs, node) {
  const pairs = {
    command: [GUARDED, 'hook.PreToolUse'],
    everyday: [EVERYDAY, UNGUARDED],
    stopped: [STOPPED, UNSTOPPED],
  }
  for (const [kind, [own, without]] of Object.entries(pairs)) {
    const [wall, reference] = [runs.get(own).wall, runs.get(without).wall]
    print({
      figure: `guard.${kind}`,
      node: node.version,
      node_from: node.name,
      patterns: PATTERNS,
      wall_ms: spread(wall),
      added_ms: {
        min: round(Math.min(...wall) - Math.min(...reference), 1),
        median: round(median(wall) - median(reference), 1),
      },
      goal: '<= 10 ms added',
      reference: {
        wall_ms: spread(reference),
        bare_ms: spread(runs.get('bare').wall),
        what: 'the same hook without a cache',
      },
    })
  }
}
