import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Grant,
  LEVELS,
  type Level,
  levelOf,
  type Principal,
  reaches,
} from '../../server/domains/credentials/levels.ts'
import { ROLES } from '../../src/contract/rights.ts'

/** The matrix of who may do what with a credential, as data and as properties. */

const SHARED = { sensitivity: 'normal', owner_user_id: null } as const
const person = (more: Partial<Principal> = {}): Principal => ({
  kind: 'person',
  userId: 'ana',
  role: 'technician',
  writes: true,
  ...more,
})
const allow = (principal_type: Grant['principal_type'], level: Level): Grant => ({
  principal_type,
  level,
  effect: 'allow',
})
const deny = (principal_type: Grant['principal_type'], level: Level): Grant => ({
  principal_type,
  level,
  effect: 'deny',
})

describe('without permissions', () => {
  test.each([
    ['viewer', 'normal', true, null],
    ['technician', 'normal', true, 'edit'],
    ['technician', 'normal', false, 'metadata'],
    ['technician', 'high', true, 'use'],
    ['technician', 'break_glass', true, 'metadata'],
    ['lead', 'normal', true, 'manage'],
    ['lead', 'high', true, 'manage'],
    ['lead', 'normal', false, 'metadata'],
    ['admin', 'break_glass', true, 'manage'],
  ] as const)(
    'a %s has on a credential that is %s (writes for its client: %s): %s',
    (role, sensitivity, writes, level) => {
      expect(levelOf(person({ role, writes }), { sensitivity, owner_user_id: null }, [])).toBe(level)
    },
  )

  test.each([
    ['api_key', {}, 'metadata'],
    ['agent', {}, 'use'],
    ['agent', { stores: true }, 'edit'],
  ] as const)('an %s (%o) has %s', (kind, more, level) => {
    expect(levelOf(person({ kind, ...more }), SHARED, [])).toBe(level)
  })

  test.each([
    ['technician', 'ana', 'manage'],
    ['technician', 'ben', null],
    ['lead', 'ben', 'metadata'],
    ['admin', 'ben', 'metadata'],
  ] as const)('of a personal credential of Ana a %s called %s has %s', (role, userId, level) => {
    const personal = { sensitivity: 'normal', owner_user_id: 'ana' } as const

    expect(levelOf(person({ role, userId }), personal, [])).toBe(level)
    expect(levelOf(person({ role, userId }), personal, [allow('user', 'manage')])).toBe(level)
  })
})

describe('with permissions', () => {
  test.each([
    ['a permission raises a person', person(), [allow('user', 'manage')], 'manage'],
    ['one of their role too', person(), [allow('role', 'manage')], 'manage'],
    ['a denial takes its level and all above', person({ role: 'admin' }), [deny('user', 'reveal')], 'use'],
    ['a denial wins over a permission', person(), [allow('user', 'manage'), deny('role', 'use')], 'metadata'],
    ['what is denied wholly does not exist', person({ role: 'admin' }), [deny('role', 'metadata')], null],
    ['an API key has what names it', person({ kind: 'api_key' }), [allow('api_key', 'use')], 'use'],
    ['never more than use', person({ kind: 'api_key' }), [allow('api_key', 'manage')], 'use'],
    ['not what its user was granted', person({ kind: 'api_key' }), [allow('user', 'manage')], 'metadata'],
    [
      'a denial of its user counts',
      person({ kind: 'api_key' }),
      [allow('api_key', 'use'), deny('user', 'use')],
      'metadata',
    ],
    ['an agent is denied by its type', person({ kind: 'agent' }), [deny('agent', 'use')], 'metadata'],
    [
      'an agent is not raised above its user',
      person({ kind: 'agent', writes: false }),
      [allow('agent', 'use')],
      'metadata',
    ],
  ] as const)('%s', (_, who, grants, level) => {
    expect(levelOf(who, SHARED, grants)).toBe(level)
  })

  const principals = fc.record({
    kind: fc.constantFrom('person', 'api_key', 'agent'),
    userId: fc.constantFrom('ana', 'ben'),
    role: fc.constantFrom(...ROLES),
    writes: fc.boolean(),
    stores: fc.boolean(),
  })
  const credentials = fc.record({
    sensitivity: fc.constantFrom('normal', 'high', 'break_glass'),
    owner_user_id: fc.constantFrom(null, 'ana'),
  })
  const grants = fc.array(
    fc.record({
      principal_type: fc.constantFrom('user', 'role', 'api_key', 'agent'),
      level: fc.constantFrom(...LEVELS),
      effect: fc.constantFrom('allow', 'deny'),
    }),
    { maxLength: 6 },
  )
  const rank = (level: Level | null) => (level === null ? 0 : LEVELS.indexOf(level) + 1)

  test('B1: a denial always wins', () => {
    fc.assert(
      fc.property(principals, credentials, grants, fc.constantFrom(...LEVELS), (who, credential, given, level) => {
        expect(reaches(levelOf(who, credential, [...given, deny('user', level)]), level)).toBe(false)
      }),
    )
  })

  test('B1: a permission never takes anything, a denial never gives anything', () => {
    fc.assert(
      fc.property(principals, credentials, grants, grants, (who, credential, given, more) => {
        const before = rank(levelOf(who, credential, given))
        const withMore = (effect: 'allow' | 'deny') =>
          rank(levelOf(who, credential, [...given, ...more.map((grant) => ({ ...grant, effect }))]))
        expect(withMore('allow')).toBeGreaterThanOrEqual(before)
        expect(withMore('deny')).toBeLessThanOrEqual(before)
      }),
    )
  })

  test('B1: neither an agent nor an API key ever reveals, whatever is granted', () => {
    fc.assert(
      fc.property(principals, credentials, grants, (who, credential, given) => {
        fc.pre(who.kind !== 'person' && !who.stores)
        expect(reaches(levelOf(who, credential, given), 'reveal')).toBe(false)
      }),
    )
  })

  test('B1: an agent never has more than its user', () => {
    fc.assert(
      fc.property(principals, credentials, grants, (who, credential, given) => {
        const agent = rank(levelOf({ ...who, kind: 'agent' }, credential, given))
        const user = rank(levelOf({ ...who, kind: 'person' }, credential, given))
        expect(agent).toBeLessThanOrEqual(user)
      }),
    )
  })
})
