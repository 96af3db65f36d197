import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { placesOf } from '../../../server/audit/places.ts'
import { DATABASES } from '../../support/databases.ts'
import { anEvent } from '../../support/server.ts'
import { auditWorld, someHistory } from './world.ts'

const HOUR_MS = 3_600_000

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'msp-places-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test('a git worktree gets a commit for each push, and a remote gets it too', async () => {
  await using home = await folder()
  const git = (...words: string[]) => promisify(execFile)('git', words, { cwd: home.path })
  await git('init', '--quiet', '--bare', '-b', 'main', 'remote.git')
  await git('clone', '--quiet', 'remote.git', 'work')
  await promisify(execFile)('git', ['checkout', '--quiet', '-b', 'main'], { cwd: join(home.path, 'work') }).catch(
    () => undefined,
  )
  const [place] = placesOf([`git:${join(home.path, 'work')}`])
  await promisify(execFile)('git', ['config', 'push.default', 'current'], { cwd: join(home.path, 'work') })

  await place?.push(['{"seq":1}'])
  await place?.push(['{"seq":2}', '{"seq":3}'])

  const { stdout } = await git('--git-dir', 'remote.git', 'log', '--format=%an %s')
  expect(stdout.trim().split('\n')).toEqual([
    'ClaudeTools Audit: 2 signed states',
    'ClaudeTools Audit: 1 signed states',
  ])
  expect(await place?.read?.()).toEqual(['{"seq":1}', '{"seq":2}', '{"seq":3}'])
})

test('what could not be pushed to the remote is committed once, and pushed the next time', async () => {
  await using home = await folder()
  const git = (...words: string[]) => promisify(execFile)('git', words, { cwd: home.path })
  await git('init', '--quiet', '-b', 'main', 'work')
  await git('-C', 'work', 'remote', 'add', 'origin', join(home.path, 'remote.git'))
  await git('-C', 'work', 'config', 'push.default', 'current')
  const [place] = placesOf([`git:${join(home.path, 'work')}`])
  await expect(place?.push(['{"seq":1}'])).rejects.toThrow()
  await git('init', '--quiet', '--bare', '-b', 'main', 'remote.git')

  await place?.push(['{"seq":1}'])

  const { stdout } = await git('--git-dir', 'remote.git', 'show', 'main:audit-checkpoints.jsonl')
  expect(stdout).toBe('{"seq":1}\n')
})

test('a syslog server gets one message for each state', async () => {
  const received: string[] = []
  const server = createServer((socket) => socket.on('data', (bytes) => received.push(String(bytes))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }

  await placesOf([`syslog:127.0.0.1:${port}`])[0]?.push(['{"seq":1}', '{"seq":2}'])

  server.close()
  expect(received.join('')).toMatch(
    /^\d+ <109>1 \S+ \S+ claudetools - checkpoint - \{"seq":1\}\d+ <109>1 .*\{"seq":2\}$/,
  )
})

test('a place that is none keeps the server from starting, and says what one looks like', () => {
  expect(() => placesOf(['s3://bucket'])).toThrow('file:/path, git:/path and syslog:host:port')
})

for (const database of DATABASES)
  describe(`states outside on ${database}`, () => {
    test('where no place takes anything for a day no secret is announced any more; mended, it goes on', async () => {
      await using home = await folder()
      const lost = join(home.path, 'missing', 'states.jsonl')
      await using world = await auditWorld(database, { checkpointPlaces: [`file:${lost}`] })
      const { audit } = world.msp.server.deps
      const use = { action: 'use', outcome: 'intent', clientId: null, credentialId: null } as const
      await audit.credential(world.context(), use)
      await audit.checkpoint()

      world.msp.clock.advance(23 * HOUR_MS)
      await audit.credential(world.context(), use)
      world.msp.clock.advance(2 * HOUR_MS)
      const refused = audit.credential(world.context(), use)

      await expect(refused).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await promisify(execFile)('mkdir', ['-p', join(home.path, 'missing')])
      await audit.checkpoint()
      await audit.credential(world.context(), use)
      expect((await readFile(lost, 'utf8')).split('\n').length).toBeGreaterThan(2)
    })

    test('a machine that delivers gets the newest state with the answer', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      await someHistory(world, ['Dataforth'], 2)
      const machine = await msp.machine(msp.admin)
      const event = anEvent('command', { command: 'hostname' })

      const answer = await msp.admin.api.ingest.events({
        ...{ machine_id: machine, sent_at: msp.clock.now().toISOString() },
        events: [{ epoch: 'x', seq: 0, event }],
      })

      const { checkpoint } = await msp.admin.api.audit.checkpoint({})
      expect(answer.checkpoint).toMatchObject({ log: 'all' })
      expect(answer.checkpoint).toEqual(checkpoint)
    })

    test('a server that stops signs where the chains stand', async () => {
      await using world = await auditWorld(database)
      await world.msp.client('Dataforth')

      await world.msp.restart()

      expect(await world.verify()).toMatchObject({ intact: true, covered: true, uncovered: 0 })
    })
  })
