import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { agentOf, steppedUp, toDb1, type VaultWorld, vaultWorld } from './vault-world.ts'

/** The block with what is known besides the work: decisions, facts, notes, state, credentials used, what ends soon. Only what still holds. */

const DAY = 86_400_000
const day = (world: VaultWorld, days: number) => new Date(world.msp.clock.now().getTime() + days * DAY).toISOString()

for (const database of DATABASES) {
  describe(`what a session begins with, on ${database}`, () => {
    let world: VaultWorld
    let acme: string
    beforeAll(async () => {
      world = await vaultWorld(database)
      acme = await world.msp.client('Acme')
    })
    afterAll(() => world[Symbol.asyncDispose]())

    const textFor = async (input: Record<string, unknown> = {}, user = world.ana) =>
      (await user.api.context.get({ client_id: world.clientId, budget: 1_500, ...input })).text

    test('has the decisions that stand, and none that was superseded, rejected, dropped or only proposed', async () => {
      const { ana, clientId, msp } = world
      const make = async (title: string, client_id: string | null = clientId) =>
        (await ana.api.decisions.create({ client_id, title, decision: title })).id
      const accepted = async (title: string) => (await ana.api.decisions.accept({ id: await make(title) })).id
      const first = await accepted('Mail stays here')
      await ana.api.decisions.supersede({ id: first, title: 'Mail moves to the cloud', decision: 'All boxes move.' })
      await ana.api.decisions.reject({ id: await make('Buy a new server') })
      await ana.api.decisions.deprecate({ id: await accepted('Backups on tape') })
      await make('Perhaps a new firewall')
      const foreign = await msp.admin.api.decisions.create({ client_id: acme, title: 'Acme first', decision: 'x' })
      await msp.admin.api.decisions.accept({ id: foreign.id })

      const text = await textFor()

      expect(text).toMatch(/Decided:\n- Mail moves to the cloud: All boxes move\. \(now\) \[\w{8}\]/)
      expect(text).not.toMatch(/stays here|new server|tape|Perhaps|Acme/)
    })

    test('has facts of the client by priority; those of a host stand with the host, and what ended is gone', async () => {
      const { ana, clientId, hostId } = world
      const fact = (key: string, statement: string, more: Record<string, unknown> = {}) =>
        ana.api.environmentalInsights.create({ client_id: clientId, category: 'policy', key, statement, ...more })
      await fact('reboot', 'Reboots after 18:00 only.')
      await fact('port', 'Port 25 is blocked.', { priority: 9 })
      await fact('cores', 'db1 has two cores.', { infrastructure_id: hostId })
      await ana.api.environmentalInsights.end({ id: (await fact('vpn', 'The VPN is down.')).id })

      const text = await textFor()

      expect(text).toMatch(/Facts:\n- Port 25 is blocked\. \(now\) \[\w{8}\]\n- Reboots after 18:00 only\./)
      expect(text).not.toContain('The VPN is down')
      expect(text.match(/two cores/g) ?? []).toHaveLength(text.includes('Constraints:') ? 1 : 0)
    })

    test('has notes that nothing took the place of, of this client; without a client one’s own', async () => {
      const { ana, clientId, hostId, msp, lea } = world
      const note = (text: string, more: Record<string, unknown> = {}) =>
        ana.api.contextSnippets.create({ client_id: clientId, kind: 'gotcha', text, ...more })
      const old = await note('The scanner uses port 25')
      const recent = await note('The scanner uses port 587', { relevance: 90 })
      await ana.api.contextSnippets.supersede({ id: old.id, superseded_by_id: recent.id })
      await note('db1 is slow on Mondays', { infrastructure_id: hostId })
      await note('Ana likes short answers', { client_id: null, kind: 'preference' })
      await msp.admin.api.contextSnippets.create({ client_id: acme, kind: 'fact', text: 'Acme has no scanner' })

      const [here, own, leads] = [
        await textFor(),
        await textFor({ client_id: undefined, mode: 'normal' }),
        await textFor({ client_id: undefined, mode: 'normal' }, lea),
      ]

      expect(here).toMatch(/Notes:\n- gotcha: The scanner uses port 587 \(now\) \[\w{8}\]/)
      expect(here).not.toMatch(/port 25 |Mondays|short answers|Acme/)
      expect(own).toContain('preference: Ana likes short answers')
      expect(own).not.toContain('scanner')
      expect(leads).not.toContain('short answers')
    })

    test('names the credentials that the caller used lately, and nobody else’s uses', async () => {
      const { ana, lea, clientId, credentialId, msp } = world
      const agent = await agentOf(world, ana, clientId)
      await agent.api.credentials.use({ id: credentialId, fields: ['password'], argv: toDb1 })
      msp.clock.advance(2 * DAY)
      const [anas, leas] = [await textFor(), await textFor({}, lea)]
      await lea.api.credentials.reveal({ id: credentialId, step_up: await steppedUp(lea) })
      const after = await textFor({}, lea)
      msp.clock.advance(31 * DAY)

      expect(anas).toMatch(/Credentials used lately.*\n- MariaDB root \(password\), used 2 d \[\w{8}\]/)
      expect(anas).not.toContain('CANARY')
      expect(leas).not.toContain('MariaDB root')
      expect(after).toContain('MariaDB root (password), used now')
      expect(await textFor()).not.toContain('MariaDB root')
    })

    test('tells what ends within 30 days and what has just ended, of this client', async () => {
      const { ana, clientId, msp } = world
      const ends = (common_name: string, days: number, client_id = clientId, user = ana) =>
        user.api.certificates.create({ client_id, common_name, expires_on: day(world, days).slice(0, 10) })
      await ends('soon.dataforth.com', 12)
      await ends('gone.dataforth.com', -3)
      await ends('later.dataforth.com', 60)
      await ends('history.dataforth.com', -90)
      await ends('acme.example.com', 5, acme, msp.admin)

      const text = await textFor()

      expect(text).toMatch(
        /Expires soon:\n- certificate gone\.dataforth\.com, overdue \d+ .*\n- certificate soon\.dataforth\.com, due in 12 d/,
      )
      expect(text).not.toMatch(/later\.|history\.|acme\./)
    })

    test('has the state of its project, and decisions and notes of no other project', async () => {
      const { ana, clientId } = world
      const project = async (name: string) => (await ana.api.projects.create({ client_id: clientId, name })).id
      const [portal, shop] = [await project(`Portal ${database}`), await project(`Shop ${database}`)]
      const status = 'Login works'
      await ana.api.projectStates.create({ project_id: portal, status: 'Nothing works' })
      await ana.api.projectStates.create({ project_id: portal, status, next_actions: ['Reset'], blockers: ['No SMTP'] })
      const note = (project_id: string, text: string) =>
        ana.api.contextSnippets.create({ client_id: clientId, project_id, kind: 'fact', text })
      await note(portal, 'The portal runs on port 8080')
      await note(shop, 'The shop runs on port 9090')

      const text = await textFor({ project_id: portal })

      expect(text).toMatch(/Project state:\n- Login works .*\n- Next: Reset .*\n- Blocked by: No SMTP /)
      expect(text).toContain('port 8080')
      expect(text).not.toMatch(/Nothing works|port 9090/)
    })

    test('explains itself: equal text, every line with what became of it, tokens of what it was made from', async () => {
      const { ana, clientId } = world
      const plain = await ana.api.context.get({ client_id: clientId, budget: 200 })

      const { explanation, ...told } = await ana.api.context.get({ client_id: clientId, budget: 200, explain: true })

      expect(told).toEqual(plain)
      expect(plain).not.toHaveProperty('explanation')
      const lines = explanation?.sections.flatMap((section) => section.lines) ?? []
      expect(lines.some(({ outcome }) => outcome === 'budget')).toBe(true)
      for (const line of lines) expect(plain.text.includes(line.text)).toBe(line.outcome === 'kept')
      expect(explanation?.source_tokens).toBeGreaterThan(plain.tokens)
    })
  })
}
