import type { Layer, Source } from '../finding.ts'
import { holdsAny } from '../hints.ts'
import { patternOf } from './patterns.ts'
import { looksTyped } from './secret-names.ts'
import { SQL_RULES } from './sql.ts'

const { raw } = String

/**
 * The hints (one of each list that `&` joins must be in the text, in lower case), the pattern, and the kind where it is no password.
 * A pattern is a text until its hints are there: a hook looks at one text, and most patterns never run in it.
 */
export type PatternRule = readonly [hints: string, pattern: string, kind?: string]

/** What is written in a command line and is no word of it: calls of other languages, scripts for programs that ask. */
export const RULES: readonly PatternRule[] = [
  [
    'credential',
    raw`(?:NetworkCredential|PSCredential)["']?\]?(?:::new)?["')]?~s(?:-ArgumentList~S)?,?~s[(@]{0,3}~s~a~q`,
  ],
  ['appendchar', raw`~q\.ToCharArray\(\)`],
  [
    'setenvironmentvariable',
    raw`SetEnvironmentVariable\(~s["'][\w.-]{0,60}(?:pass|passw(?:or)?d|pwd|pw|secret|token|key|psk)\d?["']~s,~s~q`,
  ],
  // What they are called leaves no doubt that the last one is a password.
  [
    'bind(|bind_s(|ftp_login(|auth_password(|auth(|connect(|mysqli(|pdo(|set_credentials(|userpassword(',
    raw`\b(?:\w{0,20}ldap_bind|simple_bind(?:_s)?|ftp_login|ssh2_auth_password|\w{0,10}BasicAuth|basic_auth|mysqli(?:_connect)?|mysql_connect|PDO|db\.auth|set_credentials|(?:change|set)UserPassword)\(~s(?:[^()'",\r\n]{1,60},~s)?(?:~a){1,2}~q(?!~s,~s\$p)`,
  ],
  [
    'login(|auth(|connect(|connection(|authenticate(|authorize(',
    raw`\b(?:login|getConnection|authenticate|auth|connect|authorize)\(~s(?:[^()'"\r\n]{0,60},~s)?(?:~a){1,2}~q`,
    'typed',
  ],
  ['crypt(', raw`\bcrypt\(~s\\{0,3}~q`],
  // What a program runs to be told its password.
  [
    'command|askpass&echo|printf',
    raw`\b(?:pass(?:word|phrase)?[-_]?command|askpass)["']?[ \t=:]{1,4}["']?(?:echo|printf)~S(?:-n~S|%s~S)?~b`,
  ],
  [
    'authpassphrase|privpassphrase|authcommunity|defcommunity',
    raw`\b(?:def(?:Auth|Priv)?(?:Passphrase|Community)|authCommunity~w{1,9}[\w,]{1,40})~w{1,9}~b`,
  ],
  // An agent is installed with one long key, however short its flag is.
  [
    'agent|install|setup|enrol|join& -|\t-',
    raw`~w-[kast]~w["']?(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])(?<bare>[0-9a-f]{32,64})(?![\w.-])(?<=(?:agent|install|setup|enrol|join)~l{0,200})`,
    'api-key',
  ],
  ['validcommunities', raw`\bValidCommunities["']?~S[/-](?:v|name)~S~b`],
  ['at+c', raw`\bAT\+C(?:PIN|PWD|LCK)=(?:"[A-Z]{2}",(?:\d,)?)?["']?(?<bare>\d{4,8})`, 'pin'],
  // POP3 and FTP as a log or a session has them, with whatever stands before each line.
  [
    'user &pass ',
    raw`\bUSER~w[\w.@\\-]{2,60}~s(?:\r?\n(?!~l{0,40}\bPASS~w)~l{0,80}){0,2}\r?\n~l{0,40}\bPASS~w(?<bare>[^\s"'*<]{3,60})~s(?=\r?\n|$)`,
  ],
  // What opens a device on a bus: eight figures at the end of the command.
  [
    'unlock',
    raw`\bunlock~w{1,4}(?:[\w.:-]{1,30}~w{1,4}){0,3}(?<bare>(?=[\dA-F]{0,7}[A-F])(?=[\dA-F]{0,7}\d)[\dA-F]{8})(?=~s(?:\r?\n|$))`,
    'pin',
  ],
  [
    'authuser|auth_user',
    raw`\bauth_?user(?:name)?~w{1,4}[^\s,]{1,60},?~w{1,4}auth_?(?:pass\w{0,5}|secret|pwd?)~w{1,4}~b`,
  ],
  // How a directory or a mail server marks a password that is not hashed
  ['{plain}|{clear', raw`\{(?:PLAIN|CLEAR(?:TEXT)?)\}(?<bare>[^\s:"',}]{3,80})`],
  ['snmpv3', raw`\bauthentication~w(?:md5|sha\d{0,3})~w(?!encrypted|localized|hex)~b`],
  ['snmpv3', raw`\bprivacy~w(?:des|3des|aes)(?:~w\d{3})?~w(?!encrypted|localized|hex)~b`],
  [
    'auth plain',
    raw`\bAUTH~wPLAIN(?:~w|~s\r?\n(?:334~l{0,40}\r?\n)?(?:[^\s\r\n]{1,10}~w)?)(?<bare>(?!334)[A-Za-z\d+/]{8,400}={0,2})(?=\s|$)`,
  ],
  ['unlock', raw`\.unlock\(~s~q~s\)`],
  // `MOVE 'X' TO LOGON-PW`: languages that put the name behind.
  [
    'move |store |put |assign ',
    raw`\b(?:move|store|put|assign)~w{1,4}~q~w{1,4}(?:to|into|in)~w{1,4}[\w-]{0,40}?(?:pass(?:w\w{1,7})?|pwd?|wachtw\w{0,5}|secret)(?![\w-])`,
  ],
  ['auth&(', raw`\bauth~s=~s\(~s~a~q`],
  // expect: what is sent after the question for a password.
  [
    'send|expect|write(',
    raw`(?:word:|assword|phrase|passcode|wachtwoord|kennwort|passe|passwort|pin)[^\r\n"]{0,40}["'*)}]{1,3}~l{0,40}(?:\r?\n~l{0,80}){0,2}?\b(?:exp_)?(?:send(?:line|all)?|write)\b~s(?:--~S)?\(?~sb?["{'](?<bare>[^"'{}\r\n$]{1,200}?)(?:\\[rn]){0,2}["}']`,
  ],
  ['ftp&pass', raw`(?<=\n)~w{0,20}(?:quote~S|literal~S)?pass~S(?![=:])~b`],
  ['user &open', raw`(?<=\n)~w{0,20}open~w~l{1,200}\r?\n~w{0,20}user~S\S{1,100}~S~b`],
  ['ftp&<<', raw`ftp\b~l{0,200}<<~l{1,60}(?:\r?\n~l{0,100}){0,3}?\r?\n~w{0,20}user~S\S{1,100}~S~b`],
  ['password &login', raw`\blogin~w{1,9}[^\s,;()|]{1,100}\s{1,9}password~w{1,9}~b`],
  ['user name', raw`\buser name~S\\{0,3}"[^"\r\n]{1,100}"~Spassword~S\\{0,3}"(?<bare>[^"\\\r\n]{1,200})`],
  ['authorization:\\', raw`authorization:\\ (?:(?:bearer|basic|token)\\ )?(?<bare>[^\s"']{6,4000})`],
  ['.change(', raw`\.change\((?:\$null~s,~s){3,9}~a~q`],
  ['> auth ', raw`> auth~S(?:[\w.-]{1,60}(?:,|~S))?~b(?=~w{0,9}(?:\r?\n|$))`],
  ['setuser', raw`\bacl~Ssetuser~w[^\r\n>]{1,100}~w>(?<bare>[^\s"']{1,200})`],
  // A plain word too, where the argument before it is somebody's name.
  [
    'connect(|open(|login(|logon(|melden(|loggen(|sign_on(',
    raw`(?:connect\(~s~a|open\(~s["']\d[\d.]{6,20}["']~s,~s|(?:log[io]n|melden|loggen|sign_on)\(~s(?:~a)?)["'][A-Za-z][\w.@\\-]{2,40}["']~s,~s(?<q>["'])(?<quoted>[^\s"'/:.<>{}$%]{4,60})\k<q>`,
  ],
  // COBOL
  [' pic ', raw`(?:PASS\w{0,8}|PWD|PSWD?|WACHTW\w{0,5})(?:-\w{1,12})?~gPIC~gX\(\d{1,3}\)~gVALUE~g~q`],
  // Scripts for modems wait for the end of a prompt.
  [
    '\nssword| ssword|\nassword| assword',
    raw`\sa?ssword:?(?:-{1,2}a?ssword:?)?~S["']?(?:\\q)?(?<bare>[^\s"'\\]{3,80})`,
  ],
  // How a program shows the object that holds it
  ['(raw=|(value=|(plain', raw`(?:secret|password|sensitive)\w{0,10}\((?:raw|value|plain\w{0,5})=~q`],
  // What is piped into ftp: host, user, password, commands.
  [
    '\nput |\nget |\ncd |\nbin',
    raw`(?:\d{1,3}\.){3}\d{1,3}~s\r?\n[\w.@-]{2,40}~s\r?\n(?<bare>\S{3,60})~s\r?\n(?:cd|put|get|bin)`,
  ],
  ['(pass|(pwd|(secret', raw`(?<=[()]\s{0,9})\((?:password|passwd|pass|pwd|secret)~S(?<bare>[^\s()"']{3,60})\)`],
  ['set_password', raw`\bset_password~S(?:vnc|spice)~S~b`],
]

const mayHold = (hints: string, has: Source['has']): boolean =>
  hints.includes('&') ? hints.split('&').every((list) => holdsAny(list, '|', has)) : holdsAny(hints, '|', has)

export const ruled: Layer = ({ text, has }, report) => {
  for (const rules of [RULES, SQL_RULES])
    for (const [hints, pattern, kind = 'password'] of rules) {
      if (!mayHold(hints, has)) continue
      for (const { indices, groups } of text.matchAll(patternOf(pattern))) {
        const [start, end] = indices?.groups?.quoted ?? indices?.groups?.bare ?? [0, 0]
        if (kind === 'typed' && !looksTyped(text.slice(start, end))) continue
        report(start, end, kind === 'typed' ? 'password' : kind, { isShape: false, isLiteral: groups?.q === "'" })
      }
    }
}
