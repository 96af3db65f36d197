import type { Rule } from '../rules.ts'
import { looksRandom } from '../values.ts'
import { isTelling } from './plausible.ts'
import { rule } from './rule.ts'
import { wordSet } from './words.ts'

const { raw } = String
const TICK = '`'
/** Of a header: the end of its name, also in JSON that is written in JSON. */
const HEADER_IS = raw`(?:\\{0,8}["'])?\]?~w{0,9}(?::|=>?|,(?=~w{0,9}\\{0,8}["']))~w{0,9}(?:[$@]?\\{0,8}["'])?`
/** Up to the end of the header's quotes. */
const HEADER_VALUE = raw`(?<bare>[^\s"'${TICK}<\\,;{}][^\s"'${TICK}\\,;]{0,8000})`

/** What stands behind the word in messages and code. */
const NO_AUTHORIZATION = wordSet(
  'bearer basic digest token negotiate ntlm required header failed code false true none null policy type server endpoint url the is was to for',
)

/** Secrets that are named by where they stand: in headers, and in files that hold nothing else. */
export const NAME_RULES: readonly Rule[] = [
  rule(
    'authorization',
    'authorization',
    raw`authorization${HEADER_IS}(?:(?:Bearer|Basic|Negotiate|NTLM|Kerberos|Token|ApiKey|Api-Key|SSWS|Splunk|GenieKey|Discogs|Zoho-oauthtoken|PVEAPIToken|Bot|JWT|GoogleLogin)(?:~w|%20|\+){1,9}|PVEAPIToken=|Token token=\\{0,8}["']?)?(?<bare>(?!(?:Digest|AWS4|Hawk|OAuth|Signature|Bearer|Basic|Token|ApiKey)\b)[^\s"'${TICK}<\\{}$%,;()[\]][^\s"'${TICK}\\,;)]{1,8000}={0,2})`,
    { accept: (value) => !NO_AUTHORIZATION.has(value.toLowerCase()) && !/^[a-z]+(?:-[a-z]+)+$/i.test(value) },
  ),
  rule(
    'authorization',
    'authorization',
    raw`authorization${HEADER_IS}(?:Digest|AWS4-HMAC-SHA256|Hawk|OAuth|Signature)~w{1,9}(?<bare>[^\r\n'${TICK}]{8,2000}[^\s'${TICK}])`,
  ),
  rule('bearer', 'bearer', raw`\bbearer~w{1,9}(?<bare>[A-Za-z0-9._~+/-]{12,8000}={0,2})`, { accept: looksRandom }),
  rule(
    'api-key',
    'x-|api-key|private-token|job-token|deploy-token|ocp-apim|authtoken',
    raw`(?<![A-Za-z\d-])(?:X-[A-Za-z-]{0,30}(?:Key|Token|Secret|Auth|Password|Authorization|Credential|Signature)|Api-Key|Private-Token|Job-Token|Deploy-Token|Ocp-Apim-Subscription-Key|Authtoken)${HEADER_IS}${HEADER_VALUE}`,
    { accept: (value) => value.length >= 4 && !/^[a-z]+(?:-[a-z]+)*$|^\d{1,3}$/.test(value) },
  ),
  rule(
    'password',
    'form-data',
    raw`name=\\{0,8}["'](?:[\w.-]{0,40}(?:pass(?:word|wd|phrase)?|pwd|secret|token|wachtwoord|passwort|kennwort|api_?key))\\{0,8}["'](?:;[^\r\n\\]{0,100})?(?:(?:\r?\n|(?:\\r)?\\n)(?:Content-[^\r\n\\]{1,80}(?:\r?\n|(?:\\r)?\\n)){0,2})(?:\r?\n|(?:\\r)?\\n)(?<bare>[^\r\n\\]{1,400})`,
  ),
  // A file of machines, users and passwords in words: .netrc, expect, notes.
  rule(
    'password',
    'login |account |user |username ',
    raw`(?<![\w-])(?:login|user(?:name)?|account)~w{1,9}(?!and\b|or\b|und\b|en\b|et\b)[^\s:=(),]{1,100}(?:~w{1,9}|~w{0,9}\r?\n~w{0,20})(?:account~w{1,9}\S{1,60}\s{1,9})?(?:password|passwd|pass)~w{1,9}(?<q>["'])?(?<bare>(?!(?:required|for|is|expired|reset|changed|incorrect|auth\w*|commands?|to|that|using|in|on|at|the|must|has|was|will)\b)[^\s"',;]{3,200})["']?(?=\s*(?:$|[\r\n;,]|machine|account|macdef))`,
  ),
  rule(
    'password',
    ':*:|:5432:|:5433:|:6432:|:3306:',
    raw`(?<=^|\n|["'])(?!#)(?!(?:[0-9a-f]{1,4}:){3})(?:[\w.-]{1,100}|\*):(?:\d{4,5}|\*):(?:[\w.-]{1,60}|\*):[\w.@-]{1,60}:(?<bare>(?:\\[:\\]|[^\s:\\'"]){3,200})(?=["']?(?:\s|$))`,
  ),
  // ppp and pptp: user, server, secret, addresses.
  rule(
    'password',
    'chap|l2tp|pptp|ip addresses|" *|"\t*',
    raw`(?<=^|\n)~w{0,9}(?:"[^"\r\n]{1,60}"|[\w.@\\-]{1,60})~w{1,20}(?:\*|[\w.-]{1,60})~w{1,20}(?<q>["'])?(?<bare>(?=[^\s"]{0,60}[A-Za-z])(?=[^\s"]{0,60}[^\sA-Za-z*/"])[^\s"'*/]{4,100})["']?~w{1,20}(?:\*|\d{1,3}(?:\.\d{1,3}){3}(?:/\d\d)?)~w*(?=\r?\n|$)`,
  ),
  // The same with a secret of several words
  rule(
    'password',
    'chap|l2tp|pptp|"\t|" ',
    raw`(?<=^|\n)~w{0,9}(?:"[^"\r\n]{1,60}"|[\w.@\\-]{1,60})~w{1,20}(?:\*|[\w.-]{1,60})~w{1,20}"(?<bare>[^"\r\n*/]{4,100})"~w{1,20}(?:\*|\d{1,3}(?:\.\d{1,3}){3}(?:/\d\d)?)~w*(?=\r?\n|$)`,
  ),
  rule(
    'password',
    '# secrets for auth|ip addresses',
    raw`(?<=\n)[\w.@\\-]{1,60}~w{1,20}(?:\*|[\w.-]{1,60})~w{1,20}(?<bare>[a-z]{4,60})~w{1,20}\*~w*(?=\r?\n|$)`,
    { flags: 'dg' },
  ),
  // What LAPS writes into the directory, and the file of cookies that curl reads.
  rule(
    'password',
    'laps',
    raw`LAPS-?Password[^\r\n]{0,200}?\\{0,8}"p\\{0,8}"[ ]?:[ ]?\\{0,8}"(?<bare>[^"\\\r\n]{4,100})`,
  ),
  rule(
    'cookie',
    '\ttrue\t|\tfalse\t',
    raw`\t(?:TRUE|FALSE)\t/\S{0,80}\t(?:TRUE|FALSE)\t\d{1,12}\t[^\s]{1,80}\t(?<bare>\S{8,4000})`,
    { flags: 'dg', accept: looksRandom },
  ),
  rule('pin', ' => ', raw`(?<=^|\n)\d{2,6} => (?<bare>\d{3,8})(?=,)`, { flags: 'dg' }),
  rule(
    'password',
    'connect(|pdo(|getconnection(|pw_set(|mysqli(|login(',
    raw`(?:mysqli?_connect|pg_connect|new\s+(?:PDO|mysqli)|getConnection|username_pw_set|ftp_login|ssh2_auth_password|imap_open|(?<=\.|->)login)\(~w{0,4}(?:(?:["'][^"'\r\n]{0,200}["']|[$\w.]{1,60})~w{0,4},~w{0,4}){1,2}(?<q>["'])(?<quoted>[^"'\r\n]{2,200})["']~w{0,4}(?=[),])`,
  ),
  // What `reg query` prints.
  rule(
    'password',
    'reg_',
    raw`(?:(?<!key)word|passwd|pwd|secret|psk|passphrase|token|api_?key)~w{1,40}REG_(?:(?:EXPAND_|MULTI_)?SZ|BINARY)~w{1,20}(?<bare>[^\s][^\r\n]{0,400}?)(?=~w*(?:\r?\n|$))`,
  ),
  // A Dockerfile of the old kind, without an equals sign.
  rule(
    'password',
    'env ',
    raw`(?<=^|\n)~w{0,9}ENV~w{1,9}\w{0,40}(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|API_?KEY|PSK)~w{1,9}(?<bare>[^\s=$"'][^\s]{2,200})`,
    { flags: 'dg' },
  ),
  // What a shell takes when the variable is not set.
  rule(
    'password',
    '${',
    raw`\$\{\w{0,40}(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET|TOKEN|KEY|PSK)\w{0,10}:?[-=](?<bare>[^}\s"'$]{3,200})\}`,
    { accept: isTelling },
  ),
  // ipsec.secrets: the kind of the secret, then the secret.
  rule(
    'password',
    'psk |psk\t|xauth|eap |rsa |pin ',
    raw`:~w{0,9}(?:PSK|XAUTH|EAP|NTLM|RSA~w{1,4}[\w./-]{1,80}|PIN~w{1,4}[\w%@]{1,60})~w{1,20}(?:(?<q>["'])(?<quoted>[^"\r\n]{1,200})["']|(?<bare>0[sx][\w+/=]{8,400}))`,
    { flags: 'dg' },
  ),
  // Short forms of crypt(3), as devices and people who cut them show: the layer of tokens asks for whole ones.
  rule(
    'password-hash',
    '$1$|$5$|$6$|$7$|$8$|$9$|$14$|$y$|$gy$|$2a$|$2b$|$2y$|$apr1$|$md5$|$sha|$p$|$h$|$s$',
    raw`(?<![\w$])\$(?:[15-9]|14|g?y|2[aby]|apr1|md5|sha\d{1,3}|[PHS])\$[^\s:"'${TICK}<>;|,]{6,800}`,
    { flags: 'dg', isShape: true },
  ),
  // An operand of a mainframe's command: MASTERPW(X)
  rule(
    'password',
    'password(|passwd(|pw(',
    raw`(?<=(?<!SELECT)~w)[A-Z]{0,12}(?:PASSWORD|PASSWD|PW)\((?<bare>[A-Z\d@#$]{3,64})\)(?=~w{1,9}(?:[A-Z]{2}|-))`,
    { flags: 'dg' },
  ),
  // ['Pass' + 'word'] = 'X'
  rule(
    'password',
    `pass' |pass" |pass'+|pass"+`,
    raw`pass["'] ?[+&.]{1,2} ?["']w\w{1,3}["'][\])]?~w{0,4}(?::?=>?|,)~w{0,4}["'](?<bare>[^"'\r\n]{2,100})["']`,
  ),
  // user/X@SID
  rule(
    'url-password',
    '@',
    raw`(?<=[ \t"'])[A-Za-z]\w{1,20}/(?<bare>[^\s/@"':]{5,40})@(?!HEAD)[A-Z][A-Z\d_]{2,15}(?![\w./-])`,
    { flags: 'dg', accept: (value) => !/^[a-z-]+$/.test(value) },
  ),
  rule('password-hash', ':::|::', raw`(?<=:\d{1,10}:)[0-9a-f]{32}:[0-9a-f]{32}(?=:)`, { isShape: true }),
  // ODBC writes a value with signs in braces, a brace within twice.
  rule(
    'password',
    'pwd={|password={|pwd= {|password = {',
    raw`(?:pwd|password)~w?=~w?\{(?<bare>(?:\}\}|[^}\r\n]){1,200})\}(?=[;"'\s]|$)`,
  ),
]
