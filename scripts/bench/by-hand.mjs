// Reference "by hand": what somebody would write for these three operations alone. node:http, one prepared statement after the other,
// JSON.stringify; the token is verified by jose and the login looked up for each request, as our server does. No framework, no schemas.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { jwtVerify, SignJWT } from 'jose'
import { loadTokenizer } from '../../server/search/tokenizer.ts'
import { openByHand } from './by-hand-database.mjs'
import { takeIn } from './by-hand-ingest.mjs'
import { readContext, readList } from './by-hand-reads.mjs'

const AUDIENCE = 'bench'
process.on('disconnect', () => process.exit())

/** `{ databaseUrl, userId, loginId }` comes in; `{ port, token }` goes out. */
process.once('message', async ({ databaseUrl, userId, loginId }) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const token = await new SignJWT({ sid: loginId, epoch: 1, scope: 'msp:read msp:write' })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'bench' })
    .setSubject(userId)
    .setIssuer(AUDIENCE)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('1h')
    .setJti('bench')
    .sign(privateKey)
  const server = createServer(handlerFor(openByHand(databaseUrl), publicKey, await loadTokenizer()))
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, token }))
})

function handlerFor(database, publicKey, countTokens) {
  const operations = {
    '/api/v1/commands-run': async (db, userId, url) =>
      readList(db, userId, url.searchParams.get('client_id'), Number(url.searchParams.get('limit'))),
    '/api/v1/context': async (db, userId, url) =>
      readContext(db, userId, url.searchParams.get('client_id'), countTokens),
    '/api/v1/ingest/events': async (db, userId, _url, request) => takeIn(db, userId, await bodyOf(request)),
  }
  return async (request, response) => {
    try {
      const url = new URL(request.url, 'http://server')
      const userId = await whoCalls(database, publicKey, request.headers.authorization)
      const text = JSON.stringify(await operations[url.pathname](database, userId, url, request))
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
        .end(text)
    } catch (error) {
      response.writeHead(500).end(error.message)
    }
  }
}

async function whoCalls(database, publicKey, header) {
  const { payload } = await jwtVerify(header.slice('Bearer '.length), publicKey, {
    algorithms: ['EdDSA'],
    typ: 'at+jwt',
    issuer: AUDIENCE,
    audience: AUDIENCE,
  })
  const now = new Date().toISOString()
  const [login] = await database.all(
    'select logins.user_id, logins.expires_at, users.email, users.name, users.role, users.all_clients, users.epoch from logins join users on users.id = logins.user_id where logins.id = ? and logins.revoked_at is null and logins.expires_at > ? and users.archived_at is null',
    [payload.sid, now],
  )
  if (login?.user_id !== payload.sub) throw new Error('not signed in')
  return login.user_id
}

async function bodyOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}
