import { accessSync, constants } from 'node:fs'
import { describe } from 'vitest'
import { skipReason } from '../../support/skips.ts'
import { namespaceFlags } from './namespace.ts'

/** Real clients take seconds to start, more on a busy machine. */
const TIMEOUT_MS = 180_000

/** The real client to test with. Throws when `MSP_TEST_CLAUDE` does not name one. */
export function clientPath(): string {
  const path = process.env.MSP_TEST_CLAUDE
  if (!path)
    throw new Error('MSP_TEST_CLAUDE is not set: give it the path of a Claude Code client, or run "npm run e2e".')
  accessSync(path, constants.X_OK)
  return path
}

/** A `describe` for tests with the real client. Where there is none, or no closed network, it is skipped, and the end of the test run says why. */
export function describeWithClient(name: string, tests: () => void): void {
  const missing = whatIsMissing()
  if (missing === undefined) {
    describe(name, { timeout: TIMEOUT_MS }, tests)
    return
  }
  skipReason(name, missing)
  describe.skip(name, tests)
}

function whatIsMissing(): string | undefined {
  const found = namespaceFlags()
  if ('missing' in found) return found.missing
  try {
    clientPath()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
