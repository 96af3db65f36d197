import { appendFileSync } from 'node:fs'

/**
 * Tells the test run that something could not be tested here, and why: "mariadb", "there is no mariadbd on the PATH".
 * `scripts/test.mjs` lists the reasons at the end, once each, and fails for them with CI=true. Call it beside the
 * condition that leaves a test out; without MSP_TEST_SKIPS (a single file run by hand) it prints the reason instead.
 */
export function skipReason(name: string, why: string): void {
  const file = process.env.MSP_TEST_SKIPS
  if (file) appendFileSync(file, `${JSON.stringify({ name, why })}\n`)
  else console.warn(`skipped: ${name}: ${why}`)
}
