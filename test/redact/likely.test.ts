import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'
import { isWordLike } from '../../src/redact/likely/letter-groups.ts'
import { likely } from '../../src/redact/likely/likely.ts'
import { shapeOf } from '../../src/redact/likely/shape.ts'
import { redact } from '../../src/redact/redact.ts'
import { timeOf } from './time-of.ts'

/** What is found in a text, as text. */
const found = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end))

describe('a password that is handed over, typed by a script, told in a column or beside a keypad is found', () => {
  test.each([
    ['[10:44] Tim: sure, one sec\n[10:44] Tim: here it is:\n[10:45] Tim: Lk4tPw9rQz2m', 'Lk4tPw9rQz2m'],
    ['nobody at the desk to accept, so just give it Kastanje8.', 'Kastanje8'],
    ["await page.fill('#b1', 'Eekhoorn-42');", 'Eekhoorn-42'],
    ['Send, kassa{Tab}Zonnehoed{!}31{Enter}', 'Zonnehoed{!}31'],
    ['The keypad at the back takes 7719 and then a bell.', '7719'],
    ['Der Tresor geht auf mit 31-07-64, danach wieder zu.', '31-07-64'],
    ['Ort     Wer    Losung\n------  -----  -----------\nKeller  apc    Notlicht!5', 'Notlicht!5'],
    ['access_key_id=7ZKQ2M4XT9B1C8VYD3WE endpoint=s3.example.com', '7ZKQ2M4XT9B1C8VYD3WE'],
    ['<AdministratorPassword>\n  <PlainText>true</PlainText>\n  <Value>Uitrol-Dag2</Value>\n', 'Uitrol-Dag2'],
  ])('%s', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })

  test.each([
    'send "show version\\r"',
    "await page.fill('#search', 'printers');",
    'here it is: https://intranet.example/wiki/Printers',
    'The door panel takes 3 weeks to come.',
    'the sim will arrive on 12-03-2026',
    'Opens    Closes\n-------  -------\n08:00    17:00',
  ])('and nothing in: %s', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a password of which somebody says how it is written, typed or replaced is found', () => {
  test.each([
    ['14:03 Linda: is sinds maandag zonnebril2025, allemaal kleine letters', 'zonnebril2025'],
    ['spelled it for him: Kn0f-L00k, with zeros', 'Kn0f-L00k'],
    ["ssh -t adm@10.3.3.3 'sudo -i'\n# asks twice, type 2x Egelpoort77", 'Egelpoort77'],
    ["sed -i 's/OudeHond1/NieuweKat2/' /var/www/html/wp-config.php", 'OudeHond1', 'NieuweKat2'],
    ['Worksheets("Tarieven").Unprotect "Blauw12"', 'Blauw12'],
    ['he asks for your pin, that is 8823 and then hash', '8823'],
    ['Login 2500 and the code 75319, that gets you in as machine administrator.', '75319'],
    ['The rack room has a keypad now. Code is C2580Y, do not tell visitors.', 'C2580Y'],
    ['iPads (5x): unlock with 135790, Apple ID ipad@contoso.example', '135790'],
    ['asks security questions\nQ: first pet?  A: Minoes', 'Minoes'],
    ['exten => 900,1,Authenticate(33417)', '33417'],
    ['26a63a194a8028c5013b6f5820c98af0:Voetbal2018\n\nStatus...: Cracked', 'Voetbal2018'],
    ['Unseal Key 1: 4efPK2+Jjc9fzIiQEbUNiYFLBrz51dF88B2JkMn/UUbD', '4efPK2+Jjc9fzIiQEbUNiYFLBrz51dF88B2JkMn/UUbD'],
    [
      `-----BEGIN OpenVPN Static key V1-----\n${'107509685a574ca8a84f99d7fa55780e\n'.repeat(16)}-----END OpenVPN Static key V1-----`,
      '107509685a574ca8a84f99d7fa55780e\n'.repeat(16).trim(),
    ],
  ])('in %j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })

  test.each([
    'host names in all lower case, with a dash',
    'the door closed, the error code is 1603 at the end',
    "sed -i 's/listen 80/listen 8080/' /etc/nginx/sites-enabled/default.conf",
    'write it with a capital and no spaces please',
    '[sudo] password for jan: ^C',
    'Security key : Present',
    'To change the password: press Ctrl+Alt+Del',
  ])('and nothing in %j', (text) => {
    expect(found(text)).toEqual([])
  })
})

describe('a password that nothing names is found', () => {
  test('in a word of either case that can be pronounced, with what people add to it', () => {
    const word = fc.constantFrom(
      'kikker',
      'vuurtoren',
      'bakfiets',
      'sonnenblume',
      'gartenzaun',
      'printemps',
      'tournesol',
      'pancake',
    )
    const title = word.map((letters) => `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`)
    const number = fc.integer({ min: 10, max: 2099 }).map(String)
    const sign = fc.constantFrom('!', '#', '&', '$')
    const password = fc.oneof(
      fc.tuple(title, sign, title, number).map((parts) => parts.join('')),
      fc.tuple(title, sign, number).map((parts) => parts.join('')),
      fc.tuple(title, number, fc.constant('!')).map((parts) => parts.join('')),
    )
    const place = fc.constantFrom(
      ...[
        'tool -u admin X list',
        'tool connect 192.0.2.9 beheer X',
        "tool --unlock 'X' show",
        'echo X | tool',
        'login jan X',
      ],
      ...[
        'user jan X',
        'tool \\\\fs01\\data contoso\\jan X',
        'beheer / X',
        'probeer X eens',
        'log in with admin and X',
        'send "X"',
      ],
    )
    fc.assert(
      fc.property(place, password, (line, secret) => {
        expect(found(line.replace('X', () => secret))).toContain(secret)
      }),
    )
  })

  test('and is only a guess: it stops nobody', () => {
    expect(findSecrets('rmmdeploy.sh hoorn Tulp!Toren55 --quiet')).toMatchObject([{ kind: 'password', isGuess: true }])
  })

  test('once: what was redacted is not redacted again', () => {
    const once = redact('admin / Tulp!Toren55\nroot, Kr0kodil\ntool -k Zomer2024!', () => 'key')

    expect(once.count).toBe(3)
    expect(redact(once.text, () => 'key')).toEqual({ text: once.text, count: 0 })
  })
})

describe('the shape of a text', () => {
  test.each([
    ...[
      'Kikker!Blauw7',
      'Welkom2026!',
      'Lampion#2041',
      'Herfst!88',
      'xK9$mQ2v',
      'P@ssw0rd',
      'Straße99!',
      'Sch4kelaar',
      'Scherm0p',
    ],
    ...[
      'Tijdelijk-4821',
      'gastvrij2041',
      'Zonnebloem5',
      'R0odeFiets88',
      'sterrenregen-77',
      'aB3dE5gH7j',
      'Kr0kodil',
      'h0utworm',
    ],
  ])('%j is a password', (value) => {
    expect(shapeOf(value)).toBeGreaterThan(1)
  })

  test.each([
    ...[
      'WS-0142',
      'KB5034441',
      'sha256',
      'utf8mb4',
      'v1beta1',
      '3f2504e0-4f89',
      '00-1A-2B',
      '1.2.3-4',
      '100GB',
      '2026-11-22',
      'Nov-22',
    ],
    ...[
      'jan@contoso.example',
      'user@host',
      'index.d.ts',
      'nginx@1.25',
      '$env:PATH',
      '%APPDATA%',
      'a&b=c',
      'x86_64',
      'foo.js#L12',
      'Jan',
    ],
    ...[
      'ticket#4821',
      'pannenkoek',
      'admin',
      '--force',
      'libssl3',
      '0x80070005',
      'sw-core-01#show',
      '(none)',
      'crd_ab7efe81',
    ],
  ])('%j is none', (value) => {
    expect(shapeOf(value)).toBe(0)
  })

  test('words can be pronounced, keys on a keyboard cannot', () => {
    expect(['Kikker', 'Wolkbreuk', 'schakelaar', 'Sonnenblume', 'printemps', 'marmalade'].every(isWordLike)).toBe(true)
    expect(['qwrtz', 'xkcdq', 'zzxv', 'bqlm'].some(isWordLike)).toBe(false)
  })
})

test.each([
  ...[
    'a',
    '0',
    '\n',
    ' ',
    '-',
    '.',
    '/',
    '=',
    'a1',
    'aA0',
    'Aa1! ',
    'Aa1!Bb2\n',
    'Kikker!7 ',
    'admin Kr0kodil ',
    'user jan Welkom01!\n',
  ],
  ...[
    'x1!/',
    'a1!:',
    'a1!,',
    '!a1',
    '*a1*',
    "'a1!' ",
    'a1!=',
    'é1!',
    '--key a ',
    'root -> a ',
    'wifi\ncode: ',
    '"pass" send ',
  ],
])('a hundred thousand characters of %j take a moment', (unit) => {
  const quick = timeOf(likely, unit.repeat(12_500 / unit.length))
  const slow = timeOf(likely, unit.repeat(100_000 / unit.length))

  expect(slow < 40 || slow < quick * 28).toBe(true)
})

describe('what was learned from other texts', () => {
  test.each([
    ['PC reception - Maple77\nPC back office - Maple78', 'Maple77', 'Maple78'],
    [
      'the boardroom screen asks who I am??\nit is the name of the dog and the year we moved, so Biscuit2019',
      'Biscuit2019',
    ],
    ['2026-03-11 DEBUG BmsLink  >> LOGON hvac Dr4inpipe\n2026-03-11 DEBUG BmsLink  << 200', 'Dr4inpipe'],
  ])('finds the passwords in %j, as guesses that stop nobody', (text, ...secrets) => {
    const guesses = findSecrets(text).filter(({ isGuess }) => isGuess)

    expect(guesses.map(({ start, end }) => text.slice(start, end))).toEqual(secrets)
  })
})

describe('the next lines of a chat answer the question', () => {
  test.each([
    ["what's the nas again?\nRosi: leberkas2033", 'leberkas2033'],
    ["<nadia> c'est quoi le code de l'alarme déjà\n<luc> 73019 et tu as 30 secondes", '73019'],
    ['Dirk: heb je de code vd wifi in de vergaderzaal ff\nNele: croissantje, alles klein', 'croissantje'],
    ['Lotte 16:40: the safe with the tapes??\nBram 16:41: 38-12-71, left first', '38-12-71'],
  ])('%j', (text, secret) => {
    expect(found(text)).toEqual([secret])
  })

  test.each([
    ['is the nas up again?\nRosi: rebooting'],
    ['which admin portal?\nUrs: the new one'],
    ['what was the ticket?\nUrs: 482133'],
  ])('not in %j', (text) => {
    expect(found(text)).toEqual([])
  })
})
