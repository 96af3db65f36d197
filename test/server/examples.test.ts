import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { everyOperation } from '../../src/contract/index.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { operationInputs } from './operation-inputs.ts'
import { twoClients } from './two-clients.ts'
import { type Input, overRest } from './wires.ts'

/** Somebody who copies an example out of the documentation, with ids of his own, gets what it says. */

/** It wants two services, and the world has one. */
const WANTS_ANOTHER_ROW = 'serviceRelationships.create'

/** They ask another system, and the world is connected with none. */
const CALL_OUT = ['tickets.search', 'tickets.show']

const pathsOf = (kind: 'query' | 'mutation') =>
  everyOperation().flatMap(([domain, name, operation]) => (operation.kind === kind ? [`${domain}.${name}`] : []))

for (const database of DATABASES) {
  describe(`the examples of the documentation, on ${database}`, () => {
    let msp: TestServer
    let inputs: Record<string, Input>
    beforeAll(async () => {
      msp = await testServer({ database })
      inputs = operationInputs(await twoClients(msp))
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    const ask = (path: string) => overRest(msp.url, msp.admin.accessToken, path, inputs[path] as Input)

    test.each(pathsOf('query').filter((path) => !CALL_OUT.includes(path)))('%s answers', async (path) => {
      const { status, body } = await ask(path)

      expect({ status, body: status === 200 ? '' : body }).toEqual({ status: 200, body: '' })
    })

    test.each(CALL_OUT)('%s says that no system is connected', async (path) => {
      expect(await ask(path)).toMatchObject({ code: 'CONFLICT' })
    })

    // The world holds a row like most examples already, and a state that not every step can be taken from.
    test.each(pathsOf('mutation').filter((path) => !path.startsWith('auth.') && path !== WANTS_ANOTHER_ROW))(
      '%s does it, or says what is in its way',
      async (path) => {
        const { code, body } = await ask(path)

        expect([undefined, 'CONFLICT'], JSON.stringify(body)).toContain(code)
      },
    )
  })
}
