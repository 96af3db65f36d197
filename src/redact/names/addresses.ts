import type { Rule } from '../rules.ts'
import { isTelling } from './plausible.ts'
import { rule } from './rule.ts'

const { raw } = String
const NO_URL = /^(?:\d{1,5}|port|\$\w+|host|pass(?:word)?|passwd|pwd|pw|secret|xxx+)$/i

/** Secrets before the `@` of an address. */
export const ADDRESS_RULES: readonly Rule[] = [
  // The password of a URL may hold an "@" that nobody escaped, so it goes up to the last one before the path.
  rule(
    'url-password',
    '://|:%2f%2f|%3a%2f%2f|:\\/\\/',
    raw`(?<=[a-z][a-z0-9+.-]{1,20})(?:://|(?::|%3a)%2f%2f|:\\{1,4}/\\{1,4}/)(?!\$\{?\w+\}?@)[^\s:/@"'<>]{0,100}(?::|%3a)(?<bare>(?!//)[^\s"'<>/?]{1,200}(?:/[^\s"'<>/?@]{1,60}){0,2})(?:@|%40)(?=[\w[{$%-])`,
    { accept: (value) => !NO_URL.test(value) && !/^\d{1,5}\//.test(value) },
  ),
  rule('url-token', '://', raw`(?<![a-z0-9+.-])https?://(?<bare>[A-Za-z0-9_-]{20,200})@`),
  // user/password@host of Oracle, and user:password@ without a scheme where a program or a key says what it is.
  rule(
    'url-password',
    'jdbc:oracle',
    raw`jdbc:oracle:(?:thin|oci8?):[^\s/@:"']{1,60}/(?<bare>[^\s"'@/]{1,100}(?:@(?=[^\s"'@]{1,60}@)[^\s"'@]{1,60})?)@`,
  ),
  rule(
    'url-password',
    'register|dsn|url|uri|proxy|server|host|remote|repo|source',
    raw`(?:register|dsn|url|uri|proxy|server|host|remote|repo(?:sitory)?|source)["']?~w{0,4}(?:[=:]>?)~w{0,4}["']?(?![a-z][a-z0-9+.-]{1,20}://|(?:sftp|rsync|ssh|git|s3|rest|rclone):)[\w.+-]{1,60}:(?<bare>[^\s"'<>@/]{3,100})@(?=[\w.-]{1,80}|tcp\()`,
    { accept: (value) => !NO_URL.test(value) },
  ),
  // NUT, and the mailboxes of Asterisk.
  rule(
    'password',
    'monitor ',
    raw`(?<=^|\n)MONITOR~w{1,9}\S{1,80}@\S{1,80}~w{1,9}\d{1,3}~w{1,9}\S{1,60}~w{1,9}"?(?<bare>[^\s"]{2,100})"?~w{1,9}(?:primary|secondary|master|slave)`,
    { flags: 'dg' },
  ),
  rule('password', '@tcp(|@unix(', raw`(?<![\w.-])[\w.-]{1,60}:(?<bare>[^\s"'<>/]{2,100})@(?:tcp|unix)\(`, {
    flags: 'dg',
  }),
  // Postfix, Exim and proxies: the host, then user:password.
  rule(
    'password',
    ':587|:465|:25 |[smtp|sasl',
    raw`(?<=^|\n)\[?[\w.-]{3,100}\]?(?::\d{2,5})?~w{1,20}[\w.@+-]{1,100}:(?<bare>(?!\d{1,5}\b)[^\s:/][^\s:]{3,100})(?=\r?\n|$)`,
    { accept: isTelling },
  ),
]

/** Secrets in what follows the question mark of one. */
export const QUERY_RULES: readonly Rule[] = [
  rule(
    'url-token',
    'key=|token=|secret=|password=|signature=|auth=|code=|pass=|pwd=|pw=|sid=|sig=|jwt=|passwd=',
    raw`[?&](?:amp;)?(?:[a-z_.[\]-]{0,20}(?:api_?key|token|secret|password|passwd|pass|pwd|pw|jwt|passphrase)\]?|key|signature|auth|sig)=(?<bare>[^&\s"'#<>\\]{3,4000})`,
    { accept: (value) => value.length >= 6 || isTelling(value) },
  ),
]
