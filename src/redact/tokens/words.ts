import { isMixed, isMixedCase } from './mixture.ts'

interface WordShape {
  kind: string
  /** Sticky: tried where a long word begins. */
  pattern: RegExp
  accept: (token: string) => boolean
  /** A look at how many letters and digits it begins with, of its first 16 characters: cheaper than the pattern. */
  begins: (chars: number, beginning: string) => boolean
  /** A beginning that says nothing. */
  empty?: string
}

const any = (): boolean => true
/** Groups with dashes between them. A date has them too, but not of one length. */
const groups = (first: number, second: number) => (chars: number, beginning: string) =>
  chars === first && beginning[first] === '-' && beginning[first + second + 1] === '-'
const long = (chars: number): boolean => chars === 16
const H8 = '[0-9a-f]{8}'

/** Tokens without a beginning of their own, told by how many digits and letters stand in each of their groups. */
export const WORD_SHAPES: readonly WordShape[] = [
  { kind: 'bitlocker-key', begins: groups(6, 6), pattern: /\d{6}(?:-\d{6}){7}(?![\d-])/y, accept: any },
  // FileVault, and what others give to get in again.
  {
    kind: 'recovery-key',
    begins: groups(4, 4),
    pattern: /[A-Z0-9]{4}(?:-[A-Z0-9]{4}){5}(?![A-Za-z0-9-])/y,
    accept: isMixed,
  },
  // Windows, Office, VMware, Veeam, Acronis.
  {
    kind: 'product-key',
    begins: groups(5, 5),
    pattern: /[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![A-Za-z0-9-])/y,
    accept: (key) => new Set(key).size >= 6,
  },
  // pwdump: the LM and the NT hash. A login with the NT hash needs no password; an LM hash of nothing is in every dump.
  {
    kind: 'ntlm-hash',
    begins: long,
    pattern: /[0-9A-Fa-f]{32}:[0-9A-Fa-f]{32}(?![0-9A-Fa-f])/y,
    accept: any,
    empty: 'aad3b435b51404eeaad3b435b51404ee:',
  },
  {
    kind: 'mailgun-key',
    begins: long,
    pattern: new RegExp(`[0-9a-f]{32}-${H8}-${H8}(?![A-Za-z0-9-])`, 'y'),
    accept: any,
  },
  { kind: 'mailchimp-key', begins: long, pattern: /[0-9a-f]{32}-us\d{1,2}(?![A-Za-z0-9])/y, accept: any },
  {
    kind: 'deepl-key',
    begins: groups(8, 4),
    pattern: new RegExp(`${H8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:fx(?![A-Za-z0-9])`, 'y'),
    accept: any,
  },
  {
    kind: 'asana-token',
    begins: (_, beginning) => beginning[1] === '/',
    pattern: /(?:[12]\/\d{10,20}(?:\/\d{10,20})?:|0\/)[0-9a-f]{32}(?![A-Za-z0-9])/y,
    accept: any,
  },
  {
    kind: 'telegram-token',
    begins: (chars, beginning) => beginning[chars] === ':',
    pattern: /\d{8,10}:AA[A-Za-z0-9_-]{32,35}(?![A-Za-z0-9_-])/y,
    accept: any,
  },
  {
    kind: 'discord-token',
    begins: (_, beginning) => 'MNO'.includes(beginning.charAt(0)),
    pattern: /[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,45}(?![A-Za-z0-9_.-])/y,
    accept: isMixedCase,
  },
  // Azure DevOps: 32 bytes in base32. Nix writes sums so, with their name before them.
  {
    kind: 'azure-token',
    begins: long,
    pattern: /(?<!sha256[:="' ]{1,4})[a-z0-9]{52}(?![A-Za-z0-9=])/y,
    accept: (token) => isMixed(token) && new Set(token).size >= 18,
  },
  // Keys of storage accounts: 64 bytes in base64. A sum of an npm package has the name of its algorithm before it.
  {
    kind: 'azure-key',
    begins: (chars, beginning) => long(chars) || beginning.includes('+') || beginning.includes('/'),
    pattern: /(?<![A-Za-z0-9+/=_-])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])/y,
    accept: isMixedCase,
  },
]
