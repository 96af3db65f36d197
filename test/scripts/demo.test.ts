import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const demo = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url))

test('npm run demo: the second technician knows what the first did, and nothing is left behind', {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'msp-demo-test-'))
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder, TEMP: folder }

  const { stdout, stderr } = await promisify(execFile)(process.execPath, [demo], { cwd: folder, env })

  const morning = stdout.slice(stdout.indexOf('Ben on BEN-WS2, the next morning'))
  const known = morning.slice(0, morning.indexOf('knows before he asks'))
  expect(stderr).toBe('')
  expect(known).toContain('Client: Dataforth.')
  expect(known).toMatch(/Ana on ANA-LT1: The payroll service on SRV-OLD cannot log in/)
  expect(known).toMatch(/Known to fail here[\s\S]*Get-LocalUser/)
  expect(known).toContain('p1 Replace SRV-OLD: Windows Server 2008 R2 gets no updates')
  expect(known).toContain('SRV-OLD: Windows Server 2008 R2, PowerShell 2.0')
  expect(morning.match(/^✓ /gm)).toHaveLength(4)
  expect(stdout.split('\n').length).toBeLessThanOrEqual(120)
  expect(stdout).not.toContain('\u001b')
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})
