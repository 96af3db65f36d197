import { type Step, stepsOf } from '../../../src/guard/steps.ts'
import type { Change } from '../changes/rules.ts'
import { CHANGE_PATTERNS, DEPLOY_PATTERNS, ONLY_TRIED, STATEMENT_PROGRAMS, STATEMENTS } from './change-patterns.ts'

/** What a command line changes, seen by its programs and words. Pure. */

export interface MadeChange {
  category: Change['category']
  /** The machines that it names, in lower case as typed; none: the one at which it was typed. */
  hosts: string[]
  ofTenant: boolean
  changeType: Change['change_type']
  engine: Change['engine']
  objectName: string | null
}

export interface MadeDeployment {
  hosts: string[]
  environment: 'production' | 'staging' | 'test' | 'development'
  /** The tag of the image that it names. */
  version: string | null
}

/**
 * Each kind of change on each set of machines once.
 *
 * @example changesMadeBy('Invoke-Command -ComputerName DC01 { Add-DnsServerResourceRecordA -Name www … }')   // dns on dc01
 * @example changesMadeBy('Get-DnsServerResourceRecord -ZoneName x -ComputerName DC01')                          // []
 */
export function changesMadeBy(command: string): MadeChange[] {
  const found = stepsOf(command).flatMap((step) => {
    const change = ofStatement(step) ?? ofProgram(step)
    return change ? [{ ...change, hosts: hostsOf(step, command) }] : []
  })
  return [
    ...new Map(found.map((change) => [`${change.category} ${change.changeType} ${change.hosts}`, change])).values(),
  ]
}

/** A version brought somewhere; null for one brought only to the computer at which it was typed. */
export function deploymentMadeBy(command: string): MadeDeployment | null {
  for (const step of stepsOf(command)) {
    const text = textOf(step)
    const known = ONLY_TRIED.test(text) ? undefined : DEPLOY_PATTERNS.find(({ pattern }) => pattern.test(text))
    if (!known || (known.isOnMachine && step.host === null) || OWN_CLUSTER.test(text)) continue
    const named = /:(?<tag>v?\d[\w.+-]*)(?=\s|$)/.exec(text)?.groups?.tag ?? null
    return { hosts: hostsOf(step, command), environment: environmentOf(text), version: named }
  }
  return null
}

const OWN_CLUSTER = /\b(?:minikube|kind-\w+|docker-desktop|k3d-\w+|localhost|127\.0\.0\.1)\b/

function environmentOf(text: string): MadeDeployment['environment'] {
  if (/\b(?:staging|stage|stg|preprod)\b/.test(text)) return 'staging'
  if (/\b(?:test|qa|uat)\b/.test(text)) return 'test'
  return /\b(?:dev|development)\b/.test(text) ? 'development' : 'production'
}

const textOf = ({ segment }: Step): string =>
  [segment.program, ...segment.words].join(' ').slice(0, MOST_CHARACTERS).toLowerCase()

/** What a command does stands at its front; longer texts would take the patterns time that grows with the square. */
const MOST_CHARACTERS = 1_000

type Kind = Omit<MadeChange, 'hosts'>

function ofProgram(step: Step): Kind | undefined {
  const text = textOf(step)
  if (ONLY_TRIED.test(text)) return undefined
  const known = CHANGE_PATTERNS.find(({ pattern }) => pattern.test(text))
  return (
    known && {
      category: known.category,
      ofTenant: known.ofTenant ?? false,
      ...{ changeType: null, engine: null, objectName: null },
    }
  )
}

function ofStatement({ segment }: Step): Kind | undefined {
  const client = STATEMENT_PROGRAMS.find(({ program }) => program.test(segment.program))
  if (!client) return undefined
  const text = segment.words.join(' ').slice(0, MOST_CHARACTERS)
  for (const { type, pattern } of STATEMENTS) {
    const name = pattern.exec(text)
    if (!name) continue
    const objectName = name.groups?.name?.replace(/["'[\]`]/g, '').slice(0, 200) || null
    return { category: 'database', ofTenant: false, changeType: type, engine: client.engine, objectName }
  }
  return undefined
}

/** `-ComputerName A,B` names two. */
function hostsOf({ host, segment }: Step, command: string): string[] {
  const named =
    host ?? (segment.program === 'dnscmd' ? segment.words.find((word) => /^[\w.-]+$/.test(word)) : undefined)
  if (!named) return []
  const first = named.toLowerCase()
  const list = command
    .toLowerCase()
    .split(/[\s"']+/)
    .find((word) => word.startsWith(`${first},`))
  return list ? [...new Set(list.split(',').filter((word) => /^[\w.-]+$/.test(word)))] : [first]
}
