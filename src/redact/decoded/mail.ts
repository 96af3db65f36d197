import { lazyRule, type Rule } from '../rules.ts'

const TOKEN = '(?<bare>[A-Za-z0-9+/]{4,2000}={0,2})'
/** What a log puts before a line: who says it. */
const LINE = String.raw`\r?\n[^A-Za-z0-9+/\r\n]{0,12}(?:[CS]: ?)?`
const AUTH = String.raw`\bAUTH(?:ENTICATE)?[ \t]{1,4}`

const login = (hint: string, flags: string, pattern: string): Rule =>
  lazyRule({ kind: 'password', hints: hint.split(','), isShape: true }, () => new RegExp(pattern, flags))

/** Logins of mail protocols: after the words that ask for them, base64 is a password whatever it says. */
export const MAIL_RULES: readonly Rule[] = [
  login('auth', 'dgi', String.raw`${AUTH}"?(?:PLAIN|XOAUTH2|OAUTHBEARER|CRAM-MD5)"?[ \t]{1,4}${TOKEN}(?=[\s"']|$)`),
  login(
    'auth',
    'dgi',
    String.raw`${AUTH}(?:PLAIN|XOAUTH2|CRAM-MD5)[ \t]{0,4}${LINE}(?:(?:334|\+)[^\r\n]{0,200}${LINE})${TOKEN}(?=\s|$)`,
  ),
  // "Password:" in base64 is what a server asks with.
  login(
    'ugfzc3dvcmq6,cgfzc3dvcmq6',
    'dg',
    String.raw`(?:334|\+) [UcC]GFzc3dvcmQ6(?:ICA|IA==)?[ \t]{0,4}${LINE}${TOKEN}(?=\s|$)`,
  ),
  // The client sends the user and at once the password.
  login(
    'auth',
    'dgi',
    String.raw`\bAUTH[ \t]{1,4}LOGIN(?:[ \t]{1,4}[A-Za-z0-9+/]{4,200}={0,2}|[ \t]{0,4}${LINE}[A-Za-z0-9+/]{4,200}={0,2})[ \t]{0,4}${LINE}(?!334)${TOKEN}(?=\s|$)`,
  ),
]
