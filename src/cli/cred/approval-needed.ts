import { createHash } from 'node:crypto'
import { readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Api, OutputOf } from '../../api/client.ts'
import { ApiError } from '../../api/errors.ts'
import type { Contract } from '../../contract/index.ts'
import { namesIn, writeFileAtomic } from '../../durable.ts'
import { oneLine } from '../../recall/clean.ts'
import { shortId } from '../layout.ts'
import { EXIT, Failure } from '../output.ts'
import { needsApproval } from '../person.ts'
import type { World } from '../world.ts'

type Approval = OutputOf<Contract['approvals']['get']>

/** What a person is asked to agree to. */
export interface Wanted {
  credentialId: string
  /** The command as it would run; none for reading a secret. */
  argv?: readonly string[] | undefined
  reason?: string | undefined
  ticket_ref?: string | undefined
}

/**
 * Does what may need a person's yes. Without one that is needed it asks for it, and fails with what to do then; called once more for
 * the same, after the yes, it takes that.
 *
 * @param api whose right it is: the agent's, or the person's login
 */
export async function withApproval<T>(
  world: World,
  api: Pick<Api, 'approvals'>,
  wanted: Wanted,
  act: (approvalId: string | undefined) => Promise<T>,
): Promise<T> {
  const asked = await askedBefore(world, wanted)
  if (asked?.status === 'pending') throw waiting(asked, wanted)
  if (asked?.status === 'refused') {
    forget(world, wanted)
    throw new Failure(
      EXIT.notAllowed,
      `The user has refused this (${shortId(asked.id)}). Do not ask again; go on without it.`,
    )
  }
  try {
    const done = await act(asked?.status === 'approved' ? asked.id : undefined)
    forget(world, wanted)
    return done
  } catch (error) {
    if (asked?.status === 'approved') forget(world, wanted)
    if (!needsApproval(error)) throw error
    throw waiting(await request(world, api, wanted, error), wanted, error.message)
  }
}

async function request(world: World, api: Pick<Api, 'approvals'>, wanted: Wanted, error: ApiError): Promise<Approval> {
  const { kind = wanted.argv ? 'exec' : 'reveal' } = error.details as { kind?: Approval['kind'] }
  const approval = await api.approvals.request({
    kind,
    credential_id: wanted.credentialId,
    reason: wanted.reason ?? 'No reason was given.',
    ...(wanted.argv ? { argv: [...wanted.argv] } : {}),
    ...(wanted.ticket_ref === undefined ? {} : { ticket_ref: wanted.ticket_ref }),
  })
  sweep(world)
  writeFileAtomic(fileOf(world, wanted), `${JSON.stringify({ id: approval.id })}\n`)
  return approval
}

function waiting({ id, subject }: Approval, wanted: Wanted, why?: string): Failure {
  const what = wanted.argv ? `the command ${oneLine(subject, 500)}` : oneLine(subject, 500)
  const lines = [
    ...(why === undefined ? [] : [why.replace(/ Ask for one:.*$/s, '')]),
    `A person has to agree to ${what}. It is asked for as ${shortId(id)}.`,
    `Ask the user to look at it, and to run this in a terminal of their own: msp cred approve ${shortId(id)}`,
    'Then run exactly the same command once more. The yes is good for ten minutes, once.',
  ]
  return new Failure(EXIT.notAllowed, lines.join('\n'), { needs: 'approval', approval_id: id })
}

/** What was asked for in the same words, while it is worth anything. */
async function askedBefore(world: World, wanted: Wanted): Promise<Approval | undefined> {
  const id = readId(fileOf(world, wanted))
  if (id === undefined) return undefined
  try {
    const approval = await world.api.approvals.get({ id })
    if (['pending', 'approved', 'refused'].includes(approval.status)) return approval
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error
  }
  forget(world, wanted)
  return undefined
}

const forget = (world: World, wanted: Wanted): void => rmSync(fileOf(world, wanted), { force: true })

const folderOf = ({ settings }: World): string => join(settings.paths.auth, 'approvals')

function fileOf(world: World, { credentialId, argv }: Wanted): string {
  const subject = JSON.stringify([world.settings.apiUrl, credentialId, argv ?? null])
  return join(folderOf(world), `${createHash('sha256').update(subject).digest('hex')}.json`)
}

function readId(path: string): string | undefined {
  try {
    const { id } = JSON.parse(readFileSync(path, 'utf8')) as { id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined // Nothing was asked for.
  }
}

/** An approval lasts ten minutes at the most, waiting and agreed to. */
const OLD_MS = 60 * 60_000

function sweep(world: World): void {
  for (const name of namesIn(folderOf(world))) {
    const path = join(folderOf(world), name)
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (written !== undefined && world.now().getTime() - written > OLD_MS) rmSync(path, { force: true })
  }
}
