import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAIL_RULES } from '../../src/redact/decoded/mail.ts'
import { isRandom } from '../../src/redact/tokens/mixture.ts'
import { patternOf, readPrefixes } from '../../src/redact/tokens/prefixes.ts'
import { TOKEN_RULES } from '../../src/redact/tokens/rules.ts'
import { tokensIn } from '../../src/redact/tokens/tokens.ts'
import { cpuNow } from '../support/cpu-time.ts'

/** Secrets are put together here, so that no scanner takes this file for a leak. */
const MIXED = 'aB3dE5gH7jK9mN1pQ2sT4vW6xY8z'.repeat(40)
const HEX = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(20)
const UPPER = 'A7BC2DE9FG4HJ6KL3MN8PQ5RS'.repeat(8)
const BASE32 = 'JBSWY3DPEHPK3PXPMFZWI2LOM5XGK4TB'
const mixed = (chars: number) => MIXED.slice(0, chars)
const hex = (chars: number) => HEX.slice(0, chars)
const upper = (chars: number) => UPPER.slice(0, chars)
const groups = (chars: number, count: number) =>
  Array.from({ length: count }, (_, at) => UPPER.slice(at * chars, at * chars + chars)).join('-')
const UUID = '1b4e28ba-2fa1-41d2-883f-0016d3cca427'

const found = (text: string): string[] => tokensIn(text).map(({ start, end }) => text.slice(start, end))

/** Is all of it covered? */
function covers(text: string, secret: string): boolean {
  const at = text.indexOf(secret)
  return tokensIn(text).some(({ start, end }) => start <= at && at + secret.length <= end)
}

describe('a token with a beginning of its own', () => {
  const names = readPrefixes().map((prefix) => [prefix.kind, prefix.beginning, patternOf(prefix)] as const)

  test.each(names)('%s %s is found wherever it stands', (_, beginning, pattern) => {
    // Signs of base64 and of escapes stand at the end of real tokens, or far behind their beginning.
    const body = pattern.source.replace(/\(\?!\[A-Za-z0-9_\]\)$/, '')
    const whole = new RegExp(`^${body}$`)
    const examples = fc
      .sample(
        fc.stringMatching(new RegExp(`^${body.replace(/\(\?=[^)]*\)/g, '').replace(/(?<=\[[^\]]*)[=%,]/g, '')}$`)),
        {
          numRuns: 200,
          seed: 5,
        },
      )
      .filter((token) => whole.test(token) && /[A-Za-z0-9=]$/.test(token) && isRandom(token.slice(beginning.length)))
      .slice(0, 5)

    expect(examples).not.toEqual([])
    for (const token of examples) {
      for (const text of [token, `"${token}"`, `KEY=${token}\n`, `see (${token})`, `a: ${token}, b: 1`]) {
        expect(covers(text, token), text).toBe(true)
      }
    }
  })
})

const LINES = Array.from({ length: 12 }, (_, at) => MIXED.slice(at * 3, at * 3 + 64))
const KEY = LINES.join('\n')
const BEGIN = (what: string) => `-----BEGIN ${what}-----`
const END = (what: string) => `-----END ${what}-----`

describe('a private key', () => {
  test.each([
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'DSA PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
    'SSH2 ENCRYPTED PRIVATE KEY',
  ])('"%s" is found whole, cut at either end, in JSON and indented', (what) => {
    const indented = KEY.replace(/^/gm, '    ')

    expect(found(`${BEGIN(what)}\n${KEY}\n${END(what)}\n`)).toEqual([KEY])
    expect(covers(`${BEGIN(what)}\n${KEY}`, KEY)).toBe(true)
    expect(covers(`${BEGIN(what)}\n${KEY}\n\n$ ls -l\ntotal 0`, KEY)).toBe(true)
    expect(found(`${BEGIN(what)}\n${KEY}\n\n$ ls -l\ntotal 0`).join()).not.toContain('ls -l')
    expect(covers(`${KEY}\n${END(what)}`, KEY)).toBe(true)
    expect(
      covers(JSON.stringify({ key: `${BEGIN(what)}\n${KEY}\n${END(what)}\n` }), JSON.stringify(KEY).slice(1, -1)),
    ).toBe(true)
    expect(covers(`key: |\n    ${BEGIN(what)}\n${indented}\n    ${END(what)}`, indented.trim())).toBe(true)
  })

  test.each([
    `if (text.includes('${BEGIN('RSA PRIVATE KEY')}')) throw new Error('no')`,
    `$ grep -rl "${BEGIN('PRIVATE KEY')}" /etc\n/etc/ssl/private/snakeoil.key\n/etc/pki/tls/private/localhost.key`,
    `${BEGIN('CERTIFICATE')}\n${KEY}\n${END('CERTIFICATE')}`,
    `${BEGIN('PUBLIC KEY')}\n${KEY}\n${END('PUBLIC KEY')}`,
    `${BEGIN('RSA PRIVATE KEY')}\n<your key>\n${END('RSA PRIVATE KEY')}`,
  ])('is not in %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

/** A text, and what is secret in it. */
const SHAPES: readonly (readonly [string, string, string])[] = [
  [
    'PuTTY',
    `PuTTY-User-Key-File-3: ssh-rsa\nKey-Derivation: Argon2id\nPrivate-Lines: 3\n${LINES.slice(0, 3).join('\n')}\nPrivate-MAC: ${hex(64)}\n`,
    LINES.slice(0, 3).join('\n'),
  ],
  ['minisign', `untrusted comment: minisign encrypted secret key\n${mixed(120)}\n`, mixed(120)],
  ['WireGuard', `[Interface]\nPrivateKey = ${mixed(42)}E=\nAddress = 192.0.2.1/24`, `${mixed(42)}E=`],
  ['WireGuard', `PresharedKey=${mixed(42)}A=`, `${mixed(42)}A=`],
  ['wg genkey', `$ wg genkey\n${mixed(42)}0=\n`, `${mixed(42)}0=`],
  ['AWS', `aws_secret_access_key = ${mixed(40)}`, mixed(40)],
  ['AWS', `"SecretAccessKey": "${mixed(40)}"`, mixed(40)],
  ['AWS', `AWS_SESSION_TOKEN=${mixed(300)}`, mixed(300)],
  ['AWS', `${'AKIA'}${upper(16)},${mixed(40)}`, mixed(40)],
  ['Entra', `secret ${mixed(3)}8Q~${mixed(34)}`, `${mixed(3)}8Q~${mixed(34)}`],
  ['storage account', `AccountName=x;AccountKey=${mixed(86)}==;EndpointSuffix=core.windows.net`, `${mixed(86)}==`],
  [
    'Service Bus',
    `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${mixed(43)}=`,
    `${mixed(43)}=`,
  ],
  ['Cosmos', `key1 ${mixed(76)}ACDb${mixed(5)}g==`, `${mixed(76)}ACDb${mixed(5)}g==`],
  ['storage key alone', `${mixed(85)}Q==`, `${mixed(85)}Q==`],
  ['Function key', `https://x.azurewebsites.net/api/run?code=${mixed(54)}==`, `${mixed(54)}==`],
  ['SAS', `https://x.blob.core.windows.net/c?sv=2022-11-02&sp=r&sig=${mixed(40)}%3D`, `${mixed(40)}%3D`],
  ['App Insights', `InstrumentationKey=${UUID};IngestionEndpoint=https://x`, UUID],
  [
    'Azure DevOps',
    `-u :${'abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst'}`,
    'abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst',
  ],
  ['Azure DevOps', `${mixed(52)}JQQJ99${mixed(18)}AZDO${mixed(4)}`, `${mixed(52)}JQQJ99${mixed(18)}AZDO${mixed(4)}`],
  ['Terraform Cloud', `token "${mixed(14)}.atlasv1.${mixed(67)}"`, `${mixed(14)}.atlasv1.${mixed(67)}`],
  ['JWT', `eyJ${mixed(20)}.eyJ${mixed(40)}.${mixed(43)}`, `eyJ${mixed(20)}.eyJ${mixed(40)}.${mixed(43)}`],
  [
    'JWE',
    `eyJ${mixed(40)}.${mixed(80)}.${mixed(16)}.${mixed(60)}.${mixed(22)}`,
    `${mixed(80)}.${mixed(16)}.${mixed(60)}.${mixed(22)}`,
  ],
  ['Discord', `MT${mixed(24)}.${mixed(6)}.${mixed(38)}`, `MT${mixed(24)}.${mixed(6)}.${mixed(38)}`],
  ['Telegram', `bot 123456789:AA${mixed(33)}`, `123456789:AA${mixed(33)}`],
  ['Mailgun', `${hex(32)}-${hex(8)}-${hex(8)}`, `${hex(32)}-${hex(8)}-${hex(8)}`],
  ['Mailchimp', `${hex(32)}-us21`, `${hex(32)}-us21`],
  ['New Relic', `license_key: ${hex(36)}NRAL`, `${hex(36)}NRAL`],
  ['Asana', `1/1200000000000001:${hex(32)}`, `1/1200000000000001:${hex(32)}`],
  ['Splunk', `Authorization: Splunk ${UUID}`, UUID],
  ['npm', `//registry.example/:_authToken=${UUID}`, UUID],
  ['npm', `_auth=${mixed(24)}==`, `${mixed(24)}==`],
  ['machineKey', `<machineKey validationKey="${hex(128).toUpperCase()}" decryptionKey="${hex(64)}" />`, hex(64)],
  ['kubeconfig', `    client-key-data: ${mixed(400)}`, mixed(400)],
  ['otpauth', `otpauth://totp/Contoso:jan?secret=${BASE32}&issuer=Contoso`, BASE32],
  ['TOTP', `TOTP seed: ${BASE32}`, BASE32],
  ['TOTP', `MFA_SECRET=${BASE32}`, BASE32],
  ['TOTP', `2FA secret key: jbsw y3dp ehpk 3pxp`, 'jbsw y3dp ehpk 3pxp'],
  ['BitLocker', `ID ${UUID}\n${'123456-'.repeat(7)}234567`, `${'123456-'.repeat(7)}234567`],
  ['FileVault', `recovery key = '${groups(4, 6)}'`, groups(4, 6)],
  ['product key', `slmgr /ipk ${groups(5, 5)}`, groups(5, 5)],
  [
    '1Password',
    `A3-${upper(6)}-${upper(6)}-${upper(5)}-${upper(5)}-${upper(5)}-${upper(5)}`,
    `A3-${upper(6)}-${upper(6)}-${upper(5)}-${upper(5)}-${upper(5)}-${upper(5)}`,
  ],
  ['Slack', `https://hooks.slack.com/services/T0000/B0000/${mixed(24)}`, mixed(24)],
  ['Teams', `https://contoso.webhook.office.com/webhookb2/${UUID}@${UUID}/IncomingWebhook/${hex(32)}/${UUID}`, hex(32)],
  [
    'Power Automate',
    `https://prod-1.westeurope.logic.azure.com:443/workflows/${hex(32)}/triggers/manual/paths/invoke?api-version=1&sig=${mixed(43)}`,
    mixed(43),
  ],
  ['Discord', `https://discord.com/api/webhooks/${'123456789'.repeat(2)}/${mixed(68)}`, mixed(68)],
  ['Google Chat', `https://chat.googleapis.com/v1/spaces/AAAA/messages?key=${mixed(39)}&token=${mixed(43)}`, mixed(43)],
  ['Mattermost', `https://chat.contoso.example/hooks/abcdefgh1234567890abcdefgh`, 'abcdefgh1234567890abcdefgh'],
  ['Rocket.Chat', `https://chat.contoso.example/hooks/${mixed(17)}/${mixed(48)}`, mixed(48)],
  ['Twilio', `twilio auth token: ${hex(32)}`, hex(32)],
  ['Datadog', `DD_API_KEY=${hex(32)}`, hex(32)],
  ['Cloudflare', `CLOUDFLARE_API_TOKEN="${mixed(40)}"`, mixed(40)],
  ['Hetzner', `hcloud token ${mixed(64)}`, mixed(64)],
  ['Hudu', `hudu api key = ${mixed(24)}`, mixed(24)],
  ['bcrypt', `jan:$2y$10$${mixed(53)}`, `$2y$10$${mixed(53)}`],
  ['shadow', `root:$6$${mixed(16)}$${mixed(86)}:19000:0:99999:7:::`, `$6$${mixed(16)}$${mixed(86)}`],
  ['shadow', `root:$6$rounds=5000$${mixed(16)}$${mixed(86)}:19000`, `${mixed(86)}`],
  ['yescrypt', `jan:$y$j9T$${mixed(22)}$${mixed(43)}:19000`, `$y$j9T$${mixed(22)}$${mixed(43)}`],
  ['md5crypt', `enable secret 5 $1$${mixed(4)}$${mixed(22)}`, `$1$${mixed(4)}$${mixed(22)}`],
  ['htpasswd', `admin:$apr1$${mixed(8)}$${mixed(22)}`, `$apr1$${mixed(8)}$${mixed(22)}`],
  ['argon2', `$argon2id$v=19$m=65536,t=3,p=4$${mixed(22)}$${mixed(43)}`, mixed(43)],
  ['LDAP', `userPassword: {SSHA}${mixed(32)}=`, `${mixed(32)}=`],
  ['pwdump', `Administrator:500:aad3b435b51404eeaad3b435b51404ee:${hex(32)}:::`, hex(32)],
  ['mimikatz', `  * NTLM     : ${hex(32)}`, hex(32)],
  ['NetNTLMv2', `jan::CONTOSO:${hex(16)}:${hex(32)}:${hex(120)}`, hex(120)],
  ['MySQL', `IDENTIFIED BY PASSWORD '*${'0F1E2D3C4B'.repeat(4)}'`, `*${'0F1E2D3C4B'.repeat(4)}`],
  ['PostgreSQL', `"md5${hex(32)}"`, `md5${hex(32)}`],
  ['SCRAM', `SCRAM-SHA-256$4096:${mixed(24)}$${mixed(43)}=:${mixed(43)}=`, mixed(43)],
  ['SQL Server', `PASSWORD = 0x0200${hex(136)} HASHED`, hex(136)],
  ['DES', `jan:${'aB3.xY7/kL9mN'}:1001:1001::/home/jan:/bin/sh`, 'aB3.xY7/kL9mN'],
  ['Cisco 8', `secret 8 $8$${mixed(14)}$${mixed(43)}`, `$8$${mixed(14)}$${mixed(43)}`],
  ['Cisco 9', `secret 9 $9$${mixed(14)}$${mixed(43)}`, `$9$${mixed(14)}$${mixed(43)}`],
  ['Cisco 7', `password 7 0822455D0A16544541`, '0822455D0A16544541'],
  ['Juniper', `encrypted-password "$9$${mixed(20)}"; ## SECRET-DATA`, `$9$${mixed(20)}`],
  ['Kerberos', `$krb5tgs$23$*svc$CONTOSO*$${hex(200)}`, hex(200)],
  ['TSIG', `nsupdate -y hmac-sha256:ddns:${mixed(43)}=`, `${mixed(43)}=`],
  ['Zabbix', `zabbix_agent2.msi TLSPSKVALUE=${hex(64)} TLSPSKIDENTITY=ws1`, hex(64)],
  ['k3s', `K10${hex(64)}::server:${hex(32)}`, `K10${hex(64)}::server:${hex(32)}`],
  ['kubeadm', `kubeadm join 192.0.2.1:6443 --token abcd12.0123456789abcdef`, 'abcd12.0123456789abcdef'],
  [
    'Docker Swarm',
    `docker swarm join --token SWMTKN-1-${mixed(50).toLowerCase()}-${mixed(25).toLowerCase()} 192.0.2.1:2377`,
    mixed(50).toLowerCase(),
  ],
  ['Proxmox', `Authorization: PVEAPIToken=root@pam!backup=${UUID}`, UUID],
  ['Proxmox', `PVEAuthCookie=PVE:root@pam:8E5B80DB::${mixed(60)}`, mixed(60)],
  ['Laravel', `APP_KEY=base64:${mixed(43)}=`, `base64:${mixed(43)}=`],
  ['JWK', `{"kty":"EC","crv":"P-256","x":"${mixed(43)}","d":"${mixed(43).slice(1)}A"}`, `${mixed(43).slice(1)}A`],
  ['a QR code of a WLAN', 'WIFI:T:WPA;S:Contoso Gast;P:pannenkoek;;', 'pannenkoek'],
  ['an export of an authenticator', `otpauth-migration://offline?data=${mixed(60)}%3D`, mixed(60)],
  ['DPAPI', `01000000d08c9ddf0115d1118c7a00c04fc297eb${hex(200)}`, hex(200)],
  ['a SecureString with a key', `76492d1116743f0423413b16050a5345MgB8${mixed(100)}`, mixed(100)],
  ['ASP.NET', `AQAAAAEAACcQAAAAE${mixed(66)}==`, mixed(66)],
  ['smbpasswd', `jan:1000:${'X'.repeat(32)}:${hex(32).toUpperCase()}:[U ]:`, hex(32).toUpperCase()],
  ['Kerberos keys', `krbtgt:aes256-cts-hmac-sha1-96:${hex(64)}`, hex(64)],
  ['ansible-vault', `$ANSIBLE_VAULT;1.1;AES256\n${hex(80)}\n${hex(60)}\n`, `${hex(80)}\n${hex(60)}`],
  ['PagerDuty', `https://events.pagerduty.com/integration/${hex(32)}/enqueue`, hex(32)],
  ['Azure Automation', `https://x.webhook.we.azure-automation.net/webhooks?token=${mixed(44)}%3d`, mixed(44)],
  ['a signed address', `https://b.s3.amazonaws.com/k?X-Amz-Date=1&X-Amz-Signature=${hex(64)}`, hex(64)],
  ['SAML', `SAMLResponse=${mixed(400)}%3D`, mixed(400)],
]

describe('a secret with a shape of its own', () => {
  test.each(SHAPES)('%s: %s', (_, text, secret) => {
    expect(covers(text, secret), JSON.stringify(found(text))).toBe(true)
  })
})

describe('nothing is taken for a token that only looks like one', () => {
  test.each([
    ['a UUID', UUID],
    ['a UUID in braces', `{${UUID.toUpperCase()}}`],
    ['a commit', `commit ${hex(40)}`],
    ['a sum', `${hex(64)}  ubuntu-24.04.iso`],
    ['a sum', `md5:${hex(32)}`],
    ['an image', `sha256:${hex(64)}`],
    ['integrity', `"integrity": "sha512-${mixed(86)}=="`],
    ['a host key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${mixed(43)} jan@ws`],
    ['a fingerprint', `SHA256:${mixed(43)} jan@ws (ED25519)`],
    ['a package', 'python3-cryptography_41.0.7-4ubuntu0.1_amd64.deb'],
    ['a package', '@typescript-eslint/eslint-plugin@8.20.0'],
    ['a path', '/usr/lib/x86_64-linux-gnu/libnvidia-glvkspirv.so.535'],
    ['a class of CSS', '<div class="sk-fading-circle-with-a-very-long-name">'],
    ['a variable', 'process.env.STRIPE_SECRET_KEY_FOR_TESTING_ONLY'],
    ['an example', `ghp_${'x'.repeat(36)}`],
    ['an example', 'sk-your-api-key-goes-here-please'],
    ['an image', `data:image/png;base64,iVBORw0KGgo${mixed(300)}`],
    ['the public half', `PublicKey = ${mixed(42)}E=`],
    ['a MAC address and a serial number', '00:15:5d:01:02:03 SN 5CD1234ABC'],
    ['a SID', 'S-1-5-21-3623811015-3361044348-30300820-1013'],
    ['a hotfix', 'KB5034441 {2B1C7C7E-1B1C-4C2D-9E11-0A0B0C0D0E0F}'],
    ['a pod', 'kube-system coredns-76f75df574-abcde 1/1 Running'],
    ['a version', 'v1.0-20240101123456-abcdef123456'],
    ['a module of Go', 'github.com/a/b v0.0.0-20240101123456-abcdef123456 h1:AAAA='],
    ['an address', 'fe80::215:5dff:fe01:203%eth0'],
    ['a thumbprint', hex(40).toUpperCase()],
    ['a name of a rule', 'arn:aws:iam::123456789012:role/AWSReservedSSO_AdministratorAccess_abcdef0123456789'],
    ['a public JSON web key', `{"kty":"EC","crv":"P-256","x":"${mixed(43)}","y":"${mixed(43)}"}`],
    ['a cipher', 'ssl_ciphers aes256-gcm@openssh.com,aes256-ctr SHA256'],
    [
      'the keys of the documentation',
      `${'AKIA'}IOSFODNN7EXAMPLE aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`,
    ],
    ['a placeholder of a key', 'XXXXX-XXXXX-XXXXX-XXXXX-XXXXX'],
    ['test names', 'test_should_return_the_right_number_of_items live_migration_of_virtual_machines'],
  ])('%s: %s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('E4: no text makes the search slow', () => {
  const CHARS = 40_000
  /** The machine may be busy: below this nothing has begun to be quadratic. */
  const QUICK_MS = 250
  const hints = [...new Set([...TOKEN_RULES, ...MAIL_RULES].flatMap((rule) => rule.hints))]
  const beginnings = readPrefixes().map(({ beginning }) => beginning)
  const msOf = (text: string) => {
    const started = cpuNow()
    tokensIn(text)
    return cpuNow() - started
  }
  const isSlow = (attack: (chars: number) => string) => {
    if (msOf(attack(CHARS)) < QUICK_MS) return false
    const best = (chars: number) => Math.min(...[1, 2, 3, 4, 5].map(() => msOf(attack(chars))))
    return best(CHARS) > 28 * best(CHARS / 8)
  }
  const over = (start: string, unit: string) => (chars: number) => start + unit.repeat(chars / unit.length)

  test('not even what they begin with, over and over', () => {
    const slow = [...hints, ...beginnings].filter((hint) =>
      [hint, `${hint} `, `${hint}a1B2`, `${hint}: `, `${hint}="`].some((unit) => isSlow(over('', unit))),
    )

    expect(slow).toEqual([])
  })

  test('nor a long run behind it', () => {
    const units = [
      'a',
      'A',
      '0',
      'aA0',
      '-',
      'a-',
      '/',
      '=',
      ' ',
      '\n',
      '.',
      ':',
      '+',
      '$',
      'A1B2C-',
      '123456-',
      'a\n',
      '\\n',
      'a: b\n',
    ]
    const slow = hints.flatMap((hint) => units.filter((unit) => isSlow(over(hint, unit))).map((unit) => hint + unit))

    expect(slow).toEqual([])
  })

  test.each([
    '-----BEGIN PRIVATE KEY-----\n',
    '-----END PRIVATE KEY-----\n',
    `-----BEGIN PRIVATE KEY-----\n${mixed(64)}\n`,
    `${mixed(64)}\n`,
  ])('nor half of a private key: %j', (unit) => {
    expect(isSlow(over('-----BEGIN RSA PRIVATE KEY-----\n', unit))).toBe(false)
  })
})
