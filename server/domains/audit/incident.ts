import { OURSELVES } from '../../audit/entries.ts'
import type { Deps } from '../../context.ts'
import { openIncident } from '../incidents/automatic.ts'

/** Opens an incident, one a day at most: somebody changed the log of who did what. */
export const openAuditIncident = (deps: Deps, found: string): Promise<string> =>
  openIncident(
    { ...deps, ...OURSELVES, requestId: deps.newId() },
    {
      title: 'The audit log was changed behind the server',
      category: 'misuse',
      severity: 'critical',
      description: `${found}\nKeep a copy of the database and of the states outside before anything else is done.`,
      dedupe: 'audit',
    },
  )
