import { AppError } from '../../src/contract/errors.ts'
import type { Dialect, Refusal } from '../db/dialect.ts'

const REFUSALS: Record<Refusal, [AppError['code'], string]> = {
  unique: [
    'CONFLICT',
    'There is one like it already: a name, code or number that must be unique is taken. Choose another, or change the existing one.',
  ],
  reference: [
    'INVALID_INPUT',
    'An id in it names something that does not exist, belongs to another client, or is still in use.',
  ],
  check: ['INVALID_INPUT', 'The values do not fit together: a rule of the data model refuses them.'],
  frozen: [
    'CONFLICT',
    'It can no longer be changed: it is locked, or only ever added to. Enter a correction beside it.',
  ],
  busy: ['UNAVAILABLE', 'The database is busy. Try again in a moment.'],
  unreachable: ['UNAVAILABLE', 'The database does not answer. Try again in a moment.'],
}

/** What a caller may know of an error: one of ours, or why the database refused. Undefined for a mistake in the server. */
export function refusalOf(dialect: Dialect, error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  const refusal = dialect.refusal(error)
  return refusal && new AppError(...REFUSALS[refusal], { cause: error })
}
