import { AppError } from '../../../src/contract/errors.ts'
import { failurePattern } from '../../../src/contract/failures.ts'
import { operationFailure } from '../../../src/contract/operation-failures.ts'
import { commandFingerprint } from '../../../src/guard/shape.ts'
import type { Handlers } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { sha256 } from '../work/sha256.ts'
import { findPlace, readFailedRuns, readPatterns } from './queries.ts'

export const failurePatterns = {
  ...standardHandlers(failurePattern),
  suppress: (context, { id, reason }) =>
    move(context, failurePattern, id, { from: ['candidate', 'active'], to: 'suppressed' }, () => ({
      suppress_reason: reason,
    })),
  activate: (context, { id }) =>
    move(context, failurePattern, id, { from: ['candidate', 'suppressed', 'obsolete'], to: 'active' }, () => ({
      suppress_reason: null,
      obsolete_reason: null,
      verified_by: context.caller.userId,
    })),
  markObsolete: (context, { id, reason }) =>
    move(context, failurePattern, id, { from: ['candidate', 'active', 'suppressed'], to: 'obsolete' }, () => ({
      suppress_reason: null,
      obsolete_reason: reason,
    })),
  match: async (context, { command, signature, ...asked }) => {
    if (command === undefined && signature === undefined)
      throw new AppError('INVALID_INPUT', 'Nothing to look for: give a command or a signature.')
    const place = await findPlace(context, asked)
    const typed = command === undefined ? null : commandFingerprint(command, sha256)
    const patterns = await readPatterns(context, { signature: signature ?? null, fingerprint: typed }, place)
    const fingerprint = typed ?? patterns.find((pattern) => pattern.command_fingerprint)?.command_fingerprint ?? null
    const runs = (whose: 'here' | 'elsewhere') =>
      fingerprint === null ? [] : readFailedRuns(context, fingerprint, place, whose)
    return {
      command_fingerprint: fingerprint,
      patterns,
      here: place.clientId === null ? [] : await runs('here'),
      elsewhere: await runs('elsewhere'),
    }
  },
} satisfies Handlers['failurePatterns']

export const operationFailures = {
  ...standardHandlers(operationFailure),
  resolve: async (context, { id, resolution }) => {
    const before = await rows(context, operationFailure).get(id)
    if (before.resolved) return before
    return rows(context, operationFailure).update(before.id, {
      resolved: true,
      resolution,
      resolved_at: context.clock().toISOString(),
    })
  },
} satisfies Handlers['operationFailures']
