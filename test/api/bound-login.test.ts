import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../../src/api/client.ts'
import { noKeychain } from '../../src/api/keychain.ts'
import { loginPath, readLogin, writeLogin } from '../../src/api/login-file.ts'
import { keyForLogin, machineKeyPath, proofOf, readKeyFile } from '../../src/api/machine-key.ts'
import { nodeHttpTransport } from '../../src/api/node-http.ts'
import { createTokenStore, forgetLogin, loginFrom } from '../../src/api/tokens.ts'
import { DATABASES } from '../support/databases.ts'
import { type TestServer, type TestUser, testServer } from '../support/server.ts'
import { folderKeychain } from './folder-keychain.ts'
import { aFolder, aSignedInMachine, type SignedInMachine } from './machine.ts'

const run = promisify(execFile)
const script = join(import.meta.dirname, 'one-call.ts')
const soon = () => AbortSignal.timeout(20_000)

describe.each(DATABASES)('a login that is bound to its machine, on %s', (database) => {
  let server: TestServer
  let ana: TestUser
  beforeAll(async () => {
    server = await testServer({ database })
    ana = await server.technician()
  })
  afterAll(() => server[Symbol.asyncDispose]())

  /** One process of the machine that makes a call; `killAt` ends it by kill -9 at that moment. */
  const call = ({ auth, keychainFolder }: SignedInMachine, killAt = '') =>
    run(process.execPath, [script, auth, server.url, keychainFolder, killAt])
  const whoAmI = ({ api }: SignedInMachine) => api.auth.me()

  test('is refreshed with the proof of its machine', async () => {
    const machine = await aSignedInMachine(server, { user: ana })
    const before = readLogin(machine.auth)
    machine.endAccessToken()

    await whoAmI(machine)

    const after = readLogin(machine.auth)
    expect(after).toMatchObject({ public_key: machine.key.publicKey, spent_entry: before?.refresh_entry })
    expect(await machine.api.auth.logins()).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ is_bound: true })]),
    })
  })

  test('A6: twenty processes that refresh at once rotate once and end with the same token', async () => {
    const machine = await aSignedInMachine(server, { user: ana })
    machine.endAccessToken()

    const runs = await Promise.all(Array.from({ length: 20 }, () => call(machine)))

    const tokens = new Set(runs.map(({ stdout }) => stdout))
    expect([...tokens]).toEqual([readLogin(machine.auth)?.access_token])
    // The login of before, its successor, and the key: a second rotation would have left or removed another.
    expect(machine.keychain.names()).toHaveLength(3)
    expect(await whoAmI(machine)).toMatchObject({ email: ana.email })
  })

  test.each([
    ['before the new token is kept anywhere', 'answer'],
    ['between the keychain and the file', 'keychain'],
  ])('A7: a client that is killed %s gets the same successor when it asks again', async (_, killAt) => {
    const machine = await aSignedInMachine(server, { user: ana })
    machine.endAccessToken()
    const before = readLogin(machine.auth)

    await expect(call(machine, killAt)).rejects.toMatchObject({ signal: 'SIGKILL' })

    const afterKill = readLogin(machine.auth)
    expect(afterKill).toEqual({ ...before, rotation_id: expect.any(String) })
    const left = machine.keychain.names()
    expect(await whoAmI(machine)).toMatchObject({ email: ana.email })
    const names = machine.keychain.names()
    expect(names).toHaveLength(3)
    // What the killed one had put there is used and not left behind.
    expect(names).toEqual(expect.arrayContaining(left))
    expect(readLogin(machine.auth)).not.toHaveProperty('rotation_id')
  })

  test('A7: killed without a keychain, it gets the same successor too', async () => {
    const machine = await aSignedInMachine(server, { user: ana, keychain: noKeychain('is off') })
    machine.endAccessToken()
    await expect(run(process.execPath, [script, machine.auth, server.url, '', 'answer'])).rejects.toMatchObject({
      signal: 'SIGKILL',
    })

    const { stdout } = await run(process.execPath, [script, machine.auth, server.url])

    expect(readLogin(machine.auth)?.access_token).toBe(stdout)
    expect(await whoAmI(machine)).toMatchObject({ email: ana.email })
  })

  test('A7: the retry of a killed client from another machine ends the login', async () => {
    const machine = await aSignedInMachine(server, { user: ana })
    machine.endAccessToken()
    await expect(call(machine, 'answer')).rejects.toMatchObject({ signal: 'SIGKILL' })
    const login = readLogin(machine.auth)
    const token = folderEntry(machine, login?.refresh_entry)
    const thief = await keyForLogin({ auth: aFolder(), keychain: noKeychain('is off') })

    const anonymous = createApi({ url: server.url, transport: nodeHttpTransport })
    const rotation_id = login?.rotation_id as string
    const stolen = { refresh_token: token, rotation_id, proof: proofOf(thief, sha256(token), rotation_id) }
    await expect(anonymous.auth.refresh(stolen)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })

    await expect(whoAmI(machine)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'Your login has ended. Run "msp login".',
    })
  })

  test('A11: a copied login file has nothing to refresh with on another machine', async () => {
    const machine = await aSignedInMachine(server, { user: ana })
    const other = aFolder()
    machine.endAccessToken()
    copyFileSync(loginPath(machine.auth), loginPath(other))

    const store = createTokenStore({
      auth: other,
      url: server.url,
      transport: nodeHttpTransport,
      keychain: folderKeychain(aFolder()),
    })

    await expect(store.newerThan('', soon())).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: 'This login is bound to the key of a machine, and that key is not here. Run "msp login".',
    })
    expect(await whoAmI(machine)).toMatchObject({ email: ana.email })
  })

  test('A11: a stolen refresh token is refused without the proof of its machine, where the login goes on', async () => {
    const machine = await aSignedInMachine(server, { user: ana, keychain: noKeychain('is off') })
    machine.endAccessToken()
    const login = readLogin(machine.auth)
    const thief = aFolder()
    // Without the name of the key, as somebody would write it who wants the client to go on.
    const { public_key: _, ...unbound } = login as NonNullable<typeof login>
    writeLogin(thief, unbound)

    const store = createTokenStore({ auth: thief, url: server.url, transport: nodeHttpTransport })

    await expect(store.current(soon())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    const { stdout } = await run(process.execPath, [script, machine.auth, server.url])
    expect(readLogin(machine.auth)?.access_token).toBe(stdout)
  })

  test('a login of an earlier version goes on without a key', async () => {
    const auth = aFolder()
    const anonymous = createApi({ url: server.url, transport: nodeHttpTransport })
    const tokens = await anonymous.auth.login({ email: ana.email, password: ana.password })
    writeLogin(auth, loginFrom(server.url, tokens, Date.parse('2026-01-01T00:00:00.000Z')))

    const { stdout } = await run(process.execPath, [script, auth, server.url])

    expect(readLogin(auth)).toMatchObject({ access_token: stdout, refresh_token: expect.any(String) })
    expect(readLogin(auth)).not.toHaveProperty('public_key')
  })
})

describe('what signing in leaves on the machine', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await testServer({ database: 'sqlite' })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  test('is in the keychain, and in no file', async () => {
    const machine = await aSignedInMachine(server)

    const secrets = machine.keychain.names().map((name) => folderEntry(machine, name))
    const files = [loginPath(machine.auth), machineKeyPath(machine.auth)].map((path) => readFileSync(path, 'utf8'))
    expect(secrets).toHaveLength(2)
    for (const secret of secrets) for (const file of files) expect(file).not.toContain(secret)
  })

  test('is the same key at the next sign-in, and only the new refresh token', async () => {
    const machine = await aSignedInMachine(server)
    const before = machine.keychain.names()
    const place = { auth: machine.auth, keychain: machine.keychain }

    const key = await keyForLogin(place)
    await forgetLogin(place)

    expect(key).toEqual(machine.key)
    expect(machine.keychain.names()).toEqual(before.filter((name) => name.startsWith('machine-key')))
    expect(readLogin(machine.auth)).toBeNull()
  })

  test('moves from the file to the keychain at the next sign-in', async () => {
    const auth = aFolder()
    const keychain = folderKeychain(aFolder())
    const inFile = await keyForLogin({ auth, keychain: noKeychain('is off') })

    const moved = await keyForLogin({ auth, keychain })

    expect(moved).toEqual(inFile)
    expect(readKeyFile(auth)).toEqual({ public_key: inFile.publicKey, key_entry: expect.any(String) })
  })

  test('goes to the file when the keychain is locked while the answer comes, and the login lasts', async () => {
    const machine = await aSignedInMachine(server)
    machine.endAccessToken()
    const locking = {
      ...machine.keychain,
      change: async () => {
        machine.keychain.lock()
        await machine.keychain.change({})
      },
    }
    const store = createTokenStore({
      auth: machine.auth,
      url: server.url,
      transport: nodeHttpTransport,
      keychain: locking,
    })

    await store.newerThan('', soon())

    expect(readLogin(machine.auth)).toMatchObject({
      refresh_token: expect.any(String),
      why_in_file: 'the keychain did not answer within 2 s; it may be locked',
    })
    rmSync(join(machine.keychainFolder, 'locked'))
    machine.endAccessToken()
    expect(await machine.api.auth.me()).toMatchObject({ email: server.admin.email })
  })

  test('is not asked for with a locked keychain while the access token lasts; then the technician is told', async () => {
    const machine = await aSignedInMachine(server)
    machine.keychain.lock()

    const lasting = await machine.api.auth.me()
    machine.endAccessToken()

    expect(lasting).toMatchObject({ email: server.admin.email })
    await expect(machine.api.auth.me()).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: expect.stringMatching(/lies in the keychain, which did not answer.*Unlock it/),
    })
    expect(readLogin(machine.auth)).not.toHaveProperty('rotation_id')
  })

  test.each(['', '{}', 'null', '{"public_key":"x"}'])('is refused when the key is damaged: %s', async (text) => {
    const machine = await aSignedInMachine(server)
    writeFileSync(machineKeyPath(machine.auth), text, { mode: 0o600 })
    machine.endAccessToken()

    await expect(machine.api.auth.me()).rejects.toThrow(/machine-key.json is damaged.*msp login/)
  })
})

const folderEntry = ({ keychainFolder }: SignedInMachine, name: string | undefined): string =>
  readFileSync(join(keychainFolder, name ?? ''), 'utf8')
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
