import type { Rule } from '../rules.ts'
import { VALUE } from '../values.ts'

/** A program's name at the place of a command, with or without a path before it. */
function program(names: string): RegExp {
  return new RegExp(String.raw`(?<![\w.-])(?:${names})(?:\.exe)?(?=[ \t])`, 'gi')
}

function flag(hints: string[], names: string, pattern: string, flags = 'dg'): Rule {
  return { kind: 'password', hints, program: program(names), pattern: new RegExp(pattern, flags) }
}

/** The start of a flag: after white space or an opening quote. */
const AT = String.raw`(?<=[\s"'(])`
/** user:password, quoted as a whole or not. */
const USER_PASSWORD = String.raw`(?:(?<q>["'])[^:"'\r\n]{1,100}:(?<quoted>(?:(?!\k<q>)[^\r\n]){1,300})|[^\s:"']{1,100}:(?<bare>[^\s"']{1,300}))`
/** Where a command line begins: prose with the same words ("the net user …") is none. */
const COMMAND_START = String.raw`(?<=^|[\n;&|>"'(${'`'}][ \t]{0,4}|(?:sudo|\/c)[ \t]{1,4})`
const WORD = String.raw`(?:"[^"\r\n]{1,100}"|[^\s"/*]{1,100})`

/** Secrets in command lines. First flags that say what they are, for every program; then what one letter means to one program. */
export const COMMAND_RULES: readonly Rule[] = [
  {
    kind: 'password',
    hints: ['pass', 'pw', 'secret', 'token', 'key', 'psk'],
    pattern: new RegExp(
      String.raw`(?<![\w-])--?(?!-|(?:no|ask|prompt|use|with|without|require|read|show)-?)[A-Za-z-]{0,30}(?:password|passwd|passphrase|pass|pwd?|secret|token|api-?key|access-?key|account-?key|secret-?key|psk)(?:[ \t]{1,9}|[=:])${VALUE}`,
      'dgi',
    ),
  },
  {
    kind: 'password',
    hints: ['/pass', '/pwd', '/rp', '/p:', '/adminpass'],
    pattern: new RegExp(
      String.raw`(?<=\s)\/(?:(?:admin)?pass(?:word)?[:= ]|pwd[:= ]|rp[ \t]|p:)[ \t]{0,4}${VALUE}`,
      'dgi',
    ),
  },
  {
    kind: 'password',
    hints: ['convertto-securestring'],
    pattern: new RegExp(
      String.raw`ConvertTo-SecureString(?:[ \t]{1,9}-(?:String|AsPlainText|Force|Key)){0,3}[ \t]{1,9}${VALUE}`,
      'dgi',
    ),
  },
  {
    kind: 'password',
    hints: ['net user', 'net1 user', 'net.exe user'],
    pattern: new RegExp(
      String.raw`${COMMAND_START}net1?(?:\.exe)?[ \t]{1,4}user[ \t]{1,4}${WORD}[ \t]{1,4}(?![/*])${VALUE}`,
      'dgi',
    ),
  },
  {
    kind: 'password',
    hints: ['net use', 'net.exe use'],
    pattern: new RegExp(
      String.raw`${COMMAND_START}net(?:\.exe)?[ \t]{1,4}use\b[^\r\n|&;]{0,200}?[ \t]\/user:${WORD}[ \t]{1,4}(?!/)${VALUE}`,
      'dgi',
    ),
  },
  {
    kind: 'password',
    hints: ['net use', 'net.exe use'],
    pattern: new RegExp(
      String.raw`${COMMAND_START}net(?:\.exe)?[ \t]{1,4}use[ \t]{1,4}(?:[a-z*]:?[ \t]{1,4})?\\\\[^\s"]{1,200}[ \t]{1,4}(?![/*])${VALUE}`,
      'dgi',
    ),
  },
  // A password that is piped into something that reads one.
  {
    kind: 'password',
    hints: ['-stdin', 'sudo', 'chpasswd', 'passwd'],
    pattern: new RegExp(
      String.raw`\b(?:echo|printf)[ \t]{1,4}(?:-n[ \t]{1,4})?${VALUE}["']?[ \t]{0,4}\|[^\r\n|]{0,200}?(?:-stdin\b|sudo[ \t]{1,4}-\w{0,4}S|chpasswd|\bpasswd)`,
      'dgi',
    ),
  },
  flag(
    ['curl', 'wget', 'http'],
    'curl|wget|https?|xh',
    String.raw`${AT}(?:-[A-Za-z]{0,8}[uUa]|--(?:proxy-)?user)[ \t=]{0,4}${USER_PASSWORD}`,
  ),
  flag(
    ['mysql', 'mariadb'],
    '(?:mysql|mariadb)(?:dump|admin|check|import|show|-dump|-admin|pump|sh)?',
    `${AT}-p${VALUE}`,
  ),
  flag(
    ['sshpass', 'psexec', 'paexec', 'rdesktop', 'mongo'],
    'sshpass|psexec(?:64)?|paexec|rdesktop|mongo(?:sh|dump|restore|export|import)?',
    `${AT}-p[ \\t]{0,4}${VALUE}`,
  ),
  flag(
    ['login'],
    String.raw`(?:az|docker|podman|nerdctl|oc|skopeo|buildah|helm[ \t]{1,4}registry)[ \t]{1,4}login`,
    `${AT}-p[ \\t]{1,4}${VALUE}`,
  ),
  flag(['7z', 'rar'], '7z[ar]?|7zz|rar|unrar|winrar', `${AT}-(?:hp|p)${VALUE}`),
  flag(
    ['zip', 'sqlcmd', 'bcp', 'osql', 'ipmitool', 'certutil'],
    'zip|unzip|sqlcmd|bcp|osql|isql|ipmitool',
    String.raw`${AT}-P[ \t]{0,4}${VALUE}`,
  ),
  flag(
    ['ldap'],
    'ldap(?:search|modify|add|delete|whoami|passwd|compare)',
    String.raw`${AT}-[ws][ \t]{0,4}(?!(?:sub|one|base|children)\b)${VALUE}`,
  ),
  flag(
    ['snmp'],
    'snmp(?:walk|get|getnext|bulkwalk|bulkget|set|table|trap|status|df)',
    String.raw`${AT}-[cAX][ \t]{0,4}${VALUE}`,
  ),
  flag(['redis'], 'redis-cli', String.raw`${AT}-a[ \t]{1,4}${VALUE}`),
  flag(
    ['smb', 'rpcclient'],
    'smbclient|smbmap|rpcclient|smbget|smbcacls',
    String.raw`${AT}-U[ \t]{0,4}(?:(?<q>["'])[^%"'\r\n]{1,100}%(?<quoted>(?:(?!\k<q>)[^\r\n]){1,300})|[^\s%"']{1,100}%(?<bare>[^\s"']{1,300}))`,
  ),
  flag(['openssl'], 'openssl', String.raw`(?<=[\s"'])pass:${VALUE}`),
  flag(['ssh-keygen'], 'ssh-keygen', String.raw`${AT}-[NP][ \t]{1,4}${VALUE}`),
  flag(
    ['htpasswd'],
    'htpasswd',
    String.raw`${AT}-[a-zA-Z]{0,5}b[a-zA-Z]{0,5}[ \t]{1,4}[^\s]{1,300}[ \t]{1,4}[^\s]{1,100}[ \t]{1,4}${VALUE}`,
  ),
  flag(['signtool', 'schtasks', 'certutil'], 'signtool|schtasks', String.raw`${AT}\/p[ \t]{1,4}${VALUE}`, 'dgi'),
  flag(['wpa_passphrase'], 'wpa_passphrase', String.raw`wpa_passphrase[ \t]{1,4}${WORD}[ \t]{1,4}${VALUE}`),
  {
    kind: 'licence-key',
    hints: ['/ipk'],
    pattern: new RegExp(String.raw`(?<=\s)\/ipk[ \t]{1,4}${VALUE}`, 'dgi'),
  },
]
