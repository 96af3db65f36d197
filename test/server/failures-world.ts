import { anEvent, type TestServer, type TestUser } from '../support/server.ts'

/** An office of its own in every test: two clients, technicians with a machine each, and an old server. */

export const at = (minute: number): string =>
  new Date(Date.parse('2026-01-12T09:00:00.000Z') + minute * 60_000).toISOString()

let serial = 0

export interface Worker extends TestUser {
  machineId: string
}

export async function learningOffice(msp: TestServer) {
  const [first, second] = [`Dataforth ${++serial}`, `Contoso ${serial}`]
  const technician = async (name: string, clients: string[]): Promise<Worker> => {
    const user = await msp.technician({ name, clients })
    return { ...user, machineId: await msp.machine(user, `${name}-LT${serial}`) }
  }
  const ana = await technician('Ana', [first])
  const bob = await technician('Bob', [first])
  const eve = await technician('Eve', [second])
  const [dataforth, contoso] = [await msp.client(first), await msp.client(second)]
  const asset = async (client_id: string, hostname: string, os_name: string) =>
    (await msp.admin.api.infrastructure.create({ client_id, hostname, kind: 'virtual_server', os_name })).id
  return { ana, bob, eve, dataforth, contoso, asset, patterns: (client_id: string) => patternsOf(msp, client_id) }
}

/** Everything that is known for a client, as an admin sees it. */
const patternsOf = async (msp: TestServer, client_id: string) =>
  (await msp.admin.api.failurePatterns.list({ limit: 200 })).items.filter((row) => row.client_id === client_id)

export interface Told {
  command: string
  /** Minutes after nine. */
  minute: number
  /** What it printed when it failed; nothing: it worked. */
  error?: string
  exit?: number
  tool?: string
  interrupted?: boolean
}

let sessions = 0

/** A session in which somebody types commands for a client; without one in normal mode. */
export async function typing(
  msp: TestServer,
  who: Worker,
  clientId: string | null,
  told: readonly Told[],
  stream = `4f9d1c60-0b5a-4a55-9f43-${String(++sessions).padStart(12, '0')}`,
): Promise<string> {
  const start = at((told[0]?.minute ?? 1) - 1)
  const opened = anEvent(
    'session.opened',
    clientId === null
      ? { mode: 'normal', trigger: 'command' }
      : { mode: 'msp', trigger: 'command', client_id: clientId },
    { at: start, stream },
  )
  const events = told.map(({ command, minute, error, exit = 1, tool = 'bash', interrupted = false }) =>
    anEvent(
      'command',
      error === undefined
        ? { command, tool, interrupted }
        : { command, tool, success: false, exit_code: exit, stderr: error, interrupted },
      { at: at(minute), stream },
    ),
  )
  const { outcomes } = await msp.ingest(who, who.machineId, [opened, ...events])
  const refused = outcomes.filter(({ outcome }) => outcome !== 'accepted')
  if (refused.length > 0) throw new Error(`An event was not accepted: ${JSON.stringify(refused)}`)
  return stream
}

export const MISSING = (program: string): string => `bash: line 1: ${program}: command not found`
export const NO_CMDLET = (name: string): string =>
  `${name} : The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`
