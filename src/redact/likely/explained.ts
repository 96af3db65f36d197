import type { Report, Source } from '../finding.ts'
import { pattern } from './lazy.ts'

/** In longer texts the same letter is a flag of several programs. */
const MAX_CHARS = 4_000
const SECRET = '(?:[a-z]{2,12} ){0,3}(?:pass|pin(?:code)?(?![a-z])|geheim|secret|wachtw|kennw)'

/** `  -z PIN    unlock pin`: a line of a help text that tells of a flag. */
const FLAG = pattern(String.raw`^ {1,12}(?<name>--?[a-z][\w-]{0,20})(?:[ =,]\S{1,20}){0,2} {2,30}${SECRET}`, 'gm')
/** `rem GH = geheim van de beheerder`: a comment that tells of a variable. */
const VARIABLE = pattern(
  String.raw`^(?:rem|#|\/\/|--|;|') {0,4}(?<name>[a-z_]\w{0,20}) {0,4}[=:] {0,4}${SECRET}[^\n=]{0,60}$`,
  'gm',
)

/** What the same text says elsewhere to be secret: the value of a flag, of a variable. */
export function explained({ lower, has }: Source, report: Report): void {
  if (lower.length > MAX_CHARS) return
  const find = (telling: RegExp, lead: (name?: string) => string): void => {
    for (const { groups } of lower.matchAll(telling))
      for (const { indices } of lower.matchAll(
        new RegExp(String.raw`${lead(groups?.name)}["']?(?<bare>[^\s"'<>[\]-][^\s"'<>[\]]{3,60})`, 'gmd'),
      )) {
        const [start, end] = indices?.groups?.bare ?? [0, 0]
        report(start, end, 'password', { isGuess: true })
      }
  }
  if (has('  -')) find(FLAG(), (name) => String.raw`(?<=[$>#%] [^\n]{0,200}\s)${name}[ =]`)
  if (has('geheim') || has('secret') || has('pass') || has('wachtw'))
    find(VARIABLE(), (name) => String.raw`^\s*(?:set |export |let |var |const )?${name}\s*=\s*`)
}
