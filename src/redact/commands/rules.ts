import { lazyRule, type Rule } from '../rules.ts'
import { looksTyped } from './secret-names.ts'
import { SQL_RULES } from './sql.ts'

/** A text in quotes, or a variable. */
const ARGUMENT = String.raw`(?:"[^"\r\n]{0,120}"|'[^'\r\n]{0,120}'|\$[\w.:]{1,60})`
const QUOTED = String.raw`(?<q>["'])(?<quoted>[^"'\r\n]{1,300})\k<q>`
const BARE = String.raw`["']?(?<bare>[^\s"'${'`'};|&<>()$%][^\s"'${'`'};|&<>]{0,300})`
const COMMA = String.raw`[ \t]{0,4},[ \t]{0,4}`

function rule(hints: string[], pattern: string, more: Partial<Pick<Rule, 'accept' | 'kind'>> = {}): Rule {
  return lazyRule({ kind: 'password', hints, ...more }, () => new RegExp(pattern, 'dgi'))
}

/** What is written in a command line and is no word of it: calls of other languages, scripts for programs that ask. */
export const COMMAND_RULES: readonly Rule[] = [
  rule(
    ['credential'],
    String.raw`(?:NetworkCredential|PSCredential)["']?\]?(?:::new)?["')]?[ \t]{0,4}(?:-ArgumentList[ \t]{1,4})?,?[ \t]{0,4}[(@]{0,3}[ \t]{0,4}${ARGUMENT}${COMMA}${QUOTED}`,
  ),
  rule(['appendchar'], String.raw`${QUOTED}\.ToCharArray\(\)`),
  rule(
    ['setenvironmentvariable'],
    String.raw`SetEnvironmentVariable\([ \t]{0,4}["'][\w.-]{0,60}(?:pass|password|passwd|pwd|pw|secret|token|key|psk)\d?["']${COMMA}${QUOTED}`,
  ),
  // What they are called leaves no doubt that the last one is a password.
  rule(
    ['userpassword(', 'bind', 'auth', 'mysql', 'pdo(', 'ftp_login', 'credentials('],
    String.raw`\b(?:\w{0,20}ldap_bind|simple_bind(?:_s)?|ftp_login|ssh2_auth_password|\w{0,10}BasicAuth|basic_auth|mysqli_connect|mysqli|mysql_connect|PDO|db\.auth|set_credentials|changeUserPassword|setUserPassword)\([ \t]{0,4}(?:[^()'",\r\n]{1,60},[ \t]{0,4})?(?:${ARGUMENT}${COMMA}){1,2}${QUOTED}(?![ \t]{0,4},[ \t]{0,4}\$p)`,
  ),
  rule(
    ['login(', 'auth(', 'connect', 'authenticate(', 'authorize('],
    String.raw`\b(?:login|getConnection|authenticate|auth|connect|authorize)\([ \t]{0,4}(?:[^()'"\r\n]{0,60},[ \t]{0,4})?(?:${ARGUMENT}${COMMA}){1,2}${QUOTED}`,
    { accept: looksTyped },
  ),
  rule(['crypt('], String.raw`\bcrypt\([ \t]{0,4}\\{0,3}${QUOTED}`),
  // What a program runs to be told its password.
  rule(
    ['command', 'passcommand', 'askpass'],
    String.raw`\b(?:pass(?:word|phrase)?[-_]?command|askpass)["']?[ \t=:]{1,4}["']?(?:echo|printf)[ \t]{1,4}(?:-n[ \t]{1,4}|%s[ \t]{1,4})?${BARE}`,
  ),
  rule(
    ['authpassphrase', 'privpassphrase', 'authcommunity', 'defcommunity'],
    String.raw`\b(?:def(?:Auth|Priv)?(?:Passphrase|Community)|authCommunity[ \t]{1,9}[\w,]{1,40})[ \t]{1,9}${BARE}`,
  ),
  // An agent is installed with one long key, however short its flag is.
  rule(
    ['agent', 'install', 'setup', 'enrol', 'join'],
    String.raw`[ \t]-[kast][ \t]["']?(?<bare>[0-9a-f]{32,64})(?![\w.-])(?<=(?:agent|install|setup|enrol|join)[^\r\n]{0,200})`,
    { kind: 'api-key', accept: (value) => /\d/.test(value) && /[a-f]/i.test(value) },
  ),
  rule(['validcommunities'], String.raw`\bValidCommunities["']?[ \t]{1,4}[/-](?:v|name)[ \t]{1,4}${BARE}`),
  rule(['at+c'], String.raw`\bAT\+C(?:PIN|PWD|LCK)=(?:"[A-Z]{2}",(?:\d,)?)?["']?(?<bare>\d{4,8})`, { kind: 'pin' }),
  rule(['auth'], String.raw`\bauth[ \t]{0,4}=[ \t]{0,4}\([ \t]{0,4}${ARGUMENT}${COMMA}${QUOTED}`),
  // expect: what is sent after the question for a password, and what is sent at all, if it looks like one.
  rule(
    ['send', 'expect', 'write('],
    String.raw`(?:assword|assphrase|passcode|wachtwoord|kennwort|passe|passwort|pin)[^\r\n"]{0,40}["'*)}]{1,3}[^\r\n]{0,40}(?:\r?\n[^\r\n]{0,80}){0,2}?\b(?:exp_)?(?:send(?:line|all)?|write)\b[ \t]{0,4}(?:--[ \t]{1,4})?\(?[ \t]{0,4}b?["{'](?<bare>[^"'{}\r\n$]{1,200}?)(?:\\[rn]){0,2}["}']`,
  ),
  rule(['ftp'], String.raw`(?<=\n)[ \t]{0,20}(?:quote[ \t]{1,4}|literal[ \t]{1,4})?pass[ \t]{1,4}(?![=:])${BARE}`),
  rule(
    ['user '],
    String.raw`(?<=\n)[ \t]{0,20}open[ \t][^\r\n]{1,200}\r?\n[ \t]{0,20}user[ \t]{1,4}\S{1,100}[ \t]{1,4}${BARE}`,
  ),
  rule(
    ['ftp'],
    String.raw`ftp\b[^\r\n]{0,200}<<[^\r\n]{1,60}(?:\r?\n[^\r\n]{0,100}){0,3}?\r?\n[ \t]{0,20}user[ \t]{1,4}\S{1,100}[ \t]{1,4}${BARE}`,
  ),
  rule(['password '], String.raw`\blogin[ \t]{1,9}[^\s,;()|]{1,100}\s{1,9}password[ \t]{1,9}${BARE}`),
  rule(
    ['password "'],
    String.raw`\buser name[ \t]{1,4}\\{0,3}"[^"\r\n]{1,100}"[ \t]{1,4}password[ \t]{1,4}\\{0,3}"(?<bare>[^"\\\r\n]{1,200})`,
  ),
  rule(['authorization:\\'], String.raw`authorization:\\ (?:(?:bearer|basic|token)\\ )?(?<bare>[^\s"']{6,4000})`),
  rule(['.change('], String.raw`\.change\((?:\$null${COMMA}){3,9}${ARGUMENT}${COMMA}${QUOTED}`),
  rule(['> auth '], String.raw`> auth[ \t]{1,4}(?:[\w.-]{1,60}[ \t]{1,4})?${BARE}(?=[ \t]{0,9}(?:\r?\n|$))`),
  rule(['setuser'], String.raw`\bacl[ \t]{1,4}setuser[ \t][^\r\n>]{1,100}[ \t]>(?<bare>[^\s"']{1,200})`),
  rule(['set_password'], String.raw`\bset_password[ \t]{1,4}(?:vnc|spice)[ \t]{1,4}${BARE}`),
  ...SQL_RULES,
]
