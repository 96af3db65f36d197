import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import type { Home } from './support/home.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { type Office, test } from './support/office.ts'

/** A way to a server that has no Docker but Podman, until a file says that Docker is there. There is no network in this world. */
const SSH = `#!/bin/sh
shift
case "$*" in
  docker*) test -e "$(dirname "$0")/has-docker" && echo CONTAINERS || { echo 'bash: line 1: docker: command not found' >&2; exit 127; } ;;
  *) echo "RAN $*" ;;
esac
`

async function reachable(home: Home): Promise<string> {
  const path = join(home.projectDir, 'ssh')
  await writeFile(path, SSH)
  await chmod(path, 0o755)
  return path
}

const bash = (command: string) => tool('Bash', { command })

/** What the model was told last on a machine. */
const toldOn = (office: Office, hostname: string): string =>
  office.model.requests.main.filter((request) => request.hostname === hostname).at(-1)?.text ?? ''

describeWithClient('a command that failed for a colleague', () => {
  test('is stopped before it runs, with the way that worked, until somebody runs it all the same and it works', async ({
    office,
  }) => {
    const { msp, model } = office
    const client_id = await msp.client('Dataforth', ['Ana', 'Ben'])
    await msp.api('POST', '/infrastructure', { client_id, hostname: 'SRV-OLD', kind: 'virtual_server' })
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const workstation = await office.machine('BEN-WS2', 'Ben')
    await reachable(laptop)
    const ssh = await reachable(workstation)
    model.script([
      turn({ tail: 'list the containers', reply: bash("./ssh root@SRV-OLD 'docker ps'") }),
      turn({ tail: 'command not found', reply: bash("./ssh root@SRV-OLD 'podman ps'") }),
      turn({ tail: 'RAN podman', reply: 'They run under Podman.' }),
    ])
    await laptop.claude({ messages: ['/msp Dataforth', 'list the containers', '/msp end'] })
    await msp.delivered(laptop)
    await writeFile(join(ssh, '../has-docker'), '')
    model.script([
      turn({ tail: 'which containers', reply: bash('./ssh root@srv-old "docker ps -a"') }),
      turn({ tail: 'podman ps', reply: 'Docker is not there; Podman is.' }),
    ])

    await workstation.claude({ messages: ['/msp Dataforth', 'which containers'] })

    expect(toldOn(office, 'BEN-WS2')).toContain('podman ps')
    expect(toldOn(office, 'BEN-WS2')).not.toContain('CONTAINERS')

    model.script([
      turn({ tail: 'it is there now', reply: bash('./ssh root@srv-old "docker ps -a" # msp:allow') }),
      turn({ tail: 'CONTAINERS', reply: 'It is.' }),
    ])
    await workstation.claude({ messages: ['/msp Dataforth', 'it is there now'] })
    await msp.delivered(workstation)
    model.script([
      turn({ tail: 'once more', reply: bash('./ssh root@srv-old "docker ps -a"') }),
      turn({ tail: 'CONTAINERS', reply: 'They are here.' }),
    ])
    await workstation.claude({ messages: ['/msp Dataforth', 'once more'] })

    expect(toldOn(office, 'BEN-WS2')).toContain('CONTAINERS')
  })

  test('of another client is not known here', async ({ office }) => {
    const { msp, model } = office
    await msp.client('Glabels', ['Cleo'])
    const tablet = await office.machine('CLEO-T3', 'Cleo')
    await reachable(tablet)
    model.script([
      turn({ tail: 'count the containers', reply: bash('./ssh root@SRV-OLD "docker ps"') }),
      turn({ tail: 'command not found', reply: 'No Docker.' }),
    ])

    await tablet.claude({ messages: ['/msp Glabels', 'count the containers'] })

    expect(toldOn(office, 'CLEO-T3')).toContain('command not found')
    expect(toldOn(office, 'CLEO-T3')).not.toContain('podman')
  })
})
