import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aMachine } from '../hooks/world.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { aHome } from './home.ts'

/** E3: names that want to be a command. Each would leave a file behind if a shell, or a program that takes it for an option, ever read it. */

const PAYLOADS: Record<string, (trap: string) => string> = {
  'a substitution': (trap) => `Acme $(touch ${trap})`,
  'an old substitution': (trap) => `Acme \`touch ${trap}\``,
  'a second command': (trap) => `Acme; touch ${trap}`,
  'a pipe': (trap) => `Acme | touch ${trap}`,
  'a background command': (trap) => `Acme & touch ${trap} &`,
  'a closed quote': (trap) => `Acme'"; touch ${trap}; '"`,
  'a line': (trap) => `Acme\ntouch ${trap}\n`,
  'a Windows variable': (trap) => `Acme %COMSPEC% /c type nul > ${trap}`,
  'a PowerShell subexpression': (trap) => `Acme $(New-Item ${trap})`,
  'an option of ssh': (trap) => `-oProxyCommand=touch ${trap}`,
  'an option of git': (trap) => `--upload-pack=touch ${trap}`,
  'a redirection': (trap) => `Acme > ${trap}`,
}

const payloads = Object.entries(PAYLOADS)

const trapIn = (folder: string): string => join(folder, 'trap')

/** The verbs that take names, after `--` where a name could be taken for an option. */
const lines = (name: string): string[][] => [
  ['client', 'add', '--', name],
  ['client', 'show', '--', name],
  ['mode', 'msp', '--', name],
  ['task', 'add', '--', name],
  ['search', '--', name],
  ['session', 'list', '--client', name],
  ['context', '--client', name],
  ['mode', 'msp', '--', name, '#$(id)'],
]

describe('E3: a name is never run', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await testServer({ database: 'sqlite' })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test.each(payloads)('%s, by the command line', async (_, payload) => {
    const home = aHome(server.url)
    await home.login(server.admin)
    const name = payload(trapIn(home.dir))

    const ran = []
    for (const words of lines(name)) ran.push(await home.msp(words))

    expect(existsSync(trapIn(home.dir))).toBe(false)
    expect(ran[0]).toMatchObject({ code: 0 })
    const { items } = await server.admin.api.clients.list({ limit: 200 })
    expect(items.map((client) => client.name)).toContain(name.trim())
  })

  test.each(payloads)(
    '%s, by the hooks: as a folder, a repository, a prompt, a command, a ticket',
    async (_, payload) => {
      await using machine = aMachine()
      const trap = trapIn(machine.dir)
      // A name of a file has no slash: what would run makes its file in the folder where it runs.
      const cwd = join(machine.project, payload('trap').replaceAll('/', ''))
      mkdirSync(cwd)
      aTrappedRepository(cwd, trap)

      const runs = [
        await machine.hook('SessionStart', { source: 'startup', cwd }),
        await machine.hook('UserPromptSubmit', { prompt: `/msp ${payload(trap)} #12345`, cwd }),
        await machine.hook('PreToolUse', {
          tool_name: 'Bash',
          tool_use_id: 'call-1',
          tool_input: { command: `echo ${JSON.stringify(payload(trap))}` },
          cwd,
        }),
        await machine.hook('PostToolUse', {
          tool_name: 'Bash',
          tool_use_id: 'call-1',
          tool_input: { command: `hostname ${payload(trap)}` },
          tool_response: { stdout: payload(trap), stderr: '', interrupted: false },
          cwd,
        }),
        await machine.hook('Stop', { cwd }),
        await machine.hook('SessionEnd', { reason: 'other', cwd }),
        await machine.background('end'),
      ]

      expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0))
      for (const folder of [machine.dir, machine.project, cwd]) expect(existsSync(trapIn(folder))).toBe(false)
    },
  )

  test('a repository’s own programs do not run when its remote is read', async () => {
    const home = aHome(server.url)
    await home.login(server.admin)
    aTrappedRepository(home.work, trapIn(home.dir))

    await home.msp('mode dev')
    await home.msp('project list')

    expect(existsSync(trapIn(home.dir))).toBe(false)
  })
})

test('E3: nothing of the client starts a program through a shell', () => {
  const sources = globSync(join(import.meta.dirname, '..', '..', 'src', '**', '*.ts'))
  const shells = sources.filter((file) => {
    const source = readFileSync(file, 'utf8')
    const startsByText = /import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from 'node:child_process'|\bexecSync\(/.test(source)
    return startsByText || /\bshell:\s*(true|process|['"])/.test(source)
  })

  expect(sources.length).toBeGreaterThan(100)
  expect(shells).toEqual([])
})

/** A repository in which everything that git would run makes the trap. */
function aTrappedRepository(folder: string, trap: string): void {
  const git = join(folder, '.git')
  mkdirSync(join(git, 'hooks'), { recursive: true })
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/$(touch trap)\n')
  const config = [
    '[core]',
    `\tfsmonitor = touch ${trap}`,
    `\tsshCommand = touch ${trap}`,
    `\tpager = touch ${trap}`,
    '[remote "origin"]',
    `\turl = ext::sh -c touch% ${trap}`,
  ]
  writeFileSync(join(git, 'config'), `${config.join('\n')}\n`)
  for (const hook of ['post-checkout', 'post-index-change']) {
    writeFileSync(join(git, 'hooks', hook), `#!/bin/sh\ntouch ${trap}\n`)
    chmodSync(join(git, 'hooks', hook), 0o755)
  }
}
