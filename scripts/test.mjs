// The whole test run: types, lint, build, unit and integration tests, end-to-end tests with the real client.
//   npm test                          everything
//   npm run e2e                       build and end-to-end tests
//   npm test -- unit lint             only these stages
//   npm test -- test/server -t login  build, then only the tests that match (Vitest's own filters and options)
// The last line is "N passed, N failed". What could not be tested here is listed with its reason; with CI=true that fails.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ensureClient } from './claude-client.mjs'
import { commandFor, environmentFor, pickNode, root } from './run.mjs'

const SKIPS_SHOWN = 40
const temporary = mkdtempSync(join(tmpdir(), 'msp-test-run-'))
const skipsFile = join(temporary, 'skips.jsonl')
const node = pickNode()
const environment = { ...environmentFor(node), MSP_TEST_SKIPS: skipsFile }

/** In the order of the run. Each gives how many passed and failed, and what was skipped: `{ passed, failed, skips }`. */
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
report()

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

/** A tool that only passes or fails counts as one test. */
async function tool(what, args) {
  const code = await run(what, args)
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skips: [] }
}

async function endToEnd(filters) {
  const client = ensureClient()
  if (client.missing) return { passed: 0, failed: 0, skips: [{ name: 'end-to-end tests', why: client.missing }] }
  environment.MSP_TEST_CLAUDE = client.path
  return await vitest('e2e', filters)
}

async function vitest(project, filters) {
  const json = join(temporary, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`]
  const code = await run('vitest', ['run', '--project', project, '--passWithNoTests', ...reporters, ...filters])
  if (!existsSync(json)) return { passed: 0, failed: 1, skips: [] }
  const outcome = JSON.parse(readFileSync(json, 'utf8'))
  const tests = outcome.testResults.flatMap((file) =>
    file.assertionResults.map((test) => ({ ...test, file: file.name })),
  )
  // A file that cannot be loaded has no tests to fail.
  const broken = outcome.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const passed = tests.filter((test) => test.status === 'passed').length
  const failed = tests.filter((test) => test.status === 'failed').length + broken.length
  const skips = filters.length > 0 ? [] : tests.filter(isLeftOut).map(asSkip)
  // Vitest also fails for what belongs to no test, such as an unhandled rejection.
  const failedOtherwise = failed === 0 && (code !== 0 || (filters.length === 0 && tests.length === 0))
  return { passed, failed: failedOtherwise ? 1 : failed, skips }
}

function isLeftOut(test) {
  return test.status !== 'passed' && test.status !== 'failed'
}

function asSkip(test) {
  return { name: `${relative(root, test.file)}: ${test.fullName}`, why: `marked "${test.status}"` }
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

function report() {
  const skips = [...statedSkips(), ...results.flatMap((result) => result.skips)]
  rmSync(temporary, { recursive: true, force: true })
  console.log('\n── result ──────────────────────────────────────────────────────')
  for (const result of results)
    console.log(`${result.name.padEnd(8)}${`${result.seconds.toFixed(1)} s`.padStart(9)}  ${counts(result)}`)
  if (skips.length > 0) printSkips(skips)
  const passed = sum('passed')
  const failed = sum('failed') + (process.env.CI === 'true' ? skips.length : 0)
  process.exitCode = failed > 0 || nothingRan() ? 1 : 0
  console.log(`${passed} passed, ${failed} failed`)
}

function printSkips(skips) {
  console.log(process.env.CI === 'true' ? '\nskipped, which is a failure with CI=true:' : '\nskipped:')
  for (const { name, why } of skips.slice(0, SKIPS_SHOWN)) console.log(`  ${name}: ${why}`)
  if (skips.length > SKIPS_SHOWN) console.log(`  and ${skips.length - SKIPS_SHOWN} more`)
  console.log('')
}

/** With filters, a build that passes is not a test that was asked for. */
function nothingRan() {
  const asked =
    filters.length > 0 ? results.filter((result) => result.name === 'unit' || result.name === 'e2e') : results
  const ran = asked.some((result) => result.passed + result.failed > 0)
  if (!ran) console.log(`Nothing ran. ${filters.length > 0 ? `No test matches ${filters.join(' ')}.` : ''}`)
  return !ran
}

function sum(key) {
  return results.reduce((total, result) => total + result[key], 0)
}

function counts({ passed, failed, skips }) {
  return `${passed} passed, ${failed} failed${skips.length > 0 ? `, ${skips.length} skipped` : ''}`
}
