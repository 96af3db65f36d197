import type { Limit } from './limits.ts'

/** How often what may happen (`docs/security.md` lists them). */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export const requests = (perMinute: number): Limit => ({ name: 'requests', count: perMinute, perMs: MINUTE })
export const LOGIN_PER_ACCOUNT: Limit = { name: 'login-account', count: 5, perMs: 15 * MINUTE, lasting: true }
export const LOGIN_PER_ADDRESS: Limit = { name: 'login-address', count: 5, perMs: 15 * MINUTE, lasting: true }
export const STEP_UP: Limit = { name: 'step-up', count: 5, perMs: 15 * MINUTE, lasting: true }
export const REVEAL_PER_MINUTE: Limit = { name: 'reveal-minute', count: 10, perMs: MINUTE, lasting: true }
export const REVEAL_PER_DAY: Limit = { name: 'reveal-day', count: 60, perMs: DAY, lasting: true }
export const USE: Limit = { name: 'use', count: 30, perMs: MINUTE, lasting: true }
/** Calls of all agents of one session together; beyond it a person has to let them go on. */
export const USES_OF_SESSION: Limit = { name: 'use-session', count: 100, perMs: DAY, lasting: true, untilReset: true }
