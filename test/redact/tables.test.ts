import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Source } from '../../src/redact/finding.ts'
import { tables } from '../../src/redact/tables/tables.ts'
import { cpuNow } from '../support/cpu-time.ts'

function sourceOf(text: string): Source {
  const lower = text.toLowerCase()
  return { text, lower, as: 'text', depth: 0, has: (hint) => lower.includes(hint), findInside: () => [] }
}

function found(text: string): string[] {
  const values: string[] = []
  tables(sourceOf(text), (start, end) => values.push(text.slice(start, end)))
  return values
}

describe('the cells under a heading that names a secret', () => {
  test.each([
    ['Username,Password,Department\na.jansen,Tuinhek!12,Sales\nb.bos,zomer,HR', 'Tuinhek!12', 'zomer'],
    ['naam;inlognaam;wachtwoord;e-mail\nJan;jan;Kersen&Pit3;j@x\nAns;ans;"zo;mer";a@x', 'Kersen&Pit3', 'zo;mer'],
    ['"Title","User Name","Password"\n"NAS, 2","admin","Zo ""m"" er"', 'Zo ""m"" er'],
    ['ssid\tpsk\tvlan\nGast\tkomerin\t30', 'komerin'],
    ['Benutzer;Kennwort\nana;sommer', 'sommer'],
    ['kast;merk;inlog;geheim\nA1;HP;admin;Pr0curve', 'Pr0curve'],
    ['Site        Alarmcode   Code sleutelkluis\nBerchem     5518        2094', '5518', '2094'],
    ['Filiale\tAlarm scharf\tAlarm unscharf\nChur\t4410\t4411', '4410', '4411'],
    ['Ort,Tür,Code\nBern,Haupt,7712', '7712'],
    ['NETZ  Werk-Gast\nPASSWORT  hummel', 'hummel'],
    ['utilisateur;mot de passe\nana;soleil', 'soleil'],
    ['| Host | User | Password |\n|---|---|---|\n| nas | root | zomer |', 'zomer'],
    ['| SSID | Key |\n| --- | --- |\n| Gast | gastvrij aan zee |', 'gastvrij aan zee'],
    [
      '+------+----------+\n| user | password |\n+------+----------+\n| ana  | zomer    |\n+------+----------+',
      'zomer',
    ],
    [' id | username | password\n----+----------+----------\n  1 | ana      | zomer', 'zomer'],
    ['│ host │ wachtwoord │\n├──────┼────────────┤\n│ nas  │ zomer      │', 'zomer'],
    ['Host          User     Password\n------------  -------  --------\nsw-core-01    admin    zomer', 'zomer'],
    ['Name Password\n---- --------\nJan  zomer', 'zomer'],
    ['Host       User    Password\nsw01       admin   zomer\nsw02       admin   winter', 'zomer', 'winter'],
    [
      'ComputerName  Password       Expires\n------------  --------       -------\nWS-1          rL9.FAKE;vm2X  1/2/2027',
      'rL9.FAKE;vm2X',
    ],
    ['Device        Access              Remark\nprinter MFP   admin/Nietje!Los2   2e etage', 'Nietje!Los2'],
    ['user,login/pass\nx,admin/zomer', 'zomer'],
    ['name,value\nhost,nas\npassword,zomer', 'zomer'],
    ['Property    Value\n--------    -----\nUserName    ana\nPassword    zomer', 'zomer'],
    ['| Wachtwoord | Zomer41 |', 'Zomer41'],
    ['Password\tZomer41', 'Zomer41'],
    ['apparaat;wie;waarmee\nswitch;admin;stekker', 'stekker'],
    ['name,api key\nx,K7kker4Blauw', 'K7kker4Blauw'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })
})

describe('other tables stay', () => {
  test.each([
    'Name PasswordLastSet\n---- ---------------\nana  12/4/2026 10:01',
    'User,PasswordExpires,PasswordRequired\nana,Never,True',
    'base-passwd\tinstall\nbash\tinstall\nbc\tinstall',
    'login\t1:4.13\npasswd\t1:4.13\npatch\t2.7',
    'kpasswd\t\t464/tcp\nkpasswd\t\t464/udp',
    ' server/crypto/passwords.ts       | 11 ++++++---',
    'list          mac           passwd\npkcs7         pkcs8         pkey',
    'User may change password     Yes\nPassword changeable          4/13/2026',
    'if (!password || password.length < 12) throw',
    '| user | passwords | tokens |\n|---|---|---|\n| jan | 1 | 2 |',
    ' Column   | Type                   | Nullable\n----------+------------------------+---------\n password | character varying(255) | not null',
    'Key,Value\ncolour,blue',
    'Name,Key\nx,item-1',
    'We ask for user, password, and mail.\nThen we go on, as always, quickly.',
    'country,postal code\nNL,1234AB',
    'Name   Token\nana    ok',
    'Policy                  Value\n------                  -----\nPasswordHistory         24\nMinPasswordLength       14',
  ])('%j', (text) => {
    expect(found(text)).toEqual([])
  })
})

test('any value in a column is found whole', () => {
  const value = fc.stringMatching(/^K[a-zA-Z0-9!#%+?@_-]{6,20}7k$/)
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 5 }), (secrets) => {
      const rows = (row: (secret: string) => string) => secrets.map(row).join('\n')
      expect(found(`user,password\n${rows((secret) => `ana,${secret}`)}`)).toEqual(secrets)
      expect(found(`| user | password |\n|---|---|\n${rows((secret) => `| ana | ${secret} |`)}`)).toEqual(secrets)
      expect(found(`User  Password\n----  --------\n${rows((secret) => `ana   ${secret}`)}`)).toEqual(secrets)
    }),
    { numRuns: 60 },
  )
})

describe('E4: no text makes it slow', () => {
  test.each([
    ...[
      'password,',
      'user,password\n',
      'user  password\n',
      'password|',
      '|password',
      'key;',
      '"password',
      'password\t',
      '-- -- ',
      'user,password\na,b\n',
    ],
  ])('%j', (unit) => {
    const source = sourceOf(unit.repeat(Math.ceil(100_000 / unit.length)))
    const startedAt = cpuNow()
    tables(source, () => undefined)
    expect(cpuNow() - startedAt).toBeLessThan(2_000)
  })
})
