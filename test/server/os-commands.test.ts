import { describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { testServer } from '../support/server.ts'

for (const database of DATABASES) {
  describe(`the commands of a system, on ${database}`, () => {
    test('are told to whoever is signed in, also without a client', async () => {
      await using msp = await testServer({ database })
      const vera = await msp.technician({ name: 'Vera', role: 'viewer', clients: [] })

      const answer = await vera.api.machines.commandsFor({ task: 'lijst gebruikers', os: 'server 2008' })

      expect(answer).toMatchObject({ task: { id: 'users', changes: false }, systems: [{ id: 'ps2' }] })
      expect(answer.commands.map(({ command }) => command)).toEqual([expect.stringContaining('Win32_UserAccount')])
    })

    test('are found over REST, and hide no machine of that name', async () => {
      await using msp = await testServer({ database })
      const headers = { authorization: `Bearer ${msp.admin.accessToken}` }

      const answer = await fetch(`${msp.url}/api/v1/machines/commands-for?task=flush%20dns&os=macos%2015`, { headers })

      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({
        task: { id: 'dns-flush', changes: true },
        commands: [{ elevated: true }],
      })
    })

    test('are those of every system when none is named', async () => {
      await using msp = await testServer({ database })

      const { commands } = await msp.admin.api.machines.commandsFor({ task: 'ip-config' })

      expect(commands.length).toBeGreaterThan(12)
    })

    test('come with candidates when several tasks fit, and every task when none is named', async () => {
      await using msp = await testServer({ database })

      const [several, every] = [
        await msp.admin.api.machines.commandsFor({ task: 'service', os: 'debian' }),
        await msp.admin.api.machines.commandsFor({}),
      ]

      expect(several).toMatchObject({ task: null, commands: [] })
      expect(several.candidates.map(({ id }) => id)).toContain('service-restart')
      expect(every.candidates.length).toBeGreaterThanOrEqual(60)
    })
  })
}
