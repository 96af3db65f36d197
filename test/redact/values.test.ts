import { describe, expect, test } from 'vitest'
import { isPath, isPlaceholder, looksRandom } from '../../src/redact/values.ts'

describe('a value only stands for a secret', () => {
  test.each([
    ...[
      '$PASSWORD',
      '\u0024{DB_PASSWORD:?not set}',
      '$(pass show x)',
      '%PASSWORD%',
      '{{ password }}',
      '<your password>',
      '[hidden]',
      '(hidden)',
    ],
    ...[
      '********',
      '••••••',
      'xxxxxxxx',
      '****1234',
      '*SENSITIVE*DATA*DELETED*',
      '(not set)',
      '(verborgen)',
      'null',
      'n/a',
      'required',
    ],
    ...[
      'YOUR_PASSWORD',
      'your-api-key',
      'your_secret_here',
      'mijn wachtwoord',
      'jouwwachtwoord',
      'Ihr_Passwort',
      'votre-mot-de-passe',
    ],
    ...[
      'insert-password-here',
      'enter_your_password',
      'msp://acme/7/password',
      'op://vault/item/field',
      'vault:secret/x#y',
      '!vault',
      '!vault |',
    ],
    ...[
      'ref+vault://x/y',
      '@Microsoft.KeyVault(SecretUri=https://x)',
      'ENC[AES256_GCM,data:x]',
      'ENC[age,x]',
      'process.env.PW',
      'getPassword()',
    ],
    ...['Get-Credential', '(Get-Secret x)'],
    ...[
      'changeme',
      'CHANGE_ME',
      'BITTE_AENDERN',
      'DEIN-WLAN-SCHLUESSEL',
      '***removed***',
      '(ausgeblendet)',
      'gemaskeerd',
    ],
  ])('%j', (value) => {
    expect(isPlaceholder(value, false)).toBe(true)
  })
})

describe('a value is a secret, though it looks a little like a placeholder', () => {
  test.each([
    'Password1',
    'welkom',
    'pannenkoek',
    'mypass1!',
    'yours!7',
    'secret123',
    'Ihr!Garten7',
    '$$ecret1',
    '*Ster*7',
  ])('%j', (value) => {
    expect(isPlaceholder(value, false)).toBe(false)
  })

  test('a dollar in single quotes is no variable', () => {
    expect(isPlaceholder('$ecret1', true)).toBe(false)
  })
})

test('random values are long and mixed, paths are neither', () => {
  expect(['abcd1234', 'r16MPgthHBe24X03'].every(looksRandom)).toBe(true)
  expect(['abcdefgh', '12345678', '/home/ana1/x', 'C:\\temp\\a1'].some(looksRandom)).toBe(false)
  expect(['/srv', '~/x', 'C:\\x', '\\\\fs'].every(isPath)).toBe(true)
})
