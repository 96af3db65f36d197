// What is counted and told of a run of Vitest.

/**
 * @param written by reporter.mjs
 * @param about `code`: Vitest's exit code; `isFiltered`: only some tests were asked for, so that the others are skipped means nothing
 * @returns `{ passed, failed, skips, failures, notRun }`: `skips` as `{ name, why }`, `failures` as `{ name, lines }`, `notRun` as
 *   `{ file, tests }`: how many tests of a file were not reached because what is set up for them failed, or because their process ended
 */
export function outcomeOf({ files, unhandled }, { code, isFiltered }) {
  const tests = files.flatMap((file) => file.tests)
  const known = [...files.flatMap(failuresOf), ...unhandled]
  const failures = known.length > 0 ? known : failuresOtherwise(code, !isFiltered && tests.length === 0)
  return {
    passed: tests.filter(({ state }) => state === 'passed').length,
    failed: failures.length,
    skips: isFiltered ? [] : files.flatMap(skipsOf),
    failures,
    notRun: files.map(unreachedOf).filter((unreached) => unreached.tests > 0),
  }
}

function failuresOtherwise(code, foundNothing) {
  if (code !== 0) return [{ name: 'vitest', lines: [`It ended with ${code}; what it says is above.`] }]
  return foundNothing ? [{ name: 'vitest', lines: ['It found no test.'] }] : []
}

/** A file that cannot be loaded, or whose set-up fails, has no test that failed. */
function failuresOf({ name: file, setUps, tests }) {
  const failed = tests.filter(({ state }) => state === 'failed')
  return [
    ...setUps.map(({ name, lines }) => ({
      name: [file, name && `${name} (set-up)`].filter(Boolean).join(': '),
      lines,
    })),
    ...failed.map(({ name, lines }) => ({ name: `${file}: ${name}`, lines })),
  ]
}

const skipsOf = (file) =>
  file.tests
    .filter((test) => test.state === 'skipped' && !isUnreached(file, test))
    .map(({ name, mode }) => ({
      name: `${file.name}: ${name}`,
      why: `marked "${mode === 'todo' ? 'todo' : 'skipped'}"`,
    }))

const unreachedOf = (file) => ({
  file: file.name,
  tests: file.tests.filter((test) => isUnreached(file, test)).length,
})

/** It was to be run and was not. */
function isUnreached({ setUps }, { state, mode, suites }) {
  if (state === 'pending') return true
  return state === 'skipped' && mode === 'run' && setUps.some(({ name }) => suites.includes(name))
}
