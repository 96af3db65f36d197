import { describe, expect, test } from 'vitest'
import { DATABASES } from '../support/databases.ts'
import { anEvent, testServer } from '../support/server.ts'

for (const database of DATABASES) {
  describe(`the story of one client over two machines, on ${database}`, () => {
    test('a colleague on another machine is told what was done, what failed and what is open', async () => {
      await using msp = await testServer({ database })
      const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth'] })
      const ben = await msp.technician({ name: 'Ben', clients: ['Dataforth'] })
      const clientId = await msp.client('Dataforth')
      const laptop = await msp.machine(ana)
      const at = (minute: number) => `2026-01-12T09:${String(minute).padStart(2, '0')}:00.000Z`
      msp.clock.set(at(30))

      const { outcomes } = await msp.ingest(ana, laptop, [
        anEvent(
          'session.opened',
          { mode: 'msp', client_id: clientId, trigger: 'command' },
          { id: 'open:1', at: at(0) },
        ),
        anEvent('prompt', { text: 'The print spooler on SRV-OLD does not start' }, { at: at(1) }),
        anEvent('command', { command: 'ssh SRV-OLD hostname', stdout: 'SRV-OLD' }, { at: at(2) }),
        anEvent(
          'command',
          {
            command: 'ssh SRV-OLD systemctl restart cups',
            success: false,
            exit_code: 5,
            stderr: 'Unit cups.service not found.',
          },
          { at: at(4) },
        ),
        anEvent('command', { command: 'ssh SRV-OLD lpstat -r' }, { at: at(6) }),
        anEvent('file', { path: '/etc/cups/cupsd.conf', change: 'M', lines_added: 3, lines_removed: 1 }, { at: at(8) }),
        anEvent('session.closed', { reason: 'user' }, { id: 'close:1', at: at(9) }),
      ])
      expect(outcomes.map((outcome) => outcome.outcome)).toEqual(Array(7).fill('accepted'))
      msp.clock.advance(86_400_000)

      const block = await ben.api.context.get({ client_id: clientId })
      expect(block.text).toContain('Dataforth')
      expect(block.text).toContain('systemctl restart cups')
      expect(block.text).toContain('Unresolved')
      expect(block.text).toContain('Ana')
      expect(block.tokens).toBeLessThanOrEqual(1_000)
      const { items } = await ben.api.sessions.list({ client: 'Dataforth' })
      expect(items).toHaveLength(1)
      expect(items[0]).toMatchObject({ status: 'ended', active_seconds: 540 })
    })
  })
}
