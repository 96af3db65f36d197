import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodedIn } from '../../src/redact/decoded/encoded.ts'
import { viewsOf } from '../../src/redact/decoded/views.ts'
import { findSecrets } from '../../src/redact/find.ts'
import { cpuNow } from '../support/cpu-time.ts'

const PASSWORD = 'Kikker!Blauw7'
const base64 = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding).toString('base64')

const found = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end))

/** Is all of it covered? */
function covers(text: string, secret: string): boolean {
  const at = text.indexOf(secret)
  return at !== -1 && findSecrets(text).some(({ start, end }) => start <= at && at + secret.length <= end)
}

/** Commands that hold the password in plain text, and are encoded whole. */
const COMMANDS = [
  `net use Z: \\\\fs01\\data /user:CONTOSO\\jan ${PASSWORD}`,
  `curl -u admin:${PASSWORD} https://192.0.2.40/api`,
  `$sec = ConvertTo-SecureString '${PASSWORD}' -AsPlainText -Force`,
  `Server=sql01;Database=ERP;User ID=app;Password=${PASSWORD};`,
  `{"user":"jan","password":"${PASSWORD}"}`,
]

describe.each(COMMANDS)('%s', (command) => {
  test.each([
    ['-EncodedCommand', (token: string) => `powershell.exe -NoProfile -EncodedCommand ${token}`, 'utf16le'],
    ['-enc', (token: string) => `powershell -nop -w hidden -enc ${token}`, 'utf16le'],
    ['-e', (token: string) => `pwsh -e "${token}"`, 'utf16le'],
    [
      'FromBase64String',
      (token: string) => `[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('${token}'))`,
      'utf8',
    ],
    ['base64 -d', (token: string) => `echo ${token} | base64 -d | sh`, 'utf8'],
    ['a here-string', (token: string) => `base64 --decode <<< "${token}"`, 'utf8'],
    ['certutil', (token: string) => `echo ${token} > c.b64 & certutil -decode c.b64 c.ps1`, 'utf8'],
    ['a value', (token: string) => `{"userData":"${token}"}`, 'utf8'],
  ] as const)('is found in the base64 of %s', (_, around, encoding) => {
    const token = base64(command, encoding)

    expect(covers(around(token), token)).toBe(true)
  })

  test('is found in hexadecimal digits, and encoded twice', () => {
    const digits = Buffer.from(command).toString('hex')
    const twice = base64(`echo ${base64(command)} | base64 -d`)

    expect(covers(`0x${digits}`, digits)).toBe(true)
    expect(covers(`xxd -r -p <<< ${digits}`, digits)).toBe(true)
    expect(covers(`run ${twice}`, twice)).toBe(true)
  })

  test.each([
    ['spaces', ' '],
    ['colons', ':'],
    ['0x', ', 0x'],
    ['the registry', ',\\\r\n  '],
  ])('is found in bytes apart: %s', (_, between) => {
    const bytes = (Buffer.from(command).toString('hex').match(/../g) ?? []).join(between)

    expect(covers(`dump = ${bytes}`, bytes)).toBe(true)
  })

  test('is found wrapped at 76 columns', () => {
    const token = base64(`${command}\n${'# nothing else here\n'.repeat(8)}`).replace(/.{76}/g, '$&\n')

    expect(covers(`begin\n${token}\nend`, token.trim())).toBe(true)
  })
})

describe('a password alone in base64 is a secret where something says so', () => {
  test.each([
    [
      'a Docker login',
      `{"auths":{"registry.contoso.example":{"auth":"${base64(`jan:${PASSWORD}`)}"}}}`,
      base64(`jan:${PASSWORD}`),
    ],
    ['HTTP Basic', `proxy: Basic ${base64(`CONTOSO\\jan:${PASSWORD}`)}`, base64(`CONTOSO\\jan:${PASSWORD}`)],
    ['a key pair of an API', `id ${base64('contoso+AbCdEf12:pannenkoek')}`, base64('contoso+AbCdEf12:pannenkoek')],
    ['echo', `echo ${base64('pannenkoek')} | base64 -d`, base64('pannenkoek')],
    ['openssl', `echo '${base64('pannenkoek')}' | openssl base64 -d`, base64('pannenkoek')],
    ['Python', `base64.b64decode("${base64('pannenkoek')}")`, base64('pannenkoek')],
    ['AUTH PLAIN', `AUTH PLAIN ${base64(`\0jan\0${PASSWORD}`)}`, base64(`\0jan\0${PASSWORD}`)],
    [
      'AUTH LOGIN',
      `AUTH LOGIN\r\n334 VXNlcm5hbWU6\r\n${base64('jan')}\r\n334 UGFzc3dvcmQ6\r\n${base64('kikker')}\r\n235 2.7.0 ok`,
      base64('kikker'),
    ],
    ['AUTH LOGIN in a log', `<- 334 UGFzc3dvcmQ6\n -> ${base64('kikker')}\n<- 235 ok`, base64('kikker')],
    ['AUTHENTICATE', `a1 AUTHENTICATE PLAIN ${base64(`\0jan\0kikker`)}`, base64(`\0jan\0kikker`)],
  ])('%s: %s', (_, text, secret) => {
    expect(covers(text, secret)).toBe(true)
  })

  test.each([
    ['a decoded command', `echo ${base64('pannenkoek')} | base64 -d\npannenkoek`, 'pannenkoek'],
    ['a login', `$ base64 -d < auth\nin:  ${base64('jan:pannenkoek')}\nout: jan:pannenkoek`, 'pannenkoek'],
    ['kubectl', `kubectl get secret db -o jsonpath='{.data.password}'\n${base64('kikker')}\n`, base64('kikker')],
    ['kubectl decoded', `kubectl get secret db -o jsonpath="{.data.password}" | base64 -d\npannenkoek\n`, 'pannenkoek'],
  ])('and so is what %s prints', (_, text, secret) => {
    expect(covers(text, secret)).toBe(true)
    const last = text.lastIndexOf(secret)
    expect(findSecrets(text).some(({ start, end }) => start <= last && last + secret.length <= end)).toBe(true)
  })

  test('in a Kubernetes secret each value is one, whatever its name; certificates and user names are not', () => {
    const certificate = base64(`-----BEGIN ${'CERTIFICATE'}-----\nMIIB\n`)
    const yaml = [
      'apiVersion: v1',
      'kind: Secret',
      'data:',
      `  blauw: ${base64('kikker')}`,
      `  username: ${base64('jan')}`,
      `  tls.crt: ${certificate}`,
      'metadata:',
      '  name: YmFja3Vw',
    ].join('\n')
    const json = JSON.stringify({ kind: 'Secret', data: { blauw: base64('kikker'), username: base64('jan') } })

    expect(found(yaml)).toEqual([base64('kikker')])
    expect(found(json)).toEqual([base64('kikker')])
    expect(found(yaml.replace('Secret', 'ConfigMap'))).toEqual([])
  })
})

/** How else a text may be written: what the password is then, and the whole. */
const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
  'a JSON string': (text) => JSON.stringify(text).slice(1, -1),
  'a JSON string in a JSON string': (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  '\\u escapes': (text) =>
    text.replace(/[^A-Za-z0-9 ]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'octal escapes': (text) =>
    text.replace(/[^ ]/g, (letter) => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`),
  'a URL': (text) => encodeURIComponent(text).replaceAll('!', '%21'),
  'each letter percent-encoded': (text) =>
    text.replace(/[\s\S]/g, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`),
  'HTML references': (text) => text.replace(/[^A-Za-z0-9 \n]/g, (letter) => `&#${letter.charCodeAt(0)};`),
  'XML references': (text) =>
    text.replace(
      /["'<>&]/g,
      (letter) => ({ '"': '&quot;', "'": '&apos;', '<': '&lt;', '>': '&gt;' })[letter] ?? '&amp;',
    ),
  'UTF-16 with NULs': (text) => [...text].join('\0'),
  'UTF-16 with spaces': (text) => [...text].join(' '),
}

describe.each(Object.entries(WRITINGS))('a text as %s', (_, write) => {
  test.each([`password: ${PASSWORD}`, `{"password":"${PASSWORD}"}`, `<password>${PASSWORD}</password>`])(
    'is read: %s',
    (text) => {
      expect(covers(write(text), write(PASSWORD))).toBe(true)
    },
  )
})

describe('what nobody sees hides nothing', () => {
  test.each([
    [`pass\u001b[0mword: ${PASSWORD}`, PASSWORD],
    [`password: \u001b[31mKikker!\u001b[0mBlauw7 done`, 'Kikker!\u001b[0mBlauw7'],
    [`pass\u200bword: ${PASSWORD}`, PASSWORD],
    [`"pass\\u001b[1mword: ${PASSWORD}"`, PASSWORD],
    [`p\bpa\bas\bss\bsw\bwo\bor\brd\bd: ${PASSWORD}`, PASSWORD],
  ])('%j', (text, secret) => {
    expect(covers(text, secret)).toBe(true)
  })

  test('quoted-printable mail', () => {
    const mail = 'Content-Transfer-Encoding: quoted-printable\n\nDas Kennwort lautet Gr=C3=BCn=\nkohl!7 ab morgen.'

    expect(covers(mail, 'Gr=C3=BCn=\nkohl!7')).toBe(true)
  })
})

describe('nothing is found in what only looks encoded', () => {
  test.each([
    ['a certificate', base64(`-----BEGIN ${'CERTIFICATE'}-----\nMIIBszCCAVmgAwIBAgIU\n`)],
    ['a script without secrets', `powershell -enc ${base64('Get-Service | Where Status -eq Running', 'utf16le')}`],
    ['an id', base64('User:12345')],
    ['an id', base64('gid://shop/Order/1')],
    ['a name', 'AdministratorAccess kubernetes-dashboard systemd-resolved'],
    ['a path', 'C:\\new\\table\\results\\temp_2026.log \\\\fs01\\data\\klanten'],
    ['a query', 'GET /search?q=%22red%20frog%22&sort=asc%2Cdesc'],
    ['markup', '&lt;b&gt;5 &amp; 6&lt;/b&gt;'],
    ['colours', '\u001b[32mok\u001b[0m 12 tests passed'],
    ['a table of letters', '1 0 0 1 0 1 1 0 0 1\n0 1 1 0 1 0 0 1 1 0'],
    ['a sum', '70617373776f7264706c61696e74657874'.slice(0, 32)],
  ])('%s: %s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a view', () => {
  test('maps each character to where it came from', () => {
    const pieces = ['a', 'b', ' ', '\n', '\\u00e9', '%41', '&lt;', '\\n', '\0', 'é', '\u001b[0m', '\\']
    const written = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(written, (text) => {
        for (const view of viewsOf(text)) {
          for (let at = 0; at < view.text.length; at++) {
            const [start, end] = [view.startOf(at), view.endOf(at + 1)]
            expect(start).toBeLessThan(end)
            const source = text.slice(start, end)
            if (source.length === 1) expect(view.text.charAt(at)).toBe(source)
          }
        }
      }),
    )
  })

  test('reads base64 and hexadecimal digits of any text', () => {
    const text = fc
      .string({ unit: 'grapheme-ascii', minLength: 12, maxLength: 60 })
      .filter((one) => /^[A-Za-z]{6}/.test(one))
    fc.assert(
      fc.property(text, (one) => {
        for (const encoding of ['base64', 'base64url', 'hex'] as const) {
          const token = Buffer.from(one).toString(encoding)
          expect([...encodedIn(`x "${token}" y`)].map((encoded) => encoded.text)).toContain(one)
        }
      }),
    )
  })
})

describe('E4: no text makes decoding slow', () => {
  const CHARS = 100_000
  /** The machine may be busy: below this nothing has begun to be quadratic. */
  const QUICK_MS = 250
  const msOf = (text: string) => {
    const started = cpuNow()
    findSecrets(text)
    return cpuNow() - started
  }

  test.each([
    '\\"',
    '\\u0041',
    '%41',
    '&#65;',
    '\0a',
    'a ',
    '\u001b[0m',
    'S2lra2Vy',
    'UABhAHMA',
    'S2lra2VyIUJsYXV3Nw== ',
    '616263',
    '\\\\"%41&lt;',
    'data:\n',
    'kind: Secret\ndata:\n',
    '.data.x\n',
    'secret .data.',
    'echo cGFubmVua29law== | base64 -d\n',
    'amFuOnBhbm5lbmtvZWs= ',
    '334 UGFzc3dvcmQ6\n',
  ])('not even %j over and over', (unit) => {
    const best = (chars: number) => Math.min(...[1, 2, 3].map(() => msOf(unit.repeat(chars / unit.length))))
    const took = best(CHARS)

    if (took > QUICK_MS) expect(took).toBeLessThan(28 * best(CHARS / 8))
  })
})
