import { constants } from 'node:os'
import type { Api, OutputOf } from '../../api/client.ts'
import type { Contract } from '../../contract/index.ts'
import { isShort } from '../../mask/masker.ts'
import { shortId } from '../layout.ts'
import { given } from '../options.ts'
import { usage } from '../output.ts'
import { isUnderClaude, stepUp } from '../person.ts'
import { needRedactor } from '../redactor-check.ts'
import type { World } from '../world.ts'
import { agentApi } from './agent.ts'
import { withApproval } from './approval-needed.ts'
import { childEnvironment } from './child-environment.ts'
import { type Credential, getCredential } from './credentials.ts'
import { rememberHandedOut } from './handed-out.ts'
import { findProgram } from './program.ts'
import { runMasked } from './run-masked.ts'
import { startSshAgent } from './ssh-agent.ts'
import { createTraces, type Traces } from './traces.ts'
import { fieldsOf, parseWays, textFor, type Way, type WayOptions, withPaths } from './ways.ts'

export interface ExecOptions extends WayOptions {
  client?: string
  reason?: string
  ticket?: string
}

type Values = Readonly<Record<string, string>>

/** Runs a command that is given a secret: in its environment, on its stdin, in a file or by an SSH agent, never as an argument. */
export async function exec(world: World, text: string, argv: readonly string[], options: ExecOptions): Promise<void> {
  const ways = parseWays(options)
  const [name] = argv
  if (name === undefined)
    throw usage(
      'Which command? Write it behind --, as in: msp cred exec 3f2a9c1e --env MYSQL_PWD=password -- mariadb -h db1',
    )
  needRedactor(world)
  const isForModel = isUnderClaude(world)
  const file = findProgram(name, { environment: world.environment, cwd: process.cwd(), isForModel })
  const credential = await getCredential(world, text, options.client)
  const api = isForModel ? agentApi(world) : world.api
  const values = await release(world, api, credential, { fields: fieldsOf(ways), argv, file, options })
  rememberHandedOut(world, values)
  warnOfShort(world, values)
  process.exitCode = await withTraces(async (traces, isStarting) => {
    const prepared = await prepare(ways, values, traces, childEnvironment(world.environment, isForModel))
    isStarting()
    const secrets = Object.entries(values)
      .filter(([field]) => field !== 'username')
      .map(([field, value]) => ({
        value,
        mark: `[REDACTED:${field.replaceAll('_', '-').slice(0, 40)}:${shortId(credential.id)}]`,
      }))
    return runMasked({ file, argv: withPaths(argv, prepared.paths), env: prepared.env, stdin: prepared.stdin, secrets })
  })
}

interface Asked {
  fields: readonly string[]
  argv: readonly string[]
  file: string
  options: ExecOptions
}

/** The secrets for this command, and the user name where it is needed beside them. */
async function release(world: World, api: Api, { id, username }: Credential, asked: Asked): Promise<Values> {
  const { fields, argv, file, options } = asked
  const because = given({ reason: options.reason, ticket_ref: options.ticket })
  const proof = isUnderClaude(world) ? {} : { step_up: await stepUp(world) }
  const stored = fields.filter((field) => field !== 'totp' && field !== 'username')
  const values: Record<string, string> = username === null ? {} : { username }
  if (stored.length > 0) {
    const input = { id, fields: stored, argv: [...argv], program_path: file, ...proof, ...because }
    const released = await withApproval(world, api, { credentialId: id, argv, ...because }, (approval_id) =>
      api.credentials.use({ ...input, ...given({ approval_id }) }),
    )
    Object.assign(values, secretsOf(released))
  }
  if (fields.includes('totp')) values.totp = (await api.credentials.totp({ id, ...proof, ...because })).code
  const missing = fields.find((field) => values[field] === undefined)
  if (missing !== undefined)
    throw usage(`This credential has no ${missing}. "msp cred show ${shortId(id)}" tells what it has.`)
  return values
}

const secretsOf = ({ secrets }: OutputOf<Contract['credentials']['use']>): Values => secrets

function warnOfShort(world: World, values: Values): void {
  for (const [field, value] of Object.entries(values)) {
    if (field !== 'username' && isShort(value))
      world.output.note(
        `The ${field} has fewer than 6 characters: in what the command prints it is masked only where it stands alone. A longer one is safer.`,
      )
  }
}

interface Prepared {
  env: NodeJS.ProcessEnv
  stdin: string | undefined
  /** Variable → path of the file. */
  paths: Map<string, string>
}

async function prepare(
  ways: readonly Way[],
  values: Values,
  traces: Traces,
  environment: NodeJS.ProcessEnv,
): Promise<Prepared> {
  const prepared: Prepared = { env: { ...environment }, stdin: undefined, paths: new Map() }
  for (const way of ways) {
    const text = textFor(way.source, values)
    if (way.kind === 'env') prepared.env[way.variable] = text
    if (way.kind === 'stdin') prepared.stdin = text.endsWith('\n') ? text : `${text}\n`
    if (way.kind === 'file') prepared.paths.set(way.variable, traces.file(text))
    if (way.kind === 'ssh-agent') Object.assign(prepared.env, await startSshAgent(text, traces, environment))
  }
  for (const [variable, path] of prepared.paths) prepared.env[variable] = path
  return prepared
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const

/** Takes away what a command needed, whatever ends it: itself, a signal, a failure, or the end of this process. */
async function withTraces(run: (traces: Traces, isStarting: () => void) => Promise<number>): Promise<number> {
  const traces = createTraces()
  // Once the command runs, a signal is passed on to it, and its end is ours.
  let isRunning = false
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      if (!isRunning) process.exit(128 + constants.signals[signal])
    }
    return [signal, handler] as const
  })
  process.once('exit', traces.remove)
  for (const [signal, handler] of handlers) process.on(signal, handler)
  try {
    return await run(traces, () => {
      isRunning = true
    })
  } finally {
    traces.remove()
    process.off('exit', traces.remove)
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}
