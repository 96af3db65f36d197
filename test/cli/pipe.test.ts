import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const cli = join(import.meta.dirname, '../../dist/msp.cjs')

test.skipIf(process.platform === 'win32')('a reader that has seen enough is no failure', () => {
  const script = `set -o pipefail; "${process.execPath}" "${cli}" --help | (exec <&-; sleep 0.3)`

  expect(() => execFileSync('bash', ['-c', script], { stdio: 'pipe' })).not.toThrow()
})
