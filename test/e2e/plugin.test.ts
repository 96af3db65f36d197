import { execFileSync } from 'node:child_process'
import { cp, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { skipReason } from '../support/skips.ts'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { type Office, test } from './support/office.ts'
import { repoRoot } from './support/world.ts'

/** What a technician gets: no node_modules, here or in any folder above. */
const SHIPPED = ['.claude-plugin', 'agents', 'bin', 'commands', 'dist', 'hooks', 'README.md', 'LICENSE']

async function shippedCopy({ world }: Office): Promise<string> {
  const folder = join(world.dir, 'shipped')
  for (const name of SHIPPED) await cp(join(repoRoot, name), join(folder, name), { recursive: true })
  return folder
}

/** The machine's own Node, which may be older than the one of the tests, or why there is none. */
function systemNode(): { version: string } | { missing: string } {
  try {
    return { version: execFileSync('/usr/bin/node', ['--version'], { encoding: 'utf8' }).trim() }
  } catch {
    return { missing: 'there is no /usr/bin/node (Debian: nodejs)' }
  }
}

describeWithClient('the plugin', () => {
  test('is valid by the strictest check of the client', async ({ office }) => {
    const laptop = await office.world.home({ hostname: 'ANA-LT1' })
    const shipped = await shippedCopy(office)

    const checked = await laptop.client(['plugin', 'validate', '--strict', shipped])

    expect(checked, checked.stdout + checked.stderr).toMatchObject({ code: 0 })
  })

  test('installed from a marketplace folder, without node_modules, records and recalls', async ({ office }) => {
    const { msp, model, world } = office
    await msp.client('Dataforth', ['Ana'])
    const shipped = await shippedCopy(office)
    const laptop = await world.home({ hostname: 'ANA-LT2' })
    await msp.signIn(laptop, 'Ana')
    model.script([
      turn({ tail: 'go', reply: tool('Bash', { command: 'uname -s; msp task add "Replace the toner"' }) }),
      turn({ tail: 'Linux', reply: tool('Bash', { command: 'command -v msp' }) }),
    ])

    const added = await laptop.client(['plugin', 'marketplace', 'add', shipped])
    const installed = await laptop.client(['plugin', 'install', 'claudetools@claudetools'])
    const run = await laptop.claude({ messages: ['/msp Dataforth', 'go', '/msp end'] })
    await msp.delivered(laptop)

    expect([added.code, installed.code], added.stderr + installed.stderr).toEqual([0, 0])
    expect(run.init?.plugins).toContainEqual(expect.objectContaining({ name: 'claudetools', path: shipped }))
    expect(run.hooks.every(({ exitCode, stderr }) => exitCode === 0 && stderr === '')).toBe(true)
    expect(await msp.commands('Dataforth')).toMatchObject([
      { success: true },
      { command: 'command -v msp', success: true },
    ])
    expect(await msp.all('/tasks?client=Dataforth')).toMatchObject([{ title: 'Replace the toner' }])
    expect(office.asked(run.sessionId).at(-1)).toContainText('✓ Ended: Dataforth.')
  })

  test('works on the Node that the machine has', async ({ office, skip }) => {
    const node = systemNode()
    if ('missing' in node) {
      skipReason('hooks on the Node of the machine', node.missing)
      return skip(node.missing)
    }
    const { msp, model, world } = office
    await msp.client('Meridian', ['Ben'])
    const path = join(world.dir, 'node')
    await mkdir(path)
    await symlink('/usr/bin/node', join(path, 'node'))
    const workstation = await office.machine('BEN-WS2', 'Ben', { path: [path] })
    const file = `${workstation.projectDir}/a.conf`
    model.script([
      turn({ tail: 'go', reply: tool('Bash', { command: 'node --version; exit 7' }) }),
      turn({ tail: node.version, reply: tool('Write', { file_path: file, content: 'a\n' }) }),
    ])

    const run = await workstation.claude({ messages: ['/msp Meridian', 'go', '/compact', '/msp end'] })
    await msp.delivered(workstation)

    expect(model.unplayed()).toEqual([])
    expect(run.hooks.every(({ exitCode, stderr }) => exitCode === 0 && stderr === '')).toBe(true)
    expect(await msp.commands('Meridian')).toMatchObject([{ command: 'node --version; exit 7', exit_code: 7 }])
    expect(await msp.all('/file-changes?client=Meridian')).toMatchObject([{ path: file }])
  })
})
