import { describe, expect, test } from 'vitest'
import { testServer } from '../support/server.ts'
import { aHome, CLAUDE_SESSION } from './home.ts'
import { aStubVault, CREDENTIAL, claimFor, settle } from './stub-vault.ts'

const SECRET = 'Tr0ub4dor&3-canary'
const PERSON = { env: { CLAUDE_CODE_SESSION_ID: '' } }

/** A lead at her own terminal, and the server. */
async function anOffice() {
  const server = await testServer({ database: 'sqlite' })
  const ana = await server.technician({ role: 'lead', clients: ['Dataforth', 'Meridian'] })
  const home = aHome(server.url)
  await home.login(ana)
  return { server, ana, home }
}

describe('credentials', () => {
  test('are stored with the secret from stdin, found, shown and rotated, and the secret is nowhere', async () => {
    const { server, ana, home } = await anOffice()
    await using _ = server
    const client_id = await server.client('Dataforth')
    await ana.api.infrastructure.create({ client_id, kind: 'virtual_server', hostname: 'SQL01' })

    const added = await home.msp(
      [
        'cred',
        'add',
        'SQL sa',
        '--client',
        'dataf',
        '--type',
        'password',
        '--username',
        'sa',
        '--host',
        'sql01',
        '--secret-stdin',
      ],
      { ...PERSON, input: `${SECRET}\n` },
    )
    const found = await home.msp('cred find sql --client Dataforth --json', PERSON)
    const shown = await home.msp(['cred', 'show', 'sql sa'], PERSON)
    const rotated = await home.msp(['cred', 'rotate', 'SQL sa', '--secret-json-stdin'], {
      ...PERSON,
      input: JSON.stringify({ password: 'another one', username: 'sa2' }),
    })
    const versions = await home.msp(['cred', 'versions', 'SQL sa'], PERSON)

    expect(added).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^✓ Stored \w{8}: SQL sa of Dataforth, with password\.\n$/),
    })
    expect(found.json).toMatchObject({
      items: [{ name: 'SQL sa', username: 'sa', infrastructure_id: expect.any(String) }],
    })
    expect(shown.stdout).toMatch(/fields: +password\n.*user: +sa\n.*host: +SQL01/s)
    expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining('has new secrets (password, username)') })
    expect(versions.stdout).toMatch(/2 +password, username .*current\n1 +password .*until/)
    for (const ran of [added, found, shown, rotated, versions]) expect(ran.stdout + ran.stderr).not.toContain(SECRET)
  })

  test('say which rules hold for them, and who did what', async () => {
    const { server, home } = await anOffice()
    await using _ = server
    await home.msp('cred add key --client Dataforth --type api_key --secret-stdin', { ...PERSON, input: SECRET })

    const set = await home.msp('cred policy key --program curl --host api.example.com --access reason_required', PERSON)
    const nothing = await home.msp('cred policy key', PERSON)
    const log = await home.msp('cred log key', PERSON)

    expect(set).toMatchObject({
      code: 0,
      stdout: '✓ key: reason_required, normal; programs: curl; hosts: api.example.com.\n',
    })
    expect(nothing.code).toBe(2)
    expect(log).toMatchObject({ code: 0, stdout: expect.stringMatching(/create +success +key +human/) })
  })

  test('are told apart by their client, and candidates are listed', async () => {
    const { server, home } = await anOffice()
    await using _ = server
    for (const client of ['Dataforth', 'Meridian'])
      await home.msp(`cred add backup --client ${client} --type password --secret-stdin`, { ...PERSON, input: SECRET })

    expect(await home.msp('cred show backup', PERSON)).toMatchObject({
      code: 5,
      stderr: expect.stringMatching(/any of these.*\n.*backup/),
    })
    expect(await home.msp('cred show backup --client Meridian', PERSON)).toMatchObject({ code: 0 })
    expect(await home.msp('cred show nothing', PERSON)).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('msp cred find'),
    })
  })

  test.each([
    [['--secret-stdin'], '', /empty/],
    [['--secret-json-stdin'], `{"password": ${SECRET}`, /not one JSON object/],
    [['--secret-json-stdin'], '["x"]', /not one JSON object/],
    [[], '', /no terminal/],
  ])('are not stored without a secret that is one: %j', async (options, input, message) => {
    const { server, home } = await anOffice()
    await using _ = server

    const ran = await home.msp(['cred', 'add', 'x', '--client', 'Dataforth', '--type', 'password', ...options], {
      ...PERSON,
      input,
    })

    expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(message) })
    expect(ran.stderr).not.toContain(SECRET)
  })
})

test('Claude prepares a credential, and the user types the secret', async () => {
  const vault = await aStubVault()
  const home = aHome(vault.url)
  settle(home, vault.url)

  const typed = await home.msp('cred add x --type password', { env: claimFor(home) })

  expect(typed).toMatchObject({ code: 4, stderr: expect.stringMatching(/for the user to type.*terminal of their own/) })
})

test('Claude stores what a program made with its agent’s token, for the client of its session', async () => {
  const vault = await aStubVault()
  const home = aHome(vault.url)
  settle(home, vault.url)
  vault.answer('credentials.create', () => ({ ...CREDENTIAL }))

  const ran = await home.msp('cred add Made --type password --secret-stdin', {
    env: claimFor(home, 'a1', 'claudetools:credential-storage'),
    input: SECRET,
  })

  expect(ran.code).toBe(0)
  expect(vault.calls.at(-1)).toMatchObject({
    operation: 'credentials.create',
    token: 'agent-token',
    input: { client_id: CREDENTIAL.client_id, secrets: { password: SECRET } },
  })
  expect(vault.calls.find(({ operation }) => operation === 'auth.agentTokens')?.input).toMatchObject({
    claude_session_id: CLAUDE_SESSION,
    agent_type: 'claudetools:credential-storage',
  })
})

describe('F10: a name with what nobody sees', () => {
  const hidden = 'a\u{e0041}\u{e0042}b\u200bc\u202ed\u2066e\ufefff\u001b[31mg\u009bh'

  test('is shown without it, and in JSON as escapes', async () => {
    const vault = await aStubVault()
    const home = aHome(vault.url)
    settle(home, vault.url)
    vault.answer('credentials.list', () => ({
      items: [{ ...CREDENTIAL, name: hidden, username: hidden, url: null, expires_at: null, compromised_at: null }],
    }))
    vault.answer('approvals.list', () => ({
      items: [
        {
          id: CREDENTIAL.id,
          status: 'pending',
          kind: 'exec',
          credential_name: hidden,
          requested_by_name: hidden,
          subject: hidden,
        },
      ],
    }))

    for (const command of ['cred find', 'cred approvals', 'cred find --json', 'cred approvals --json']) {
      const ran = await home.msp(command, { env: claimFor(home) })
      expect(ran.code).toBe(0)
      expect(ran.stdout).not.toMatch(
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u,
      )
      if (command.includes('json')) expect(JSON.stringify(ran.json)).toContain(JSON.stringify(hidden).slice(1, -1))
    }
  })

  test('is taken out of what an error says', async () => {
    const vault = await aStubVault()
    const home = aHome(vault.url)
    settle(home, vault.url)
    vault.answer('credentials.list', () => {
      throw Object.assign(new Error(`No ${hidden}.`), { code: 'NOT_FOUND' })
    })

    expect((await home.msp('cred find', { env: claimFor(home) })).stderr).toMatch(/^No [a-h[31m]+\.\n$/)
  })
})
