// The throw-away MSP_HOME in which hooks and commands are measured: logged in, enrolled, with an open session for a client.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'
import { SESSION } from './hook-inputs.mjs'

const HOUR_MS = 3_600_000

/** @returns `{ home, cwd, transcript, env, reset }`; `reset` puts the session back to open and empties the spool */
export function createHome(dir, { apiUrl, token, client, machine }) {
  const [home, cwd, transcript] = [join(dir, 'home'), join(dir, 'work'), join(dir, 'transcript.jsonl')]
  for (const folder of [cwd, join(home, 'auth'), join(home, 'cache', 'sessions'), join(home, 'spool')])
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(transcript, '')
  const write = (name, value) => writeFileSync(join(home, name), JSON.stringify(value), { mode: 0o600 })
  const later = new Date(Date.now() + HOUR_MS).toISOString()
  const user = { id: 'u', email: 'ana@example.com', name: 'Ana', role: 'technician' }
  write('config.json', { api_url: apiUrl, machine_id: machine, preferences: {} })
  write('auth/login.json', {
    ...{ api_url: apiUrl, user, access_token: token, access_expires_at: later },
    ...{ refresh_token: 'none', refresh_expires_at: later },
  })
  const env = {
    ...{ PATH: process.env.PATH, HOME: dir, MSP_HOME: home, CLAUDE_PID: String(process.pid) },
    CLAUDE_CODE_SESSION_ID: SESSION,
  }
  // Probed an hour ago: what a start finds on most days.
  const identity = [hostname(), userInfo().username, process.platform, dir].join('|')
  const registration = {
    hostname: hostname(),
    machine_fingerprint: createHash('sha256').update(identity).digest('hex'),
  }
  write('cache/machine.json', { probed_at: new Date(Date.now() - HOUR_MS).toISOString(), registration })
  const reset = () => {
    write(`cache/sessions/${SESSION}.json`, openSession(client, cwd, transcript))
    for (const name of readdirSync(join(home, 'spool'))) rmSync(join(home, 'spool', name), { recursive: true })
  }
  reset()
  return { home, cwd, transcript, env, reset }
}

function openSession(client, cwd, transcript_path) {
  const opened_at = new Date(Date.now() - HOUR_MS).toISOString()
  return {
    ...{ claude_session_id: SESSION, stretch: 1, open: true, mode: 'msp', client: { id: client, name: 'Client 0' } },
    ...{ project: null, ticket: null, cwd, transcript_path, claude_pid: process.pid, opened_at, closed_reason: null },
    stretches: [{ stretch: 1, opened_at, closed_at: null }],
  }
}
