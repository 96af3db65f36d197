// The whole test run: types, lint, build, unit and integration tests, end-to-end tests with the real client.
//   npm test                          everything
//   npm run e2e                       build and end-to-end tests
//   npm test -- unit lint             only these stages
//   npm test -- test/server -t login  build, then only the tests that match (Vitest's own filters and options)
// The last line is "N passed, N failed". Before it stand what could not be tested here, with its reason (with CI=true that fails), and what failed.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ensureClient } from './claude-client.mjs'
import { commandFor, environmentFor, pickNode, root } from './run.mjs'
import { outcomeOf } from './test/outcome.mjs'
import { counts, report } from './test/report.mjs'

const NOTHING = { passed: 0, failed: 0, skips: [], failures: [], notRun: [] }
const failure = (name, line) => ({ ...NOTHING, failed: 1, failures: [{ name, lines: [line] }] })

const temporary = mkdtempSync(join(tmpdir(), 'msp-test-run-'))
const skipsFile = join(temporary, 'skips.jsonl')
const node = pickNode()
const environment = { ...environmentFor(node), MSP_TEST_SKIPS: skipsFile }

/** In the order of the run. Each gives what `outcomeOf` does: how many passed and failed, what was skipped, and what there is to tell of failures. */
const stages = {
  types: () => tool('tsc', ['--noEmit']),
  lint: () => tool('biome', ['check', '--error-on-warnings', '.']),
  build: () => tool(join(root, 'scripts', 'build.mjs'), []),
  unit: (filters) => vitest('unit', filters),
  e2e: endToEnd,
}

let running // The child that a signal is passed on to.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => interrupted(signal))

const { chosen, filters } = parse(process.argv.slice(2))
const results = []
for (const name of chosen) results.push(await timed(name))
end()

/** Leading stage names choose stages; whatever follows goes to Vitest, and then only what tests need is run. */
function parse(args) {
  const rest = args.filter((arg) => arg !== '--')
  const isFilter = (arg) => !Object.hasOwn(stages, arg)
  const firstFilter = rest.findIndex(isFilter)
  const named = firstFilter === -1 ? rest : rest.slice(0, firstFilter)
  const toVitest = firstFilter === -1 ? [] : rest.slice(firstFilter)
  if (named.length === 0)
    return { chosen: toVitest.length > 0 ? ['build', 'unit', 'e2e'] : Object.keys(stages), filters: toVitest }
  const wanted = named.includes('e2e') ? ['build', ...named] : named
  return { chosen: Object.keys(stages).filter((stage) => wanted.includes(stage)), filters: toVitest }
}

async function timed(name) {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 60 - name.length))}`)
  const startedAt = performance.now()
  const result = await stages[name](filters)
  const seconds = (performance.now() - startedAt) / 1000
  console.log(`${name}: ${counts(result)} in ${seconds.toFixed(1)} s`)
  return { name, seconds, ...result }
}

/** A tool that only passes or fails counts as one test. What it found is in what it printed. */
async function tool(what, args) {
  const code = await run(what, args)
  const name = [basename(what), ...args].join(' ')
  return code === 0 ? { ...NOTHING, passed: 1 } : failure(name, `It ended with ${code}; what it says is above.`)
}

async function endToEnd(filters) {
  const client = ensureClient()
  if (client.missing) return { ...NOTHING, skips: [{ name: 'end-to-end tests', why: client.missing }] }
  environment.MSP_TEST_CLAUDE = client.path
  return await vitest('e2e', filters)
}

async function vitest(project, filters) {
  const written = join(temporary, `${project}.json`)
  environment.MSP_TEST_OUTCOME = written
  const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'test', 'reporter.mjs')}`]
  const code = await run('vitest', ['run', '--project', project, '--passWithNoTests', ...reporters, ...filters])
  if (!existsSync(written))
    return failure(`vitest (${project})`, `It ended with ${code} before it had a result; why is above.`)
  return outcomeOf(JSON.parse(readFileSync(written, 'utf8')), { code, isFiltered: filters.length > 0 })
}

/** Runs a tool or a script and gives its exit code; a signal counts as a failure. */
function run(what, args) {
  return new Promise((resolve) => {
    const [program, ...before] = commandFor(what, node)
    running = spawn(program, [...before, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: environment,
    })
    running.on('error', (error) => {
      console.error(`Could not start ${program}: ${error.message}.`)
      resolve(1)
    })
    running.on('exit', (code) => resolve(code ?? 1))
  })
}

function interrupted(signal) {
  running?.kill(signal)
  rmSync(temporary, { recursive: true, force: true })
  process.exit(130)
}

/** Reasons that tests and the global set-up gave, once each. */
function statedSkips() {
  if (!existsSync(skipsFile)) return []
  const lines = new Set(readFileSync(skipsFile, 'utf8').split('\n').filter(Boolean))
  return [...lines].map((line) => JSON.parse(line))
}

function end() {
  const skips = statedSkips()
  rmSync(temporary, { recursive: true, force: true })
  const { lines, failed } = report(results, { skips, isStrict: process.env.CI === 'true' })
  process.exitCode = failed > 0 || nothingRan() ? 1 : 0
  for (const line of lines) console.log(line)
}

/** With filters, a build that passes is not a test that was asked for. */
function nothingRan() {
  const asked =
    filters.length > 0 ? results.filter((result) => result.name === 'unit' || result.name === 'e2e') : results
  const ran = asked.some((result) => result.passed + result.failed > 0)
  if (!ran) console.log(`Nothing ran. ${filters.length > 0 ? `No test matches ${filters.join(' ')}.` : ''}`)
  return !ran
}
