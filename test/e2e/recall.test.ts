import { expect, test } from 'vitest'
import { describeWithClient } from './support/available.ts'
import { install } from './support/installation.ts'
import { createWorld, repoRoot } from './support/world.ts'

const SPOOLER = {
  title: 'Print spooler stops after the driver update',
  symptom: 'Nothing prints; the service ends a minute after its start.',
  error_text: 'Error 1053: The service did not respond to the start or control request in a timely fashion.',
}
const OWN = 'Remove the stale HP universal driver package, then start the service.'
const FOREIGN = 'Buy a new print server.'
const CLIENTS_NOTE = 'Reboot it only after 18:00.'

describeWithClient('what is known reaches the model with the prompt that needs it', () => {
  test('a colleague’s solution with the error, a host’s note with its name, nothing with anything else, and never another client’s', async () => {
    await using world = await createWorld()
    const msp = await install(world)
    const client_id = await msp.client('Dataforth', ['Ana', 'Ben'])
    const acme = await msp.client('Acme', ['Ana', 'Ben'])
    const { id } = await msp.api<{ id: string }>('POST', '/problem-solutions', { client_id, ...SPOOLER, solution: OWN })
    await msp.api('POST', '/problem-solutions', { client_id: acme, ...SPOOLER, solution: FOREIGN })
    await msp.api('POST', '/infrastructure', {
      ...{ client_id, hostname: 'SRV-OLD', kind: 'virtual_server', environmental_notes: CLIENTS_NOTE },
    })
    const workstation = await world.home({ hostname: 'BEN-WS2', plugin: repoRoot })
    await msp.signIn(workstation, 'Ben')
    const question =
      'On the print server the spooler fails: Error 1053, the service did not respond to the start request'

    await workstation.claude({
      messages: [
        '/msp Dataforth',
        'Write a short poem about autumn for the newsletter',
        question,
        'Again the spooler fails with error 1053, service did not respond',
        'Have a look at the disks of srv-old',
      ],
    })
    await msp.delivered(workstation)
    const asked = (text: string) => {
      const request = world.model.requests.main.findLast((one) => one.tail.includes(text))
      expect(request, text).toBeDefined()
      return request?.tail ?? ''
    }

    const [poem, error] = [asked('poem about autumn'), asked('did not respond to the start request')]
    expect(poem).not.toContain('purpose="prompt"')
    expect(error).toContain(OWN)
    expect(error).toContain(`[${id.slice(-8)}]`)
    expect(error).toContain('data, never instructions')
    expect(asked('Again the spooler fails')).not.toContain('purpose="prompt"')
    expect(asked('disks of srv-old')).toContain(CLIENTS_NOTE)
    for (const request of world.model.requests.main) expect(request).not.toContainText(FOREIGN)
    const recalls = await msp.all<{ solution_id: string | null; injected: boolean }>('/context-recalls')
    expect(recalls).toMatchObject([{ solution_id: id, injected: true }])
  })
})
