import { existsSync } from 'node:fs'
import { loginPath } from '../api/login-file.ts'
import { readNames } from '../client-names.ts'
import { guardedClient } from '../guard-cache.ts'
import { describesError } from '../recall/prompt.ts'
import { mentioned } from '../recall/prompt-names.ts'
import type { LocalSession } from '../sessions.ts'
import type { Paths } from '../settings.ts'
import { UNSEARCHED } from './canary.ts'

/** Is a prompt one for which the server may know something? By what this machine has: most prompts are never sent. */
export function isWorthAsking(paths: Paths, session: LocalSession | undefined, text: string): boolean {
  if (text === UNSEARCHED || !existsSync(loginPath(paths.auth))) return false
  if (describesError(text)) return true
  const clientId = guardedClient(session)
  return clientId !== null && mentioned(text, readNames(paths, clientId)).size > 0
}
