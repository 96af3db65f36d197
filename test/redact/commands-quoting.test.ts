import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foundInCommands } from './commands-layer.ts'

const SIGNS = [...'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!@%+=,.:;/?~^*()[]{}<>&|#$ ']
/** A password as people make them, and at least one that no placeholder looks like. */
const password = fc
  .tuple(
    fc.constantFrom('Kik', 'zo', 'Welk', 'B3'),
    fc.array(fc.constantFrom(...SIGNS), { minLength: 3, maxLength: 16 }),
    fc.constantFrom('9', 'x7', 'Ab'),
  )
  .map(([head, middle, tail]) => head + middle.join('') + tail)

const bashSingle = (value: string) => `'${value.replaceAll("'", String.raw`'\''`)}'`
const bashDouble = (value: string) => `"${value.replace(/[\\"$`]/g, String.raw`\$&`)}"`
const powerShell = (value: string) => `'${value.replaceAll("'", "''")}'`

/** Every character of the value, where the command was written with it as it is, is in what was found. */
function isCovered(command: string, value: string, as: 'command' | 'text'): boolean {
  const found = foundInCommands(command, as)
  return found.some((secret) => secret.includes(value))
}

const POSITIONS: Record<string, (quoted: string) => string> = {
  'an attached flag': (quoted) => `mysql -u root -p${quoted} -e "select 1"`,
  'a flag of one letter': (quoted) => `sshpass -p ${quoted} ssh root@srv1`,
  'a flag that says it': (quoted) => `tool --server x --admin-password ${quoted} --verbose`,
  'the same with a sign': (quoted) => `tool --admin-password=${quoted} --verbose`,
  'a parameter of PowerShell': (quoted) => `Connect-Thing -Server x -Password ${quoted} -Force`,
  'a flag of Windows': (quoted) => `cmdkey /add:fs02 /user:ana /pass:${quoted}`,
  'a position': (quoted) => `net user ana ${quoted} /add`,
  'the environment': (quoted) => `export DB_PASSWORD=${quoted}; mysql crm`,
  'standard input': (quoted) => `echo ${quoted} | sudo -S apt update`,
  'a here-string': (quoted) => `passwd --stdin ana <<< ${quoted}`,
  'a secure string': (quoted) => `ConvertTo-SecureString ${quoted} -AsPlainText -Force`,
  'a variable': (quoted) => `P=${quoted}; mysql -u root -p$P crm`,
}

describe.each(Object.entries(POSITIONS))('in %s', (_, commandOf) => {
  test.each([
    ['bash, single', bashSingle],
    ['PowerShell, single', powerShell],
  ])('a password in quotes of %s is covered whole', (_, quote) => {
    fc.assert(fc.property(password, (value) => isCovered(commandOf(quote(value)), value, 'command')))
  })

  test('a password in double quotes is covered whole', () => {
    fc.assert(
      fc.property(
        password.filter((value) => !/[\\"$`]/.test(value)),
        (value) =>
          isCovered(commandOf(bashDouble(value)), value, 'command') &&
          isCovered(`$ ${commandOf(bashDouble(value))}\n`, value, 'text'),
      ),
    )
  })
})

describe.each([
  ['bash -c', (inner: string) => `bash -c ${bashDouble(inner)}`],
  ['ssh', (inner: string) => `ssh root@srv1 ${bashSingle(inner)}`],
  ['ssh to a shell', (inner: string) => `ssh root@srv1 ${bashDouble(`sh -c ${bashSingle(inner)}`)}`],
  ['docker exec', (inner: string) => `docker exec db1 sh -c ${bashSingle(inner)}`],
  ['a here-document', (inner: string) => `ssh root@srv1 <<'EOF'\n${inner}\nEOF`],
  ['a string in JSON', (inner: string) => JSON.stringify({ tool: 'Bash', command: inner })],
])('inside %s', (_, around) => {
  test('a password is covered whole', () => {
    const plain = password.filter((value) => !/[\\"'$`]/.test(value))
    fc.assert(
      fc.property(plain, fc.constantFrom(...Object.values(POSITIONS).slice(0, 7)), (value, commandOf) =>
        isCovered(around(commandOf(bashDouble(value))), value, 'text'),
      ),
    )
  })
})

describe('odd quoting', () => {
  test.each([
    [String.raw`mysql -p'abc'd crm`, "abc'd"],
    [String.raw`mysql -p"it's" crm`, "it's"],
    [String.raw`mysql -p'it'\''s' crm`, String.raw`it'\''s`],
    [String.raw`sshpass -p Zo\ mer41 ssh x`, String.raw`Zo\ mer41`],
    [String.raw`sshpass -p Zo\$mer41 ssh x`, String.raw`Zo\$mer41`],
    [String.raw`sshpass -p $'Zo\'mer' ssh x`, String.raw`Zo\'mer`],
    [String.raw`bash -c "mysql -p\"Zo mer\" crm"`, 'Zo mer'],
    [String.raw`ssh h "bash -c \"mysql -p\\\"Zo mer\\\" crm\""`, 'Zo mer'],
    [String.raw`cmd /c "net user jan ""Zo mer 41"" /add"`, 'Zo mer 41'],
    ['net user jan Zo^&mer41 /add', 'Zo^&mer41'],
    ["net user jan Don't41 /add", "Don't41"],
    ['Connect-X -Password "Zo`"mer`$41" -Force', 'Zo`"mer`$41'],
    ['sshpass -p \\\n  Zomer41 ssh x', 'Zomer41'],
    ['cmdkey /add:x ^\r\n /user:ana ^\r\n /pass:Zomer41', 'Zomer41'],
    ['Connect-X `\r\n  -User ana `\r\n  -Password Zomer41', 'Zomer41'],
    ['mysql -p"Zomer 41', 'Zomer 41'],
    ['net user jan Pass{w}41 /add', 'Pass{w}41'],
  ])('%j', (command, secret) => {
    expect(foundInCommands(command, 'command')).toEqual([secret])
    expect(foundInCommands(command)).toEqual([secret])
  })
})

describe('a variable carries its secret further', () => {
  test.each([
    ['P=kikkerdril; mysql -p$P crm', 'kikkerdril'],
    ['P="kikker dril"\nexport Q=$P\nmysql -p"$Q" crm', 'kikker dril'],
    ["$p = 'kikkerdril'\n$s = ConvertTo-SecureString $p -AsPlainText -Force", 'kikkerdril'],
    ["$p = 'kikkerdril'; Connect-X -Password $p", 'kikkerdril'],
    ['set PW=kikkerdril & net use Z: \\\\fs\\x %PW% /user:ana', 'kikkerdril'],
    ['set "PW=kikker dril"\r\nnet user jan %PW% /add', 'kikker dril'],
    ['read -r P <<< kikkerdril; sshpass -p "$P" ssh x', 'kikkerdril'],
    ['read -r U W <<< "ana kikkerdril"; smbclient //nas/x -U "$U%$W" -c ls', 'kikkerdril'],
    ['curl -u ana:$W https://x; W=kikkerdril', 'kikkerdril'],
    ['echo "$W" | sudo -S id; W=kikkerdril', 'kikkerdril'],
    ['mysql -p$' + '{W:-kikkerdril} crm', 'kikkerdril'],
  ])('%j', (script, secret) => {
    expect(foundInCommands(script, 'command')).toEqual([secret])
    expect(foundInCommands(script)).toEqual([secret])
  })

  test('one that is used for something else does not', () => {
    expect(foundInCommands('P=kikkerdril; echo $P > x; ls $P', 'command')).toEqual([])
  })
})

describe('what is fed into a program', () => {
  test.each([
    ['chpasswd <<EOF\njan:kikkerdril\nana:Zo mer:41\nEOF\nls', 'kikkerdril', 'Zo mer:41'],
    ["sudo -S apt update <<'EOF'\nkikkerdril\nEOF", 'kikkerdril'],
    ['ftp -n nas01 <<EOF\nuser bck kikkerdril\nput a\nEOF', 'kikkerdril'],
    ['ftp -n <<EOF\nopen nas01\nuser bck kikkerdril\nquote PASS Zomer41\nEOF', 'kikkerdril', 'Zomer41'],
    ['expect "assword:"\nsend "kikkerdril\\r"', 'kikkerdril'],
    ['expect -c \'spawn ssh x; expect "*assword*" { send "kikkerdril\\r" }\'', 'kikkerdril'],
    ["child.expect('Password:')\nchild.sendline('kikkerdril')", 'kikkerdril'],
    ["mysql <<EOF\nALTER USER crm IDENTIFIED BY 'kikkerdril';\nEOF", 'kikkerdril'],
    ['ssh srv1 <<EOF\nnet user jan kikkerdril /add\nEOF', 'kikkerdril'],
    ['cryptsetup luksOpen /dev/sdb1 x <<EOF\nkikkerdril\nEOF', 'kikkerdril'],
    ['smbclient //nas/x -U ana <<EOF\nls\nEOF'],
  ])('%j', (script, ...secrets) => {
    expect(foundInCommands(script, 'command')).toEqual(secrets)
    expect(foundInCommands(script)).toEqual(secrets)
  })
})

describe('a command line in other text', () => {
  test.each([
    ['PS C:\\Users\\ana> net user jan kikkerdril /add', 'kikkerdril'],
    ['C:\\Users\\ana>net user jan kikkerdril /add', 'kikkerdril'],
    ['[root@srv1 ~]# mysql -pkikkerdril crm', 'kikkerdril'],
    ['ana@srv1:~$ sudo mysql -pkikkerdril crm', 'kikkerdril'],
    ['+ mysql -pkikkerdril crm', 'kikkerdril'],
    ['  501  net user jan kikkerdril /add', 'kikkerdril'],
    ['Process Command Line: net user jan kikkerdril /add', 'kikkerdril'],
    ['CommandLine="C:\\Windows\\System32\\net.exe user jan kikkerdril /add"', 'kikkerdril'],
    ['{"ts":1,"cmd":"mysql -uroot -p\\"kikker dril\\" crm","rc":0}', 'kikker dril'],
    ['{"script":"cd /srv\\nnet user jan kikkerdril /add\\nls"}', 'kikkerdril'],
    ['exec: ["mysql", "-u", "root", "-pkikkerdril", "crm"]', 'kikkerdril'],
    ['subprocess.run(["sshpass", "-p", "kikkerdril", "ssh", "x"])', 'kikkerdril'],
    ['command: ["tool", "--password", "kikker dril"]', 'kikker dril'],
    ['Use `net user jan kikkerdril /add` and reboot.', 'kikkerdril'],
    ['```\nnet user jan kikkerdril /add\n```', 'kikkerdril'],
    ['I ran mysqldump -uroot -pKikker7 crm, and it worked.', 'Kikker7'],
    ["don't forget: sshpass -p kikkerdril ssh x, it's needed", 'kikkerdril'],
    ['0 3 * * * root mysqldump -uroot -pkikkerdril crm > /b', 'kikkerdril'],
    ['<Command>net user jan kikkerdril /add</Command>', 'kikkerdril'],
    ['Nov 22 10:00:00 srv sudo: ana : COMMAND=/usr/bin/mysql -pkikkerdril', 'kikkerdril'],
    ['root  812  0.0  mysql -uroot -pkikkerdril crm', 'kikkerdril'],
    ['# mysql -pkikkerdril crm', 'kikkerdril'],
    ['- run: tool --password kikkerdril', 'kikkerdril'],
    ['RUN htpasswd -bc /etc/x ana kikkerdril', 'kikkerdril'],
    ['"C:\\Program Files\\X\\psexec.exe" \\\\PC1 -u ana -p kikkerdril cmd', 'kikkerdril'],
  ])('%j', (text, ...secrets) => {
    expect(foundInCommands(text)).toEqual(secrets)
  })
})
