import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { OURSELVES } from '../../audit/entries.ts'
import { currentKey } from '../../audit/epochs.ts'
import { openKey, sealKey } from '../../audit/escrow.ts'
import { placesOf } from '../../audit/places.ts'
import { unknownOutcomes } from '../../audit/unknown.ts'
import { verifyAudit } from '../../audit/verify.ts'
import { verifyVault } from '../../audit/verify-vault.ts'
import { type Config, ConfigError } from '../../config.ts'
import type { Deps } from '../../context.ts'
import { grantsFor } from '../../db/grants.ts'
import { openAuditIncident } from './incident.ts'
import { lineOf, type Result, textOf } from './result-text.ts'

/** `msp audit` on the server's host. */

const OPTIONS = {
  chain: { type: 'string' },
  from: { type: 'string' },
  checkpoints: { type: 'string', multiple: true },
  escrow: { type: 'string' },
  'escrow-key-file': { type: 'string' },
  vault: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  recipient: { type: 'string', multiple: true },
  out: { type: 'string' },
  account: { type: 'string', default: 'msp_app@%' },
} as const

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

/** For scripts: intact and covered by a state outside; broken; intact, and the end of it is not covered or nothing could be verified. */
export const VERIFIED = { whole: 0, broken: 1, uncovered: 2 } as const

const VERBS: Record<string, (deps: Deps, config: Config, options: Options) => Promise<number>> = {
  verify,
  escrow,
  grants,
}

/**
 * Runs a word of `msp audit`: `verify`, `escrow` or `grants`. Prints to stdout, progress to stderr.
 *
 * @returns the exit code
 * @throws ConfigError for what a person can mend
 */
export async function auditProgram(deps: Deps, config: Config, [verb = '', ...words]: string[]): Promise<number> {
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  if (!run) throw new ConfigError(`"audit ${verb}" is not known. Use one of: ${Object.keys(VERBS).join(', ')}.`)
  return run(deps, config, optionsIn(words))
}

function optionsIn(words: string[]): Options {
  try {
    return parseArgs({ args: words, options: OPTIONS }).values
  } catch (error) {
    throw new ConfigError((error as Error).message)
  }
}

async function verify(deps: Deps, config: Config, options: Options): Promise<number> {
  const result = await verified(deps, config, options).catch((error: unknown) => {
    if (error instanceof ConfigError) throw error
    process.stderr.write(`The audit cannot be verified: ${(error as Error).message}\n`)
  })
  if (!result) return VERIFIED.uncovered
  process.stdout.write(options.json ? `${JSON.stringify(result, null, 2)}\n` : textOf(result))
  const { intact, covered, troubles, entries } = result
  const details = { intact, covered, entries, troubles: troubles.slice(0, 20) }
  deps.audit.note(OURSELVES, {
    action: 'execute',
    method: 'HOST',
    path_template: '/audit/verify',
    entity_type: 'audit',
    details,
  })
  if (!intact) await tell(deps, result)
  return intact ? (covered ? VERIFIED.whole : VERIFIED.uncovered) : VERIFIED.broken
}

async function verified(deps: Deps, config: Config, options: Options): Promise<Result> {
  const { db, clock, keys } = deps
  const report = await verifyAudit({
    db,
    now: clock(),
    key: (await escrowedKey(options)) ?? (await currentKey(db, keys.masters)),
    signers: new Map(keys.checkpoints.map(({ kid, publicKey }) => [kid, publicKey])),
    outside: await outsideLines(config, options.checkpoints),
    chain: options.chain,
    from: options.from === undefined ? undefined : numberOf(options.from),
    onProgress: progress(),
  })
  const vault = options.vault ? await verifyVault(db) : undefined
  const troubles = [...(vault?.troubles ?? []), ...report.troubles]
  const intact = report.intact && (vault?.troubles.length ?? 0) === 0
  return {
    ...report,
    ...{ intact, covered: intact && report.covered, troubles, unknown: await unknownOutcomes(db, clock()) },
    ...(vault ? { vault_versions: vault.versions } : {}),
  }
}

function numberOf(text: string): number {
  const number = Number(text)
  if (Number.isSafeInteger(number) && number >= 1) return number
  throw new ConfigError(`--from is the number of an entry, not "${text}".`)
}

async function escrowedKey(options: Options) {
  const { escrow: file, 'escrow-key-file': identity } = options
  if (file === undefined) return undefined
  if (identity === undefined)
    throw new ConfigError('--escrow needs --escrow-key-file, the identity that "age-keygen" wrote.')
  return openKey(await textIn(file), await textIn(identity))
}

/** The files that were named, else what the configured places have. */
async function outsideLines(config: Config, files: string[] | undefined): Promise<string[]> {
  if (files)
    return (await Promise.all(files.map(textIn))).flatMap((text) => text.split('\n').filter((line) => line.trim()))
  return (await Promise.all(placesOf(config.checkpointPlaces).map((place) => place.read?.() ?? []))).flat()
}

const textIn = (path: string) =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigError(`${path} cannot be read (${error.code}).`)
  })

const PROGRESS_MS = 2_000

function progress(): (entries: number) => void {
  let toldAt = Date.now()
  return (entries) => {
    if (Date.now() - toldAt < PROGRESS_MS) return
    toldAt = Date.now()
    process.stderr.write(`${entries} entries verified …\n`)
  }
}

/** Whoever reads incidents must hear of it, also when nobody looks at this program's output. */
async function tell(deps: Deps, { troubles }: Result): Promise<void> {
  const first = troubles.slice(0, 5).map(lineOf)
  await openAuditIncident(deps, `"msp audit verify" found:\n${first.join('\n')}`).catch((error: Error) =>
    process.stderr.write(`An incident could not be opened: ${error.message}\n`),
  )
}

async function escrow({ db, keys, audit }: Deps, _config: Config, options: Options): Promise<number> {
  const { recipient: recipients, out } = options
  if (!recipients || !out)
    throw new ConfigError('Say for whom and where: --recipient age1… --out FILE. Two people should have it.')
  const key = await currentKey(db, keys.masters)
  if (!key) throw new ConfigError('There is no key of the audit yet. Start the server once.')
  await writeFile(out, await sealKey(key, recipients), { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw new ConfigError(`${out} cannot be written (${(error as NodeJS.ErrnoException).code}): it must not exist yet.`)
  })
  const details = { epoch: key.epoch, recipients }
  audit.note(OURSELVES, {
    action: 'execute',
    method: 'HOST',
    path_template: '/audit/escrow',
    entity_type: 'audit',
    details,
  })
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ epoch: key.epoch, out, recipients })}\n`
      : `${out} has the key of epoch ${key.epoch}, for ${recipients.length} recipient${recipients.length === 1 ? '' : 's'}. Keep it away from this host and from its backups.\n`,
  )
  return 0
}

async function grants(deps: Deps, _config: Config, options: Options): Promise<number> {
  const statements = await grantsFor(deps, options.account)
  process.stdout.write(options.json ? `${JSON.stringify({ statements }, null, 2)}\n` : `${statements.join('\n')}\n`)
  return 0
}
