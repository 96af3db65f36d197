import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROLES, type Role } from '../../src/contract/rights.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { steppedUp } from './vault-world.ts'

/** Who may do what with whose credential, as a table: every role, every kind of client, every operation. */

const WHOSE = ['own', 'readable', 'other', 'archived', 'none'] as const
type Whose = (typeof WHOSE)[number]

/** In this order, so that the last may put the row away. */
const OPERATIONS = {
  get: ['GET', '', {}],
  versions: ['GET', '/versions', {}],
  update: ['PATCH', '', { username: 'x' }],
  rotate: ['POST', '/rotate', { secrets: { password: 'another' } }],
  use: ['POST', '/use', { fields: ['password'], argv: ['x'], step_up: '' }],
  totp: ['POST', '/totp', { step_up: '' }],
  reveal: ['POST', '/reveal', { step_up: '' }],
  setPolicy: ['POST', '/set-policy', { access_policy: 'open' }],
  archive: ['DELETE', '', {}],
} as const
type Name = keyof typeof OPERATIONS
const NAMES = Object.keys(OPERATIONS) as Name[]

/** What is not here is forbidden; of what is hidden nothing is said but by the role. */
const ALLOWED: Record<Role, Partial<Record<Whose, readonly Name[]>>> = {
  viewer: {},
  technician: {
    own: ['get', 'versions', 'update', 'rotate', 'use', 'totp', 'reveal'],
    readable: ['get', 'versions'],
    archived: ['get', 'versions', 'update', 'rotate', 'use', 'totp', 'reveal'],
  },
  lead: { own: NAMES, readable: ['get', 'versions'], archived: NAMES, none: NAMES },
  admin: { own: NAMES, readable: NAMES, other: NAMES, archived: NAMES, none: NAMES },
}
const HIDDEN: Record<Role, readonly Whose[]> = {
  viewer: [],
  technician: ['other', 'none'],
  lead: ['other'],
  admin: [],
}
/** Needs a role, which is asked for before any row is looked at. */
const FOR_LEADS: readonly Name[] = ['setPolicy']

function expected(role: Role, whose: Whose, name: Name): string {
  if (ALLOWED[role][whose]?.includes(name)) return 'given'
  if (role === 'viewer' || (role === 'technician' && FOR_LEADS.includes(name))) return 'FORBIDDEN'
  return HIDDEN[role].includes(whose) ? 'NOT_FOUND' : 'FORBIDDEN'
}

for (const database of DATABASES) {
  describe(`the table of credentials, on ${database}`, () => {
    let msp: TestServer
    const users = {} as Record<Role, TestUser>
    const proofs = {} as Record<Role, string>
    beforeAll(async () => {
      msp = await testServer({ database })
      for (const role of ROLES) {
        const user =
          role === 'admin' ? msp.admin : await msp.technician({ name: role, role, clients: ['own', 'archived'] })
        if (role !== 'admin') {
          const readable = await msp.client('readable')
          await msp.admin.api.users.grant({ id: user.id, client_id: readable, level: 'read' })
        }
        users[role] = user
        proofs[role] = await steppedUp(user)
      }
      clients = {
        own: await msp.client('own'),
        readable: await msp.client('readable'),
        other: await msp.client('other'),
        archived: await msp.client('archived'),
        none: null,
      }
      await msp.admin.api.clients.archive({ id: clients.archived as string })
    }, 120_000)
    afterAll(() => msp[Symbol.asyncDispose]())
    let clients: Record<Whose, string | null>

    const cells = ROLES.flatMap((role) => WHOSE.map((whose) => [role, whose] as const))
    test.each(cells)('B1: a %s, with a credential of a client that is: %s', async (role, whose) => {
      const { id } = await msp.admin.api.credentials.create({
        client_id: clients[whose],
        name: `${role} ${whose}`,
        type: 'password',
        secrets: { password: 'x', totp: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
      })

      const answers: Partial<Record<Name, string>> = {}
      for (const name of NAMES) {
        const [method, path, input] = OPERATIONS[name]
        const body = { ...input, ...('step_up' in input ? { step_up: proofs[role] } : {}) }
        const answer = await users[role].rest(method, `/credentials/${id}${path}`, method === 'GET' ? undefined : body)
        const { error } = answer.body as { error?: { code: string } }
        answers[name] = error?.code ?? 'given'
      }

      expect(answers).toEqual(Object.fromEntries(NAMES.map((name) => [name, expected(role, whose, name)])))
    })
  })
}
