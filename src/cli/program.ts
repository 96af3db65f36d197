import { Command, Option } from 'commander'
import { version } from '../../package.json'
import { addAgreements } from './agreements.ts'
import { addAudit } from './audit.ts'
import { addBackup } from './backup.ts'
import { addBackups } from './backups.ts'
import { addCall } from './call.ts'
import { addClients } from './clients.ts'
import { addCommandsFor } from './commands-for.ts'
import { addContext } from './context.ts'
import { addCred } from './cred.ts'
import { addDecide } from './decide.ts'
import { addDoctor } from './doctor.ts'
import { addEnv } from './env.ts'
import { addExport } from './export.ts'
import { addFactor } from './factor.ts'
import { addFailures } from './failures.ts'
import { addFigures } from './figures.ts'
import { addImport } from './import.ts'
import { addIncidents } from './incidents.ts'
import { addIntegrations } from './integrations.ts'
import { addKeys } from './keys.ts'
import { addLogin } from './login.ts'
import { addLogins } from './logins.ts'
import { addMachine } from './machine.ts'
import { addMode } from './mode.ts'
import { addNote } from './note.ts'
import { addProblems } from './problems.ts'
import { addProjects } from './projects.ts'
import { addRates } from './rates.ts'
import { addRedact } from './redact.ts'
import { addReplayWork } from './replay-work.ts'
import { addReports } from './reports.ts'
import { addSearch } from './search.ts'
import { addServe } from './serve.ts'
import { addSessions } from './sessions.ts'
import { addSpool } from './spool.ts'
import { addTasks } from './tasks.ts'
import { addTickets } from './tickets.ts'
import { addTime } from './time.ts'
import { addUsers } from './users.ts'
import { addWork } from './work.ts'
import { createWorld, type GlobalOptions } from './world.ts'

const GROUPS = [
  addLogin,
  addLogins,
  addFactor,
  addMode,
  addContext,
  addSessions,
  addWork,
  addTasks,
  addTime,
  addTickets,
  addBackups,
  addIntegrations,
  addSearch,
  addFigures,
  addReports,
  addFailures,
  addProblems,
  addDecide,
  addNote,
  addEnv,
  addCommandsFor,
  addClients,
  addCred,
  addProjects,
  addUsers,
  addExport,
  addImport,
  addAudit,
  addMachine,
  addSpool,
  addDoctor,
  addCall,
  addIncidents,
  addServe,
  addKeys,
  addBackup,
  addRedact,
  addReplayWork,
  addRates,
  addAgreements,
]

/** The program with every verb. Nothing is read or started until a verb runs. */
export function buildProgram(): { program: Command; world: ReturnType<typeof createWorld> } {
  const program = new Command('msp')
  const world = createWorld(() => program.opts<GlobalOptions>())
  program
    .description('Work memory for technicians of managed service providers.')
    .version(version, '-V, --version')
    .addOption(new Option('--json', 'print one JSON document'))
    .addOption(new Option('--session <id>', 'the Claude Code session (default: CLAUDE_CODE_SESSION_ID)'))
    .showSuggestionAfterError(true)
    .exitOverride()
  for (const add of GROUPS) add(program, world)
  return { program, world }
}
