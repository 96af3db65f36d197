import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'
import { prose } from '../../src/redact/prose/prose.ts'
import { timeOf } from './time-of.ts'

/** What sentences tell, as text. */
const found = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end))

describe('a sentence tells a secret', () => {
  test.each([
    ['The new password is Marmalade-77 and she has to change it.', 'Marmalade-77'],
    ["I've reset his account. The new password is raspberry and he has to change it.", 'raspberry'],
    ['password for ana@x.example is now "blue kettle 9"', 'blue kettle 9'],
    ['I changed the password of the NVR to Spyglass22', 'Spyglass22'],
    ['pasword: tomato', 'tomato'],
    ['the passwd = Tomato!4', 'Tomato!4'],
    ['pw Tomato41', 'Tomato41'],
    ['pw?\nTomato41', 'Tomato41'],
    ['> pwd:\n> Tomato41', 'Tomato41'],
    ['pass phrase: **Tomato-41**', 'Tomato-41'],
    ['Passcode → `Tomato41`', 'Tomato41'],
    ['The wifi password is welcome and works in the whole building.', 'welcome'],
    ['The PSK for the Dublin office is Shamrock!Gate4, please do not post it.', 'Shamrock!Gate4'],
    ['Local admin is kassa with password "till drawer 9".', 'till drawer 9'],
    ['Credentials for the NVR: admin / Spyglass22', 'Spyglass22'],
    ['creds: admin // pancake', 'pancake'],
    ['log in as scan with wastepaper', 'wastepaper'],
    ['sign in with sophie@x.example and Lavender#Field8 (you will be asked)', 'Lavender#Field8'],
    ['user: x, pass: Tomato41', 'Tomato41'],
  ])('in English: %j', (text, secret) => {
    expect(found(text).join('\n')).toContain(secret)
  })

  test.each([
    ['wachtwoord is "pannenkoek"', 'pannenkoek'],
    ['wachtwoord: pannenkoek', 'pannenkoek'],
    ['Het wachtwoord van de router is Zomer41.', 'Zomer41'],
    ['watchwoord = Zomer41', 'Zomer41'],
    ['ww gereset naar appeltaart voor Marieke', 'appeltaart'],
    ['Ik heb het wachtwoord tijdelijk op geheimpje gezet.', 'geheimpje'],
    ['beheerderswachtwoord: stroopwafel', 'stroopwafel'],
    ['Inloggen kan met gebruiker beheer en wachtwoord stroopwafel.', 'stroopwafel'],
    ['inloggen met beheer / Stroopwafel4', 'Stroopwafel4'],
    ['het ww is nu Zomer2024!, was Lente2024!', 'Zomer2024!', 'Lente2024!'],
    ['wat is het wachtwoord?\nZomer2024!', 'Zomer2024!'],
    ['wifi-sleutel: gezellig', 'gezellig'],
    ['inloggegevens NAS: beheer | Rozijn!Bol77', 'Rozijn!Bol77'],
    ['toverwoord voor de tablet: hagelslag', 'hagelslag'],
    ['wachtzin: blauwe kastanje rolt', 'blauwe kastanje rolt'],
  ])('in Dutch: %j', (text, ...secrets) => {
    expect(found(text)).toEqual(expect.arrayContaining(secrets))
  })

  test.each([
    ['Das Kennwort lautet Sommer41!', 'Sommer41!'],
    ['neues Passwort: Sonnenblume', 'Sonnenblume'],
    ['Initialkennwort: Sonnenblume', 'Sonnenblume'],
    ['Ich habe das Passwort auf sonnenblume zurückgesetzt.', 'sonnenblume'],
    ['Das Kennwort wurde auf Willkommen gesetzt, bitte ändern.', 'Willkommen'],
    ['WLAN-Schlüssel = Sommer41', 'Sommer41'],
    ['Zugangsdaten: admin / Sommer41', 'Sommer41'],
    ['Zugang zum Router ist admin, dann Gartenzwerg', 'Gartenzwerg'],
    ['bitte melden Sie sich als k.vogel mit Anfang#Woche8 an', 'Anfang#Woche8'],
    ['Passwort für den Drucker ist „Sommer 41“', 'Sommer 41'],
  ])('in German: %j', (text, secret) => {
    expect(found(text).join('\n')).toContain(secret)
  })

  test.each([
    ['Le mot de passe est Ete2041', 'Ete2041'],
    ['mdp : tournesol', 'tournesol'],
    ["J'ai remis le mdp de Luc à bienvenue.", 'bienvenue'],
    ['Le mot de passe a été changé en printemps hier soir.', 'printemps'],
    ['La clé du wifi invité : bonjourparis', 'bonjourparis'],
    ['mot de passe « Tournesol77 »', 'Tournesol77'],
    ['identifiants : admin / Tournesol77', 'Tournesol77'],
    ["le sésame du NAS c'est Grenadine", 'Grenadine'],
    ['connectez-vous avec m.durand et Départ!2026.', 'Départ!2026'],
  ])('in French: %j', (text, secret) => {
    expect(found(text).join('\n')).toContain(secret)
  })

  test.each([
    ['PIN 4821', '4821'],
    ['Pincode van de voicemail is 4821', '4821'],
    ['SIM PUK 48120077', '48120077'],
    ['code voor de alarmcentrale is 4821#', '4821#'],
    ['heb jij de code van de alarmcentrale?\nKim: 2580#11', '2580#11'],
    ['door code: 2290', '2290'],
    ['Kluis meterkast 48-12-77', '48-12-77'],
    ['Türcode lautet 2290', '2290'],
    ['code du portail : 2290', '2290'],
    ['Backup codes (use each once):\n  4821-9930\n  1177-2046', '4821-9930', '1177-2046'],
    ['Herstelcodes GitHub:\n1. fake1-a93bd\n2. fake2-77c0e', 'fake1-a93bd', 'fake2-77c0e'],
    ['recovery phrase: apple river stone candle window paper', 'apple river stone candle window paper'],
    ['WIFI:T:WPA;S:Guest;P:gezelligaantafel;;', 'gezelligaantafel'],
  ])('a code or a phrase: %j', (text, ...secrets) => {
    expect(found(text)).toEqual(expect.arrayContaining(secrets))
  })

  test('of a list of sentences each one is found', () => {
    const text = Array.from({ length: 30 }, (_, at) => `- the password of pc${at} is Tomato!${at + 10}\n`).join('')

    expect(found(text)).toHaveLength(30)
  })
})

describe('a sentence about passwords tells none', () => {
  test.each([
    'The password is expired and must be changed.',
    'The password is required for this step.',
    'the password is stored in the vault under "ESX hosts"',
    'password reset requested by j.devries, done 10:42',
    'password policy: min length 14, complexity on',
    'Password last set: 2026-11-22 10:42',
    'user must change password at next logon',
    'User asked how to change the password in Outlook; explained it.',
    'If the password option is omitted, mount.cifs prompts for it.',
    'the password was changed by jan on monday',
    'he forgot his password again',
    'wrong password, try again',
    'log in with your own account and MFA',
    'sign in as admin with the vault entry',
    'log in as root with ssh',
    'creds are in Hudu / ESX',
    'login is SSO via Entra',
    'Passwords: Argon2id (64 MiB, 3 passes) with a pepper',
    '  * Mark base-passwd Multi-Arch: foreign.',
    'wachtwoord verlopen voor a.jansen, gereset via selfservice',
    'De wachtwoorden staan in Hudu',
    'het wachtwoord is gewijzigd door jan',
    'het ww is onbekend',
    'ww gereset, klant belt terug',
    'inloggen met je eigen account',
    'de wifi-code staat op de poster',
    'Passwort vergessen? Bitte im Portal zurücksetzen',
    'Das Kennwort wurde geändert und per Post verschickt',
    'Das Passwort ist abgelaufen.',
    'Das Kennwort muss 14 Zeichen lang sein',
    'mot de passe oublié',
    'le mot de passe doit contenir 12 caractères',
    'Le mot de passe est incorrect.',
    'PIN is blocked after 3 attempts',
    'code 4625 in the event log',
    'exit code 1603',
    'HTTP code: 4041',
    'postcode 3511 AB, deur dicht doen',
    'alarm om 07:00 gezet',
    'kluis is dicht',
    'voicemail van 201 staat vol',
    'door 2 is broken',
    'backup codes are printed and in the safe',
    'Backup complete: 4821 files, 12 GB',
    'Recovery point objective is 4h',
    'password: ********',
    'wachtwoord: <zie kluis>',
    'Kennwort: [REDACTED:password:0a1b2c3d]',
  ])('%j', (text) => {
    expect(found(text)).toEqual([])
  })
})

test.each([
  ...['pw ', 'pw:', 'password is ', 'password for a b c d e f is ', 'wachtwoord van de ', 'mot de passe ', 'mdp\n'],
  ...[
    'pin a ',
    'code voor ',
    'alarm code ',
    'login as a b ',
    'creds: a ',
    'recovery codes: ',
    'backup codes: abcd-1234 ',
  ],
  ...[
    'recovery phrase: a ',
    ' --secret="a ',
    'WIFI:T:;P:',
    'ww "',
    'ww **a1',
    'password changed to ',
    '«',
    '\n',
    'kluis a ',
  ],
])('a hundred thousand characters of %j take a moment', (unit) => {
  const quick = timeOf(prose, unit.repeat(12_500 / unit.length))
  const slow = timeOf(prose, unit.repeat(100_000 / unit.length))

  expect(slow < 40 || slow < quick * 28).toBe(true)
})

describe('German, French and Dutch sentences, with the verb where those languages have it', () => {
  test.each([
    ['Passwort für den Router habe ich auf Gartenzwerg gestellt.', 'Gartenzwerg'],
    ['Initialpasswort nach Aufnahme: Sonnenschirm5', 'Sonnenschirm5'],
    ['pw erstmal sonnenblume, änderst dann selber', 'sonnenblume'],
    ['nieuw ww administratie wordt vanaf nu pindarots', 'pindarots'],
    ["Code wifi salle d'attente : libellule-bleue", 'libellule-bleue'],
    ['Tresor: links 3x, 28-14-67', '28-14-67'],
    ['room 4402, enter 771530 when asked, then hash', '771530'],
    ['SIM: PIN1 0411, PUK 55667788', '0411', '55667788'],
  ])('%j', (text, ...secrets) => {
    expect(findSecrets(text).map(({ start, end }) => text.slice(start, end))).toEqual(secrets)
  })
})
