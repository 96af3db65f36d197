// The last lines of a test run. Who has only these must learn from them what failed.

const SKIPS_SHOWN = 40
const FAILURES_SHOWN = 40
const LINES_SHOWN = 8
const LINE_LENGTH = 240

/**
 * @param results of the stages in order: `{ name, seconds, passed, failed, skips, failures, notRun }`
 * @param about `skips` that belong to no stage; `isStrict`: what could not be tested is a failure
 * @returns `{ lines, failed }`
 */
export function report(results, { skips: stated, isStrict }) {
  const skips = [...stated, ...results.flatMap((result) => result.skips)]
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const failed = sum('failed') + (isStrict ? skips.length : 0)
  const stages = results.map(
    (result) => `${result.name.padEnd(8)}${`${result.seconds.toFixed(1)} s`.padStart(9)}  ${counts(result)}`,
  )
  const lines = ['', `── result ${'─'.repeat(54)}`, ...stages, ...ofSkips(skips, isStrict), ...ofFailures(results)]
  return { lines: [...lines, `${sum('passed')} passed, ${failed} failed`], failed }
}

/** "12 passed, 1 failed, 2 skipped, 3 did not run" */
export function counts({ passed, failed, skips, notRun }) {
  const unreached = notRun.reduce((total, { tests }) => total + tests, 0)
  const more = [
    ...(skips.length > 0 ? [`${skips.length} skipped`] : []),
    ...(unreached > 0 ? [`${unreached} did not run`] : []),
  ]
  return [`${passed} passed, ${failed} failed`, ...more].join(', ')
}

function ofSkips(skips, isStrict) {
  if (skips.length === 0) return []
  const title = isStrict ? 'skipped, which is a failure with CI=true:' : 'skipped:'
  return [
    '',
    title,
    ...shown(skips, SKIPS_SHOWN).map(({ name, why }) => shortened(`  ${name}: ${why}`)),
    ...rest(skips, SKIPS_SHOWN),
    '',
  ]
}

function ofFailures(results) {
  const failures = results.flatMap((result) => result.failures)
  const notRun = results.flatMap((result) => result.notRun)
  if (failures.length + notRun.length === 0) return []
  return [
    '',
    'failed:',
    ...shown(failures, FAILURES_SHOWN).flatMap(({ name, lines }) => [
      shortened(`  ${name}`),
      ...shown(lines, LINES_SHOWN).map((line) => shortened(`      ${line}`)),
    ]),
    ...rest(failures, FAILURES_SHOWN),
    ...notRun.map(({ file, tests }) => `  ${tests} ${tests === 1 ? 'test' : 'tests'} of ${file} did not run`),
    '',
  ]
}

const shown = (all, most) => all.slice(0, most)
const rest = (all, most) => (all.length > most ? [`  and ${all.length - most} more`] : [])
const shortened = (line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)} …` : line)
