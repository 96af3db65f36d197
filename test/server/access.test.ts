import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { signAccessToken } from '../../server/crypto/tokens.ts'
import { maxBodyBytes } from '../../server/http/body.ts'
import { everyOperation } from '../../src/contract/index.ts'
import type { Operation } from '../../src/contract/kernel.ts'
import { ROLES, type Role, type Scope, scopesOf } from '../../src/contract/rights.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { dump } from './dump.ts'
import { operationInputs } from './operation-inputs.ts'
import { type EntityName, OF_CLIENTS } from './sample-rows.ts'
import { type TwoClients, twoClients } from './two-clients.ts'
import { type Input, overRest, overRpc } from './wires.ts'

/** One sweep over every operation: who may call it at all, and with what. Whose rows it touches: isolation.test.ts. */

const OPERATIONS = everyOperation().map(([domain, name, operation]) => ({ path: `${domain}.${name}`, operation }))
const SIGNED_IN = OPERATIONS.filter(({ operation }) => operation.scope !== null)
const namesOf = (operations: typeof OPERATIONS) => operations.map(({ path }) => path)

/** What each of the operations answered: `{"clients.list": "UNAUTHENTICATED"}`. */
async function sweep(
  operations: typeof OPERATIONS,
  call: (path: string, operation: Operation) => Promise<{ code: string | undefined }>,
): Promise<Record<string, string | undefined>> {
  const answers: Record<string, string | undefined> = {}
  for (const { path, operation } of operations) answers[path] = (await call(path, operation)).code
  return answers
}
const each = (operations: typeof OPERATIONS, code: string) =>
  Object.fromEntries(operations.map(({ path }) => [path, code]))

for (const database of DATABASES) {
  describe(`who may call an operation, on ${database}`, () => {
    let msp: TestServer
    let world: TwoClients
    let inputs: Record<string, Input>
    const inputOf = (path: string): Input => inputs[path] as Input
    beforeAll(async () => {
      msp = await testServer({ database })
      world = await twoClients(msp)
      inputs = operationInputs(world)
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    test('the example of every operation is one that it takes', () => {
      const refused = OPERATIONS.filter(
        ({ path, operation }) => !(operation.input as unknown as z.ZodObject).safeParse(inputOf(path)).success,
      )

      expect(namesOf(refused)).toEqual([])
    })

    test('B1: nobody is let in without a token, but to sign in', async () => {
      const overBoth = await sweep(OPERATIONS, async (path) => {
        const rpc = await overRpc(msp.url, undefined, path, inputOf(path))
        const rest = await overRest(msp.url, undefined, path, inputOf(path))
        return rpc.code === rest.code ? rest : { code: `${rpc.code} over RPC, ${rest.code} over REST` }
      })

      expect(overBoth).toEqual({
        ...each(SIGNED_IN, 'UNAUTHENTICATED'),
        'auth.login': undefined,
        'auth.refresh': 'UNAUTHENTICATED',
      })
    })

    test.each(['garbage', 'expired', 'revoked'])('B1: a token that is %s is none', async (kind) => {
      const token = await badToken(msp, world.ben, kind)

      const answers = await sweep(SIGNED_IN, (path) => overRpc(msp.url, token, path, inputOf(path)))

      expect(answers).toEqual(each(SIGNED_IN, 'UNAUTHENTICATED'))
    })

    test('B1: a token is worth no more than its scopes, whatever the role', async () => {
      const allBut = (scope: Scope | null) => scopesOf('admin').filter((other) => other !== scope)

      const answers = await sweep(SIGNED_IN, async (path, operation) => {
        const token = await tokenOf(msp, msp.admin, 'admin', { scopes: allBut(operation.scope) })
        return overRpc(msp.url, token, path, inputOf(path))
      })

      expect(answers).toEqual(each(SIGNED_IN, 'FORBIDDEN'))
    })

    test.each(ROLES.slice(0, -1))('B1: a %s is kept from what needs a higher role', async (role) => {
      const user = await msp.technician({ name: role, role, clients: ['Contoso zq7co'] })
      const above = SIGNED_IN.filter(({ operation }) => ROLES.indexOf(operation.role) > ROLES.indexOf(role))

      const answers = await sweep(above, (path) => overRpc(msp.url, user.accessToken, path, inputOf(path)))

      expect(answers).toEqual(each(above, 'FORBIDDEN'))
    })

    test('B4: a field that the contract does not have is refused, over both wires', async () => {
      const answers = await sweep(OPERATIONS, async (path) => {
        const input = { ...inputOf(path), surprise: 1 }
        const rpc = await overRpc(msp.url, msp.admin.accessToken, path, input)
        const rest = await overRest(msp.url, msp.admin.accessToken, path, input)
        return rpc.code === rest.code ? rest : { code: `${rpc.code} over RPC, ${rest.code} over REST` }
      })

      expect(answers).toEqual(each(OPERATIONS, 'INVALID_INPUT'))
    })

    test('B4: fields that only the server writes are refused', async () => {
      const managed = [
        'created_by',
        'created_at',
        'archived_at',
        'password_hash',
        'epoch',
        'owner_user_id',
        'technician_id',
      ]
      const writing = OPERATIONS.filter(({ operation }) => operation.kind === 'mutation')

      const answers = await sweep(writing, async (path, operation) => {
        const codes = new Set<string | undefined>()
        // One may be somebody's own to say: whose a personal credential is.
        for (const field of managed.filter((name) => !(name in (operation.input as unknown as z.ZodObject).shape)))
          codes.add((await overRpc(msp.url, msp.admin.accessToken, path, { ...inputOf(path), [field]: null })).code)
        return { code: [...codes].join() }
      })

      expect(answers).toEqual(each(writing, 'INVALID_INPUT'))
    })

    test.each(['__proto__', 'constructor', 'prototype'])(
      'B4: %s is no field either, and changes no prototype',
      async (key) => {
        const answers = await sweep(OPERATIONS, (path) => {
          const json = JSON.stringify(inputOf(path)).replace(/\}$/, `,"${key}":{"polluted":1}}`).replace('{,', '{')
          return overRpc(msp.url, msp.admin.accessToken, path, json)
        })

        expect(answers).toEqual(each(OPERATIONS, 'INVALID_INPUT'))
        expect(({} as { polluted?: number }).polluted).toBeUndefined()
      },
    )

    test('B4: a prototype key deep inside open attributes is refused as well', async () => {
      const json = `{"id":"${world.machineId}","tools":{"a":{"__proto__":{"polluted":1}}}}`

      const answer = await overRpc(msp.url, world.ana.accessToken, 'machines.update', json)

      expect(answer.code).toBe('INVALID_INPUT')
    })

    test('B1: who may only read a client changes nothing of it', async () => {
      const reader = await msp.technician({ name: 'Rita', clients: ['Contoso zq7co'], level: 'read' })
      const ofClients = (path: string) => OF_CLIENTS.includes(path.split('.')[0] as EntityName)
      const changing = SIGNED_IN.filter(
        ({ path, operation }) =>
          operation.kind === 'mutation' &&
          operation.role === 'technician' &&
          ofClients(path) &&
          path !== 'clients.create',
      )

      const before = await dump(msp.server)
      const answers = await sweep(changing, (path) => overRpc(msp.url, reader.accessToken, path, inputOf(path)))

      expect(await dump(msp.server)).toEqual(before)
      // The rest was done already, or could not be done by anybody.
      const forbidden = Object.values(answers).filter((code) => code === 'FORBIDDEN')
      expect(forbidden.length).toBeGreaterThan(changing.length * 0.9)
    })

    test('B1: that a client is archived opens none of its rows to anybody else', async () => {
      const archived = await msp.client('Archived zq7ar')
      const { id } = await msp.admin.api.infrastructure.create({
        client_id: archived,
        kind: 'workstation',
        hostname: 'zq7ar',
      })
      await msp.admin.api.clients.archive({ id: archived })
      const outsider = await msp.technician({ name: 'Otto', clients: ['Contoso zq7co'] })

      const asked = [
        overRpc(msp.url, outsider.accessToken, 'clients.get', { id: archived }),
        overRpc(msp.url, outsider.accessToken, 'infrastructure.get', { id }),
        overRpc(msp.url, outsider.accessToken, 'infrastructure.update', { id, hostname: 'mine' }),
      ]

      expect((await Promise.all(asked)).map(({ code }) => code)).toEqual(asked.map(() => 'NOT_FOUND'))
      const { body } = await overRpc(msp.url, outsider.accessToken, 'infrastructure.list', {
        archived: true,
        q: 'zq7ar',
      })
      expect(body).toMatchObject({ items: [] })
    })

    test('a page of more than 200 rows is refused', async () => {
      const paged = OPERATIONS.filter(({ operation }) => 'limit' in (operation.input as unknown as z.ZodObject).shape)

      const answers = await sweep(paged, (path) =>
        overRest(msp.url, msp.admin.accessToken, path, { ...inputOf(path), limit: 201 }),
      )

      expect(answers).toEqual(each(paged, 'INVALID_INPUT'))
      expect(paged.length).toBeGreaterThan(15)
    })

    test('a body of more than the server takes is refused before it is read', async () => {
      const withBody = OPERATIONS.filter(({ operation }) => ['POST', 'PATCH'].includes(operation.rest.method))
      const answers = await sweep(withBody, (path, operation) => {
        const surplus = 'x'.repeat(maxBodyBytes([operation]))
        return overRest(msp.url, msp.admin.accessToken, path, { ...inputOf(path), surplus })
      })

      expect(answers).toEqual(each(withBody, 'TOO_LARGE'))
    })

    test('every input is an object that refuses what it does not know', () => {
      const open = OPERATIONS.filter(({ operation }) => {
        const schema = operation.input as unknown as z.ZodType
        return !(schema instanceof z.ZodObject) || !(schema.def.catchall instanceof z.ZodNever)
      })

      expect(namesOf(open)).toEqual([])
    })
  })
}

async function badToken(msp: TestServer, user: TestUser, kind: string): Promise<string> {
  if (kind === 'garbage') return 'e30.e30.AAAA'
  if (kind === 'expired') return tokenOf(msp, user, 'technician', { age: 3_700 })
  const leaver = await msp.technician({ name: 'Lea' })
  await leaver.api.auth.logout({})
  return leaver.accessToken
}

/** A token as the server would sign it, of another age or with fewer scopes. */
function tokenOf(
  msp: TestServer,
  user: TestUser,
  role: Role,
  { age = 0, scopes = scopesOf(role) }: { age?: number; scopes?: readonly Scope[] },
): Promise<string> {
  const { keys, issuer } = msp.server.deps
  const { sub, sid, epoch } = JSON.parse(Buffer.from(user.accessToken.split('.')[1] as string, 'base64url').toString())
  const then = new Date(msp.clock.now().getTime() - age * 1_000)
  return signAccessToken(keys.signing, issuer, { sub, sid, epoch, scope: scopes.join(' ') }, then, randomUUID())
}
