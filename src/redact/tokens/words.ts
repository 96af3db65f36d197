import { isMixed, isMixedCase } from './mixture.ts'
import { expanded } from './notation.ts'

export interface WordShape {
  kind: string
  /** Sticky: tried where a long word begins. */
  pattern: RegExp
  accept: (token: string) => boolean
  /** A beginning that says nothing. */
  empty: string
}

const any = (): boolean => true
type Row = [kind: string, pattern: string, accept?: (token: string) => boolean, empty?: string]

/**
 * Tokens without a beginning of their own, told by how many digits and letters stand in each of their groups; patterns as `notation.ts` writes them.
 * They are kept under how a word begins that may be one: how many letters and digits, of the first 16 characters, and what follows them.
 */
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  '6-': [['bitlocker-key', String.raw`\d{6}(?:-\d{6}){7}(?![\d-])`]],
  // FileVault, and what others give to get in again.
  '4-': [['recovery-key', 'C{4}(?:-C{4}){5}(?![W-])', isMixed]],
  // Windows, Office, VMware, Veeam, Acronis.
  '5-': [['product-key', 'C{5}(?:-C{5}){4}(?![W-])', (key) => new Set(key).size >= 6]],
  '8-': [['deepl-key', 'UUID:fx(?!W)']],
  '1/': [['asana-token', String.raw`(?:[12]/\d{10,20}(?:/\d{10,20})?:|0/)H{32}(?!W)`]],
  ':': [['telegram-token', String.raw`\d{8,10}:AA[U]{32,35}(?!U)`]],
  '16': [
    // pwdump: the LM and the NT hash. A login with the NT hash needs no password; an LM hash of nothing is in every dump.
    ['ntlm-hash', 'X{32}:X{32}(?!X)', any, 'aad3b435b51404eeaad3b435b51404ee:'],
    ['mailgun-key', 'H{32}-H{8}-H{8}(?![W-])'],
    ['mailchimp-key', String.raw`H{32}-us\d{1,2}(?!W)`],
    // Azure DevOps: 32 bytes in base32. Nix writes sums so, with their name before them.
    ['azure-token', `(?<!sha256[:="' ]{1,4})L{52}(?![W=])`, (token) => isMixed(token) && new Set(token).size >= 18],
  ],
  discord: [['discord-token', String.raw`[MNO]U{23,27}\.U{6}\.U{27,45}(?![U.])`, isMixedCase]],
  // Keys of storage accounts: 64 bytes in base64. A sum of an npm package has the name of its algorithm before it.
  '==': [['azure-key', '(?<![B=_-])B{86}==(?![B=])', isMixedCase]],
}

const NONE: readonly WordShape[] = []
const shapes = new Map<string, readonly WordShape[]>()

/** What a word may be that begins so: most words may be nothing. */
export function wordShapes(chars: number, beginning: string, hasPadding: boolean): readonly WordShape[] {
  const sign = beginning.charAt(chars)
  const first = shapesOf(chars === 16 ? '16' : sign === ':' ? sign : chars + sign)
  if ('MNO'.includes(beginning.charAt(0))) return [...first, ...shapesOf('discord')]
  return hasPadding && (chars === 16 || /[+/]/.test(beginning)) ? [...first, ...shapesOf('==')] : first
}

function shapesOf(key: string): readonly WordShape[] {
  const rows = ROWS[key]
  if (rows === undefined) return NONE
  const known = shapes.get(key)
  if (known) return known
  const made = rows.map(([kind, pattern, accept = any, empty = '']) => ({
    ...{ kind, accept, empty },
    pattern: new RegExp(expanded(pattern), 'y'),
  }))
  shapes.set(key, made)
  return made
}
