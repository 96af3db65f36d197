import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { DATABASES } from '../../support/databases.ts'
import { logged } from './log.ts'
import { auditWorld } from './world.ts'

const CANARY = 'ghp_1234567890abcdefghijABCDEFGHIJ123456'
const ODD = `a\r\nb\u001b[31mc\u2028d\u202ee\u0000f${'x'.repeat(1_000_000)}`

for (const database of DATABASES)
  describe(`hostile text in the audit on ${database}`, () => {
    test('D6: a secret in a user agent, a label, a purpose or details is not kept', async () => {
      await using world = await auditWorld(database)
      const { audit, db } = world.msp.server.deps
      const context = { ...world.context(), origin: { ip: '192.0.2.7', userAgent: `curl token=${CANARY}` } }

      await audit.credential(context, {
        ...{ action: 'use', outcome: 'intent', clientId: null, credentialId: null, label: CANARY, ticketRef: CANARY },
        ...{ purpose: `password: ${CANARY}`, details: { argv: ['curl', '-H', `Authorization: Bearer ${CANARY}`] } },
      })

      const { rows } =
        await sql`select l.*, b.body from credential_audit_log l join audit_bodies b on b.id = l.id`.execute(db)
      expect(JSON.stringify(rows)).not.toContain(CANARY)
      expect(JSON.stringify(rows)).toContain('[REDACTED:')
    })

    test('D6: line breaks, escape sequences, turned text and a megabyte become one short line', async () => {
      await using world = await auditWorld(database)
      const { audit, db } = world.msp.server.deps
      const context = { ...world.context(), origin: { ip: '192.0.2.7', userAgent: ODD } }

      await audit.credential(context, {
        ...{ action: 'use', outcome: 'intent', clientId: null, credentialId: null, label: ODD, purpose: ODD },
        ...{ details: { text: ODD } },
      })

      const { rows } = await sql<{ user_agent: string; purpose: string; credential_label: string }>`
        select user_agent, purpose, credential_label from credential_audit_log`.execute(db)
      for (const text of Object.values(rows[0] ?? {})) {
        expect(text.length).toBeLessThanOrEqual(2_000)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
        expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/)
      }
      expect(await world.verify()).toMatchObject({ intact: true })
    })

    test('D6: a password that was typed as the address is kept nowhere; a known address is told as the user', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      const login = (email: string) =>
        msp.admin.rest('POST', '/auth/login', { email, password: 'wrong password for this test' })

      await login('hunter2hunter2@secret.example')
      await login(msp.admin.email.toUpperCase())

      const tried = (await logged(msp)).filter(({ action }) => action === 'failed_login')
      expect(tried.map(({ entity_id }) => entity_id)).toEqual([null, msp.admin.id])
      expect(JSON.stringify(tried)).not.toContain('hunter2')
    })

    test('D6: what was changed is kept without the secrets in it', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      const client = await msp.client('Dataforth')

      await msp.admin.api.tasks.create({
        ...{ client_id: client, kind: 'task', title: 'Renew the key' },
        description: `It is ${CANARY}`,
      })

      const bodies = (await logged(msp)).flatMap(({ body }) => (body === null ? [] : [body]))
      expect(bodies.join()).toContain('Renew the key')
      expect(bodies.join()).not.toContain(CANARY)
    })

    test('D6: a secret where a long text is cut leaves no half of itself', async () => {
      await using world = await auditWorld(database)
      const { audit, db } = world.msp.server.deps
      for (let before = 1_950; before < 2_010; before += 3)
        await audit.credential(
          { ...world.context(), origin: { ip: null, userAgent: `${'a '.repeat(before / 2)}${CANARY}` } },
          {
            ...{ action: 'use', outcome: 'intent', clientId: null, credentialId: null },
            details: { text: `${'b '.repeat(9_950 + (before - 1_950))}${CANARY}`, more: 'c '.repeat(1_000) },
          },
        )

      const { rows } =
        await sql`select l.user_agent, b.body from credential_audit_log l join audit_bodies b on b.id = l.id`.execute(
          db,
        )
      expect(rows.length).toBe(20)
      expect(JSON.stringify(rows)).not.toContain(CANARY.slice(0, 8))
    })

    test('a flood of strangers who are refused has one entry a minute for each place, and how often it came again', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      await msp.server.deps.audit.flush()
      for (let number = 0; number < 30; number++) await fetch(`${msp.url}/api/v1/clients`)
      msp.clock.advance(61_000)

      const refused = (await logged(msp)).filter(({ status_code }) => status_code === 401)

      expect(refused.map(({ body }) => body && JSON.parse(body))).toEqual([null, { repeated: 29 }])
    })

    test('a call for a client that there is not makes no chain', async () => {
      await using world = await auditWorld(database)
      const { msp } = world
      const nobody = '0193c1de-2f0a-7c61-8f6e-0d6a5f9f5a10'

      await msp.admin.rest('POST', '/tasks', { client_id: nobody, kind: 'task', title: 'x' })

      const [entry] = (await logged(msp)).filter(({ status_code }) => status_code === 404)
      expect(entry).toMatchObject({ chain: 'system', client_id: nobody })
    })

    test('D7: what was written once is neither changed nor deleted', async () => {
      await using world = await auditWorld(database)
      const { db } = world.msp.server.deps
      await world.msp.server.deps.audit.flush()

      for (const statement of ["update api_audit_log set chain = 'x'", 'delete from api_audit_log'])
        await expect(sql.raw(statement).execute(db)).rejects.toThrow('frozen')
    })
  })
