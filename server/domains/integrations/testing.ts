import { externalIntegration } from '../../../src/contract/integrations.ts'
import { connect } from '../../connectors/connect.ts'
import type { Tested } from '../../connectors/connector.ts'
import { VendorError } from '../../connectors/errors.ts'
import { cleanLine } from '../../connectors/text.ts'
import type { Handlers } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { rows } from '../../crud/rows.ts'
import { openSignIn } from '../credentials/for-integrations.ts'

/** Somebody waits. */
const BUDGET_MS = 8_000

/** Signs in to a system for an admin, whatever the state of its integration. */
export const test: Handlers['externalIntegrations']['test'] = async (context, { id }) => {
  const before = await rows(context, externalIntegration).get(id)
  const answer = (told: { account: string | null; error: string | null }) =>
    rows(context, externalIntegration)
      .get(before.id)
      .then((integration) => ({ ok: told.error === null, ...told, integration }))
  let tested: Tested
  try {
    tested = await connect(context, context, before, { openSignIn, evenDisabled: true, budgetMs: BUDGET_MS }).test()
  } catch (error) {
    if (!(error instanceof VendorError)) throw error
    return answer({ account: null, error: cleanLine(error.message, 2_000) })
  }
  const { capabilities, account } = tested
  await inOwnTransaction(context, (inner) =>
    rows(inner, externalIntegration).update(before.id, { capabilities: { ...capabilities } }),
  )
  return answer({ account: cleanLine(account, 300), error: null })
}
