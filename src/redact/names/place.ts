import type { Key } from './keys.ts'
import { endOfLine, startOfLine } from './lines.ts'
import type { Meaning } from './vocabulary.ts'
import { lazy, wordSet } from './words.ts'

export const NETWORK_KEY: Meaning = { kind: 'password', grade: 'strong' }

const NETWORK_KEYS = wordSet('key code sleutel schlüssel schluessel clé cle clave')

const NETWORK = lazy(
  String.raw`(?:\bSSID|wi-?fi|wlan|netwerk|netz(?:werk)?|network|hotspot|réseau)\b[^\r\n]{0,60}(?:\r?\n[^\r\n]{0,40})?$`,
  'i',
)

/** `SSID: x  Key: y`: beside the name of a wireless network a key or a code opens it. */
export const isOfNetwork = (text: string, { start, name }: Key): boolean =>
  NETWORK_KEYS.has(name.toLowerCase()) && NETWORK().test(text.slice(Math.max(0, start - 100), start))

export const isPhrase = ({ name }: Key): boolean => /phrase|zin$|satz$/i.test(name)

/** `passwd: x` and nothing else: no line of a log, nor of `nsswitch.conf`. */
export const isOwnLine = (text: string, start: number, end: number): boolean =>
  /^[ \t-]*$/.test(text.slice(startOfLine(text, start), start)) &&
  /^(?:[ \t]+#|[ \t]*$)/.test(text.slice(end, endOfLine(text, end))) &&
  !/files|compat|systemd|sss|ldap/.test(text.slice(start, end))

/** A line of a file of settings: `ipsecSecret=x`. */
function isWholeLine(text: string, start: number): boolean {
  const line = text.slice(startOfLine(text, start), endOfLine(text, start))
  return /^[\w.-]{1,60}=\S{1,100}$/.test(line)
}

/** `DB_PASSWORD=`, and `secret=` alone on a line of a file: nobody writes words behind that. */
export const isVariableAt = (text: string, { start, name }: Key, sign: string): boolean =>
  sign === '=' &&
  ((/^[A-Z][A-Z0-9_]*$/.test(name) && /[A-Z]{3}/.test(name)) ||
    isBesideUser(text, start, name) ||
    (/(?:secret|community|geheim)$/i.test(name) && isWholeLine(text, start)))

/** `<endpoint gebruiker="x" geheim="y"/>` */
const isBesideUser = (text: string, start: number, name: string): boolean =>
  /^(?:secret|geheim)$/i.test(name) &&
  /<[^<>]+\b(?:user|login|gebruiker|benutzer)\w*="[^<>]+$/.test(text.slice(Math.max(0, start - 200), start))

const FILES = wordSet(
  'c h js mjs ts tsx vue py go rb php java cs sh ps1 psm1 bat txt md conf cfg ini yaml yml json xml html htm css dll exe log so master',
  'jsp asp aspx svg png',
)

const isFile = (name: string): boolean =>
  name.includes('.') && FILES.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase())

/** The name of a file, of what `msp cred exec` is told, or brackets that were opened before the key. */
export function isElsewhere(text: string, { start, name }: Key, closing: string): boolean {
  const left = text.slice(Math.max(0, start - 10), start)
  if ((/[\\/]$/.test(left) && /[.-]|^passwd$/.test(name)) || isFile(name)) return true
  if (/^(?:OLD)?PWD$/.test(name))
    return (
      /^[=:][ ]?["']?[~/\\A-Z]/.test(text.slice(start + name.length, start + name.length + 4)) &&
      /[\\/]/.test(text.slice(start, start + 12))
    )
  if (/--(?:as|env)[ =]$|\$\{$/.test(left)) return true
  return (closing.includes(')') && !/\(["']?$/.test(left)) || (closing.includes('}') && !/\{[$"']?$/.test(left))
}
