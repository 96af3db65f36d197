import { usage } from '../output.ts'

/** What a program is given: a field as it is, or as the line of an HTTP header. */
export interface Source {
  form: 'plain' | 'bearer' | 'basic'
  field: string
}

/** A way in which a secret reaches a program. It is never an argument. */
export type Way =
  | { kind: 'env'; variable: string; source: Source }
  | { kind: 'file'; variable: string; source: Source }
  | { kind: 'stdin'; source: Source }
  | { kind: 'ssh-agent'; source: Source }

export interface WayOptions {
  env?: string[]
  file?: string[]
  stdin?: string
  sshAgent?: string
}

/** The variable that names the file of `--file field`. */
const FILE_VARIABLE = 'SECRET_FILE'

/** @throws Failure that shows how it is written */
export function parseWays({ env = [], file = [], stdin, sshAgent }: WayOptions): Way[] {
  const ways: Way[] = [
    ...env.map((text) => ({ kind: 'env' as const, ...named('--env', text) })),
    ...file.map((text) => ({
      kind: 'file' as const,
      ...named('--file', text.includes('=') ? text : `${FILE_VARIABLE}=${text}`),
    })),
    ...(stdin === undefined ? [] : [{ kind: 'stdin' as const, source: sourceOf('--stdin', stdin) }]),
    ...(sshAgent === undefined
      ? []
      : [{ kind: 'ssh-agent' as const, source: plain(sourceOf('--ssh-agent', sshAgent)) }]),
  ]
  if (ways.length === 0)
    throw usage(
      'How is the program to get the secret? Give --env NAME=field, --stdin field, --file NAME=field or --ssh-agent field.',
    )
  return ways
}

function named(option: string, text: string): { variable: string; source: Source } {
  const [, variable, field] = /^([A-Za-z_][A-Za-z0-9_]{0,99})=(.+)$/.exec(text) ?? []
  if (variable === undefined || field === undefined || /^MSP_/i.test(variable))
    throw usage(
      `${option} is written NAME=field, as in ${option} PGPASSWORD=password. The names that begin with MSP_ are ours.`,
    )
  return { variable, source: sourceOf(option, field) }
}

function sourceOf(option: string, text: string): Source {
  const [, form = 'plain', field] = /^(?:(bearer|basic):)?([a-z][a-z0-9_]{0,49})$/.exec(text) ?? []
  if (field === undefined)
    throw usage(
      `${option} names a field of the credential, like password, private_key or totp; never the secret itself. For HTTP: bearer:token or basic:password.`,
    )
  return { form: form as Source['form'], field }
}

function plain(source: Source): Source {
  if (source.form === 'plain') return source
  throw usage('--ssh-agent takes a field that holds a private key, as in --ssh-agent private_key.')
}

/** Fields that a command needs, each once. */
export const fieldsOf = (ways: readonly Way[]): string[] => [...new Set(ways.map(({ source }) => source.field))]

/**
 * The text for a program.
 *
 * @param values of all fields that are needed, `username` among them where the credential has one
 */
export function textFor({ form, field }: Source, values: Readonly<Record<string, string>>): string {
  const value = values[field] ?? ''
  if (form === 'bearer') return `Authorization: Bearer ${value}`
  if (form === 'plain') return value
  return `Authorization: Basic ${Buffer.from(`${values.username ?? ''}:${value}`).toString('base64')}`
}

/** Arguments with `{NAME}` replaced by the path of the file that `--file NAME=field` made. No shell does it: there is none. */
export function withPaths(args: readonly string[], paths: ReadonlyMap<string, string>): string[] {
  return args.map((argument) =>
    argument.replace(/\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, name: string) => paths.get(name) ?? whole),
  )
}
