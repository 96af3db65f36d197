// Requests per second next to a FastAPI server on a copy of the same database: list, context and create, slice by slice in random order.
import { spawn, spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../run.mjs'
import { interleaved, summaryOf } from './api.mjs'
import { print, progress, round } from './figures.mjs'
import { freePort } from './free-port.mjs'
import { sqlite } from './targets.mjs'

/** Debian's: `apt-get install python3-fastapi python3-uvicorn python3-sqlalchemy python3-aiosqlite python3-jwt python3-uvloop python3-httptools`. */
const PYTHON = process.env.MSP_BENCH_PYTHON ?? '/usr/bin/python3'
const MODULES = 'fastapi, uvicorn, sqlalchemy, aiosqlite, jwt, pydantic'
const VERSIONS = `import ${MODULES}; print('FastAPI', fastapi.__version__, 'SQLAlchemy', sqlalchemy.__version__, 'Pydantic', pydantic.VERSION)`
const CONNECTIONS = 16
const START_LIMIT_MS = 20_000

/** @param options `{ slices, seconds, scale }` */
export async function measureFastapi(world, load, options) {
  const found = spawnSync(PYTHON, ['-c', VERSIONS], { encoding: 'utf8' })
  if (found.status !== 0) return void progress(`no FastAPI: ${PYTHON} cannot import ${MODULES}`)
  const db = await sqlite(world, options.scale)
  const fastapi = await startFastapi(world, db)
  const targets = [
    { key: 'server', target: db.server, db },
    { key: 'fastapi', target: fastapi, db },
  ]
  for (const operation of ['list', 'context', 'create']) {
    const results = await interleaved(load, targets, { ...options, operation, connections: CONNECTIONS })
    const [ours, theirs] = targets.map(({ key }) => summaryOf(results.get(key)))
    print({
      ...{
        figure: `fastapi.${operation}`,
        database: 'sqlite',
        commands: db.commands,
        connections: CONNECTIONS,
        ...ours,
      },
      ...{
        ratio: round(ours.per_second / theirs.per_second),
        ratio_cpu: round(theirs.cpu_ms / ours.cpu_ms),
        goal: '>= 5',
      },
      reference: {
        fastapi: { ...theirs, what: `${found.stdout.trim()}, one process of uvicorn, on a copy of the database` },
      },
    })
  }
}

async function startFastapi(world, { databaseUrl, userId }) {
  const file = join(world.dir, 'fastapi.db')
  for (const part of ['', '-wal']) cpSync(`${databaseUrl.slice('sqlite:'.length)}${part}`, `${file}${part}`)
  const [port, secret] = [await freePort(), randomBytes(16).toString('hex')]
  const where = ['--app-dir', join(root, 'scripts', 'bench', 'fastapi'), '--port', String(port)]
  const quick = ['--loop', 'uvloop', '--http', 'httptools', '--no-access-log', '--log-level', 'warning']
  const child = spawn(PYTHON, ['-m', 'uvicorn', 'server:app', ...where, ...quick], {
    env: { PATH: process.env.PATH, BENCH_SECRET: secret, BENCH_DATABASE: file, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  world.keep(() => void child.kill('SIGKILL'))
  process.on('exit', () => child.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await listening(url)
  return { url, pid: child.pid, token: tokenOf(userId, secret) }
}

async function listening(url) {
  for (const startedAt = performance.now(); performance.now() - startedAt < START_LIMIT_MS; await sleep(100))
    if (await fetch(`${url}/openapi.json`).catch(() => undefined)) return
  throw new Error('The FastAPI server did not start.')
}

function tokenOf(userId, secret) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: userId, exp: Math.floor(Date.now() / 1_000) + 3_600 }
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
