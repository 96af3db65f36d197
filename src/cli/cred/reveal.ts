import { setTimeout as sleep } from 'node:timers/promises'
import { facts } from '../layout.ts'
import { count, given } from '../options.ts'
import { usage } from '../output.ts'
import { needPerson, stepUp } from '../person.ts'
import type { World } from '../world.ts'
import { withApproval } from './approval-needed.ts'
import { copyText } from './clipboard.ts'
import { getCredential } from './credentials.ts'
import { rememberHandedOut } from './handed-out.ts'

export interface RevealOptions {
  client?: string
  field?: string
  version?: string
  clipboard?: boolean
  reason?: string
  ticket?: string
}

const CLIPBOARD_MS = 30_000

/** Shows secrets to the person at the terminal, after their password, or puts one on the clipboard for half a minute. */
export async function reveal(world: World, text: string, options: RevealOptions): Promise<void> {
  needPerson(world, `msp cred reveal ${text}`)
  const { id, name } = await getCredential(world, text, options.client)
  const step_up = await stepUp(world)
  const because = given({ reason: options.reason, ticket_ref: options.ticket })
  const chosen = given({
    fields: options.field === undefined ? undefined : [options.field],
    version_no: options.version === undefined ? undefined : count('--version', options.version, 1_000_000),
  })
  const { secrets } = await withApproval(world, world.api, { credentialId: id, ...because }, (approval_id) =>
    world.api.credentials.reveal({ id, step_up, ...chosen, ...because, ...given({ approval_id }) }),
  )
  rememberHandedOut(world, secrets)
  if (options.clipboard) return lend(world, name, secrets)
  world.output.show(secrets, facts(Object.entries(secrets)))
}

/** The one-time code of this moment, at a person's terminal. */
export async function totp(
  world: World,
  text: string,
  options: Omit<RevealOptions, 'field' | 'version' | 'clipboard'>,
): Promise<void> {
  needPerson(world, `msp cred totp ${text}`)
  const { id } = await getCredential(world, text, options.client)
  const step_up = await stepUp(world)
  const because = given({ reason: options.reason, ticket_ref: options.ticket })
  const code = await world.api.credentials.totp({ id, step_up, ...because })
  rememberHandedOut(world, { totp: code.code })
  world.output.show(code, `${code.code}  (for ${code.valid_for_seconds} s)`)
}

async function lend(world: World, name: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  const [only, ...others] = Object.entries(secrets)
  if (only === undefined || others.length > 0)
    throw usage(`The clipboard takes one field: add --field with one of ${Object.keys(secrets).join(', ')}.`)
  const [field, value] = only
  const clear = () => copyText('')
  const interrupted = () => process.exit(130)
  copyText(value)
  process.once('exit', clear)
  process.once('SIGINT', interrupted)
  world.output.note(`The ${field} of ${name} is on the clipboard for 30 seconds. Wait, or clear it now with Ctrl-C.`)
  await sleep(CLIPBOARD_MS)
  process.off('SIGINT', interrupted)
  process.off('exit', clear)
  clear()
  world.output.note('The clipboard is cleared.')
}
