import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'
import { names } from '../../src/redact/names/names.ts'
import { timeOf } from './time-of.ts'

const found = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end))

/** Forms that people used who did not know the rules. */
describe('what the authors of the examinations wrote', () => {
  test.each([
    ['      - ADMIN_PASSWORD=Wolk acht\n      - TZ=UTC', ['Wolk acht']],
    ['ssh ubnt@192.0.2.66   # pw dakpan-NW1', ['dakpan-NW1']],
    ['bcp dbo.X out x.csv -c -t; -S sql02 -U lezer -PBlokfluit9', ['Blokfluit9']],
    ['Das Kennwort lautet Grauer Esel.', ['Grauer Esel']],
    ['the passphrase is silver street.', ['silver street']],
    ['Passwort: roter Apfel', ['roter Apfel']],
    ['# auth-user-pass of the branch\nkantoor\nvuurwerk', ['vuurwerk']],
    ['Data Source=db1;User ID=afas;Password=Boek Houder 4;', ['Boek Houder 4']],
    ["MOVE 'NACHT78X' TO WS-LOGON-PW.", ['NACHT78X']],
    ['> USER agentur\n< 331 ok\n> PASS Satzspiegel', ['Satzspiegel']],
  ])('%j', (text, secrets) => {
    expect(found(text)).toEqual(secrets)
  })

  test.each([
    'Using --password via the CLI is insecure.',
    '# pw is asked for at the first start',
    'auth-user-pass\nnobind\npersist-key',
    '# auth-user-pass is set below\nauth-nocache\npersist-tun',
    'DB_PASSWORD=changeme_in_production_please',
    'Das Kennwort lautet anders als gestern.',
    'the passphrase is kept in the safe.',
    'Passwort: siehe Dokumentation',
  ])('nothing in %j', (text) => {
    expect(found(text)).toEqual([])
  })

  test.each(['# openvpn auth ', '# openvpn auth.txt\n', '# auth-user-pass\na\n'])(
    'for four times the text the files of OpenVPN do not take sixteen times as long: %j',
    (unit) => {
      const ms = (chars: number) => timeOf(names, unit.repeat(chars / unit.length))

      expect(ms(400_000)).toBeLessThan(Math.max(400, 8 * ms(100_000)))
    },
  )
})
