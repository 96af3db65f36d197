import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { turn } from './support/model.ts'
import { type Reply, tool } from './support/model-reply.ts'
import { type Office, test } from './support/office.ts'
import { plantedIn, plantedInFiles } from './support/planted.ts'
import { repoRoot } from './support/world.ts'

const mcpServer = fileURLToPath(new URL('support/mcp-server.cjs', import.meta.url))

/** Passwords as people make them, one for each place; made here, so that nobody's secret scanner takes this file for a leak. */
const human = (animal: string, number: number) => `${animal}!Noord${number}`
const SECRETS = {
  prompt: human('Kranich', 4171),
  promptToken: `ghp_${'a1B2c3D4e'.repeat(4)}`,
  typedOn: human('Zeehond', 2236),
  mentioned: human('Ooievaar', 8812),
  output: human('Birke', 4242),
  outputToken: `glpat-${'x7Kq2mVb9Tz4'.slice(0, 10)}${'Rw8Yp3Ls6N'}`,
  errors: human('Mouette', 1903),
  environment: human('Hérisson', 7754),
  connection: human('Dassen', 3180),
  url: human('Reiger', 6029),
  keyed: human('Eekhoorn', 5561),
  table: human('Wulp', 90877),
  encoded: human('Lepelaar', 2718),
  persisted: human('Grutto', 31415),
  persistedEnd: human('Kievit', 16180),
  failed: human('Scholekster', 1414),
  failedToken: `AKIA${'Q7W2ZX5R'}${'T9KB3MLD'}`,
  failedErrors: human('Tureluur', 1732),
  failedLong: human('Bergeend', 2645),
  read: human('Smient', 3316),
  readPart: human('Pijlstaart', 4472),
  notebook: human('Slobeend', 5099),
  written: human('Tafeleend', 6164),
  edited: human('Kuifeend', 7071),
  searched: human('Brilduiker', 8185),
  mcpText: human('Nonnetje', 9273),
  mcpKeyed: 'Zwaluwstaart-99',
  background: human('Fuut', 10488),
  subagentOutput: human('Dodaars', 11747),
  subagentFailed: human('Roerdomp', 12689),
  subagentReport: human('Waterral', 13820),
  highRisk: 'zonnebloemveld',
}

/** The requests that the model got from a machine, as it got them. */
const requestsOf = ({ world }: Office, hostname: string): string =>
  JSON.stringify(world.model.requests.all.flatMap((request) => (request.hostname === hostname ? [request.body] : [])))

/** What the model itself wrote (its calls of tools) is left out: nobody can take that back. */
function readByModel({ world }: Office, hostname: string): string {
  const requests = world.model.requests.all.filter((request) => request.hostname === hostname)
  const read = requests.flatMap(({ body }) => [
    body.system,
    ...body.messages.filter(({ role }) => role !== 'assistant'),
  ])
  return JSON.stringify(read)
}

describeWithClient('thirty secrets', () => {
  test('in prompts, commands, outputs, files, failures, subagents and servers are in nothing that is kept or sent', async ({
    office,
  }) => {
    const { msp, model, world } = office
    await msp.client('Dataforth', ['Ana'])
    const laptop = await office.machine('ANA-LT1', 'Ana')
    const at = (name: string) => join(laptop.projectDir, name)
    const files: Record<string, string> = {
      'at.txt': `server db1\npassword: ${SECRETS.mentioned}\n`,
      'out.txt': `DB_PASSWORD=${SECRETS.output}\nremote https://oauth2:${SECRETS.outputToken}@git.example.com/x.git\n`,
      'err.txt': `mot de passe : ${SECRETS.errors}\n`,
      'env.txt': `BACKUP_PASSWORD=${SECRETS.environment}\nServer=db1;User Id=sa;Password=${SECRETS.connection};Encrypt=true\nhttps://admin:${SECRETS.url}@nas1.example.com/\n`,
      'keyed.json': `{"user":"ana","password":"${SECRETS.keyed}"}`,
      'table.txt': `name      user      password\ndb1       sa        ${SECRETS.table}\n`,
      'encoded.txt': `password: ${SECRETS.encoded}\n${Buffer.from(SECRETS.encoded).toString('base64')}\n${encodeURIComponent(SECRETS.encoded)}\n`,
      'big.txt': `password=${SECRETS.persisted}\n${'a line of a long log that nobody reads\n'.repeat(3_000)}password=${SECRETS.persistedEnd}\n`,
      'fail.txt': `Kennwort: ${SECRETS.failed}\nAWS_ACCESS_KEY_ID=${SECRETS.failedToken}\n`,
      'fail2.txt': `wachtwoord: ${SECRETS.failedErrors}\n`,
      'fail3.txt': `${'another line of the log\n'.repeat(900)}password=${SECRETS.failedLong}\n`,
      'read.txt': `host db1\npassword: ${SECRETS.read}\n`,
      'part.yml': `db:\n  user: sa\n  password: ${SECRETS.readPart}\n  host: db1\n`,
      'note.ipynb': JSON.stringify({
        cells: [
          {
            cell_type: 'code',
            id: 'c1',
            source: [`password = "${SECRETS.notebook}"`],
            outputs: [],
            execution_count: null,
            metadata: {},
          },
        ],
        ...{ metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 },
      }),
      'edit.txt': 'port=1\n',
      'search.conf': `password = ${SECRETS.searched}\n`,
      'mcp.txt': `the password is ${SECRETS.mcpText}\n`,
      'mcp.json': JSON.stringify({ user: 'ana', password: SECRETS.mcpKeyed }),
      'sub.txt': `password: ${SECRETS.subagentOutput}\n`,
      'sub2.txt': `password: ${SECRETS.subagentFailed}\n`,
      'back.txt': `password: ${SECRETS.background}\n`,
      'safe/id_rsa': `${SECRETS.highRisk}\n`,
    }
    await mkdir(at('safe'))
    for (const [name, content] of Object.entries(files)) await writeFile(at(name), content)
    await writeFile(
      at('mcp-config.json'),
      JSON.stringify({ mcpServers: { vault: { command: 'node', args: [mcpServer] } } }),
    )
    const bash = (command: string, more = {}): Reply => tool('Bash', { command, ...more })
    const launch = { subagent_type: 'general-purpose', description: 'look', prompt: 'LOOK', run_in_background: false }
    const steps: (Reply | ((tail: string) => Reply))[] = [
      bash('cat out.txt'),
      bash('cat err.txt >&2'),
      bash('cat env.txt keyed.json table.txt'),
      bash('cat encoded.txt'),
      bash('cat big.txt'),
      // The client names the file of a long output: the model reads on in it.
      (tail) => bash(`tail -n 3 ${/saved to: (\S+)/.exec(tail)?.[1]}`),
      bash('cat fail.txt; exit 3'),
      bash('cat fail2.txt >&2; exit 4'),
      bash('cat fail3.txt; exit 5'),
      tool('Read', { file_path: at('read.txt') }),
      tool('Read', { file_path: at('part.yml'), offset: 3, limit: 1 }),
      tool('Read', { file_path: at('note.ipynb') }),
      tool('Write', { file_path: at('made.env'), content: `DB_PASSWORD=${SECRETS.written}\n` }),
      bash('cat made.env'),
      tool('Read', { file_path: at('edit.txt') }),
      tool('Edit', { file_path: at('edit.txt'), old_string: 'port=1', new_string: `password=${SECRETS.edited}` }),
      bash('cat edit.txt'),
      bash('grep -rn passw search.conf'),
      tool('mcp__vault__look', { file: at('mcp.txt') }),
      tool('mcp__vault__look', { file: at('mcp.json') }),
      bash('cat safe/id_rsa'),
      bash('cat safe/id_rsa; exit 6'),
      bash('cat back.txt; sleep 0.2', { run_in_background: true }),
      (tail) => bash(`sleep 0.5; cat ${/written to: (\S+?)\.? /.exec(tail)?.[1]}`),
      tool('Agent', launch),
    ]
    model.script([
      turn({ kind: 'subagent', first: 'LOOK', reply: bash('cat sub.txt') }),
      turn({ kind: 'subagent', tail: 'password', reply: bash('cat sub2.txt; exit 7') }),
      turn({ kind: 'subagent', tail: 'Exit code 7', reply: `I found password=${SECRETS.subagentReport} there.` }),
      ...steps.map((step) =>
        turn({ kind: 'main', reply: typeof step === 'function' ? ({ tail }) => step(tail) : step }),
      ),
    ])

    await laptop.claude({ prompt: '/msp Dataforth' })
    const run = await laptop.claude({
      messages: [
        `the password: ${SECRETS.prompt} and ${SECRETS.promptToken}, use them`,
        async () => {
          await msp.server.stop()
          return `go on with @at.txt`
        },
        `and the password: ${SECRETS.typedOn} #allow`,
      ],
      args: ['--mcp-config', at('mcp-config.json')],
    })
    await msp.quiet(laptop)
    const waiting = await plantedInFiles(SECRETS, laptop.mspHome)
    await msp.server.start()
    await msp.delivered(laptop)

    expect(model.unplayed()).toEqual([])
    expect(run.results[0]).toMatch(/did not send this prompt: it holds a secret .*password in line 1/)
    expect(run.stdout.split(SECRETS.prompt)).toHaveLength(1)
    // What was written with #allow, and what the model wrote itself, it has read.
    const { typedOn: _, ...others } = SECRETS
    expect(plantedIn(others, readByModel(office, laptop.hostname))).toEqual([])
    expect(requestsOf(office, laptop.hostname)).toContain('Exit code 3\\nKennwort: [REDACTED:password:')
    expect(waiting).toEqual([])
    expect(await plantedInFiles(SECRETS, laptop.mspHome)).toEqual([])
    expect(await plantedInFiles(SECRETS, join(world.dir, 'server'))).toEqual([])
    expect(plantedIn(SECRETS, msp.server.log())).toEqual([])
  })

  test('are withheld, all of them, where the redactor is damaged', async ({ office }) => {
    const { model, world } = office
    const home = (hostname: string, plugin: string) => world.home({ hostname, plugin })
    const damaged = async (name: string, file: string, content: string) => {
      const folder = join(world.dir, name)
      for (const part of ['.claude-plugin', 'agents', 'bin', 'commands', 'dist', 'hooks'])
        await cp(join(repoRoot, part), join(folder, part), {
          recursive: true,
          filter: (path) => !/dist\/(?:web|marketplace|server)/.test(path),
        })
      await writeFile(join(folder, 'dist', file), content)
      return folder
    }
    const broken = [
      await home('NO-RECORD', await damaged('no-record', 'hook-record.cjs', 'throw new Error("damaged")')),
      await home('NO-HOOK', await damaged('no-hook', 'hook.cjs', 'syntax error here')),
    ]
    for (const machine of broken) {
      await writeFile(join(machine.projectDir, 'at.txt'), `password: ${SECRETS.mentioned}\n`)
      await writeFile(join(machine.projectDir, 'read.txt'), `password: ${SECRETS.read}\n`)
      await writeFile(join(machine.projectDir, 'note.txt'), `password: ${SECRETS.output}\n`)
      model.script([
        turn({ reply: tool('Read', { file_path: join(machine.projectDir, 'read.txt') }) }),
        turn({ reply: tool('Bash', { command: 'cat note.txt' }) }),
        turn({ reply: tool('Bash', { command: 'cat note.txt; exit 3' }) }),
      ])

      await machine.claude({ prompt: 'go on with @at.txt' })

      expect(model.unplayed()).toEqual([])
      expect(plantedIn(SECRETS, readByModel(office, machine.hostname))).toEqual([])
      expect(requestsOf(office, machine.hostname)).toContain('ClaudeTools withheld this')
    }
  })
})

describeWithClient('a secret', () => {
  test('in a command stops it, and Claude is told how to go on', async ({ office }) => {
    const { msp, model, world } = office
    await msp.client('Meridian', ['Ben'])
    const workstation = await office.machine('BEN-WS2', 'Ben')
    const commands = [
      `echo --password ${SECRETS.prompt} > made`,
      `mysql -h db1 -u root --password=${SECRETS.output} -e 'select 1' > made`,
      `git clone https://${SECRETS.promptToken}@github.com/a/b > made`,
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
    expect(refusals[1]?.tail).toContain(
      'msp cred exec <credential> --env MYSQL_PWD=password -- mysql -h db1 -u root -e',
    )
    expect((await workstation.sh('ls')).stdout).toBe('')
    expect(await msp.commands('Meridian')).toMatchObject([{ command: 'echo "$DB_PASSWORD" # from the environment' }])
    expect(await plantedInFiles(SECRETS, workstation.mspHome)).toEqual([])
    expect(await plantedInFiles(SECRETS, join(world.dir, 'server'))).toEqual([])
  })
})
