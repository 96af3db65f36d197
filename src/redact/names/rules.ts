import type { Rule } from '../rules.ts'
import { isPath, KEYED, looksRandom, STRONG_WORD, WEAK_WORD } from '../values.ts'

/** Between a name and its value: an end of quotes or brackets, then `:`, `=`, `:=` or `=>`. */
const IS = String.raw`\d{0,2}(?:\\?["'])?\]?[ \t]{0,40}(?::=?|={1,3}>?)[ \t]{0,40}`

/** A value without white space that has a digit or a sign, as no word of a sentence has. The rest of a sentence's end is left. */
const PROSE_VALUE = String.raw`["'«„“‘(${'`'}]{0,2}(?<bare>(?=[^\s]{0,60}[0-9!#$%^&*+=?@])[^\s"'»”’${'`'}]{3,100}[^\s"'»”’${'`'}.,;:)\]])`

/** Secrets that something names: headers, URLs, connection strings, keys of any format, and sentences. */
export const NAME_RULES: readonly Rule[] = [
  {
    kind: 'authorization',
    hints: ['authorization'],
    pattern:
      /authorization(?:\\?["'])?[ \t]{0,9}[:=][ \t]{0,9}(?:\\?["'])?(?:(?:Bearer|Basic|Digest|Negotiate|NTLM|Token|ApiKey|SSWS|AWS4-HMAC-SHA256)[ \t]{1,9})?(?<bare>[^\s"'`<\\][^"'`\\\r\n]{2,8000})/dgi,
    // "Bearer <your token>": only the scheme is left of it.
    accept: (value) => !/^(?:bearer|basic|digest|token)\b[ \t]*(?:[<{$%].*)?$/i.test(value),
  },
  {
    kind: 'bearer',
    hints: ['bearer'],
    pattern: /\bbearer[ \t]{1,9}(?<bare>[A-Za-z0-9._~+/-]{12,8000}={0,2})/dgi,
    accept: looksRandom,
  },
  {
    kind: 'api-key',
    hints: ['x-', 'api-key', 'private-token', 'subscription-key'],
    pattern:
      /(?<![A-Za-z])(?:X-(?:Api-Key|Auth-Token|Auth-Key|Access-Token|Vault-Token|Api-Token|Amz-Security-Token|Functions-Key)|Api-Key|Private-Token|Ocp-Apim-Subscription-Key)(?:\\?["'])?[ \t]{0,9}[:=][ \t]{0,9}(?:\\?["'])?(?<bare>[^\s"'`<\\]{4,4000})/dgi,
  },
  {
    kind: 'cookie',
    hints: ['cookie'],
    pattern: /cookie(?:\\?["'])?:[ \t]{0,9}(?<bare>(?=[^\r\n"'=]{1,200}=)[^"'\r\n]{4,8000})/dgi,
  },
  // The password of a URL may hold an "@" that nobody escaped, so it goes up to the last one before the path.
  {
    kind: 'url-password',
    hints: ['://'],
    pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"'<>]{0,100}:(?<bare>[^\s/"'<>]{1,200})@/dgi,
  },
  { kind: 'url-token', hints: ['://'], pattern: /(?<![a-z0-9+.-])https?:\/\/(?<bare>[A-Za-z0-9_-]{20,200})@/dgi },
  {
    kind: 'url-token',
    hints: ['key=', 'token=', 'secret=', 'password=', 'signature=', 'auth='],
    pattern:
      /[?&](?:[a-z_-]{0,20}(?:api_?key|token|secret|password)|key|signature|auth)=(?<bare>[^&\s"'#<>]{6,2000})/dgi,
  },
  // "Pwd" and "Pass" only where they are surely a key: with the equals sign at once, as in connection strings and assignments.
  {
    kind: 'password',
    hints: ['pwd=', 'pwd =', 'pass=', 'pass =', 'pw=', 'pw ='],
    pattern: new RegExp(String.raw`(?<![A-Za-z])(?:[A-Za-z0-9]{1,30}_)?(?:pwd|pass|pw)[ \t]?=[ \t]?${KEYED}`, 'dgi'),
    accept: (value) => !isPath(value) && !/^\d{1,4}$/.test(value),
  },
  {
    kind: 'password',
    hints: ['pass', 'wachtwoord', 'wachtzin', 'kennwort', 'psk', 'shared', 'key'],
    pattern: new RegExp(`${STRONG_WORD}${IS}${KEYED}`, 'dgi'),
  },
  // In a shell's or a file's assignment the name alone is enough, as long as the value is no path.
  {
    kind: 'secret',
    hints: ['token=', 'secret=', 'key=', 'pass=', 'credential', 'token =', 'secret =', 'key ='],
    pattern: new RegExp(
      String.raw`(?<![A-Za-z0-9_])(?:[A-Z0-9]{1,20}_){0,6}(?:TOKEN|SECRET|API_?KEY|ACCESS_?KEY|SECRET_?KEY|PRIVATE_?KEY|AUTH_?KEY|MASTER_?KEY|ENCRYPTION_?KEY|SIGNING_?KEY|PASS|CREDENTIALS?)[ \t]?=[ \t]?${KEYED}`,
      'dg',
    ),
    accept: (value) => value.length >= 4 && !isPath(value),
  },
  {
    kind: 'secret',
    hints: ['token', 'secret', 'key'],
    pattern: new RegExp(`${WEAK_WORD}${IS}${KEYED}`, 'dgi'),
    accept: looksRandom,
  },
  {
    kind: 'password',
    hints: ['password', 'passwd', 'pwd', 'secret', 'token', 'apikey', 'keymaterial'],
    pattern:
      /<(?:[\w.-]{1,40}:)?[\w.-]{0,40}(?:password|passwd|pwd|secret|token|apikey|keymaterial)(?:[ \t][^<>]{0,200})?>\s{0,40}(?:<Value>)?(?<bare>[^<\s][^<]{0,4000})(?=<\/|$)/dgi,
  },
  {
    kind: 'password',
    hints: ['value='],
    pattern:
      /(?:key|name)=["'][^"'<>]{0,60}(?:password|passwd|pwd|secret|token|apikey)["'][ \t]{1,9}value=["'](?<bare>[^"'\r\n]{1,4000})/dgi,
  },
  {
    kind: 'pin',
    hints: ['pin'],
    pattern:
      /(?<![A-Za-z])pin(?:[ -]?code)?["']?(?:[ \t]{0,9}[:=][ \t]{0,9}|[ \t](?:is|ist|est)[ \t])["']?(?<bare>\d{4,8})(?![\d.])/dgi,
  },
  // Configurations of routers, switches and firewalls: the word, perhaps the kind of hash, the secret.
  {
    kind: 'password',
    hints: ['password ', 'secret ', 'community ', 'psksecret ', 'key-string', 'pre-shared-key '],
    pattern:
      /(?<=^|\n)[ \t]{0,20}(?:enable|username[ \t]\S{1,64}(?:[ \t]privilege[ \t]\d{1,2})?|set|neighbor[ \t]\S{1,64}|snmp-server|tacacs-server|radius-server|ppp[ \t]chap|ip[ \t]ospf)?[ \t]{0,4}(?:password|passwd|secret|community|psksecret|key-string|pre-shared-key)[ \t](?:(?:ENC|[0-9])[ \t])?(?<bare>[^\s"']{3,200})[ \t]{0,4}(?:r[ow][ \t\w]{0,40})?(?=\r?$|\r?\n)/dgi,
  },
  {
    kind: 'password',
    hints: ['pass', 'wachtwoord', 'wachtzin', 'kennwort'],
    pattern: new RegExp(
      String.raw`${STRONG_WORD}(?:[ \t]{1,4}[\p{L}\d.'@_-]{1,40}){0,5}?[ \t]{1,4}(?:is|was|ist|war|lautet|est|wordt|werd|to|auf|naar|à|op)[: \t]{1,4}(?:now |jetzt |nu |set to |reset to |changed to )?${PROSE_VALUE}`,
      'dgiu',
    ),
  },
]
