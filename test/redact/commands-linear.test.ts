import { describe, expect, test } from 'vitest'
import { cpuNow } from '../support/cpu-time.ts'
import { foundInCommands } from './commands-layer.ts'

/** As many as a hook may ever get. */
const CHARS = 100_000
/** A linear layer takes about 40 ms for so much on this machine, a quadratic one many seconds: the bound needs no quiet machine. */
const MAX_MS = 1_500

const UNITS = [
  ...[
    'a',
    ' ',
    '\n',
    '"',
    "'",
    '\\',
    '`',
    '-',
    '/',
    '=',
    '$',
    '{',
    '(',
    '^',
    '|',
    '<',
    '@',
    'a.',
    'a=',
    'a:',
    '\\"',
    '$(',
    '@{',
  ],
  ...[
    'curl ',
    'curl\n',
    'curl -u a:b ',
    'curl -u ',
    'curl,',
    '"curl ',
    "'curl",
    "x'curl ",
    '"curl -p \\"',
    "'curl',",
    '`curl ',
    '(curl ',
    '/usr/bin/curl ',
  ],
  ...[
    'mysql -pX ',
    'mysql -p$A ',
    'net user a b ',
    'net user a ',
    'echo a | ',
    'echo a | sudo -S ',
    'A=b mysql ',
    'P=1;mysql -p$P;',
  ],
  ...[
    '--password ',
    '--password a ',
    '--password=',
    '--password "',
    '--password=a,b=',
    '-pw ',
    '/pass:',
    'password=',
    'a_password=',
  ],
  ...[
    'bash -c "',
    'bash -c "curl \'',
    'sh -c \'mysql -p"',
    '<<EOF ',
    '\n<<EOF\n',
    'passwd <<EOF\n',
    '<<< a ',
    '@"\n',
    '\\\n',
    '^\n',
  ],
  ...[
    'identified by ',
    "password '",
    'create user a identified by ',
    'insert into a (b, password) values (',
    'openrowset(',
    "sp_addlogin '",
  ],
  ...[
    'expect "assword" ',
    'assword" { send "',
    'login a password ',
    'auth(a, ',
    'connect("a","',
    'NetworkCredential("a",',
    '.ToCharArray() appendchar ',
  ],
  ...['["mysql", ', '{"a":"curl ', 'read -r P <<< ', '$P = ', 'set P=', '${P:-'],
]

describe('E4: no text makes the layer of commands slow', () => {
  test.each(UNITS)('%j', (unit) => {
    const text = unit.repeat(CHARS / unit.length)
    const hints = ' ftp appendchar setenvironmentvariable expect send user password "'
    for (const as of ['text', 'command'] as const) {
      const started = cpuNow()
      foundInCommands(text + hints, as)
      foundInCommands(`mysql -p$P ${text}`, as)
      expect(cpuNow() - started).toBeLessThan(MAX_MS)
    }
  })

  test('what has no command costs next to nothing', () => {
    const text =
      'Nov 22 10:00:00 srv1 kernel: [12.3] usb 1-1: new device found, idVendor=1d6b, path /sys/devices/a\n'.repeat(
        1_000,
      )
    const best = Math.min(
      ...[1, 2, 3, 4, 5].map(() => {
        const started = cpuNow()
        foundInCommands(text)
        return cpuNow() - started
      }),
    )

    expect(best).toBeLessThan(60)
  })
})
