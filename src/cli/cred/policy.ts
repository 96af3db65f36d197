import { oneLine } from '../../recall/clean.ts'
import { choice, given } from '../options.ts'
import { EXIT, Failure, usage } from '../output.ts'
import { isUnderClaude } from '../person.ts'
import type { World } from '../world.ts'
import { POLICIES, SENSITIVITIES } from './add.ts'
import { getCredential } from './credentials.ts'

export interface PolicyOptions {
  client?: string
  program?: string[]
  host?: string[]
  anyProgram?: boolean
  anyHost?: boolean
  access?: string
  sensitivity?: string
}

/** Sets who and what may get a secret. For leads. */
export async function setPolicy(world: World, text: string, options: PolicyOptions): Promise<void> {
  if (isUnderClaude(world))
    throw new Failure(
      EXIT.notAllowed,
      'What may have a secret is decided by a person, not by Claude. Ask the user to run this in a terminal of their own.',
    )
  const { id } = await getCredential(world, text, options.client)
  const change = given({
    allowed_programs: options.anyProgram ? [] : options.program,
    allowed_hosts: options.anyHost ? [] : options.host,
    access_policy: options.access === undefined ? undefined : choice('--access', options.access, POLICIES),
    sensitivity:
      options.sensitivity === undefined ? undefined : choice('--sensitivity', options.sensitivity, SENSITIVITIES),
  })
  if (Object.keys(change).length === 0)
    throw usage('What is to change? Give --program, --host, --access or --sensitivity.')
  const changed = await world.api.credentials.setPolicy({ id, ...change })
  const programs = changed.allowed_programs.join(', ') || 'the usual ones'
  const hosts = changed.allowed_hosts.join(', ') || 'those of its address and machine'
  world.output.show(
    changed,
    `✓ ${oneLine(changed.name, 100)}: ${changed.access_policy}, ${changed.sensitivity}; programs: ${programs}; hosts: ${hosts}.`,
  )
}
