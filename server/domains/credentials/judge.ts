import { hostsIn, isListed } from './hosts.ts'
import { baseOf, isNeverForAgents, trapsIn, USUAL_PROGRAMS } from './programs.ts'

/** A command that is to be given a secret, and what is known of where that secret may go. */
export interface Command {
  argv: readonly string[]
  /** What the program resolves to, as the machine says. */
  programPath?: string | undefined
  /** As a lead set them; empty where none did. */
  allowedPrograms: readonly string[]
  allowedHosts: readonly string[]
  /** Of the credential's address and of the machine or service that it opens. */
  knownHosts: readonly string[]
}

export interface Verdict {
  /** `approval`: not before a person has agreed to exactly this command. */
  outcome: 'allowed' | 'approval' | 'refused'
  /** For people: why not; empty when it is allowed. */
  reasons: string[]
  /** Hosts that the secret would go to, though it is not for them. */
  strayHosts: string[]
}

/**
 * May this command have the secret? For an agent nothing but a client of a known host, whatever it was told to do; for people and API keys
 * what a lead set. Pure.
 */
export function judge(kind: 'person' | 'api_key' | 'agent', command: Command): Verdict {
  const program = nameOf(command.argv[0] ?? '')
  const hosts = hostsIn(program, command.argv.slice(1))
  const strict = againstLists(command, program, hosts)
  if (kind !== 'agent') return strict
  const never = whyNever(command)
  if (never) return { outcome: 'refused', reasons: [never], strayHosts: strict.strayHosts }
  return strict.outcome === 'refused' ? strict : asModel(command, program, hosts)
}

/** What a lead set holds for everybody. */
function againstLists({ allowedPrograms, allowedHosts }: Command, program: string, hosts: readonly string[]): Verdict {
  const strayHosts = allowedHosts.length === 0 ? [] : hosts.filter((host) => !isListed(host, allowedHosts))
  const reasons = [
    ...(allowedPrograms.length > 0 && !allowedPrograms.map(nameOf).includes(program)
      ? [`${program} is not among the programs that may have this secret (${allowedPrograms.join(', ')})`]
      : []),
    ...strayHosts.map((host) => `${host} is not among the hosts that this secret is for (${allowedHosts.join(', ')})`),
  ]
  return { outcome: reasons.length === 0 ? 'allowed' : 'refused', reasons, strayHosts }
}

function whyNever({ argv, programPath }: Command): string | undefined {
  const [program = ''] = argv
  if (program === '' || /[/\\]/.test(program)) return 'name the program without a path'
  for (const name of [program, ...(programPath === undefined ? [] : [programPath])])
    if (isNeverForAgents(name))
      return `${baseOf(name)} can run other programs or show what it is given: agents never get a secret for it`
  return undefined
}

/** What the model asked for and no list of a lead answers. */
function asModel(command: Command, program: string, hosts: readonly string[]): Verdict {
  const { allowedPrograms, allowedHosts, knownHosts, argv, programPath } = command
  const byDefault = allowedPrograms.length === 0
  const known = allowedHosts.length === 0 ? knownHosts : allowedHosts
  const strayHosts = known.length === 0 ? [] : hosts.filter((host) => !isListed(host, known))
  const nowhere = known.length === 0 ? 'it is not known which hosts this secret is for' : undefined
  const unnamed = byDefault && hosts.length === 0 ? 'the command does not say which host it goes to' : undefined
  const reasons = [
    ...(byDefault && !USUAL_PROGRAMS.includes(program) ? [`${program} is not one of the usual programs`] : []),
    ...(programPath !== undefined && SCRATCH.test(programPath)
      ? [`${program} lies in a folder for temporary files`]
      : []),
    ...trapsIn(program, argv.slice(1)),
    ...[nowhere ?? unnamed].filter((reason) => reason !== undefined),
    ...strayHosts.map((host) => `${host} is not a host that this secret is for (${known.join(', ')})`),
  ]
  return { outcome: reasons.length === 0 ? 'allowed' : 'approval', reasons, strayHosts }
}

const SCRATCH = /^\/(tmp|var\/tmp|dev\/shm)\/|[\\/](temp|tmp)[\\/]/i

/** As it is listed: `Psql.EXE` is `psql`. */
const nameOf = (program: string): string =>
  (program.split(/[/\\]/).at(-1) ?? '').toLowerCase().replace(/\.(exe|com)$/, '')
