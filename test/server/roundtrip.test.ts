import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, testServer } from '../support/server.ts'
import { arbitraryOf } from './arbitrary.ts'
import { type Input, operationOf, overRest } from './wires.ts'

/** What goes in comes out the same, on both databases, or is refused: never something else, never an error of ours. */

const RUNS = 200

/** Inputs of an operation, without the fields that the test sets itself. */
function inputsOf(path: string, without: readonly string[]): fc.Arbitrary<Input> {
  const { shape } = operationOf(path).input as unknown as z.ZodObject
  const fields = Object.entries(shape).filter(([field]) => !without.includes(field))
  return fc.record(Object.fromEntries(fields.map(([field, schema]) => [field, arbitraryOf(schema as z.ZodType)])))
}

const sent = (input: Input): Input => JSON.parse(JSON.stringify(input))

/** What the contract makes of an input: texts trimmed, defaults filled in; undefined when it refuses it. */
function understood(path: string, input: Input): Input | undefined {
  const parsed = (operationOf(path).input as unknown as z.ZodObject).safeParse(sent(input))
  return parsed.success ? (sent(parsed.data) as Input) : undefined
}

/** Half a surrogate pair, a NUL or `__proto__` somewhere in it: the contract would take it, no database would give it back. */
const isBroken = (value: unknown): boolean =>
  typeof value === 'string'
    ? !value.isWellFormed() || value.includes('\0')
    : typeof value === 'object' &&
      value !== null &&
      Object.entries(value).some(([key, inner]) => key === '__proto__' || isBroken(key) || isBroken(inner))

for (const database of DATABASES) {
  describe(`what goes in comes out, on ${database}`, () => {
    let msp: TestServer
    let clientId: string
    let serial = 0
    beforeAll(async () => {
      msp = await testServer({ database })
      clientId = await msp.client('Dataforth')
    })
    afterAll(() => msp[Symbol.asyncDispose]())

    const call = (path: string, input: Input) => overRest(msp.url, msp.admin.accessToken, path, input)

    test.each([
      // The name of a client and of an asset is made unique here: whether names may be equal is tested elsewhere.
      ['clients', ['name', 'code'], () => ({ name: `Client ${++serial} 😀 ` })],
      ['tasks', ['client_id'], () => ({ client_id: clientId })],
      [
        'infrastructure',
        ['client_id', 'hostname', 'serial_number'],
        () => ({ client_id: clientId, hostname: `SRV-${++serial}-é` }),
      ],
    ] as const)('of %s', { timeout: 120_000 }, async (domain, without, fixed) => {
      const create = `${domain}.create`
      const [creating, updating] = [
        inputsOf(create, without),
        inputsOf(`${domain}.update`, ['id', 'row_version', ...without]),
      ]
      const property = async (random: Input, change: Input) => {
        const input = { ...random, ...fixed() }
        const expected = isBroken(input) ? undefined : understood(create, input)
        const made = await call(create, input)
        expect(made.status, JSON.stringify(made.body)).toBe(expected ? 201 : 400)
        if (!expected) return
        expect(made.body).toMatchObject(expected)
        const { id } = made.body as { id: string }
        expect((await call(`${domain}.get`, { id })).body).toEqual(made.body)

        const wanted = isBroken(change) ? undefined : understood(`${domain}.update`, { id, ...change })
        const changed = await call(`${domain}.update`, { id, ...change })
        expect(changed.status, JSON.stringify(changed.body)).toBe(wanted ? 200 : 400)
        const kept = { ...(made.body as Input), ...wanted, row_version: wanted ? 2 : 1 }
        expect((await call(`${domain}.get`, { id })).body).toEqual(kept)
      }

      await fc.assert(fc.asyncProperty(creating, updating, property), { numRuns: RUNS })
    })
  })
}
