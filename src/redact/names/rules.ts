import type { Rule } from '../rules.ts'
import { looksRandom } from '../values.ts'
import { isTelling } from './plausible.ts'

/** Of a header: the end of its name, also in JSON that is written in JSON. */
const HEADER_IS = String.raw`(?:\\{0,8}["'])?\]?[ \t]{0,9}(?::|=>?|,(?=[ \t]{0,9}\\{0,8}["']))[ \t]{0,9}(?:[$@]?\\{0,8}["'])?`
/** Up to the end of the header's quotes. */
const HEADER_VALUE = String.raw`(?<bare>[^\s"'${'`'}<\\,;{}][^\s"'${'`'}\\,;]{0,8000})`

const NO_URL = /^(?:\d{1,5}|port|\$\w+|host|pass(?:word)?|passwd|pwd|pw|secret|xxx+)$/i

/** Secrets that are named by where they stand: in headers, in addresses, in files that hold nothing else. */
export const NAME_RULES: readonly Rule[] = [
  {
    kind: 'authorization',
    hints: ['authorization'],
    pattern: new RegExp(
      String.raw`authorization${HEADER_IS}(?:(?:Bearer|Basic|Negotiate|NTLM|Kerberos|Token|ApiKey|Api-Key|SSWS|Splunk|GenieKey|Discogs|Zoho-oauthtoken|PVEAPIToken|Bot|JWT|GoogleLogin)(?:[ \t]|%20|\+){1,9}|PVEAPIToken=|Token token=\\{0,8}["']?)?(?<bare>(?!(?:Digest|AWS4|Hawk|OAuth|Signature|Bearer|Basic|Token|ApiKey)\b)[^\s"'${'`'}<\\{}$%,;()[\]][^\s"'${'`'}\\,;)]{1,8000}={0,2})`,
      'dgi',
    ),
    accept: (value) =>
      !/^(?:bearer|basic|digest|token|negotiate|ntlm|required|header|failed|code|false|true|none|null|policy|type|server|endpoint|url|the|is|was|to|for|[a-z]+(?:-[a-z]+)+)$/i.test(
        value,
      ),
  },
  {
    kind: 'authorization',
    hints: ['authorization'],
    pattern: new RegExp(
      String.raw`authorization${HEADER_IS}(?:Digest|AWS4-HMAC-SHA256|Hawk|OAuth|Signature)[ \t]{1,9}(?<bare>[^\r\n'${'`'}]{8,2000}[^\s'${'`'}])`,
      'dgi',
    ),
  },
  {
    kind: 'bearer',
    hints: ['bearer'],
    pattern: /\bbearer[ \t]{1,9}(?<bare>[A-Za-z0-9._~+/-]{12,8000}={0,2})/dgi,
    accept: looksRandom,
  },
  {
    kind: 'api-key',
    hints: ['x-', 'api-key', 'private-token', 'job-token', 'deploy-token', 'ocp-apim', 'authtoken'],
    pattern: new RegExp(
      String.raw`(?<![A-Za-z\d-])(?:X-[A-Za-z-]{0,30}(?:Key|Token|Secret|Auth|Password|Authorization|Credential|Signature)|Api-Key|Private-Token|Job-Token|Deploy-Token|Ocp-Apim-Subscription-Key|Authtoken)${HEADER_IS}${HEADER_VALUE}`,
      'dgi',
    ),
    accept: (value) => value.length >= 4 && !/^[a-z]+(?:-[a-z]+)*$|^\d{1,3}$/.test(value),
  },
  // The password of a URL may hold an "@" that nobody escaped, so it goes up to the last one before the path.
  {
    kind: 'url-password',
    hints: ['://', ':%2f%2f', '%3a%2f%2f', ':\\/\\/'],
    pattern:
      /(?<=[a-z][a-z0-9+.-]{1,20})(?::\/\/|(?::|%3a)%2f%2f|:\\{1,4}\/\\{1,4}\/)(?!\$\{?\w+\}?@)[^\s:/@"'<>]{0,100}(?::|%3a)(?<bare>(?!\/\/)[^\s"'<>/?]{1,200}(?:\/[^\s"'<>/?@]{1,60}){0,2})(?:@|%40)(?=[\w[{$%-])/dgi,
    accept: (value) => !NO_URL.test(value) && !/^\d{1,5}\//.test(value),
  },
  { kind: 'url-token', hints: ['://'], pattern: /(?<![a-z0-9+.-])https?:\/\/(?<bare>[A-Za-z0-9_-]{20,200})@/dgi },
  // user/password@host of Oracle, and user:password@ without a scheme where a program or a key says what it is.
  {
    kind: 'url-password',
    hints: ['jdbc:oracle'],
    pattern:
      /jdbc:oracle:(?:thin|oci8?):[^\s/@:"']{1,60}\/(?<bare>[^\s"'@/]{1,100}(?:@(?=[^\s"'@]{1,60}@)[^\s"'@]{1,60})?)@/dgi,
  },
  {
    kind: 'url-password',
    hints: ['register', 'dsn', 'url', 'uri', 'proxy', 'server', 'host', 'remote', 'repo', 'source'],
    pattern:
      /(?:register|dsn|url|uri|proxy|server|host|remote|repo(?:sitory)?|source)["']?[ \t]{0,4}(?:[=:]>?)[ \t]{0,4}["']?(?![a-z][a-z0-9+.-]{1,20}:\/\/|(?:sftp|rsync|ssh|git|s3|rest|rclone):)[\w.+-]{1,60}:(?<bare>[^\s"'<>@/]{3,100})@(?=[\w.-]{1,80}|tcp\()/dgi,
    accept: (value) => !NO_URL.test(value),
  },
  {
    kind: 'url-token',
    hints: [
      'key=',
      'token=',
      'secret=',
      'password=',
      'signature=',
      'auth=',
      'code=',
      'pass=',
      'pwd=',
      'pw=',
      'sid=',
      'sig=',
      'jwt=',
      'passwd=',
    ],
    pattern:
      /[?&](?:amp;)?(?:[a-z_.[\]-]{0,20}(?:api_?key|token|secret|password|passwd|pass|pwd|pw|jwt|passphrase)\]?|key|signature|auth|sig)=(?<bare>[^&\s"'#<>\\]{3,4000})/dgi,
    accept: (value) => value.length >= 6 || isTelling(value),
  },
  {
    kind: 'password',
    hints: ['form-data'],
    pattern:
      /name=\\{0,8}["'](?:[\w.-]{0,40}(?:pass(?:word|wd|phrase)?|pwd|secret|token|wachtwoord|passwort|kennwort|api_?key))\\{0,8}["'](?:;[^\r\n\\]{0,100})?(?:(?:\r?\n|(?:\\r)?\\n)(?:Content-[^\r\n\\]{1,80}(?:\r?\n|(?:\\r)?\\n)){0,2})(?:\r?\n|(?:\\r)?\\n)(?<bare>[^\r\n\\]{1,400})/dgi,
  },
  // A file of machines, users and passwords in words: .netrc, expect, notes.
  {
    kind: 'password',
    hints: ['login ', 'account ', 'user ', 'username '],
    pattern:
      /(?<![\w-])(?:login|user(?:name)?|account)[ \t]{1,9}(?!and\b|or\b|und\b|en\b|et\b)[^\s:=(),]{1,100}(?:[ \t]{1,9}|[ \t]{0,9}\r?\n[ \t]{0,20})(?:account[ \t]{1,9}\S{1,60}\s{1,9})?(?:password|passwd|pass)[ \t]{1,9}(?<q>["'])?(?<bare>(?!(?:required|for|is|expired|reset|changed|incorrect|auth\w*|commands?|to|that|using|in|on|at|the|must|has|was|will)\b)[^\s"',;]{3,200})["']?(?=\s*(?:$|[\r\n;,]|machine|account|macdef))/dgi,
  },
  {
    kind: 'password',
    hints: [':*:', ':5432:', ':5433:', ':6432:', ':3306:'],
    pattern:
      /(?<=^|\n|["'])(?!#)(?!(?:[0-9a-f]{1,4}:){3})(?:[\w.-]{1,100}|\*):(?:\d{4,5}|\*):(?:[\w.-]{1,60}|\*):[\w.@-]{1,60}:(?<bare>(?:\\[:\\]|[^\s:\\'"]){3,200})(?=["']?(?:\s|$))/dgi,
  },
  // ppp and pptp: user, server, secret, addresses.
  {
    kind: 'password',
    hints: ['chap', 'l2tp', 'pptp', 'ip addresses', '" *', '"\t*'],
    pattern:
      /(?<=^|\n)[ \t]{0,9}(?:"[^"\r\n]{1,60}"|[\w.@\\-]{1,60})[ \t]{1,20}(?:\*|[\w.-]{1,60})[ \t]{1,20}(?<q>["'])?(?<bare>(?=[^\s"]{0,60}[A-Za-z])(?=[^\s"]{0,60}[^\sA-Za-z*/"])[^\s"'*/]{4,100})["']?[ \t]{1,20}\*[ \t]*(?=\r?\n|$)/dgi,
  },
  {
    kind: 'password',
    hints: ['# secrets for auth', 'ip addresses'],
    pattern:
      /(?<=\n)[\w.@\\-]{1,60}[ \t]{1,20}(?:\*|[\w.-]{1,60})[ \t]{1,20}(?<bare>[a-z]{4,60})[ \t]{1,20}\*[ \t]*(?=\r?\n|$)/dg,
  },
  // What LAPS writes into the directory, and the file of cookies that curl reads.
  {
    kind: 'password',
    hints: ['laps'],
    pattern: /LAPS-?Password[^\r\n]{0,200}?\\{0,8}"p\\{0,8}"[ ]?:[ ]?\\{0,8}"(?<bare>[^"\\\r\n]{4,100})/dgi,
  },
  {
    kind: 'cookie',
    hints: ['\ttrue\t', '\tfalse\t'],
    pattern: /\t(?:TRUE|FALSE)\t\/\S{0,80}\t(?:TRUE|FALSE)\t\d{1,12}\t[^\s]{1,80}\t(?<bare>\S{8,4000})/dg,
    accept: looksRandom,
  },
  // NUT, and the mailboxes of Asterisk.
  {
    kind: 'password',
    hints: ['monitor '],
    pattern:
      /(?<=^|\n)MONITOR[ \t]{1,9}\S{1,80}@\S{1,80}[ \t]{1,9}\d{1,3}[ \t]{1,9}\S{1,60}[ \t]{1,9}"?(?<bare>[^\s"]{2,100})"?[ \t]{1,9}(?:primary|secondary|master|slave)/dg,
  },
  { kind: 'pin', hints: [' => '], pattern: /(?<=^|\n)\d{2,6} => (?<bare>\d{3,8})(?=,)/dg },
  // Constructors of credentials: the user, then the password.
  {
    kind: 'password',
    hints: ['credential', 'auth', 'login('],
    pattern:
      /(?:Credentials?|BasicAuth(?:entication)?|PasswordAuthentication|basic_auth|\bauth|\blogin|authenticate|set_credentials)["']?(?:::new)?[ \t]{0,4}(?:[:=][ \t]{0,4})?\([ \t]{0,4}(?:["'][^"'\r\n]{0,80}["']|\w{1,40}(?:\.\w{1,40}){0,3})[ \t]{0,4},[ \t]{0,4}(?<q>["'])(?<quoted>[^"'\r\n]{3,200})["'][ \t]{0,4}(?=[)\]},])/dgi,
    accept: (value) => !/\s/.test(value) && isTelling(value),
  },
  {
    kind: 'password',
    hints: ['connect(', 'pdo(', 'getconnection(', 'pw_set(', 'mysqli(', 'login('],
    pattern:
      /(?:mysqli?_connect|pg_connect|new\s+(?:PDO|mysqli)|getConnection|username_pw_set|ftp_login|ssh2_auth_password|imap_open|(?<=\.|->)login)\([ \t]{0,4}(?:(?:["'][^"'\r\n]{0,200}["']|[$\w.]{1,60})[ \t]{0,4},[ \t]{0,4}){1,2}(?<q>["'])(?<quoted>[^"'\r\n]{2,200})["'][ \t]{0,4}(?=[),])/dgi,
  },
  // What `reg query` prints.
  {
    kind: 'password',
    hints: ['reg_'],
    pattern:
      /(?:password|passwd|pwd|secret|psk|passphrase|token|api_?key)[ \t]{1,40}REG_(?:(?:EXPAND_|MULTI_)?SZ|BINARY)[ \t]{1,20}(?<bare>[^\s][^\r\n]{0,400}?)(?=[ \t]*(?:\r?\n|$))/dgi,
  },
  {
    kind: 'password',
    hints: ['@tcp(', '@unix('],
    pattern: /(?<![\w.-])[\w.-]{1,60}:(?<bare>[^\s"'<>/]{2,100})@(?:tcp|unix)\(/dg,
  },
  // A Dockerfile of the old kind, without an equals sign.
  {
    kind: 'password',
    hints: ['env '],
    pattern:
      /(?<=^|\n)[ \t]{0,9}ENV[ \t]{1,9}\w{0,40}(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|API_?KEY|PSK)[ \t]{1,9}(?<bare>[^\s=$"'][^\s]{2,200})/dg,
  },
  // User and password together: `credentials: ana / x`.
  {
    kind: 'password',
    hints: ['cred', 'inloggegevens', 'zugangsdaten', 'anmeldedaten', 'identifiants'],
    pattern:
      /(?:credentials?|creds|inloggegevens|zugangsdaten|anmeldedaten|identifiants)(?: [\p{L}\d'’-]{1,40}){0,6} ?[:=][ \t]{0,9}(?!https?:)[\w.@\\-]{2,60}(?: ?[/|] ?|:)(?<bare>[^\s/|:,;"'<>][^\s"'<>]{3,100}?)(?=@[a-z][\w.-]{2,60}(?:\s|$)|[\s"'<>]|$)/dgiu,
    accept: isTelling,
  },
  // What a shell takes when the variable is not set.
  {
    kind: 'password',
    hints: ['${'],
    pattern:
      /\$\{\w{0,40}(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|KEY|PSK)\w{0,10}:?[-=](?<bare>[^}\s"'$]{3,200})\}/dgi,
    accept: isTelling,
  },
  // ipsec.secrets: the kind of the secret, then the secret.
  {
    kind: 'password',
    hints: ['psk', 'xauth', 'eap', 'rsa', 'pin'],
    pattern:
      /:[ \t]{0,9}(?:PSK|XAUTH|EAP|NTLM|RSA[ \t]{1,4}[\w./-]{1,80}|PIN[ \t]{1,4}[\w%@]{1,60})[ \t]{1,20}(?:(?<q>["'])(?<quoted>[^"\r\n]{1,200})["']|(?<bare>0[sx][\w+/=]{8,400}))/dg,
  },
  // Postfix, Exim and proxies: the host, then user:password.
  {
    kind: 'password',
    hints: [':587', ':465', ':25 ', '[smtp', 'sasl'],
    pattern:
      /(?<=^|\n)\[?[\w.-]{3,100}\]?(?::\d{2,5})?[ \t]{1,20}[\w.@+-]{1,100}:(?<bare>(?!\d{1,5}\b)[^\s:/][^\s:]{3,100})(?=\r?\n|$)/dgi,
    accept: isTelling,
  },
  // Hashes of passwords: /etc/shadow, htpasswd, devices, Django, and what dumps of domains show.
  {
    kind: 'password-hash',
    hints: ['$'],
    isShape: true,
    pattern:
      /(?<![\w$])\$(?:1|5|6|7|8|9|14|y|gy|2[abxy]?|apr1|md5|sha1|sha256|sha512|P|H|S|argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha\d{1,3})?|bcrypt-sha256|krb5(?:tgs|asrep|pa)|DCC2|ml|sm3)\$[^\s:"'`<>;|,]{6,800}(?:,[\w=,]{1,60}\$[^\s:"'`<>;|,]{6,400})?/dg,
  },
  {
    kind: 'password-hash',
    hints: ['{s', '{c', '{m', '{p', '{b', '{a'],
    isShape: true,
    pattern:
      /\{(?:SSHA|SHA|SSHA(?:256|512)|SHA(?:256|512)|SMD5|MD5|CRYPT|PBKDF2[\w-]{0,12}|BCRYPT|ARGON2)\}[A-Za-z0-9+/$.=_-]{6,400}/dgi,
  },
  {
    kind: 'password-hash',
    hints: ['pbkdf2_sha', 'bcrypt_sha', 'argon2$', 'scrypt:', 'pbkdf2:'],
    isShape: true,
    pattern: /(?:pbkdf2_sha(?:1|256)|bcrypt_sha256|argon2|scrypt:\d+:\d+:\d+|pbkdf2:sha\d+:\d+)\$[\w$+/=.,-]{8,400}/dg,
  },
  {
    kind: 'password-hash',
    hints: [':::', '::'],
    isShape: true,
    pattern: /(?<=:\d{1,10}:)[0-9a-f]{32}:[0-9a-f]{32}(?=:)/dgi,
  },
  {
    kind: 'password-hash',
    hints: ['::'],
    isShape: true,
    pattern:
      /(?<=[\w.$-])::[\w.-]{0,60}:(?<bare>[0-9a-f]{16}:[0-9a-f]{32}:[0-9a-f]{16,2000}|[0-9a-f]{48}:[0-9a-f]{48}:[0-9a-f]{16})/dgi,
  },
  {
    kind: 'password-hash',
    hints: ['aes256-cts', 'aes128-cts', 'des-cbc-md5', 'rc4_hmac', 'rc4-hmac'],
    isShape: true,
    pattern:
      /(?:aes(?:256|128)-cts-hmac-sha1-96|des-cbc-md5|rc4[-_]hmac)[ \t]{0,20}:[ \t]{0,4}(?<bare>[0-9a-f]{16,64})(?![0-9a-f])/dgi,
  },
  {
    kind: 'password-hash',
    hints: ['ntlm', 'nthash', 'nt hash', 'lm hash', 'lmhash'],
    isShape: true,
    pattern:
      /(?:ntlm|nt[ _-]?hash|lm[ _-]?hash)["']?[ \t]{0,20}[:=][ \t]{0,9}["']?(?<bare>[0-9a-f]{32}(?::[0-9a-f]{32})?)(?![0-9a-f])/dgi,
  },
  {
    kind: 'pin',
    hints: ['pin', 'puk'],
    pattern: /(?<![\w-])(?:PIN|PUK)(?:[ -]?code)?(?:[ \t](?:is|ist|est))?[ \t]{1,3}(?<bare>\d{4,8})(?![\d.:])/dgi,
  },
  // The code that a poster of a wireless network shows as a picture.
  {
    kind: 'password',
    hints: ['wifi:'],
    pattern: /WIFI:(?:[A-OQ-Z]:[^;\r\n]{0,80};){0,4}P:(?<bare>(?:\\.|[^;\\\r\n]){1,80})/dgi,
  },
  // ODBC writes a value with signs in braces, a brace within twice.
  {
    kind: 'password',
    hints: ['pwd={', 'password={', 'pwd= {', 'password = {'],
    pattern: /(?:pwd|password)[ \t]?=[ \t]?\{(?<bare>(?:\}\}|[^}\r\n]){1,200})\}(?=[;"'\s]|$)/dgi,
  },
]
