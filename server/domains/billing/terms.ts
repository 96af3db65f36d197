import {
  agreement,
  agreementPeriod,
  billingRule,
  calendar,
  holiday,
  rate,
  rateModifier,
  workType,
} from '../../../src/contract/agreements.ts'
import { AppError } from '../../../src/contract/errors.ts'
import type { AnyEntity, RowOf, Typed } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'
import { repriceOpen } from './reprice-month.ts'

/** What time is billed by. Each change prices the time anew that it may concern and that is not locked. */

type Input = Record<string, unknown>
interface Term {
  id: string
  /** Null: everyone's. Work types have none. */
  client_id?: string | null
}

function termHandlers<R extends Term>(entity: AnyEntity & { row: Typed<R> }) {
  const standard = standardHandlers(entity)
  const then = async (context: Context, row: R): Promise<R> => {
    await repriceOpen(context, row.client_id ?? null)
    // The hours of a period may have been drawn anew.
    return rows(context, entity).get(row.id)
  }
  return {
    ...standard,
    create: async (context: Context, input: Input) => then(context, await standard.create(context, input)),
    update: async (context: Context, input: Input) => then(context, await standard.update(context, input)),
    archive: async (context: Context, input: { id: string }) => then(context, await standard.archive(context, input)),
    restore: async (context: Context, input: { id: string }) => then(context, await standard.restore(context, input)),
  }
}

const modifiers = termHandlers(rateModifier)
const rules = termHandlers(billingRule)

export const terms = {
  workTypes: termHandlers(workType),
  agreements: termHandlers(agreement),
  agreementPeriods: termHandlers(agreementPeriod),
  rates: termHandlers(rate),
  calendars: termHandlers(calendar),
  holidays: termHandlers(holiday),
  rateModifiers: {
    ...modifiers,
    create: async (context, input) => {
      const { client_id } = input.calendar_id
        ? await rows(context, calendar).get(input.calendar_id)
        : { client_id: null }
      if (client_id !== null && client_id !== input.client_id)
        throw new AppError('INVALID_INPUT', 'calendar_id names the calendar of another client.')
      return modifiers.create(context, input)
    },
  },
  billingRules: {
    ...rules,
    create: async (context, input) => {
      checkMultiples(input as Partial<Rule>)
      return rules.create(context, input)
    },
    update: async (context, input) => {
      checkMultiples({ ...(await rows(context, billingRule).get(input.id)), ...(input as Partial<Rule>) })
      return rules.update(context, input)
    },
  },
} satisfies Partial<Handlers>

type Rule = RowOf<typeof billingRule>

/** @throws AppError INVALID_INPUT where rounding what was rounded would change it: the least and the most are whole increments. */
function checkMultiples({ rounding, increment_minutes = 1, minimum_minutes, maximum_minutes }: Partial<Rule>): void {
  if (rounding === 'none') return
  for (const [field, value] of Object.entries({ minimum_minutes, maximum_minutes }))
    if (value && value % increment_minutes !== 0)
      throw new AppError('INVALID_INPUT', `${field} must be a multiple of increment_minutes: ${increment_minutes}.`)
}
