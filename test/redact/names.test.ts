import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'
import type { Source } from '../../src/redact/finding.ts'
import { names } from '../../src/redact/names/names.ts'
import { pairs } from '../../src/redact/names/pairs.ts'
import { meaningOf } from '../../src/redact/names/vocabulary.ts'
import { isPlaceholder } from '../../src/redact/values.ts'
import { cpuNow } from '../support/cpu-time.ts'

const nothing = () => undefined

/** What the layer itself finds, without the help of others; each stretch once. */
function found(text: string): string[] {
  const spans = new Set<string>()
  const lower = text.toLowerCase()
  const source: Source = {
    ...{ text, lower, as: 'text', depth: 0, has: (hint) => lower.includes(hint) },
    findInside: (decoded) => findSecrets(decoded, { depth: 1 }),
  }
  names(source, (start, end, _kind, proof = {}) => {
    const value = text.slice(start, end)
    if (start < end && (proof.isShape || !isPlaceholder(value, proof.isLiteral === true))) spans.add(value)
  })
  return [...spans]
}

describe('a name in any language says that its value is a secret', () => {
  const STRONG =
    `password|Password|PASSWORD|passphrase|pass phrase|passcode|pw|pwd|db_pass|dbPassword|admin-password|rootpw|bindPw|sa_password|x_passphrase|DefaultPassword|AdminPassword|
     newPassword2|cpassword|smtp.password|spring.datasource.password|account.1.password|wachtwoord|Wachtzin|ww|Beheerderswachtwoord|Passwort|Kennwort|Kenntwort|Benutzerkennwort|WLAN-Passwort|
     mot de passe|Mot de passe administrateur|motdepasse|mdp|phrase secrète|psk|WPA-PSK|pre-shared key|Pre-Shared-Key|wpa key|Wi-Fi key|Netwerkbeveiligingssleutel|Netzwerkschlüssel|
     WLAN-Schlüssel|Sicherheitsschluessel|Clé de sécurité|clé wifi|Key Content|Sleutelinhoud|Schlüsselinhalt|Contenu de la clé|shared secret|radius secret|keypass|storePass|masterauth|ansible_become_pass|MYSQL_PWD|
     current password|initial password|Password for ana|Password (temporary)|ms-Mcs-Password|Geheimzahl|ms-Mcs-AdmPwd|shared_access_key`
      .split('|')
      .map((name) => name.trim())

  test.each(STRONG)('%s: a short word', (name) => {
    expect(found(`${name}: pannenkoek`)).toEqual(['pannenkoek'])
  })

  const TELLING =
    `secret|client secret|client_secret|clientSecret|AppSecret|api key|apiKey|X-Api-Key|secretAccessKey|AccountKey|encryption key|signing-key|master key|private_key|
     licence key|License Key|product key|Produktschlüssel|Lizenzschlüssel|licentiesleutel|herstelsleutel|Wiederherstellungsschlüssel|clé de récupération|recovery key|otp secret|totpSecret|seed|
     access code|toegangscode|Zugangscode|code d'accès|alarmcode|recovery code|backup code|community|session key|token|access_token|refreshToken|auth-token|jwt`
      .split('|')
      .map((name) => name.trim())

  test.each(TELLING)('%s: a value that is no word', (name) => {
    expect(found(`${name}: K7kker4Blauw`)).toEqual(['K7kker4Blauw'])
    expect(found(`${name}: pannenkoek`)).toEqual([])
  })

  test.each(['pin', 'PIN', 'pincode', 'PIN-code', 'user pin', 'alarmPin', 'code PIN', 'puk'])('%s: figures', (name) => {
    expect(found(`${name}: 482193`)).toEqual(['482193'])
    expect(found(`${name}: 5V`)).toEqual([])
  })

  test.each(
    `PasswordLastSet PasswordExpires PasswordNeverExpires password_policy passwordLength minPasswordLength passwordChangedAt hasPassword isPasswordRequired pwdLastSet keyId key_name tokenType token_expires
     publicKey primary_key foreign-key sortKey cacheKey maxTokens max_tokens total_tokens secretName secretRef keyVaultUrl passwordHint password_file passwordField forgotPassword useSecret PasswordComplexity
     keyLength key_size keyUsage TokenIssuer secretId passwordResetUrl ssh_public_key hostKey keyboard tokenizer keyword compass bypass passenger monkey author authenticate mascot codec encoding decode`.split(
      /\s+/,
    ),
  )('%s says nothing', (name) => {
    expect(found(`${name}: K7kker4Blauw`)).toEqual([])
    expect(meaningOf(name)?.grade).not.toBe('strong')
  })
})

describe('the value is found in any syntax', () => {
  test.each([
    // assignments and files
    ['password=Zomer!41', 'Zomer!41'],
    ['password = Zomer!41', 'Zomer!41'],
    ['password := "Zomer 41"', 'Zomer 41'],
    ["password => 'Zomer 41'", 'Zomer 41'],
    ['DB_PASSWORD=Zo&mer;41', 'Zo&mer;41'],
    ['export DB_PASS=zomer', 'zomer'],
    ['Environment="DB_PASSWORD=two words"', 'two words'],
    ['ENV DB_PASSWORD zomer41', 'zomer41'],
    ['password = two words 7\nport = 1', 'two words 7'],
    ['passphrase: correct horse battery staple', 'correct horse battery staple'],
    ['Secret key: JBSW Y3DP EHPK 3PXP', 'JBSW Y3DP EHPK 3PXP'],
    ['"DefaultPassword"="zomer"', 'zomer'],
    ['    DefaultPassword    REG_SZ    zomer', 'zomer'],
    ['secret=kiestoon\nhost=dynamic', 'kiestoon'],
    ['PW=$' + '{DB_PASSWORD:-Zomer41}', 'Zomer41'],
    ['ansible_host=x ansible_ssh_pass=zomer', 'zomer'],
    ['//nas/x /mnt cifs username=ana,password=zomer,uid=1000 0 0', 'zomer'],
    // objects
    ['{"host":"x","password":"zomer"}', 'zomer'],
    ['{"password": "a, b; c"}', 'a, b; c'],
    ['{"password":"with \\" quote"}', 'with \\" quote'],
    ['curl -d "{\\"password\\":\\"Zomer41\\"}"', 'Zomer41'],
    ['{"a":"{\\\\\\"password\\\\\\":\\\\\\"Zomer41\\\\\\"}"}', 'Zomer41'],
    ['{"password":"Zomer 41\nnext line', 'Zomer 41'],
    ['"backup_codes": ["abcd-1234", "efgh-5678"]', 'abcd-1234', 'efgh-5678'],
    ["password: 'it''s'", "it''s"],
    ['users:\n  admin:\n    password: zomer', 'zomer'],
    ['password: |\n  Zomer 41\nnext: x', 'Zomer 41'],
    ['password: >-\n    Zomer 41\nport: 1', 'Zomer 41'],
    ['passwords:\n  - Zomer41\n  - Winter42\nport: 1', 'Zomer41', 'Winter42'],
    ['- name: DB_PASSWORD\n  value: kaasplank', 'kaasplank'],
    ['{"name":"DB_PASSWORD","type":"plain","value":"kaasplank"}', 'kaasplank'],
    ['{"id":"password","value":"kaas41"}', 'kaas41'],
    ['Name  : SmtpPassword\nValue : kaasplank', 'kaasplank'],
    ['variable "db_password" {\n  type = string\n  default = "zomer41"\n}', 'zomer41'],
    // elements
    ['<Password>Zomer 41</Password>', 'Zomer 41'],
    ['<Password>\n  <Value>Zomer41</Value>', 'Zomer41'],
    ['<ns:DbPassword type="x">zomer</ns:DbPassword>', 'zomer'],
    ['<password><![CDATA[Zo<mer]]></password>', 'Zo<mer'],
    ['<password value="zomer"/>', 'zomer'],
    ['<user name="x" password="zomer"/>', 'zomer'],
    ['<add key="SmtpPassword" value="zomer"/>', 'zomer'],
    ['<property name="db.password">zomer</property>', 'zomer'],
    ['<setting name="AdminPassword" serializeAs="String">\n  <value>zomer</value>', 'zomer'],
    ['<key>Password</key>\n<string>zomer</string>', 'zomer'],
    ['<tr><td>Wachtwoord</td><td>zomer</td></tr>', 'zomer'],
    ['<Properties userName="x" cpassword="j1Uyj3Vx8TY9LtLZil2uAuZkFQA"/>', 'j1Uyj3Vx8TY9LtLZil2uAuZkFQA'],
    // programs
    ["define('DB_PASSWORD', 'zomer');", 'zomer'],
    ["$config['db']['password'] = 'zomer';", 'zomer'],
    ['String password = "zomer";', 'zomer'],
    ['var password string = "zomer"', 'zomer'],
    ['password: str = "zomer"', 'zomer'],
    ['[string]$Password = "zomer"', 'zomer'],
    ['connect(user="a", password="zomer")', 'zomer'],
    ['connect(user=a, password=zomer)', 'zomer'],
    ['builder.setPassword("Zomer41")', 'Zomer41'],
    ['[Environment]::SetEnvironmentVariable("DB_PASSWORD","zomer41","Machine")', 'zomer41'],
    ['mysqli_connect("localhost", "root", "zomer")', 'zomer'],
    // labels
    ['Password : zomer', 'zomer'],
    ['**Password:** zomer', 'zomer'],
    ['- **Wachtwoord**: `zomer`', 'zomer'],
    ['Password:\n  Zomer41\n', 'Zomer41'],
    ['Password: Zomer41, must change at first sign-in.', 'Zomer41'],
    ['(password: Zomer41)', 'Zomer41'],
    ['Password: Zomer 41', 'Zomer 41'],
    ['SSID: Kantoor  Key: gastvrij', 'gastvrij'],
    ['Username: ana\nPassword: zomer', 'zomer'],
    ['Recovery codes:\n  abcd1-efgh2\n  ijkl3-mnop4\n', 'abcd1-efgh2', 'ijkl3-mnop4'],
    ['Herstelcodes:\n1. abcd1-efgh2\n2. ijkl3-mnop4', 'abcd1-efgh2', 'ijkl3-mnop4'],
    // connections and addresses
    ['Server=x;User ID=a;Password=zomer;Encrypt=true', 'zomer'],
    ['Data Source=x;Uid=a;Pwd=zomer;Integrated Security=false', 'zomer'],
    ['Driver={ODBC};PWD={Zo;mer}}41};Encrypt=yes', 'Zo;mer}}41'],
    ['postgres://ana:Zo@mer@db.example:5432/x', 'Zo@mer'],
    ['redis://:zomer@cache:6379/0', 'zomer'],
    ['amqp://ana:zomer@mq/x', 'zomer'],
    ['https:\\/\\/ana:zomer@x.example\\/', 'zomer'],
    ['https%3A%2F%2Fana%3Azomer%40x.example', 'zomer'],
    ['jdbc:oracle:thin:scott/zomer@//ora:1521/x', 'zomer'],
    ['ana:zomer@tcp(db:3306)/x', 'zomer'],
    ['register => 100:zomer@sip.example', 'zomer'],
    ['https://x/?user=a&password=Zomer41&x=1', 'Zomer41'],
    ['username=ana&password=Zomer%2141&remember=on', 'Zomer%2141'],
    ['Content-Disposition: form-data; name="password"\r\n\r\nZomer41\r\n--x', 'Zomer41'],
    // headers
    ['Authorization: Basic YW5hOnpvbWVy', 'YW5hOnpvbWVy'],
    ['Proxy-Authorization: Basic YW5hOnpvbWVy', 'YW5hOnpvbWVy'],
    ["-H 'Authorization: Bearer abc.def' https://x", 'abc.def'],
    ['Authorization = "Bearer abc123def"', 'abc123def'],
    ['{"X-Auth-Token": "k-1234"}', 'k-1234'],
    ['PRIVATE-TOKEN: abcd-20', 'abcd-20'],
    // files of secrets
    ['machine host login ana password zomer', 'zomer'],
    ['machine host\n  login ana\n  password zomer\n', 'zomer'],
    ['db01:5432:erp:ana:zomer', 'zomer'],
    ['*:*:*:ana:zo\\:mer', 'zo\\:mer'],
    ['"ana" * "Zomer41" *', 'Zomer41'],
    ['# client  server  secret  IP addresses\nans  l2tpd  zomer  *', 'zomer'],
    ['10.0.0.1 : PSK "zomer"', 'zomer'],
    ['[smtp.example]:587 ana@x.example:Zomer41', 'Zomer41'],
    ['root:$6$saltsalt$abcdefghijklmnop:19000:0:99999:7:::', '$6$saltsalt$abcdefghijklmnop'],
    ['ana:$apr1$saltsalt$abcdefghijklmnop', '$apr1$saltsalt$abcdefghijklmnop'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })
})

describe('what other layers find, this one does not look for', () => {
  test.each([
    ['new NetworkCredential("svc", "Zomer41", "ACME")', 'Zomer41'],
    ['credentials: ana / Zomer41', 'Zomer41'],
    ['SIM PUK 48120077', '48120077'],
    ['WIFI:T:WPA;S:Gast;P:gezellig;;', 'gezellig'],
  ])('%j', (text, secret) => {
    expect(findSecrets(text, { isSureOnly: true }).map(({ start, end }) => text.slice(start, end))).toEqual([secret])
  })
})

describe('what stands before every line hides nothing', () => {
  test.each([
    ['     1\tline vty 0 4\n     2\t password zomer\n     3\t login', 'zomer'],
    ['    15→      - name: SMTP_PASSWORD\n    16→        value: zomer', 'zomer'],
    ['> | Host | Password |\n> |---|---|\n> | nas | zomer |', 'zomer'],
    ['@@ -1 +1 @@\n+login,password\n+tom,zomer', 'zomer'],
    ['{"stdout":"login,password\\njan,zomer\\n"}', 'zomer'],
  ])('%j', (text, secret) => {
    expect(findSecrets(text).map(({ start, end }) => text.slice(start, end))).toEqual([secret])
  })
})

describe('what is no secret stays', () => {
  test.each([
    'password: string',
    'password?: string',
    'password: str = None',
    'password = getPassword()',
    'password = getpass.getpass("LDAP password: ")',
    "const password = await prompt('Password: ')",
    'if (password == null) return',
    'if (password === other) return',
    'Password = reader.GetString(2)',
    'password = user.password',
    'self.user, self.password = user, password',
    'userid = passwd = acct = ""',
    'password=password',
    'password: newPassword',
    'password: process.env.DB_PASSWORD',
    'password = var.db_password',
    "password: '{{ vault_db_password }}'",
    'password: !vault |',
    'password: ENC[AES256,data]',
    'password = :password',
    'passwordHash: string',
    'PasswordOptions(pepper: Uint8Array): Promise<Passwords>',
    'query L($email:String!,$password:String!){login}',
    'CREATE TABLE users (login varchar(64), password varchar(255) NOT NULL)',
    'Password: ',
    'Password:\nLast login: Mon Jan 1',
    'Password:\nUsername:',
    '[sudo] password for ana: \nReading package lists... Done',
    'Enter new password: \nRetype new password: ',
    'password: must be at least 12 characters',
    'Password: The password of the account',
    'Password: see Keeper',
    '"password": "Your password must contain a digit"',
    '"passwordLabel": "Wachtwoord"',
    '"password": "Password"',
    'Password: ********',
    'Password: <your password>',
    'Password                : {hidden}',
    'Security key           : Present',
    'Security key           : Absent',
    'password:  16 bytes',
    'passwd: password updated successfully',
    'pam_unix(passwd:chauthtok): password changed for ana',
    'passwd\t1:4.13+dfsg1-1',
    'passwd: all authentication tokens updated successfully.',
    'Failed password for invalid user oracle from 203.0.113.7 port 51544 ssh2',
    'Password expires: Never',
    'Password last set            12/4/2026 10:01:22',
    'Kennwort läuft ab: 22.02.2027 10:01',
    'Password required            Yes',
    'Passwords: Argon2id (64 MiB, 3 passes)',
    'Pass rate: 93.3%',
    'tests: pass: 12 fail: 0',
    'PASS src/redact/find.test.ts',
    'token: EOF',
    'tokens: 512',
    'max_tokens: 4096, token_type: bearer',
    'const token = tokens.next()',
    'key: value',
    '{"key":"item-123","code":"AUTH_401"}',
    '{"key": "3f2504e0-4f89-41d3-9a0c-0305e82c3301"}',
    'Key Container = te-WebServer-38c21438-7946-46a5-a0bf-9fa7b531b54a',
    'Key Length: 2048',
    'key: X25519MLKEM768, cipher: TLS_AES_256',
    'PublicKeyToken=b03f5f7f11d50a3a',
    'SID                   : S-1-5-21-1378832764-2079395250-483101554-5601',
    'PWD=/home/ana',
    'TTY=pts/0 ; PWD=/root ; USER=root',
    'OLDPWD=/srv',
    'pin: 5V',
    'postal code: 1234AB',
    'exit code: 1234',
    'zip code: 90210',
    'at login (file:///srv/app/auth/password-2ab985d9.js:202:26)',
    ' * [new branch]      fix/reset-password-mail -> fix/reset-password-mail',
    'server/crypto/passwords.ts       | 11 ++++++++---',
    '  * update-passwd.c (check): more descriptive error messages',
    'msp cred exec --as PW:nas01 -- tool',
    'export DB_PASSWORD="$' + '{DB_PASSWORD:?not set}"',
    '$pw = Read-Host -AsSecureString',
    '$pw = ConvertTo-SecureString -String $x',
    '$secret = Get-Secret -Name sql-sa',
    'password_command = "pass show mail/noreply"',
    'expect { "Password: " { send -- $pw } }',
    'http://user@host/',
    'https://example.org:8443/path@2x.png',
    'postgres://user:password@host:5432/dbname',
    "new Set(['authorization', 'content-type'])",
    'Authorization: required',
    'secret: rotated after 90 days',
    'secretName: app-tls',
    'valueFrom:\n  secretKeyRef:\n    name: db\n    key: password',
    '<password>',
    'net user <username> <password> /add',
    '<Password>*SENSITIVE*DATA*DELETED*</Password>',
    "'HAVE_STRUCT_PASSWD_PW_PASSWD': 1,",
    'client_secret: (sensitive value)',
    '/etc/passwd:root:x:0:0:root:/root:/bin/bash',
    'main.c:1234:5:error:expected',
  ])('%j', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('for any value', () => {
  const CHARS = [...'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+?@_-']
  const value = fc
    .array(fc.constantFrom(...CHARS), { minLength: 7, maxLength: 30 })
    .map((chars) => `K${chars.join('')}7k`)

  test.each([
    ['password: ', '\nnext: 1'],
    ['DB_PASSWORD=', '\nX=1'],
    ['{"user":"a","password":"', '","x":1}'],
    ["password => '", "',"],
    ['Server=x;Password=', ';Encrypt=true'],
    ['<Password>', '</Password>'],
    ['<add key="DbPassword" value="', '"/>'],
    ['- name: DB_PASSWORD\n  value: ', '\n'],
    ['password: |\n  ', '\nnext: 1'],
    ['curl -d "{\\"password\\":\\"', '\\"}"'],
    ['connect(user="a", password="', '")'],
    ['X-Api-Key: ', '\n'],
    ['Authorization: Bearer ', '\n'],
  ])('the whole of it is found between %j and %j', (before, after) => {
    fc.assert(
      fc.property(value, (secret) => {
        const text = before + secret + after
        const covered = findSecrets(text).some(
          ({ start, end }) => start <= before.length && end >= before.length + secret.length,
        )
        expect(covered, text).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('E4: no text makes it slow', () => {
  // A linear scan takes some 30 ms for this much, a quadratic one seconds: the bound needs no quiet machine.
  const UNITS = [
    ...[
      'password',
      'password ',
      'password=',
      'password: ',
      'password: a ',
      'password:"',
      '"password":"',
      '\\"password\\":\\"',
    ],
    ...[
      'key=',
      'key: ',
      'key a ',
      'pin ',
      'token: "',
      'pwd={',
      '<password>',
      '<password ',
      'name="password" ',
      'name: password\n',
    ],
    ...[
      'password:\n',
      'password: |\n a\n',
      'password:["',
      'password: (',
      'password=a)',
      'pw:“',
      'codes:\n a1-b2\n',
      '?password=',
      '- a\n',
      'backup codes: 123-456 ',
      '# client server secret\n',
      'passwords:\n a: b1\n',
      'Cookie: a=b; ',
    ],
    ...['> ', '1\t', '"a\\n', '+a\n', '(', '{', 'a ', 'a_', 'é', '\\'],
  ]

  test.each(UNITS)('%j', (unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length))
    const source: Source = {
      ...{
        text,
        lower: text.toLowerCase(),
        as: 'text',
        depth: 0,
        has: (hint) => text.includes(hint),
        findInside: () => [],
      },
    }
    const startedAt = cpuNow()
    pairs(source, nothing)
    names(source, nothing)
    expect(cpuNow() - startedAt).toBeLessThan(2_000)
  })
})

describe('where several secrets stand together', () => {
  test.each<[string, string[]]>([
    ['passwords:\n  ops: zonnebloem\n  backup: Regen9x\n', ['zonnebloem', 'Regen9x']],
    ['wachtwoorden:\n  nas: mosterdpot\nuser: ana', ['mosterdpot']],
    ['password: &main "Regen Jas 7"\nother:\n  password: *main', ['Regen Jas 7']],
    ['config:\n  - key: smtp.password\n    value: mosterdpot', ['mosterdpot']],
    ['Herstelcodes: 1234-5678, 2345-6789 en 3456-7890', ['1234-5678', '2345-6789', '3456-7890']],
    ['2FA backup codes for ana\n[ ] a1b2c-3d4e5\n[x] f6a7b-8c9d0', ['a1b2c-3d4e5', 'f6a7b-8c9d0']],
    ['Cookie: lang=nl; connect.sid=FAKEabcdef123456; theme=dark', ['FAKEabcdef123456']],
    ['Set-Cookie: auth=FAKEabcdefghijk; Path=/; HttpOnly', ['FAKEabcdefghijk']],
    ['# client server secret IP\nana * korenwolf *\n"bo" vpn "kaal hoofd" 10.0.0.4', ['kaal hoofd', 'korenwolf']],
    ['[vm]\n202 => 7731,Ana,ana@x.example', ['7731']],
    ['creds=ops:Zonnekl3p', ['Zonnekl3p']],
    ['credentials=admin,Ijspeg3l', ['Ijspeg3l']],
  ])('%j', (text, secrets) => {
    expect(found(text)).toEqual(secrets)
  })
})

describe('what only stands for a secret stays', () => {
  test.each([
    ...['DB_PASSWORD=BITTE_AENDERN', 'pass: vul-in', 'psk="DEIN-WLAN-SCHLUESSEL"', 'password: @@DB_PASS@@', 'pwd: tbd'],
    ...['wachtwoord: zelfde als vorige keer', 'Kennwort: wird per SMS zugestellt', 'wachtwoord: in Bitwarden'],
    ...['Passwort: unverändert', 'wachtwoord: onbekend', 'user name or password: leave as is'],
    ...['passwords:\n  min_length: 12\n  policy: strict', 'Cookie: lang=nl; theme=dark', 'Wifi key: sticker on router'],
  ])('%j', (text) => {
    expect(found(text)).toEqual([])
  })
})
