// What a bench run stands on: a throw-away folder, a copy of dist/, the servers that were started. Everything goes at the end.
import { fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../run.mjs'

const START_LIMIT_MS = 30_000

/**
 * @returns `{ dir, dist, fork, server, keep, end }`: `end` stops everything that was started, last first, and removes the folder
 */
export function createWorld() {
  // Inside the project, so that the copied server finds its native modules; a copy, because somebody may build meanwhile.
  const dir = join(root, '.cache', 'bench', String(process.pid))
  const dist = join(dir, 'dist')
  mkdirSync(dir, { recursive: true })
  cpSync(join(root, 'dist'), dist, { recursive: true })
  const clear = () => rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  const ends = [clear]
  const keep = (end) => void ends.push(end)
  const children = new Set()
  const keepChild = (child) => {
    children.add(child)
    keep(() => void child.kill('SIGKILL'))
  }
  // Also when this process fails: nothing may be left running.
  process.on('exit', () => {
    for (const child of children) child.kill('SIGKILL')
    clear()
  })
  return {
    dir,
    dist,
    keep,
    fork: (file, setup) => forked(keepChild, file, setup),
    server: (database, prepare) => startServer({ dist, dir, keepChild }, database, prepare),
    async end() {
      for (const end of ends.splice(0).reverse()) await end()
    },
  }
}

/** A helper process: gets `setup` as its first message and answers when it is ready. `ask` sends a message and waits for the answer. */
function forked(keepChild, file, setup) {
  const child = fork(join(root, 'scripts', 'bench', file), {
    serialization: 'advanced',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  keepChild(child)
  const ask = (message) =>
    new Promise((resolve, reject) => {
      const gone = (code) => reject(new Error(`${file} ended (${code}).`))
      child.once('exit', gone)
      child.once('message', (answer) => {
        child.off('exit', gone)
        resolve(answer)
      })
      child.send(message)
    })
  return ask(setup).then((ready) => ({ ask, ready, pid: child.pid }))
}

/**
 * The built server as a process of its own, as `msp serve` runs it.
 *
 * @param prepare fills the database, whose schema is there
 * @returns `{ url, pid, databaseUrl, signIn }`; `signIn` gives an access token of its first admin
 */
async function startServer({ dist, dir, keepChild }, databaseUrl, prepare) {
  const env = {
    PATH: process.env.PATH,
    MSP_HOME: join(dir, 'server'),
    MSP_DATABASE_URL: databaseUrl,
    MSP_MASTER_KEY: randomBytes(32).toString('base64'),
    MSP_PORT: '0',
    // What is measured is how many there can be.
    MSP_REQUESTS_PER_MINUTE: '1000000000',
  }
  const program = join(dist, 'server.js')
  const { email, password } = JSON.parse(await output([program, 'setup', 'bench@example.com', 'Bench'], env))
  await prepare()
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  keepChild(child)
  const { port } = await listening(child)
  const url = `http://127.0.0.1:${port}`
  const signIn = (as = { email, password }) => post(`${url}/api/v1/auth/login`, as).then((body) => body.access_token)
  return { url, pid: child.pid, databaseUrl, signIn }
}

function output(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.on('data', (piece) => (text += piece))
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${args[0]} ended with ${code}.`))))
  })
}

/** The server's log line that says where it listens. */
function listening(child) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The server did not start.')), START_LIMIT_MS)
    let text = ''
    child.stdout.on('data', (piece) => {
      text += piece
      // What comes after the last line break is not a whole line yet.
      const line = text
        .split('\n')
        .slice(0, -1)
        .find((one) => one.includes('"listening"'))
      if (!line) return
      child.stdout.removeAllListeners('data').resume()
      clearTimeout(late)
      resolve(JSON.parse(line))
    })
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}.`)))
  })
}

/** One REST call. @throws Error with the server's own words */
export async function post(url, body, token) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url}: ${text}`)
  return JSON.parse(text)
}
