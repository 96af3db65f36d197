// A reporter of Vitest: writes what became of a run into the file of MSP_TEST_OUTCOME, for outcome.mjs. Vitest's own JSON has neither the
// set-ups that failed nor what belongs to no test: a run that failed for one of them would not say why.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Of a difference between what was expected and what there was. */
const DIFFERENT_LINES = 4

// biome-ignore lint/style/noDefaultExport: Vitest takes the default export of a file for the reporter
export default class Reporter {
  onInit({ config }) {
    root = config.root
  }

  onTestRunEnd(modules, unhandled) {
    const outcome = { files: modules.map(file), unhandled: unhandled.map(nobodys) }
    writeFileSync(process.env.MSP_TEST_OUTCOME, JSON.stringify(outcome))
  }
}

/** The folder that paths are told from. */
let root = ''

function file(module) {
  const setUps = [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0)
  return {
    name: relative(root, module.moduleId),
    setUps: setUps.map((part) => ({ name: part.fullName ?? '', lines: part.errors().flatMap(said) })),
    tests: Array.from(module.children.allTests(), oneTest),
  }
}

/** `state`: passed, failed, skipped; pending when its process ended before it did. */
function oneTest(test) {
  const { state, errors = [] } = test.result()
  return { name: test.fullName, state, mode: test.options.mode, suites: suitesOf(test), lines: errors.flatMap(said) }
}

/** The names of the suites that a test is in, and '' for the file itself. */
function suitesOf({ parent }) {
  return parent.type === 'suite' ? [...suitesOf(parent), parent.fullName] : ['']
}

/** What a test left behind it, an unhandled rejection for one. */
function nobodys(error) {
  const path = error.VITEST_TEST_PATH
  return { name: path ? relative(root, path) : 'outside of the tests', lines: said(error) }
}

/** The lines that tell a person what went wrong and where. */
function said(error) {
  const lines = [...textOf(error), ...differences(error.diff)]
  if (error.cause?.message) lines.push(`because: ${textOf(error.cause).join(' ')}`)
  const [place] = error.stacks ?? []
  if (place) lines.push(`at ${relative(root, place.file)}:${place.line}`)
  return lines
}

const textOf = ({ message }) => linesOf(message ?? 'It does not say why.')

const differences = (diff) =>
  linesOf(diff ?? '')
    .filter((line) => /^[-+] /.test(line) && !/^[-+] (Expected|Received)/.test(line))
    .slice(0, DIFFERENT_LINES)

const linesOf = (text) =>
  stripVTControlCharacters(String(text))
    .split('\n')
    .filter((line) => line.trim() !== '')
