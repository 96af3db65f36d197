import { randomUUID } from 'node:crypto'
import { anEvent, type TestServer, type TestUser, testServer } from '../support/server.ts'
import { aHome, type CliHome } from './home.ts'

/** SRV-OLD and a NAS of Dataforth. Ana works for Dataforth and Acme; `Get-LocalUser` is known to fail on SRV-OLD. */
export interface KnownWorld extends AsyncDisposable {
  msp: TestServer
  ana: TestUser
  clientId: string
  srvOld: string
  patternId: string
}

/** The commands of the CLI have the real time, so the server has it too. */
export async function aKnownWorld(): Promise<KnownWorld> {
  const msp = await testServer({ database: 'sqlite', now: new Date().toISOString() })
  const ana = await msp.technician({ name: 'Ana', clients: ['Dataforth', 'Acme'] })
  const client_id = await msp.client('Dataforth')
  const srvOld = await ana.api.infrastructure.create({
    ...{ client_id, kind: 'virtual_server', hostname: 'SRV-OLD', primary_ip: '10.0.0.9' },
    os_name: 'Windows Server 2008 R2',
  })
  await ana.api.infrastructure.create({
    ...{ client_id, kind: 'nas_san', hostname: 'D2TESTNAS', os_name: 'ReadyNAS OS 6.10' },
    environmental_notes: 'Speaks SMB 1 only.',
  })
  await ana.api.environmentalInsights.create({
    ...{ client_id, infrastructure_id: srvOld.id, category: 'shell', key: 'powershell.version' },
    ...{
      value: { version: '2.0' },
      statement: 'SRV-OLD has PowerShell 2.0.',
      source: 'observed',
      confidence_percent: 90,
    },
  })
  return {
    ...{ msp, ana, clientId: client_id, srvOld: srvOld.id },
    patternId: await aPattern(msp, { client_id, infrastructure_id: srvOld.id }),
    [Symbol.asyncDispose]: () => msp[Symbol.asyncDispose](),
  }
}

/** A home in which a user is signed in, Ana unless somebody else is named. */
export async function homeOf({ msp, ana }: KnownWorld, user = ana): Promise<CliHome> {
  const home = aHome(msp.url)
  await home.login(user)
  return home
}

let serial = 0

/** Patterns are learned by the server; here one is put in by hand. */
export async function aPattern(msp: TestServer, own: Record<string, unknown>): Promise<string> {
  const { newId, db, clock } = msp.server.deps
  const [id, at] = [newId(), clock().toISOString()]
  const row = {
    ...{ id, created_at: at, updated_at: at, row_version: 1, first_seen_at: at, last_seen_at: at },
    ...({ scope: 'infrastructure', category: 'compatibility', severity: 'medium', status: 'active' } as const),
    ...{ occurrences: 2, distinct_sessions: 2, confidence_percent: 92, places: 1, failure_category: 'NotInstalled' },
    ...({ grain: 'program', match_key: 'program get-localuser', alternative_score: 70 } as const),
    signature: String(++serial).padStart(64, '0'),
    title: 'Get-LocalUser does not exist on SRV-OLD',
    recommended_alternative: 'Get-WmiObject Win32_UserAccount',
    ...own,
  }
  await db.insertInto('failure_patterns').values(row).execute()
  return id
}

/** A command that failed in a session for a client, and the one that then worked, as a hook would tell of them. */
export async function failed(
  { msp, ana }: KnownWorld,
  client: string,
  { command, error, worked }: { command: string; error: string; worked?: string },
): Promise<void> {
  const machineId = await msp.machine(ana)
  const [at, stream] = [msp.clock.now().toISOString(), randomUUID()]
  const { outcomes } = await msp.ingest(ana, machineId, [
    anEvent('session.opened', { mode: 'msp', trigger: 'command', client_name: client }, { stream, at }),
    anEvent('command', { command, exit_code: 1, success: false, error }, { stream, at }),
    ...(worked === undefined ? [] : [anEvent('command', { command: worked }, { stream, at })]),
  ])
  const refused = outcomes.find(({ outcome }) => outcome !== 'accepted')
  if (refused) throw new Error(`The failure was not stored: ${refused.message}`)
}
