import { commandParts, type Part, programOf, wordsOf } from './programs.ts'

/**
 * How programs take a secret without it standing among their arguments, as options of `msp cred exec`. The first row that fits decides.
 * `instead` stands where the option with the secret stood.
 */
type Way = readonly [program: RegExp, option: RegExp, exec: string, instead?: string]

const WAYS: readonly Way[] = [
  [/^(?:mysql|mariadb)[\w-]*$/, /^(?:-p|--password)/, '--env MYSQL_PWD=password'],
  [/^(?:psql|pg_\w+|createdb|dropdb|createuser|vacuumdb|pgbench|pgcli)$/, /./, '--env PGPASSWORD=password'],
  [/^sshpass$/, /^-p/, '--env SSHPASS=password', '-e'],
  [/^plink|^pscp|^psftp$/, /^-pw/, '--file SECRET=password', '-pwfile {SECRET}'],
  [/^restic$/, /./, '--env RESTIC_PASSWORD=password'],
  [/^borg$/, /./, '--env BORG_PASSPHRASE=password'],
  [/^(?:redis-cli|valkey-cli)$/, /^(?:-a|--pass)/, '--env REDISCLI_AUTH=password'],
  [/^(?:sqlcmd|bcp)$/, /^-P/, '--env SQLCMDPASSWORD=password'],
  [/^(?:smbclient|rpcclient|net|winexe|smbget)$/, /^(?:-U|--user)/, '--env PASSWD=password'],
  [/^ldap(?:search|modify|add|delete|passwd|whoami|compare|modrdn)$/, /^-w/, '--file SECRET=password', '-y {SECRET}'],
  [
    /^(?:docker|podman|nerdctl|helm|crane|oras|skopeo|buildah)$/,
    /^(?:-p|--password)/,
    '--stdin password',
    '--password-stdin',
  ],
  [/^curl$/, /^(?:-u|--user|--proxy-user)/, '--file AUTH=basic:password', '-H @{AUTH}'],
  [/^curl$/, /^(?:-H|--header)/, '--file AUTH=bearer:token', '-H @{AUTH}'],
  [/^(?:az)$/, /^(?:-p|--password|--client-secret)/, '--env AZURE_CLIENT_SECRET=password'],
  [/^aws$/, /./, '--env AWS_SECRET_ACCESS_KEY=secret_key'],
  [/^(?:gh|glab)$/, /./, '--env GH_TOKEN=token'],
  [/^(?:vault|bao)$/, /./, '--env VAULT_TOKEN=token'],
  [/^ansible(?:-playbook|-vault)?$/, /./, '--file VAULT=password', '--vault-password-file {VAULT}'],
  [/^7z[az]?$/, /^-/, '--stdin password', '-p'],
  [/^openssl$/, /^-pass/, '--env SECRET=password', '-pass env:SECRET'],
  [/^gpg2?$/, /^--passphrase/, '--stdin password', '--batch --passphrase-fd 0'],
  [/^(?:xfreerdp3?|wlfreerdp)$/, /^\/p:/, '--stdin password', '/from-stdin'],
  [/^(?:ipmitool)$/, /^-P/, '--env IPMI_PASSWORD=password', '-E'],
  [/^(?:rclone)$/, /./, '--env RCLONE_CONFIG_PASS=password'],
  [/^(?:rsync)$/, /./, '--env RSYNC_PASSWORD=password'],
  [/^(?:cifs|mount|mount\.cifs)$/, /./, '--env PASSWD=password'],
]

/** The password safe's own name stands for the credential: which one it is only the person knows. */
const CREDENTIAL = '<credential>'

type Place = { start: number; end: number }

/**
 * The `msp cred exec` form of a command that holds secrets: the command itself with the secret taken out, and how the program is given it.
 * Undefined where it cannot be said with certainty; the general form has to do then.
 *
 * @param places of the secrets in the command
 */
export function insteadOf(command: string, places: readonly Place[]): string | undefined {
  const [place, ...others] = places
  if (place === undefined || others.length > 0) return undefined
  const parts = commandParts(command)
  const index = parts.findIndex(({ start, end }) => start <= place.start && place.end <= end)
  const part = parts[index]
  if (part === undefined) return undefined
  const words = wordsOf(part.text)
  const from = words.findIndex(({ text }) => !/^[A-Za-z_]\w*=/.test(text))
  const at = words.findIndex(({ start, end }) => part.start + start <= place.start && place.end <= part.start + end)
  if (at === -1 || from === -1) return undefined
  const secret = command.slice(place.start, place.end)
  if (at < from) return said(assigned(words[at]?.text ?? ''), words.slice(from), secret)
  const program = programOf(words[from]?.text ?? '')
  const next = parts[index + 1]
  if (SPEAKERS.test(program))
    return next && isPiped(command, part, next) ? said('--stdin password', [next], secret) : undefined
  return withoutOption(words.slice(from), at - from, program, secret)
}

/** `echo x | sudo -S …`: what follows reads it on its standard input. */
const SPEAKERS = /^(?:echo|printf|write-output)$/i
const isPiped = (command: string, one: Place, next: Place): boolean =>
  /^[ \t]*\|[ \t]*$/.test(command.slice(one.end, next.start))

function withoutOption(words: readonly Part[], at: number, program: string, secret: string): string | undefined {
  const word = words[at]?.text ?? ''
  const before = words[at - 1]?.text ?? ''
  const isApart = at > 1 && /^[-/]/.test(before) && !/^[-/]/.test(word)
  const way = WAYS.find(([name, flag]) => name.test(program) && flag.test(isApart ? before : word))
  if (way === undefined) return undefined
  const [, , exec, instead] = way
  // `-U admin%x`: the user name stays.
  const user = word.includes(`%${secret}`) ? [...(isApart ? [before] : []), word.replace(`%${secret}`, '')] : undefined
  const kept = user ?? (instead === undefined ? [] : [instead])
  const rest = words.map(({ text }) => text)
  rest.splice(isApart ? at - 1 : at, isApart ? 2 : 1, ...kept)
  return said(
    exec,
    rest.map((text) => ({ text })),
    secret,
  )
}

/** `MYSQL_PWD=x mysql …`: the variable is the way. */
const assigned = (word: string): string => `--env ${word.slice(0, word.indexOf('='))}=password`

function said(exec: string, words: readonly { text: string }[], secret: string): string | undefined {
  const line = words.map(({ text }) => text).join(' ')
  // The same password in another place of the command: a suggestion must not repeat it.
  return line.includes(secret) ? undefined : `msp cred exec ${CREDENTIAL} ${exec} -- ${line}`
}
