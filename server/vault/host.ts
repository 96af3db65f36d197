import { AppError } from '../../src/contract/errors.ts'
import { OURSELVES } from '../audit/entries.ts'
import { ConfigError } from '../config.ts'
import type { Deps } from '../context.ts'
import { foldName } from '../crud/stored.ts'
import { KeyFileError } from '../key-file.ts'
import { promote, type RotationDeps, retire, rewrap, stage } from './rotation.ts'
import { clientNamed, shredClient } from './shred.ts'
import { keysStatus } from './status.ts'

type Progress = (done: number, total: number) => void
type Verb = (deps: Deps, words: readonly string[], progress: Progress) => Promise<unknown>

/** What `msp keys` does on the host of the server. Whoever can run it can read the master key: nothing is gained by asking who they are. */
const VERBS: Record<string, Verb> = {
  status: (deps) => keysStatus(deps.db, deps.keys.masters),
  stage: async (deps) => ({ staged: await stage(rotationOf(deps)), key_file: deps.keys.masters.file }),
  promote: (deps) => promote(rotationOf(deps)),
  rewrap: async (deps, _, progress) => ({ rewrapped: await rewrap(rotationOf(deps), progress) }),
  rotate: async (deps, _, progress) => {
    const staged = await stagedOr(deps, () => stage(rotationOf(deps)))
    const { from } = await promote(rotationOf(deps))
    return { from, to: staged, rewrapped: await rewrap(rotationOf(deps), progress) }
  },
  retire: async (deps, [id = '']) => {
    await retire(rotationOf(deps), id)
    return { retired: id }
  },
  shred: async (deps, [text = '', typed = '']) => {
    const client = await clientNamed(deps, text)
    if (foldName(typed) !== foldName(client.name))
      throw new AppError(
        'CONFLICT',
        `Nothing was destroyed. To destroy the keys of "${client.name}", give exactly that name again.`,
      )
    return { client, ...(await shredClient(deps, client.id)) }
  },
}

/**
 * Runs one verb.
 *
 * @param words the verb, then what it needs: `retire ID`, `shred CLIENT CLIENT`
 * @returns what is shown, as JSON
 * @throws ConfigError or AppError with a sentence for a person
 */
export async function runKeysVerb(deps: Deps, words: readonly string[], progress: Progress): Promise<unknown> {
  const [name = '', ...rest] = words
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined
  if (!verb) throw new ConfigError(`Unknown word "${name}" after "keys". Use one of: ${Object.keys(VERBS).join(', ')}.`)
  try {
    const result = await verb(deps, rest, progress)
    if (name !== 'status') takeDown(deps, name, result)
    return result
  } catch (error) {
    if (error instanceof KeyFileError) throw new ConfigError(`${deps.keys.masters.file} ${error.message}.`)
    throw error
  }
}

/** For the audit; it is written at the latest when the program ends. A purge has written its own entry before. */
function takeDown({ audit }: Deps, verb: string, result: unknown): void {
  const entry = { action: 'execute', method: 'HOST', path_template: `/keys/${verb}`, entity_type: 'keys' } as const
  audit.note(OURSELVES, { ...entry, details: { result } })
}

const rotationOf = ({ db, dialect, clock, settled, keys }: Deps): RotationDeps => {
  const { masters } = keys
  return { db, dialect, masters, clock, settled }
}

/** A rotation that was killed after its first step goes on with the key that it made. */
async function stagedOr({ db }: Deps, make: () => Promise<string>): Promise<string> {
  const row = await db.selectFrom('master_keys').select('id').where('state', '=', 'staged').executeTakeFirst()
  return row?.id ?? make()
}
