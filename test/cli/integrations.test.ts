import { expect, test } from 'vitest'
import { workOff } from '../../server/domains/integrations/action-worker.ts'
import { testServer } from '../support/server.ts'
import { aTicket, fakeSyncro } from '../support/vendors/syncro.ts'
import { aHome } from './home.ts'

/** Systems that are connected on the command line, and what happens while one of them is away. */

test('a system is connected with its secret on stdin; while it is away a note waits, is listed, and is sent once', {
  timeout: 90_000,
}, async () => {
  await using fake = await fakeSyncro()
  fake.customers = [{ id: 1, business_then_name: 'Dataforth' }]
  fake.tickets = [aTicket(101, { number: '12345', subject: 'Printer', customer_id: 1 })]
  await using msp = await testServer({ database: 'sqlite' })
  const entity_id = await msp.client('Dataforth')
  const home = aHome(msp.url)
  await home.login(msp.admin)
  const said = async (words: string[], input?: string) => {
    const { stdout, stderr } = await home.msp(words, input === undefined ? {} : { input })
    return `${stdout}${stderr}`
  }
  const list = () => said(['integrations', 'list'])

  expect(await list()).toContain('Nothing is connected. An admin adds a system with: msp integrations add')
  const add = ['integrations', 'add', 'syncro', '--name', 'Syncro', '--base-url', fake.url, '--secret-stdin']
  expect(await said(add, '')).toContain('Nothing came on stdin')
  expect(await said(add, `${fake.token}\n`)).toMatch(/✓ Syncro \(syncro\) is connected/)
  const [syncro] = (await msp.admin.api.externalIntegrations.list({})).items
  const integration_id = syncro?.id as string
  await msp.admin.api.externalRefs.create({ integration_id, entity_type: 'client', entity_id, external_id: '1' })
  fake.fail({ how: 'reply', reply: { status: 503 } }, { times: 3, on: /^POST/ })
  expect(await said(['ticket', 'note', '#12345', '--body', 'Spooler restarted'])).toMatch(/queued/)
  expect(await list()).toMatch(/Waiting to be sent:[\s\S]*12345/)

  for (let time = 0; time < 4; time++) {
    msp.clock.advance(60 * 60_000)
    await workOff(msp.server.deps)
  }

  expect(fake.tickets[0]?.comments.map(({ hidden }) => hidden)).toEqual([true])
  expect(await list()).not.toContain('Waiting to be sent')
})
