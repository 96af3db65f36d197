import { lex, type Token } from '../shell/lex.ts'
import type { Doing, Limit, LimitedMachine } from './limits.ts'
import { isBefore } from './limits-powershell.ts'

/** Operators that came with PowerShell 7: `&&`, `||`, `??`, `??=` and `a ? b : c`. Windows PowerShell ends at 5.1 and reads none of them. */

/** A step behind `&&` or `||` that an older PowerShell would have to read. */
export function newerChain({ command, steps, step, ranOn, asset, machine }: Doing): Limit | null {
  const operator = step.segment.after
  if (operator !== '&&' && operator !== '||') return null
  if (step.shell === null) return isOldHere(machine) ? limitHere(machine, operator, rewritten(command)) : null
  if (step.shell !== 'powershell') return null
  const carrier = steps.slice(0, steps.indexOf(step)).findLast(({ isCarrier }) => isCarrier)
  if (carrier?.segment.program === 'powershell') return limitOfExe(operator)
  // A script block is read where it is typed and again where it runs.
  if (ranOn === null || isOldHere(machine)) return isOldHere(machine) ? limitHere(machine, operator, null) : null
  const version = asset?.facts['powershell.version']
  if (version === undefined ? !asset?.system?.startsWith('windows') : !isBefore(version, '7.0')) return null
  return {
    decision: version === undefined ? 'note' : 'deny',
    reason: `PowerShell ${version ?? '5.1'} there: ${operator} came with 7.`,
    alternative: WAYS[operator] ?? null,
  }
}

/** `??`, `??=` or a ternary in a line that an older PowerShell would read. */
export function newerExpression(command: string, machine: LimitedMachine): Limit | null {
  if (!/\?\?|\s\?\s/.test(command)) return null
  const found = expressionIn(command, machine.shell === 'powershell' ? 'typed' : 'other', 0)
  if (found === null) return null
  if (found.reader === 'powershell.exe') return limitOfExe(found.operator)
  return isOldHere(machine) ? limitHere(machine, found.operator, null) : null
}

const isOldHere = ({ shell, shells: { powershell, pwsh } }: LimitedMachine): boolean =>
  shell === 'powershell' && powershell !== undefined && pwsh === undefined && isBefore(powershell, '7.0')

const limitHere = ({ shells }: LimitedMachine, operator: string, alternative: string | null): Limit => ({
  decision: 'deny',
  reason: `Windows PowerShell ${/^\d+\.\d+/.exec(shells.powershell ?? '')?.[0] ?? '5.1'} here: ${operator} came with PowerShell 7.`,
  alternative: alternative ?? WAYS[operator] ?? null,
})

/** `powershell.exe` is 5.1 at most, wherever it runs. */
const limitOfExe = (operator: string): Limit => ({
  decision: 'deny',
  reason: `powershell.exe is Windows PowerShell: ${operator} came with PowerShell 7.`,
  alternative: WAYS[operator] ?? null,
})

const WAYS: Readonly<Record<string, string>> = {
  '&&': '<first>; if ($?) { <second> }',
  '||': '<first>; if (-not $?) { <second> }',
  '??': 'if ($null -ne $a) { $a } else { <other> }',
  '??=': 'if ($null -eq $a) { $a = <value> }',
  '?:': 'if (<condition>) { <one> } else { <other> }',
}

/** `a && b || c` in words that every PowerShell knows. Null where more than these chains the line. */
function rewritten(command: string): string | null {
  const tokens = lex(command)
  const chains = tokens.filter((token) => token.kind === 'operator' && (token.text === '&&' || token.text === '||'))
  const isMixed = tokens.some((token) => token.kind === 'operator' && token.text !== '|' && !chains.includes(token))
  if (isMixed || chains.some(({ text }) => text === '||')) return onlyChain(command, tokens, chains)
  const parts = partsOf(command, chains)
  return parts.reduceRight((rest, part) => `${part}; if ($?) { ${rest} }`)
}

/** One `||`, or one `&&` among other things: said as it is. */
function onlyChain(command: string, tokens: readonly Token[], chains: readonly Token[]): string | null {
  const [first = '', second = ''] = partsOf(command, chains)
  if (chains.length !== 1 || tokens.some((token) => token.kind === 'operator' && /^[;&]$/.test(token.text))) return null
  return `${first}; if (${chains[0]?.text === '&&' ? '$?' : '-not $?'}) { ${second} }`
}

const partsOf = (command: string, chains: readonly Token[]): string[] =>
  [0, ...chains.map(({ end }) => end)].map((start, number) => command.slice(start, chains[number]?.start).trim())

interface Found {
  operator: string
  reader: 'typed' | 'powershell.exe'
}

const MAX_DEPTH = 3

/** The first such operator that stands outside of quotes, in the line or in what `powershell -Command` is given. */
function expressionIn(text: string, reader: Found['reader'] | 'other', depth: number): Found | null {
  let program = ''
  let last: Token | undefined
  const tokens = lex(text)
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'operator') program = ''
    else if (token.kind === 'word' && !token.quoted) {
      program ||= token.text.toLowerCase()
      const operator = isBehind(last) ? operatorAt(tokens, at) : null
      if (operator && reader !== 'other') return { operator, reader }
    } else if (token.kind === 'word' && depth < MAX_DEPTH) {
      const inside = /(?:^|[\\/])powershell(?:\.exe)?$/.test(program) ? 'powershell.exe' : 'other'
      const found = expressionIn(token.text, inside, depth + 1)
      if (found) return found
    }
    last = token
  }
  return null
}

/** After a pipe `?` is `Where-Object`. */
const isBehind = (last: Token | undefined): boolean =>
  last?.kind === 'word' || (last?.kind === 'operator' && /^[)}]$/.test(last.text))

function operatorAt(tokens: readonly Token[], at: number): string | null {
  const token = tokens[at]
  if (token?.text === '??' || token?.text === '??=') return token.text
  if (token?.text !== '?') return null
  return tokens.slice(at + 2).some((other) => other.kind === 'word' && !other.quoted && other.text === ':')
    ? '?:'
    : null
}
