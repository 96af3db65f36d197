import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { anEvent, type TestServer, testServer } from '../support/server.ts'
import { at, learningOffice, MISSING, NO_CMDLET, typing } from './failures-world.ts'

/** What the server learns from what technicians type: what fails where, what works instead, and when that is over. */

const USERS = 'ssh admin@SRV-OLD "powershell -Command Get-LocalUser"'
const OTHER_WAY = 'ssh admin@SRV-OLD "net user"'
const FAILED = { command: USERS, error: NO_CMDLET('Get-LocalUser') }

for (const database of DATABASES) {
  describe(`learning from failures, on ${database}`, () => {
    let msp: TestServer
    beforeAll(async () => {
      msp = await testServer({ database, now: at(600) })
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    /** SRV-OLD of Dataforth, on which Ana failed and found another way. */
    async function learned() {
      const office = await learningOffice(msp)
      const srvOld = await office.asset(office.dataforth, 'SRV-OLD', 'Windows Server 2008 R2')
      await typing(msp, office.ana, office.dataforth, [
        { ...FAILED, minute: 10 },
        { command: OTHER_WAY, minute: 11 },
      ])
      return { ...office, srvOld }
    }

    test('what Ana learned the hard way the guard of Bob knows, with the way that worked', async () => {
      const { bob, dataforth, srvOld } = await learned()

      const { patterns } = await bob.api.failurePatterns.guard({ client_id: dataforth })

      expect(patterns.filter((pattern) => pattern.infrastructure_id === srvOld)).toMatchObject([
        {
          grain: 'program',
          key: 'program get-localuser',
          title: 'Get-LocalUser does not exist on SRV-OLD (windows server 2008 r2)',
          alternative: OTHER_WAY,
          percent: 92,
          at: at(10),
        },
      ])
    })

    test('what another way was found for is no loose end, and is told once to who comes next', async () => {
      const { bob, dataforth } = await learned()

      const { text } = await bob.api.context.get({ client_id: dataforth })

      expect(text.match(/SRV-OLD: Get-LocalUser does not exist/g)).toHaveLength(1)
      expect(text).not.toContain(USERS)
    })

    test('the start of a service there makes no doubt of a refused connection that another port answered', async () => {
      const { ana, bob, asset, dataforth } = await learningOffice(msp)
      const web = await asset(dataforth, 'SRV-WEB', 'Debian 12')
      await typing(msp, ana, dataforth, [
        { command: 'ssh ana@srv-web uptime', minute: 10, error: 'connect to host srv-web port 22: Connection refused' },
        { command: 'ssh -p 2222 ana@srv-web uptime', minute: 11 },
      ])

      await typing(msp, ana, dataforth, [{ command: 'ssh -p 2222 ana@srv-web sudo systemctl start nginx', minute: 20 }])

      const { patterns } = await bob.api.failurePatterns.guard({ client_id: dataforth })
      const [way] = patterns.filter((pattern) => pattern.infrastructure_id === web)
      expect(way).toMatchObject({ key: 'way ssh', alternative: 'ssh -p 2222 ana@srv-web uptime', percent: 75 })
    })

    test('a technician of another client never gets it', async () => {
      const { ana, eve, contoso, dataforth, srvOld } = await learned()

      const eves = await eve.api.failurePatterns.guard({ client_id: contoso })
      const nobodys = await ana.api.failurePatterns.guard({})

      expect(JSON.stringify([eves, nobodys])).not.toContain(srvOld)
      await expect(eve.api.failurePatterns.guard({ client_id: dataforth })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    })

    test.each([
      ['when it works', USERS],
      ['when somebody ran it all the same and it worked', `${USERS} # msp:allow`],
    ])('it is over %s', async (_, command) => {
      const { bob, dataforth, patterns } = await learned()

      await typing(msp, bob, dataforth, [{ command, minute: 60 }])

      expect(await patterns(dataforth)).toMatchObject([
        { status: 'obsolete', obsolete_reason: expect.stringContaining('worked on 2026-01-12') },
      ])
    })

    test('what fails again after it worked counts anew', async () => {
      const { ana, bob, dataforth, patterns } = await learned()
      await typing(msp, bob, dataforth, [{ command: USERS, minute: 60 }])

      await typing(msp, ana, dataforth, [{ ...FAILED, minute: 90 }])

      expect(await patterns(dataforth)).toMatchObject([
        { status: 'active', occurrences: 1, distinct_sessions: 1, obsolete_reason: null, last_seen_at: at(90) },
      ])
    })

    test('three tries in one session are one session, and another session is a second one', async () => {
      const { ana, bob, dataforth, patterns } = await learningOffice(msp)
      const failed = {
        command: 'ssh root@db9 systemctl restart mysql',
        error: 'Failed to restart mysql.service: Access denied',
      }
      await typing(
        msp,
        ana,
        dataforth,
        [1, 2, 3].map((minute) => ({ ...failed, minute })),
      )
      const [once] = await patterns(dataforth)

      await typing(msp, bob, dataforth, [{ ...failed, minute: 30 }])

      expect(once).toMatchObject({ occurrences: 3, distinct_sessions: 1, host: 'db9', scope: 'client' })
      expect(await patterns(dataforth)).toMatchObject([
        { id: once?.id, occurrences: 4, distinct_sessions: 2, first_seen_at: at(1), last_seen_at: at(30) },
      ])
    })

    test('an event that comes twice counts once', async () => {
      const { ana, dataforth, patterns } = await learningOffice(msp)
      const stream = '4f9d1c60-0b5a-4a55-9f43-aaaaaaaaaaaa'
      const opened = anEvent('session.opened', { mode: 'msp', trigger: 'command', client_id: dataforth }, { stream })
      const failed = anEvent(
        'command',
        { command: 'ssh web9 certbot renew', success: false, exit_code: 127, stderr: MISSING('certbot') },
        { stream, at: at(2) },
      )

      await msp.ingest(ana, ana.machineId, [opened, failed])
      await msp.ingest(ana, ana.machineId, [opened, failed])

      expect(await patterns(dataforth)).toMatchObject([{ occurrences: 1, match_key: 'program certbot', host: 'web9' }])
    })

    test.each([
      ['an interrupt', { command: 'ssh web9 apt-get upgrade', exit: 130, error: '^C', interrupted: true }],
      ['a search without a hit', { command: 'ssh web9 grep -r needle /etc', error: '' }],
      ['a red test suite', { command: 'npm test', error: '3 failed' }],
      ['a question whether a program is there', { command: 'which docker', error: '' }],
    ])('%s teaches nothing', async (_, told) => {
      const { ana, dataforth, patterns } = await learningOffice(msp)
      const before = (await msp.admin.api.failurePatterns.list({ limit: 1, total: true })).total

      await typing(msp, ana, dataforth, [{ ...told, minute: 5 }])

      expect(await patterns(dataforth)).toEqual([])
      expect((await msp.admin.api.failurePatterns.list({ limit: 1, total: true })).total).toBe(before)
    })

    test('what a person wrote as the way that works is not overwritten, and what they silenced stays silent', async () => {
      const { ana, bob, dataforth, patterns } = await learned()
      const id = (await patterns(dataforth))[0]?.id as string
      const own = 'Ask Ana: the users are in Active Directory'
      await bob.api.failurePatterns.update({ id, recommended_alternative: own })
      await bob.api.failurePatterns.suppress({ id, reason: 'Everybody knows' })

      await typing(msp, ana, dataforth, [
        { ...FAILED, minute: 100 },
        { command: OTHER_WAY, minute: 101 },
      ])

      expect(await patterns(dataforth)).toMatchObject([
        { recommended_alternative: own, alternative_score: null, status: 'suppressed', occurrences: 2 },
      ])
    })

    test('two servers of one system make it a matter of the system, without a word of whose they are', async () => {
      const { ana, eve, dataforth, contoso, asset } = await learningOffice(msp)
      await asset(dataforth, 'SRV-A', 'Windows Server 2003')
      await asset(contoso, 'SRV-B', 'Windows Server 2003 R2 Standard')
      await asset(contoso, 'SRV-C', 'Windows Server 2003')
      const failing = (host: string) => [
        {
          command: `ssh ${host} dism /online /get-features`,
          error: "'dism' is not recognized as an internal or external command",
          minute: 5,
        },
        { command: `ssh ${host} sysocmgr /i:sysoc.inf`, minute: 6 },
      ]
      await typing(msp, ana, dataforth, failing('SRV-A'))
      await typing(msp, eve, contoso, failing('SRV-B'))

      await typing(msp, eve, contoso, failing('SRV-C'))
      const { patterns } = await ana.api.failurePatterns.guard({ client_id: dataforth })

      expect(patterns.filter((pattern) => pattern.system !== null && pattern.key === 'program dism')).toMatchObject([
        {
          system: 'windows server 2003',
          places: 2,
          title: 'dism is not installed on windows server 2003',
          infrastructure_id: null,
        },
      ])
      expect(JSON.stringify(patterns)).not.toMatch(/SRV-B|SRV-C/i)
    })

    test('on the own machine what is missing belongs to no client, and only the owner of the machine is told', async () => {
      const { ana, bob, dataforth, patterns } = await learningOffice(msp)

      await typing(msp, ana, dataforth, [
        { command: 'docker run -v /srv/secret-project:/x alpine', error: MISSING('docker'), exit: 127, minute: 5 },
        { command: 'podman run -v /srv/secret-project:/x alpine', minute: 6 },
      ])
      const anas = (await ana.api.failurePatterns.guard({})).patterns
      const bobs = (await bob.api.failurePatterns.guard({ client_id: dataforth })).patterns

      expect(await patterns(dataforth)).toEqual([])
      expect(anas.filter(({ machine_id }) => machine_id === ana.machineId)).toMatchObject([
        { key: 'program docker', alternative: expect.stringMatching(/^podman run -v/) },
      ])
      expect(JSON.stringify(anas)).not.toContain('secret-project')
      expect(bobs.filter(({ machine_id }) => machine_id === ana.machineId)).toEqual([])
    })

    test('after an installation the program is no longer said to be missing for certain', async () => {
      const { ana, dataforth, patterns } = await learningOffice(msp)
      await typing(msp, ana, dataforth, [
        { command: 'ssh web9 docker ps', error: MISSING('docker'), exit: 127, minute: 1 },
      ])

      await typing(msp, ana, dataforth, [{ command: 'ssh web9 sudo apt-get install -y docker.io', minute: 20 }])

      expect(await patterns(dataforth)).toMatchObject([{ status: 'candidate', confidence_percent: 45 }])
    })

    test('`docker ps || true` proves nothing of docker', async () => {
      const { ana, dataforth, patterns } = await learningOffice(msp)
      await typing(msp, ana, dataforth, [
        { command: 'ssh web9 docker ps', error: MISSING('docker'), exit: 127, minute: 1 },
      ])

      await typing(msp, ana, dataforth, [
        { command: 'ssh web9 "docker ps || true"', minute: 20 },
        { command: 'ssh web9 "docker ps; echo done"', minute: 21 },
        { command: 'ssh web9 docker ps || echo no', minute: 22 },
      ])

      expect(await patterns(dataforth)).toMatchObject([{ status: 'active' }])
    })

    test('another system on the asset ends what the old one lacked', async () => {
      const { ana, dataforth, srvOld, patterns } = await learned()

      await ana.api.infrastructure.update({ id: srvOld, os_name: 'Windows Server 2022' })

      expect(await patterns(dataforth)).toMatchObject([
        { status: 'obsolete', obsolete_reason: expect.stringContaining('windows server 2008 r2') },
      ])
    })
  })
}
