import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'
import { NAME_RULES } from '../../src/redact/names/rules.ts'
import { TOKEN_RULES } from '../../src/redact/tokens/rules.ts'
import { cpuNow } from '../support/cpu-time.ts'
import { COMMAND_RULES } from './commands-layer.ts'

const RULES = [...TOKEN_RULES, ...COMMAND_RULES, ...NAME_RULES]

/** What `findSecrets` finds, as text. */
function found(text: string): string[] {
  return findSecrets(text).map(({ start, end }) => text.slice(start, end))
}

/** A made-up token, put together here so that no scanner takes this file for a leak. */
function token(prefix: string, length: number): string {
  return prefix + 'aB3dE5gH7jK9mN1pQ2sT4vW6xY8z'.repeat(20).slice(0, length)
}

describe('tokens are known by their shape', () => {
  test.each([
    ['aws-key', `id ${'AKIA'}${'ABCDEFGH23456789'} used`, 'AKIAABCDEFGH23456789'],
    ['aws-secret', `aws_secret_access_key = ${token('', 40)}`, token('', 40)],
    ['claudetools-token', `curl -u x:${token('ctk_', 43)}`, token('ctk_', 43)],
    ['claudetools-token', `msp login --with ${token('rt_', 43)}`, token('rt_', 43)],
    ['github-token', `git clone https://${token('ghp_', 36)}@github.com/x/y`, token('ghp_', 36)],
    ['github-token', `GH ${token('github_pat_', 60)}`, token('github_pat_', 60)],
    ['gitlab-token', `curl ${token('glpat-', 20)}`, token('glpat-', 20)],
    ['slack-token', `token ${token('xoxb-', 30)}`, token('xoxb-', 30)],
    ['stripe-key', `key ${token('sk_live_', 24)}`, token('sk_live_', 24)],
    ['google-key', `key ${token('AIza', 35)}`, token('AIza', 35)],
    ['azure-key', `AccountName=x;AccountKey=${token('', 86)}==;End=1`, `${token('', 86)}==`],
    ['azure-sas', `https://x.blob.core.windows.net/c?sv=1&sig=${token('', 40)}%3D`, `${token('', 40)}%3D`],
    [
      'jwt',
      `{"t":"${token('eyJ', 20)}.${token('eyJ', 30)}.${token('', 40)}"}`,
      `${token('eyJ', 20)}.${token('eyJ', 30)}.${token('', 40)}`,
    ],
    ['npm-token', `_authToken ${token('npm_', 36)}`, token('npm_', 36)],
    ['api-key', `export K ${token('sk-ant-', 40)}`, token('sk-ant-', 40)],
    ['api-key', `use ${token('sk-proj-', 48)}.`, token('sk-proj-', 48)],
    [
      'bitlocker-key',
      'Password:\n  111111-222222-333333-444444-555555-666666-777777-888888',
      '111111-222222-333333-444444-555555-666666-777777-888888',
    ],
  ])('%s', (kind, text, secret) => {
    expect(findSecrets(text).filter(({ start, end }) => text.slice(start, end) === secret)).toMatchObject([{ kind }])
  })

  test('a private key is found to its end, and to the end of a text that was cut', () => {
    const begin = `-----BEGIN ${'RSA'} PRIVATE KEY-----`
    const body = `\nProc-Type: 4,ENCRYPTED\n${token('', 60)}\n`

    expect(found(`${begin}${body}-----END RSA PRIVATE KEY----- done`)).toEqual([body.trim()])
    expect(found(`${begin}${body}${token('', 60)}`)).toEqual([`${body.trim()}\n${token('', 60)}`])
  })
})

describe('a guess', () => {
  const command = './provision-phone.sh 00:04:13:aa:10:f2 nst42 Tulpe42x pbx1.alpen.example'

  test('is told as one', () => {
    expect(findSecrets(command, { as: 'command' })).toMatchObject([{ kind: 'password', isGuess: true }])
  })

  test('is left out for who wants to be sure', () => {
    expect(findSecrets(command, { as: 'command', isSureOnly: true })).toEqual([])
  })
})

describe('passwords in command lines', () => {
  test.each([
    ['tool --password Zomer2041 --verbose', 'Zomer2041'],
    ['tool --password=Zomer2041', 'Zomer2041'],
    ["Connect-Thing -Server x -Password 'Zomer 2041' -Force", 'Zomer 2041'],
    ['Connect-Thing -AdminPassword:"Zomer 2041"', 'Zomer 2041'],
    ['plink -ssh ana@x -pw Zomer2041 "show version"', 'Zomer2041'],
    ['tool --api-key abc-1 --client-secret q1', 'abc-1', 'q1'],
    ['net user ana Zomer!41 /add', 'Zomer!41'],
    ['cmd /c net user "ana b" "Zomer 41" /add', 'Zomer 41'],
    ['net use Z: \\\\fs\\data Zomer41 /user:ACME\\ana', 'Zomer41'],
    ['net use Z: \\\\fs\\data /user:ACME\\ana Zomer41', 'Zomer41'],
    ["sshpass -p 'Zomer 41' ssh root@x", 'Zomer 41'],
    ['sshpass -pZomer41 ssh root@x', 'Zomer41'],
    ['curl -sk -u ana:Zomer:41 https://x', 'Zomer:41'],
    ['curl -X POST \\\n  --user "ana:Zomer 41" \\\n  https://x', 'Zomer 41'],
    ['mysql -h db -u root -pZomer41 -e "SELECT 1"', 'Zomer41'],
    ["mysqldump -p'Zomer 41' db", 'Zomer 41'],
    ['C:\\tools\\psexec.exe \\\\PC -u ana -p Zomer41 cmd', 'Zomer41'],
    ['PGPASSWORD=Zomer41 psql -h x', 'Zomer41'],
    ['export ACME_TOKEN=zomer', 'zomer'],
    ['set DB_PASS=zomer41', 'zomer41'],
    ["$env:SYNCRO_API_KEY = 'T1a2b3c4'", 'T1a2b3c4'],
    ['ConvertTo-SecureString "Zomer 41" -AsPlainText -Force', 'Zomer 41'],
    ["ConvertTo-SecureString -AsPlainText -String 'Zomer41' -Force", 'Zomer41'],
    ['echo Zomer41 | docker login -u x --password-stdin', 'Zomer41'],
    ['echo Zomer41 | sudo -S apt update', 'Zomer41'],
    ['cmdkey /add:fs /user:ana /pass:Zomer41', 'Zomer41'],
    ['curl -d "{\\"user\\":\\"ana\\",\\"password\\":\\"Zomer41\\"}" https://x', 'Zomer41'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })
})

describe('secrets that something names', () => {
  test.each([
    ['Authorization: Basic YW5hOnpvbWVy', 'YW5hOnpvbWVy'],
    ["-H 'Authorization: Bearer abc.def' https://x", 'abc.def'],
    ['{"X-Api-Key": "k-1234"}', 'k-1234'],
    ['Set-Cookie: sid=abc; Path=/', 'abc'],
    ['postgres://ana:Zo@mer@db.example:5432/x', 'Zo@mer'],
    ['Server=x;User ID=a;Password=Zomer41;Encrypt=true', 'Zomer41'],
    ['Data Source=x;Uid=a;Pwd=Zomer41;', 'Zomer41'],
    ['password: Zomer41', 'Zomer41'],
    ['Passwort: Sommer41', 'Sommer41'],
    ['Kennwort = Sommer41', 'Sommer41'],
    ['wachtwoord: zomer', 'zomer'],
    ['mot de passe : ete2041', 'ete2041'],
    ['The password for ana@x.nl is Zomer41.', 'Zomer41'],
    ['I changed the password to Zomer-41, please note', 'Zomer-41'],
    ['Das Passwort lautet Sommer41!', 'Sommer41!'],
    ['Het wachtwoord van de router is Zomer41.', 'Zomer41'],
    ['Le mot de passe est Ete2041', 'Ete2041'],
    ['{"adminPassword":"with \\" quote"}', 'with \\" quote'],
    ['db:\n  password: zomer\n', 'zomer'],
    ["'client_secret': 'abcd1234'", 'abcd1234'],
    ['api_key: 0123456789abcdef0123456789abcdef', '0123456789abcdef0123456789abcdef'],
    ['<Password>Zomer41</Password>', 'Zomer41'],
    ['<add key="SmtpPassword" value="Zomer41"/>', 'Zomer41'],
    ['enable secret 5 $1$abcd', '$1$abcd'],
    ['pincode: 4821', '4821'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })

  test('a quote that a cut left open ends with the line', () => {
    expect(found('{"password":"Zomer 41\nnext line')).toEqual(['Zomer 41'])
  })
})

describe('what is no secret stays', () => {
  test.each([
    'mysql -h db -u root -p -e "SHOW DATABASES"',
    'ssh -p 2222 ana@x "show version"',
    'docker run -p 8080:80 -u 1000:1000 nginx',
    'Get-LocalUser | Select-Object Name,PasswordLastSet,PasswordRequired',
    'Read-Host -Prompt "Password" -AsSecureString',
    'tool --password "$PW" --password-file /run/secret --no-password ana',
    'Connect-X -Password $pw -Credential $cred -Token %TOKEN%',
    'export DB_PASSWORD="\u0024{DB_PASSWORD:?not set}"',
    'PWD=/home/ana\nOLDPWD=/srv',
    'Password: ********',
    'password: <your password>',
    'Password required : True',
    'Ticket #4: password reset requested by ana, done 10:42',
    'The password is expired and must be changed.',
    'net accounts /minpwlen:14',
    'net user ana /domain',
    'net user ana *',
    'The net user experience improved',
    'System.Web, Version=4.0.0.0, PublicKeyToken=b03f5f7f11d50a3a',
    'sha256:4c0fdaa8b6341bfdeca5f18f7837462c80cff90527ee35ef185571e1c327beac',
    '9fceb02d0ae598e95dc970b74767f19372d61af8',
    '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    'S-1-5-21-3623811015-3361044348-30300820-1013',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFakeKey ana@x',
    '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBg\n-----END CERTIFICATE-----',
    'const token = tokens.next()\nconst password = getPassword(user)',
    'function login(user: string, password: string): void',
    'password: process.env.DB_PASSWORD',
    'max_tokens: 4096, token_type: bearer',
    'https://example.org:8443/path@2x.png',
    'http://user@host/',
    'msp cred exec 7 --env PW=password -- tool --password msp://acme/7/password',
    'tests: pass: 12 fail: 0',
  ])('%j', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('what was marked private', () => {
  test.each([
    ['a <private>b</private> c <PRIVATE>d</PRIVATE>', ['<private>b</private>', '<PRIVATE>d</PRIVATE>']],
    ['a <private>b <private>c</private> d</private> e', ['<private>b <private>c</private> d</private>']],
    ['a <private>b\npassword: c', ['<private>b\npassword: c']],
    ['</private> a', []],
  ])('%j is found whole', (text, spans) => {
    expect(found(text)).toEqual(spans)
  })
})

describe('the rules', () => {
  test('name kinds that fit into a mark, and search with indices', () => {
    for (const rule of RULES) {
      expect(rule.kind).toMatch(/^[a-z0-9-]{1,40}$/)
      expect(rule.pattern.flags).toMatch(/^dg/)
      expect(rule.hints.every((hint) => hint === hint.toLowerCase() && hint.length > 0)).toBe(true)
    }
  })

  // Linear rules take about 40 ms for this much; a quadratic one takes minutes, so the bound needs no quiet machine.
  test('take a time that grows with the text only', { timeout: 60_000 }, () => {
    const words = RULES.flatMap((rule) => rule.hints).join(' ')
    for (const seed of HOSTILE) {
      const text = `${seed.repeat(Math.ceil(100_000 / seed.length))} ${words}`
      const startedAt = cpuNow()
      findSecrets(text)
      expect(cpuNow() - startedAt, JSON.stringify(seed)).toBeLessThan(2_000)
    }
  })
})

const HOSTILE = [
  ...['a', 'A', '0', '-', ' ', '\t', '\n', '"', "'", '\\', '/', '.', '=', ':', '$', '{', '<', '[', '%', '@', 'é', '😀'],
  ...['a_', 'A_', 'a.', 'a-', 'a://', 'a://a:', 'a@', '--a', '-p ', 'eyJ', 'eyJaaaaaaaa.', '123456-', 'ABCDE-', '8Q~'],
  ...[
    'password',
    'password ',
    'password=',
    'password: ',
    'password is ',
    'password a b ',
    'password"',
    '\\"password\\":\\"',
  ],
  ...[
    'token=',
    'A_TOKEN=',
    'secret ',
    'api key ',
    'curl ',
    'curl -u a:',
    'mysql -p',
    '\nnet use \\\\a ',
    '\nnet user a ',
  ],
  ...[
    'echo ',
    'echo a | a',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    '<private>',
    '<password>',
    '<password ',
    'name="password" ',
  ],
  ...[
    'authorization: ',
    'cookie: a',
    'bearer ',
    'otpauth://?',
    '\nset password ',
    '\n   ',
    '[REDACTED:password:12345678]',
  ],
]
