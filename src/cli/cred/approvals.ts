import type { OutputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { oneLine } from '../../recall/clean.ts'
import { facts, shortId, table } from '../layout.ts'
import { choice } from '../options.ts'
import { EXIT, Failure } from '../output.ts'
import { needPerson, stepUp } from '../person.ts'
import type { World } from '../world.ts'

type Approval = OutputOf<Contract['approvals']['get']>
const STATUS = ['pending', 'approved', 'refused', 'used', 'expired', 'all'] as const

export async function list(world: World, options: { status?: string }): Promise<void> {
  const status = choice('--status', options.status ?? 'pending', STATUS)
  const answer = await world.api.approvals.list(status === 'all' ? {} : { status })
  const rows = answer.items.map((one) => [
    shortId(one.id),
    one.status,
    one.kind,
    oneLine(one.credential_name ?? '', 50),
    oneLine(one.requested_by_name, 40),
    oneLine(one.subject, 80),
  ])
  const empty = status === 'pending' ? 'Nothing waits for a decision.' : 'There are none.'
  world.output.show(
    answer,
    rows.length === 0 ? empty : table(['id', 'status', 'for', 'credential', 'asked by', 'what'], rows),
  )
}

/** Agrees to what is asked for, once, after it was shown and the password was given. */
export async function approve(world: World, text: string): Promise<void> {
  needPerson(world, `msp cred approve ${text}`)
  const approval = await getApproval(world, text)
  world.output.note(described(approval))
  const agreed = await world.api.approvals.approve({ id: approval.id, step_up: await stepUp(world) })
  world.output.show(
    agreed,
    `✓ Agreed, for this once and until ${agreed.expires_at}. Tell Claude to run the command again.`,
  )
}

export async function refuse(world: World, text: string): Promise<void> {
  needPerson(world, `msp cred refuse ${text}`)
  const approval = await getApproval(world, text)
  const refused = await world.api.approvals.refuse({ id: approval.id })
  world.output.show(refused, `✓ Refused: ${oneLine(approval.subject, 200)}`)
}

/** Lets the agents of a session go on that was stopped because they used too many secrets. */
export async function resume(world: World, claude_session_id: string): Promise<void> {
  needPerson(world, `msp cred resume ${claude_session_id}`)
  const answer = await world.api.auth.resumeAgents({ claude_session_id, step_up: await stepUp(world) })
  world.output.show(answer, answer.resumed ? '✓ The agents of this session may go on.' : 'They were not stopped.')
}

function described(approval: Approval): string {
  return facts([
    ['asked for', approval.kind],
    ['credential', oneLine(approval.credential_name ?? '', 200)],
    // Whole: what is not seen is not agreed to. The server has made it one line without hidden characters.
    ['what', approval.subject],
    ['reason', oneLine(approval.reason ?? '', 500)],
    ['ticket', approval.ticket_ref],
    ['by', `${oneLine(approval.requested_by_name, 100)}, ${approval.requested_at}`],
  ])
}

/** By id, or the last 8 characters of it. */
async function getApproval(world: World, text: string): Promise<Approval> {
  if (text.length === 36) return world.api.approvals.get({ id: text })
  const { items } = await world.api.approvals.list({ limit: 200 })
  const found = items.find(({ id }) => id.slice(-8) === text.toLowerCase())
  if (found) return found
  throw new Failure(
    EXIT.notFound,
    `There is no request "${oneLine(text, 50)}" that you may decide. See them with: msp cred approvals`,
  )
}
