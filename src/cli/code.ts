import { ApiError } from '../api/errors.ts'
import { ask } from './ask.ts'

/** Did the server refuse because a code of the user's authenticator is missing? */
export function needsCode(error: unknown): boolean {
  return error instanceof ApiError && (error.details as { needs?: unknown } | undefined)?.needs === 'code'
}

/** Asks for a code at the terminal. @throws Failure when there is none */
export const askCode = (): Promise<string> =>
  ask('Code of your authenticator (or a recovery code): ', 'Your login needs a code: give --code.')
