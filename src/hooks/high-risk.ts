/**
 * Commands and files whose whole purpose is to give out secrets. What they print often has no shape that a redactor could know (a list of
 * hashes, one word of a password safe), so none of it is kept or shown to the model: exit code, size and SHA-256 are.
 *
 * Judged one by one. Left to the redactor, because they say much more than secrets and name what is one: `env`, `printenv`, `docker inspect`,
 * `helm get values`, `terraform output` (masks what is sensitive), `cat .env`, configuration files, shell histories, `cmdkey /list`, public keys.
 */
/** `hints`: one of them stands in every such command. Most commands have none, and then no pattern is made. */
type Row = readonly [why: string, hints: string, pattern: string]

/** Programs by their name, and what must follow for it to be such a command. `…` is anything within the same simple command. */
const PROGRAMS: readonly Row[] = [
  [
    'it dumps credentials from memory or disk',
    'mimikatz pypykatz secretsdump lsassy nanodump lazagne gsecdump pwdump fgdump hashdump mimipenguin sharpdpapi sharpchrome rubeus getuserspns unshadow kerbrute',
    '(?:mimikatz|pypykatz|secretsdump|impacket-secretsdump|lsassy|nanodump|lazagne|gsecdump|pwdump\\d?|fgdump|hashdump|mimipenguin|sharpdpapi|sharpchrome|rubeus|getuserspns|impacket-getuserspns|unshadow|kerbrute)\\b',
  ],
  [
    'it dumps the memory of the login service',
    'procdump comsvcs minidump',
    'procdump(?:64)?\\b…lsass|rundll32\\b…comsvcs|out-minidump\\b',
  ],
  ['it shows cracked passwords', 'john hashcat', '(?:john|hashcat)\\b…--show\\b'],
  [
    'it copies the password database',
    'ntdsutil reg esentutl vssadmin getent',
    'ntdsutil\\b…(?:ifm|ac i)|reg(?:\\.exe)? (?:save|export) …\\\\(?:sam|security|system)\\b|esentutl\\b…ntds|vssadmin\\b…ntds|getent (?:g?shadow)\\b',
  ],
  [
    'it shows the password of automatic logon',
    'winlogon defaultpassword',
    'reg(?:\\.exe)? query …(?:winlogon|defaultpassword)|get-itempropert(?:y|yvalue)\\b…winlogon',
  ],
  [
    'it reads a password safe',
    'bw op lpass pass gopass passage rbw dcli keepassxc kpcli kpscript keyring secret-tool get-secret get-storedcredential get-vaultsecret kwallet',
    '(?:bw (?:get|list|export)|op (?:read|item get|document get|inject)|lpass (?:show|export)|(?:pass|gopass|passage) (?:show|otp|-c|[\\w-]{1,80}/)|rbw get|dcli (?:p|password|note|read)|keepassxc-cli (?:show|export|clip|db-export)|kpcli|kpscript|keyring get|secret-tool (?:lookup|search)|get-secret(?! ?info)|get-storedcredential|get-vaultsecret|kwallet-query)\\b',
  ],
  [
    'it reads a secret store',
    'vault consul-template aws az gcloud doppler infisical chamber credstash berglas sops age',
    '(?:vault (?:kv get|read|token create|unwrap|print token)|consul-template|aws secretsmanager (?:get|batch-get)-secret-value|aws ssm get-parameters?\\b…--with-decryption|aws sts (?:get-session-token|assume-role)|aws ecr get-login-password|aws configure (?:get|export-credentials)|az keyvault (?:secret|key|certificate) (?:show|download|backup)|az account get-access-token|az (?:\\S{1,30} ){1,4}(?:list-keys|show-connection-string|keys list|list-credentials|list-publishing-credentials)|az acr (?:credential|login\\b…--expose-token)|get-azkeyvaultsecret|get-azaccesstoken|gcloud (?:secrets versions access|auth (?:application-default )?print-)|doppler secrets|infisical (?:secrets|export)|chamber (?:read|export)|credstash get|berglas access|sops (?:-d|--decrypt|decrypt)|age (?:-d|--decrypt)|ansible-vault (?:view|decrypt))\\b',
  ],
  [
    'it shows the secrets of a cluster',
    'kubectl oc terraform /run/secrets',
    '(?:kubectl|oc|k3s kubectl|microk8s kubectl) (?:\\S{1,80} ){0,6}?(?:get secrets?\\b…(?:-o\\s?=?|--output[=\\s])(?:y|j|go|custom)|extract secrets?/|config view\\b…--raw|create token)|terraform output\\b…-(?:raw|json)\\b|docker (?:run|exec)\\b…/run/secrets/',
  ],
  [
    'it prints a token',
    'gh glab credential auth:token oc npm kubeadm join-token tailscale',
    '(?:gh auth token|glab auth token|git credential(?:-\\w{1,20})? (?:fill|get)|heroku auth:token|oc whoami (?:-t|--show-token)|npm token create|kubeadm token create|docker swarm join-token|tailscale configure)\\b|(?:gh|glab) auth status\\b…(?:-t|--show-token)\\b',
  ],
  [
    'it prints a private key',
    'gpg gpg2 openssl wg ssh-keygen',
    'gpg2?\\b…--export-secret|openssl (?:rsa|ec|pkey|dsa)\\b(?!…-(?:noout|pubout|out)\\b)|openssl pkcs12\\b…-(?:nodes|noenc)\\b|wg (?:genkey|genpsk|showconf|show \\S{1,40} (?:private|preshared))|ssh-keygen\\b…-f /dev/stdout',
  ],
  [
    'it makes a password',
    'pwgen apg makepasswd xkcdpass diceware pwqgen openssl password',
    '(?:pwgen|apg|makepasswd|xkcdpass|diceware|pwqgen)\\b|openssl rand\\b|new-(?:random)?password\\b',
  ],
  ['it shows the keychain', 'security', 'security (?:find-(?:generic|internet)-password\\b…-(?:w|g)|dump-keychain)'],
  [
    'it shows a Wi-Fi key',
    'netsh nmcli networkmanager',
    'netsh wlan (?:show|sh) prof…key=clear|nmcli\\b…(?:-s\\b|--show-secrets|\\.psk)|(?:cat|less|more|grep)\\b…networkmanager/system-connections',
  ],
  [
    'it shows the local administrator password',
    'lapsad lapsaad lapstoolkit mslaps admpwd',
    '(?:get-lapsadpassword|get-lapsaadpassword|get-admpwdpassword|lapstoolkit)\\b|get-ad(?:computer|object)\\b…(?:ms-mcs-admpwd|mslaps)',
  ],
  [
    'it shows disk recovery keys',
    'manage-bde bitlocker fdesetup msfve dislocker cryptsetup',
    'manage-bde\\b…-protectors\\b…-get|get-bitlockervolume\\b…(?:keyprotector|recoverypassword)|fdesetup\\b…recovery|get-adobject\\b…msfve|dislocker\\b|cryptsetup luksdump\\b…--dump',
  ],
]

/** Anywhere in a command: calls of PowerShell and of .NET. */
const ANYWHERE: readonly Row[] = [
  [
    'it turns a stored credential into plain text',
    'securestring getnetworkcredential ptrtostring passwordvault unprotect',
    'convertfrom-securestring\\b…-asplaintext|getnetworkcredential\\(\\)|securestringto(?:bstr|globalallocunicode)|ptrtostring(?:auto|bstr|uni)|passwordvault|\\]::unprotect\\(',
  ],
  [
    'it makes a password',
    'generatepassword rngcrypto randomnumbergenerator',
    'membership\\]::generatepassword|rngcryptoserviceprovider|randomnumbergenerator\\]::',
  ],
  [
    'it dumps credentials from memory or disk',
    'sekurlsa lsadump kerberos mimikatz dcsync',
    'sekurlsa::|lsadump::|kerberos::list|invoke-mimikatz|dcsync',
  ],
]

/** Files that hold nothing but secrets. Not those of which a redactor knows each line. */
const FILES =
  '(?:/etc/g?shadow-?|krb5\\.keytab|\\.keytab|ntds\\.dit|(?:config|repair|regback)[\\\\/](?:sam|security)\\b|\\.ssh[\\\\/](?!config|known_hosts|authorized_keys|[\\w.-]{0,80}\\.pub)[\\w.-]{1,80}|(?:^|[\\\\/ "\'])id_(?:rsa|dsa|ecdsa|ed25519)(?:_\\w{1,20})?(?!\\.pub|\\w)|\\.(?:ppk|pfx|p12|kdbx?|jks|keystore|agilekeychain|1pif)(?![\\w.])|login data\\b|logins\\.json|key[34]\\.db|cookies\\.sqlite|\\.vault-token|\\.git-credentials|/proc/[\\w$]{1,20}/environ|/run/secrets/|serviceaccount/token|\\.aws[\\\\/](?:credentials|sso)|\\.azure[\\\\/]\\S{0,40}token|msal_token_cache|application_default_credentials)'
const READERS =
  '(?:cat|tac|nl|bat|batcat|less|more|head|tail|strings|xxd|od|hexdump|base64|grep|awk|sed|cut|sort|tee|dd|jq|sqlite3|type|gc|get-content|select-string|findstr|format-hex|certutil|copy|openssl)'

/** Where a program may stand: at the beginning, behind what joins commands, opens a string for another shell, or runs another program. */
const POSITION =
  '(?:^|[;&|(){}`"\'\\n=]|\\b(?:sudo|doas|nohup|time|exec|xargs|command|call|watch|then|do|else|-c|/c|-command|-scriptblock|--|-e|env|python[\\d.]{0,5}|perl|ruby|-file)\\b)[ \\t]{0,20}(?:-[\\w=./-]{1,40}[ \\t]{1,9}){0,4}(?:[\\w.:~$-]{0,60}[\\\\/]){0,12}'
/** A host and other options of `ssh web1 cat …`. */
const REMOTE = '\\bssh[ \\t](?:[^;&|\\n]{0,120})[ \\t]'
const WITHIN = '[^;&\\n]{0,300}?'

const source = (pattern: string): string => pattern.replaceAll('…', WITHIN).replaceAll(' ', '[ \\t]{1,9}')
const FILE_HINTS =
  'shadow keytab ntds sam security .ssh id_ .ppk .pfx .p12 .kdb .jks .keystore agilekeychain 1pif login logins key3 key4 cookies .vault-token .git-credentials environ /run/secrets serviceaccount .aws .azure msal_token application_default'
const READS_FILE = 'it reads a file that holds nothing but secrets'

type Rule = { why: string; hints: readonly string[]; pattern: () => RegExp }

const ruleOf = (why: string, hints: string, made: () => string): Rule => {
  let pattern: RegExp | undefined
  return {
    why,
    hints: hints.split(' '),
    pattern: () => {
      pattern ??= new RegExp(made(), 'i')
      return pattern
    },
  }
}

// Made when first asked for: a file that needs another export of this one leaves all of it out.
let rules: readonly Rule[] | undefined
let secretFile: Rule | undefined

const everyRule = (): readonly Rule[] => [
  ...PROGRAMS.map(([why, hints, pattern]) =>
    ruleOf(why, hints, () => `(?:${POSITION}|${REMOTE})(?:${source(pattern)})`),
  ),
  ...ANYWHERE.map(([why, hints, pattern]) => ruleOf(why, hints, () => source(pattern))),
  ruleOf(
    READS_FILE,
    FILE_HINTS,
    () => `(?:${POSITION}|${REMOTE})${READERS}(?:\\.exe)?[ \\t<][^;&|\\n]{0,300}?${FILES}`,
  ),
]
const fileRule = (): Rule => ruleOf(READS_FILE, FILE_HINTS, () => FILES)

/** Nobody types more; a script that long says more than secrets. */
const LONGEST = 20_000

/** Why the output of a command is not to be kept or shown, or undefined for nearly every command. */
export function whyWithheld(command: string): string | undefined {
  if (command.length > LONGEST) return undefined
  const line = command.replace(/\.(?:exe|py|cmd|ps1)\b/gi, '')
  rules ??= everyRule()
  return rules.find((rule) => fits(rule, line))?.why
}

/** Does a file hold nothing but secrets? */
export function isSecretFile(path: string): boolean {
  secretFile ??= fileRule()
  return path.length < 4_000 && fits(secretFile, path)
}

function fits({ hints, pattern }: Rule, text: string): boolean {
  const lower = text.toLowerCase()
  const words = new Set(lower.split(/[^a-z0-9]+/))
  // A short one (`op`, `az`) stands inside of many other words.
  const isThere = (hint: string) => (/^[a-z0-9]{1,4}$/.test(hint) ? words.has(hint) : lower.includes(hint))
  return hints.some(isThere) && pattern().test(text)
}
