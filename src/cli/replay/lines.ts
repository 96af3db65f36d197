import { readFileSync } from 'node:fs'
import type { Mode } from '../../contract/events.ts'
import { errorCode } from '../../durable.ts'
import { type Fields, object, text } from '../../hooks/input.ts'
import { EXIT, Failure, usage } from '../output.ts'
import { decode } from '../text-file.ts'
import type { RuleLine } from './rules.ts'

/** A technician's machine. */
export interface MachineLine {
  machine: string
  platform: string | undefined
  /** As `msp machine show` would name it, if anybody knows. */
  os: string | undefined
  /** `powershell 5.1`. */
  shell: string | undefined
  capabilities: Fields
}

/** A machine of a client. */
export interface AssetLine {
  asset: string
  client: string
  os: string | undefined
  facts: Fields
  /** Only reached through a VPN: through which one, or `true` for that of the client. */
  vpn: unknown
}

/** Something that happened, as a hook was told of it. */
export interface EventLine {
  /** In the file, from 1. */
  line: number
  at: Date
  technician: string
  machine: string
  client: string | null
  mode: Mode
  hook: Fields
}

export interface Lines {
  rules: RuleLine[]
  machines: MachineLine[]
  assets: AssetLine[]
  events: EventLine[]
}

/**
 * Reads a file of recorded work.
 *
 * @throws Failure that names the line which is not what it should be; exit 5 when there is no such file
 */
export function readLines(file: string): Lines {
  const lines: Lines = { machines: [], assets: [], rules: [], events: [] }
  for (const [index, line] of contentOf(file).split('\n').entries()) {
    if (line.trim() === '') continue
    const number = index + 1
    const value = parsed(line, number)
    if (object(value.hook)) lines.events.push(eventIn(value, number))
    else if (text(value.asset)) lines.assets.push(assetIn(value, number))
    else if (text(value.machine)) lines.machines.push(machineIn(value))
    else if (object(value.rule)) lines.rules.push(ruleIn(object(value.rule) ?? {}, number))
    else throw usage(`Line ${number} is neither an event, nor a machine, nor an asset, nor a rule.`)
  }
  if (lines.events.length === 0) throw usage(`${file} holds no event.`)
  return lines
}

function contentOf(file: string): string {
  try {
    return decode(readFileSync(file)).text
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw new Failure(EXIT.notFound, `There is no file ${file}.`)
    throw new Failure(EXIT.failed, `${file} cannot be read (${errorCode(error)}).`)
  }
}

function parsed(line: string, number: number): Fields {
  let value: Fields | undefined
  try {
    value = object(JSON.parse(line))
  } catch (error) {
    throw usage(`Line ${number} is not JSON: ${(error as Error).message}.`)
  }
  if (value === undefined) throw usage(`Line ${number} is not a JSON object.`)
  return value
}

const machineIn = (value: Fields): MachineLine => ({
  machine: text(value.machine) ?? '',
  platform: text(value.platform),
  os: text(value.os),
  shell: text(value.shell),
  capabilities: object(value.capabilities) ?? {},
})

const ruleIn = (fields: Fields, line: number): RuleLine => ({ line, client: text(fields.client) ?? null, fields })

const assetIn = (value: Fields, number: number): AssetLine => ({
  asset: needed(value, 'asset', number),
  client: needed(value, 'client', number),
  os: text(value.os),
  facts: object(value.facts) ?? {},
  vpn: value.vpn,
})

function eventIn(value: Fields, number: number): EventLine {
  const at = new Date(needed(value, 'at', number))
  if (Number.isNaN(at.getTime())) throw usage(`Line ${number}: "at" is no time like 2026-01-12T09:03:11Z.`)
  const mode = value.mode ?? 'msp'
  if (mode !== 'msp' && mode !== 'dev' && mode !== 'normal')
    throw usage(`Line ${number}: "mode" must be msp, dev or normal.`)
  const client = text(value.client) ?? null
  return {
    line: number,
    at,
    technician: needed(value, 'technician', number),
    machine: needed(value, 'machine', number),
    client: mode === 'msp' ? client : null,
    mode,
    hook: object(value.hook) ?? {},
  }
}

function needed(value: Fields, name: string, number: number): string {
  const found = text(value[name])
  if (found === undefined) throw usage(`Line ${number} needs "${name}".`)
  return found
}
