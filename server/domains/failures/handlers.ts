import { AppError } from '../../../src/contract/errors.ts'
import { failurePattern } from '../../../src/contract/failures.ts'
import { operationFailure } from '../../../src/contract/operation-failures.ts'
import { askedKeys } from '../../../src/guard/decide.ts'
import { commandFingerprint } from '../../../src/guard/shape.ts'
import type { Handlers } from '../../context.ts'
import { move } from '../../crud/lifecycle.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { sha256 } from '../work/sha256.ts'
import { readGuard } from './guard.ts'
import type { Pattern } from './known.ts'
import { mergePattern } from './merging.ts'
import { findPlace, readFailedRuns, readPatterns } from './queries.ts'

/** Nobody says at which one it will be typed. */
const SHELLS = ['bash', 'powershell', 'cmd'] as const

export const failurePatterns = {
  ...standardHandlers(failurePattern),
  suppress: (context, { id, reason }) =>
    move(context, failurePattern, id, { from: ['candidate', 'active'], to: 'suppressed' }, () => ({
      suppress_reason: reason,
    })),
  update: async (context, { id, row_version, ...change }) => {
    const before = await rows(context, failurePattern).get(id)
    const isOwnWords =
      change.recommended_alternative !== undefined && change.recommended_alternative !== before.recommended_alternative
    // What a person wrote has no score: nothing that is learned takes its place.
    const own = isOwnWords ? { alternative_score: null, alternative_command_id: null } : {}
    return rows(context, failurePattern).update(before.id, { ...change, ...own } as Partial<Pattern>, row_version)
  },
  activate: async (context, { id }) => {
    const verified = { verified_by: context.caller.userId, verified_at: context.clock().toISOString() }
    const confirmed = { suppress_reason: null, obsolete_reason: null, merged_into_id: null, ...verified }
    const before = await rows(context, failurePattern).get(id)
    // Active it may be already, because the server is sure of it.
    if (before.status === 'active' && before.verified_at === null)
      return rows(context, failurePattern).update(before.id, verified)
    const step = { from: ['candidate', 'suppressed', 'obsolete'], to: 'active' } as const
    return move(context, failurePattern, before.id, step, () => confirmed)
  },
  markObsolete: (context, { id, reason }) =>
    move(context, failurePattern, id, { from: ['candidate', 'active', 'suppressed'], to: 'obsolete' }, () => ({
      suppress_reason: null,
      obsolete_reason: reason,
    })),
  merge: mergePattern,
  guard: readGuard,
  match: async (context, { command, signature, ...asked }) => {
    if (command === undefined && signature === undefined)
      throw new AppError('INVALID_INPUT', 'Nothing to look for: give a command or a signature.')
    const place = await findPlace(context, asked)
    const typed = command === undefined ? null : commandFingerprint(command, sha256)
    const keys = command === undefined ? [] : SHELLS.flatMap((shell) => askedKeys(command, shell))
    const patterns = await readPatterns(context, { signature: signature ?? null, fingerprint: typed, keys }, place)
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
