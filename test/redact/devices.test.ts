import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { devices } from '../../src/redact/devices/devices.ts'
import { findSecrets } from '../../src/redact/find.ts'
import type { Source } from '../../src/redact/finding.ts'
import { cpuNow } from '../support/cpu-time.ts'

function sourceOf(text: string): Source {
  const lower = text.toLowerCase()
  return { text, lower, as: 'text', depth: 0, has: (hint) => lower.includes(hint), findInside: () => [] }
}

/** What the whole redactor finds, each stretch once. */
const found = (text: string): string[] => [
  ...new Set(findSecrets(text).map(({ start, end }) => text.slice(start, end))),
]

/** What the layer itself finds. */
function foundAlone(text: string): string[] {
  const values = new Set<string>()
  devices(sourceOf(text), (start, end) => values.add(text.slice(start, end)))
  return [...values]
}

describe('a configuration tells its secrets, and only they are left out', () => {
  test.each([
    // Cisco IOS, ASA, NX-OS
    ['enable password zomer', 'zomer'],
    ['enable password 7 08701E1D5D', '08701E1D5D'],
    ['username admin privilege 15 secret 0 Zomer41', 'Zomer41'],
    ['username ana password zomer', 'zomer'],
    ['sw01(config)# enable secret zomer41', 'zomer41'],
    ['line vty 0 4\n password zomer\n login', 'zomer'],
    ['line con 0\n password 7 0822455D0A16\n login', '0822455D0A16'],
    ['snmp-server community k4ntoor RO', 'k4ntoor'],
    ['snmp-server community kantoor RW 10', 'kantoor'],
    ['snmp-server host 10.0.0.1 version 2c kantoor', 'kantoor'],
    ['snmp-server user noc OPS v3 auth sha Zomer41x priv aes 128 Winter42x', 'Zomer41x', 'Winter42x'],
    ['tacacs-server key 7 0822455D0A16', '0822455D0A16'],
    ['tacacs-server host 192.0.2.5 key zomer', 'zomer'],
    ['radius-server host 10.0.0.1 auth-port 1812 key zomer41', 'zomer41'],
    ['radius server R1\n address ipv4 192.0.2.5\n key zomer', 'zomer'],
    ['crypto isakmp key zomer address 10.0.0.1', 'zomer'],
    [' pre-shared-key address 10.0.0.1 key zomer41', 'zomer41'],
    ['ntp authentication-key 1 md5 Zomer41', 'Zomer41'],
    [' ip ospf message-digest-key 1 md5 7 0822455D', '0822455D'],
    [' neighbor 10.0.0.1 password zomer', 'zomer'],
    ['  key-string zomer', 'zomer'],
    ['tunnel-group x ipsec-attributes\n ikev1 pre-shared-key zomer', 'zomer'],
    [' ikev2 remote-authentication pre-shared-key zomer41', 'zomer41'],
    [' wpa-psk ascii 0 gastvrij', 'gastvrij'],
    ['passwd 2KFQnbNIdI.2KYOU encrypted', '2KFQnbNIdI.2KYOU'],
    ['standby 1 authentication text zomer', 'zomer'],
    [' security passphrase zomer41', 'zomer41'],
    // Fortinet
    ['    set psksecret zomer', 'zomer'],
    ['    set passwd ENC SH2abcdefg', 'SH2abcdefg'],
    ['    set password zomer', 'zomer'],
    ['    set secret "Radijs & Ui"', 'Radijs & Ui'],
    ['    set auth-pwd ENC abcd1234efgh', 'abcd1234efgh'],
    // MikroTik, UniFi
    ['/ppp secret add name=ana password=zomer service=l2tp', 'zomer'],
    ['/interface wireless security-profiles set default wpa2-pre-shared-key=zomer', 'zomer'],
    ['/radius add address=10.0.0.1 secret=zomer', 'zomer'],
    ['/snmp community set 0 name=kantoor', 'kantoor'],
    ['x_passphrase: gastvrij', 'gastvrij'],
    ['mgmt.authkey=0123456789ABCDEF0123', '0123456789ABCDEF0123'],
    // Juniper, HP, PAN-OS, Huawei
    ['set security ike policy p pre-shared-key ascii-text "Brug over de Rijn"', 'Brug over de Rijn'],
    ['set snmp community kantoor authorization read-only', 'kantoor'],
    ['set system login user noc authentication plain-text-password-value "zomer"', 'zomer'],
    ['            encrypted-password "$1$abcd$def123456";', '$1$abcd$def123456'],
    ['password manager user-name "admin" plaintext "zomer"', 'zomer'],
    ['password manager user-name admin plaintext zomer', 'zomer'],
    ['snmp-server community "kantoor" operator', 'kantoor'],
    ['set mgt-config users admin phash $1$abcdefgh$ijklmnop', '$1$abcdefgh$ijklmnop'],
    ['local-user admin password cipher Zomer%41', 'Zomer%41'],
    ['snmp-agent community read cipher kantoor', 'kantoor'],
    ['super password level 3 cipher zomer41', 'zomer41'],
    // EdgeOS, VyOS, OpenWrt
    ['set vpn ipsec site-to-site peer 1.1.1.1 authentication pre-shared-secret zomer', 'zomer'],
    ['set system login user ubnt authentication plaintext-password zomer', 'zomer'],
    ["        option key 'gast vrij'", 'gast vrij'],
    ["uci set wireless.default_radio0.key='gastvrij'", 'gastvrij'],
    // services
    ['rocommunity kantoor 192.0.2.0/24', 'kantoor'],
    ['com2sec notConfigUser default kantoor', 'kantoor'],
    ['createUser noc SHA zomer4141 AES winter4242', 'zomer4141', 'winter4242'],
    ['trap2sink 10.0.0.1 kantoor', 'kantoor'],
    ['requirepass zomer', 'zomer'],
    ['rootpw zomer', 'zomer'],
    ['account.1.password = zomer', 'zomer'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })
})

describe('what only looks like a configuration stays', () => {
  test.each([
    'service password-encryption',
    'aaa authentication login default group tacacs+ local',
    'password encryption aes',
    'key chain OSPF\n key 1',
    'set password policy',
    'The specified network password is not correct.',
    'Enter password now',
    'user must change password at next logon',
    'Local Administrator Password Solution',
    'snmp-server community <removed> RO',
    'enable secret 9 <removed>',
    'tacacs-server key ******',
    '       --passwd user-id',
    '   Password Changes\n       During a password change',
    'password required',
    'password strength-check',
    'crypto key generate rsa modulus 2048',
    'ip ssh pubkey-chain',
    'username ana nopassword',
    'set password-policy minimum-length 12',
    'packagekit-tools\t1.2.6\npasswd\t1:4.13',
    'the community edition is free',
    'ssh key exchange algorithm',
    'public key fingerprint',
  ])('%j', (text) => {
    expect(foundAlone(text).filter((value) => !/^[<*]/.test(value))).toEqual([])
  })
})

test('any value is found whole', () => {
  const value = fc.stringMatching(/^K[a-zA-Z0-9!#%+?@_-]{6,30}7k$/)
  for (const [before, after] of [
    ['enable secret ', '\n'],
    ['snmp-server community ', ' RO\n'],
    ['    set psksecret ', '\n next'],
    ['crypto isakmp key ', ' address 192.0.2.1'],
    ['username ana privilege 15 secret 0 ', '\n'],
  ] as const) {
    fc.assert(
      fc.property(value, (secret) => {
        expect(foundAlone(before + secret + after)).toContain(secret)
      }),
      { numRuns: 60 },
    )
  }
})

describe('E4: no text makes it slow', () => {
  test.each([
    ...[
      'password ',
      ' password a\n',
      'set password ',
      'key 7 ',
      'snmp-server community ',
      'auth sha a priv ',
      'option key ',
      'uci set a.key=',
    ],
    ...['/ set a secret=', 'snmp host a ', 'createuser a md5 ', 'password )))))', 'a-', 'password enc '],
  ])('%j', (unit) => {
    const source = sourceOf(unit.repeat(Math.ceil(100_000 / unit.length)))
    const startedAt = cpuNow()
    devices(source, () => undefined)
    expect(cpuNow() - startedAt).toBeLessThan(2_000)
  })
})
