import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'

const foundIn = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end))

/** Old languages, mainframes, forms, logs and chats: what technicians paste besides shells and files of settings. */
describe('a secret is found in forms that few programs have', () => {
  test.each([
    ['salasana: Koivu-metsä', 'Koivu-metsä'],
    ['DB_HESLO=Jablko_Red', 'Jablko_Red'],
    ['"hasło": "Zielony8"', 'Zielony8'],
    ['parola=Ceainic9', 'Ceainic9'],
    ['app --lozinka Kruska77 --x', 'Kruska77'],
    ['пароль: Тюльпан7', 'Тюльпан7'],
    ['<senha>cafezinho</senha>', 'cafezinho'],
    ['A senha é Cafe-preto9', 'Cafe-preto9'],
    ['lösenord = Blåbär12', 'Blåbär12'],
    ['ALTUSER JANSEN PASSWORD(ROOS77) RESUME', 'ROOS77'],
    ['  DEFINE CLUSTER(NAME(A.B) READPW(TULP88) -', 'TULP88'],
    ['  Password  . . . . . . .   Kersen33\n  Program . . . . .  MAIN', 'Kersen33'],
    ["   01 DB-PASSWORD PIC X(12) VALUE 'MAANLICHT'.", 'MAANLICHT'],
    ["cfg['pass' . 'wd'] = 'veldmuis';", 'veldmuis'],
    [
      '<table><tr><td>Host</td><td>User</td><td>Password</td></tr><tr><td>nas1</td><td>admin</td><td>Hooiberg7</td></tr></table>',
      'Hooiberg7',
    ],
    ['ogin: ppp2\nssword: Wolkbreuk', 'Wolkbreuk'],
    ['h = DbConnect("crm", "lezer", "appelboom")', 'appelboom'],
    ["sess.Anmelden('meier', 'fliederbusch')", 'fliederbusch'],
    ['TACL> LOGON OPS.JAN,zeehond', 'zeehond'],
    ['mkuser piet:Houtduif:ro', 'Houtduif'],
    ['imp jan/Veldbloem_8@ORCL file=x.dmp', 'Veldbloem_8'],
    ['http://10.0.0.4/relay.cgi?usr=piet&pwx=molenwiek&s=1', 'molenwiek'],
    ['# QX = wachtwoord van de koppeling\nQX=Appelboom-3', 'Appelboom-3'],
    ["Cred(user='x', key=SecretStr(value='hooiberg', kind=1))", 'hooiberg'],
    [' Sleutel : klaproosveld\n Bevestig : klaproosveld', 'klaproosveld'],
    ['Kon niet inloggen. Aangepast, gewijzigd naar Regen-in-Mei.', 'Regen-in-Mei'],
    ['Bob: the zip is protected?\nAmy: open it with bluebell-lane', 'bluebell-lane'],
    ['Jan: wifi code van de gasten?\nEls: zonnebloemen aan elkaar', 'zonnebloemen'],
    ['wachtw. is Zeepaardje', 'Zeepaardje'],
    ['<conn user="a" secret="Druiven-Rood"/>', 'Druiven-Rood'],
    ['   UnlockWord    REG_SZ    zandloper', 'zandloper'],
    ['10.1.2.3\nedi\nZANDBAK7\nbinary\nput a.txt', 'ZANDBAK7'],
  ])('%s', (text, secret) => {
    expect(foundIn(text)).toContain(secret)
  })
})

describe('what only looks like these forms is left alone', () => {
  test.each([
    'Heslo musí mít alespoň 12 znaků',
    'Wachtwoord gewijzigd naar een sterk wachtwoord.',
    'parole board meeting at 10',
    'SELECT PASSWORD(NAME) FROM USERS',
    'Checking password . . . done',
    'login failed for user jan:x',
    "open('file.txt', 'read', 'binary')",
    "signal.connect('clicked', handler)",
    'docker run -v data:/srv:ro nginx',
    'uses: actions/checkout@v4',
    'npm i vue/core@LATEST',
    'Status changed to in-progress by jan after login',
    'user=jan tty=pts/12 ruser=root rhost=10.0.0.5',
    'May 11 sshd: login jan failed',
    '$ docker login registry.contoso.example',
    '> login jan failed',
    'ticket changed to out-of-scope',
    'hoofdsleutel: kantoor',
    'msg=User login=ok session=abc12 node=srv12',
    'git show HEAD:README.md feature/x@HEAD',
    'user=jan src=web12 dst=db34 action=allow',
    'login=jan id=Win2019 key=HKLM',
    'retype: again',
    'Name : backup\nConfirm name : backup',
    'New name: server12\nConfirm name: server12',
    "i18n.connect('nl','de','frans')",
    'Access Word    REG_SZ    Default',
    'KeyWord: value',
    'Jan: can you connect?\nPiet: works with teamviewer',
    'Bob: can you log in?\nAmy: only with laptop-amy',
    'senha: obrigatória',
    'contraseña: requerida',
    'passwd: password updated successfully',
    'passwd: Authentication token manipulation error',
  ])('%s', (text) => {
    expect(foundIn(text)).toEqual([])
  })
})
