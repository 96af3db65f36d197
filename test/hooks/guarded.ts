import { setTimeout as sleep } from 'node:timers/promises'
import { writeGuard } from '../../src/guard-cache-writing.ts'
import { newSession, opening, writeSession } from '../../src/sessions.ts'
import { type Handler, wireServer } from '../api/wire-server.ts'
import { aGuard } from '../support/guard.ts'
import { aMachine, type Machine, SESSION } from './world.ts'

export const DATAFORTH = { id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0001', name: 'Dataforth' }
export const ACME = { id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0002', name: 'Acme' }
export const MACHINE = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0c01'
export const at = '2026-11-22T09:00:00.000Z'
export const silent = { code: 0, stdout: '', stderr: '' }

export const bash = (command: string, more: Record<string, unknown> = {}) => ({
  ...{ tool_name: 'Bash', tool_use_id: 'toolu_1', tool_input: { command } },
  ...more,
})
export const LOCAL_USER = "ssh admin@SRV-OLD 'powershell -Command Get-LocalUser'"
export const prompt = (text: string) => ({ prompt_id: `p ${text}`, prompt: text })

/** A session that works for a client. */
export function works(machine: Machine, client = DATAFORTH): Machine {
  const { session } = opening(newSession(SESSION), { mode: 'msp', trigger: 'command', at, source: 'cli', client })
  writeSession(machine.paths, session)
  return machine
}

/** A machine on which is known what fails for Dataforth, and whose session works for it. */
export function aGuardedMachine(guard = aGuard(), options = {}): Machine {
  const machine = works(aMachine(options))
  writeGuard(machine.paths, DATAFORTH.id, guard)
  return machine
}

/** What the server was asked, and its guard as it is now. */
export async function aGuardServer(guard = aGuard()) {
  const asked: unknown[] = []
  const state = { guard }
  const handlers: Record<string, Handler> = {
    'failurePatterns.guard': (input) => {
      asked.push(input)
      const isUnchanged = (input as { version?: string }).version === state.guard.version
      return isUnchanged
        ? { version: state.guard.version, is_unchanged: true, patterns: [], assets: [] }
        : { ...state.guard, is_unchanged: false }
    },
    'machines.register': () => ({ id: MACHINE }),
    'ingest.events': (input) => {
      const events = (input as { events: { event: { id: string; stream: string } }[] }).events.map(({ event }) => event)
      asked.push(...events.map(({ id }) => id))
      return { outcomes: events.map(({ id, stream }) => ({ id, stream, outcome: 'accepted' })) }
    },
  }
  return { ...(await wireServer(handlers)), asked, state }
}

/** Waits for what a background job does. */
export async function until(isDone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !isDone(); tries++) await sleep(50)
}
