import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { tool } from './support/model-reply.ts'
import { test } from './support/office.ts'

// Put together here, so that nobody's secret scanner takes this file for a leak.
const SECRETS = {
  github: `ghp_${'a1B2c3D4e'.repeat(4)}`,
  aws: `AKIA${'Q7W2'.repeat(4)}`,
  bearer: `${'Zx9y'.repeat(8)}`,
  typed: `Kranich-${'17'.repeat(3)}!`,
  stored: `Birke${'42'.repeat(3)}?`,
}

/** The names of the secrets that stand in any file of a folder, as written or in JSON or Base64. */
async function foundIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(
    files.map((file) => readFile(file, 'latin1').then((text) => [file, text] as const)),
  )
  return contents.flatMap(([file, text]) => secretsIn(text).map((name) => `${name} in ${file}`))
}

const secretsIn = (text: string) =>
  Object.entries(SECRETS)
    .filter(([, secret]) => text.includes(secret) || text.includes(Buffer.from(secret).toString('base64').slice(0, 20)))
    .map(([name]) => name)

describeWithClient('a secret', () => {
  test('in a prompt, an answer, an output, an error or a file is in nothing that we write', async ({ office }) => {
    const { msp, model, world } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const file = `${laptop.projectDir}/deploy.env`
    const content = `AWS_ACCESS_KEY_ID=${SECRETS.aws}\nDB_PASSWORD=${SECRETS.stored}\nAuthorization: Bearer ${SECRETS.bearer}\n`
    await writeFile(`${laptop.projectDir}/old.env`, `${content}GITHUB_TOKEN=${SECRETS.github}\n`)
    model.script([
      turn({ tail: 'use it', reply: tool('Bash', { command: 'cat old.env' }) }),
      turn({ tail: SECRETS.github, reply: tool('Bash', { command: 'cat old.env >&2; exit 4' }) }),
      turn({ tail: 'Exit code 4', reply: tool('Write', { file_path: file, content }) }),
      turn({ tail: 'deploy.env', reply: `I wrote password=${SECRETS.typed} and ${SECRETS.github}.` }),
    ])

    const run = await laptop.claude({
      messages: [
        '/msp Dataforth',
        async () => {
          await msp.server.stop()
          return `password: ${SECRETS.typed}, token ${SECRETS.github}, use it`
        },
      ],
    })
    await msp.quiet(laptop)
    const waiting = await foundIn(laptop.mspHome)
    await msp.server.start()
    await msp.delivered(laptop)

    expect(model.unplayed()).toEqual([])
    expect(waiting).toEqual([])
    expect(await foundIn(laptop.mspHome)).toEqual([])
    expect(await foundIn(join(world.dir, 'server'))).toEqual([])
    expect(secretsIn(msp.server.log())).toEqual([])
    const commands = await msp.commands('Dataforth')
    expect(commands).toMatchObject([
      { command: 'cat old.env', redaction_count: 4, stdout_excerpt: expect.stringMatching(/DB_PASSWORD=\[REDACTED:/) },
      { command: 'cat old.env >&2; exit 4', redaction_count: 4, exit_code: 4 },
    ])
    const texts = office.log(run.sessionId).flatMap(({ text }) => text ?? [])
    expect(texts).toEqual(
      expect.arrayContaining([expect.stringMatching(/^password: \[REDACTED:password:\w{8}\], token \[RED/)]),
    )
  })

  test('in a command stops it, and Claude is told how to go on', async ({ office }) => {
    const { msp, model, world } = office
    await msp.client('Meridian', ['Ben'])
    const workstation = await office.machine('BEN-WS2', 'Ben')
    const commands = [
      `echo --password ${SECRETS.typed} > made`,
      `echo curl -H 'Authorization: Bearer ${SECRETS.bearer}' > made`,
      `git clone https://${SECRETS.github}@github.com/a/b > made`,
    ]
    model.script([
      ...commands.map((command, at) =>
        turn({ tail: at === 0 ? 'log in' : 'stopped this command', reply: tool('Bash', { command }) }),
      ),
      turn({ tail: 'stopped', reply: tool('Bash', { command: 'echo "$DB_PASSWORD" # from the environment' }) }),
    ])

    await workstation.claude({ messages: ['/msp Meridian', 'log in'] })
    await msp.delivered(workstation)

    const refusals = world.model.requests.main.filter(({ tail }) => tail.includes('ClaudeTools stopped this command'))
    expect(refusals).toHaveLength(commands.length)
    for (const refusal of refusals) expect(refusal.tail).toMatch(/Pass it another way: an environment variable/)
    expect((await workstation.sh('ls')).stdout).toBe('')
    expect(await msp.commands('Meridian')).toMatchObject([{ command: 'echo "$DB_PASSWORD" # from the environment' }])
    expect(await foundIn(workstation.mspHome)).toEqual([])
    expect(await foundIn(join(world.dir, 'server'))).toEqual([])
  })
})
