import { describe, expect, test } from 'vitest'
import { foundInCommands } from './commands-layer.ts'

/** Commands, and behind ⇒ what of them is secret; ⏎ is a line break. */
const lines = (table: string): [text: string, secrets: string[]][] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [text = '', ...secrets] = line.trim().split(' ⇒ ')
      return [text.replaceAll('⏎', '\n'), secrets]
    })

describe('a secret that reaches a command by way of a variable', () => {
  test.each(
    lines(String.raw`
      CREDS=(root kikkerdril)⏎sshpass -p "${'$'}{CREDS[1]}" ssh "${'$'}{CREDS[0]}@h" ⇒ kikkerdril
      $creds = @{ user='ana'; pass='geelgors' }⏎net user $creds.user $creds['pass'] ⇒ geelgors
      $cred = 'ops','geelgors'⏎net user ops $cred[1] ⇒ geelgors
      login() { sshpass -p "$2" ssh "$1"; }⏎login root@h1 paardenbloem ⇒ paardenbloem
      function Set-It([string]$U,[string]$P) { net user $U $P }⏎Set-It jan 'maskergors' ⇒ maskergors
      for p in dromedaris kameel; do sshpass -p $p ssh root@h; done ⇒ dromedaris ⇒ kameel
      while read u p; do echo "$u:$p" | chpasswd; done <<EOF⏎ana tulpenbol⏎piet rozenstruik⏎EOF ⇒ tulpenbol ⇒ rozenstruik
      pw=$(cat <<'X'⏎smelleken⏎X⏎)⏎sshpass -p "$pw" ssh h ⇒ smelleken
      printf -v PW '%s' ijsgors; sshpass -p "$PW" ssh h ⇒ ijsgors
      $u, $p = 'adm', 'cirlgors'; net user $u $p ⇒ cirlgors
      my ($u,$p)=('root','zwartegors'); DBI->connect("dbi:mysql:x",$u,$p); ⇒ zwartegors
      p='paddestoel'; requests.get('https://x', auth=('ana', p)) ⇒ paddestoel
      set PW {tapuit}; spawn ssh h; expect "word:"; send "$PW\r" ⇒ tapuit
    `),
  )('%s', (text, secrets) => {
    expect(foundInCommands(text)).toEqual(expect.arrayContaining(secrets))
  })

  test.each([
    'for p in 22 80 443; do nc -z h $p; done',
    'for host in web1 web2; do ssh $host uptime; done',
    'while read host ip; do ping -c1 $ip; done < hosts.txt',
    'def login(user, password): return auth(user, password)',
    'connect(host, user=u, password=None)',
    '$a, $b = Get-Item x, y',
  ])('%s carries none', (text) => {
    expect(foundInCommands(text)).toEqual([])
  })
})

describe('a secret among the values of an INSERT', () => {
  test.each(
    lines(`
      INSERT INTO users (login, mail, created, role, active, passwd) VALUES ('ana', 'a@b.example', NOW(), 'x', 1, 'specht') ⇒ specht
      insert into users (name,password) values ('ana','merel'),('piet','lijster') ⇒ merel ⇒ lijster
      REPLACE INTO sip (name,secret) VALUES ('201','snor'); ⇒ snor
      INSERT INTO accounts VALUES ('ana', SHA2('karekiet',256)); ⇒ karekiet
      INSERT INTO radcheck (username,attribute,op,value) VALUES ('ana','Cleartext-Password',':=','bosrietzanger') ⇒ bosrietzanger
    `),
  )('%s', (text, secrets) => {
    expect(foundInCommands(text)).toEqual(secrets)
  })

  test.each([
    "INSERT INTO settings (name, value) VALUES ('password_min_length', '12'), ('theme', 'dark')",
    "insert into logs (msg, level) values ('user password changed by ana', 'info')",
    'INSERT INTO users (name, password) VALUES (?, ?)',
  ])('%s has none', (text) => {
    expect(foundInCommands(text)).toEqual([])
  })
})

describe('what is asked for and answered', () => {
  test.each(
    lines(String.raw`
      tn.read_until(b"Password: ")⏎tn.write(b"nachtegaal\n") ⇒ nachtegaal
      expect { "yes/no" { send "yes\r"; exp_continue } "*?assword:*" { send "roodborst\r" } } ⇒ roodborst
      cat <<E | chpasswd⏎ana:koperwiek⏎E ⇒ koperwiek
      yes lijster | passwd root ⇒ lijster
      alter user scott identified by "Tijger-3" replace "Leeuw-2"; ⇒ Tijger-3 ⇒ Leeuw-2
      ALTER ROLE app WITH LOGIN ENCRYPTED PASSWORD $$meikever$$; ⇒ meikever
      db.changeUserPassword("rep", "kievit") ⇒ kievit
      restic -r sftp:h:/r --password-command "echo hazelhoen" snapshots ⇒ hazelhoen
      snmptrapd: authCommunity log,execute,net serre ⇒ serre
      AT+CPIN="4821" ⇒ 4821
      (echo bontbek) | AnyDesk.exe --set-password _full_access ⇒ bontbek
    `),
  )('%s', (text, secrets) => {
    expect(foundInCommands(text).sort()).toEqual([...secrets].sort())
  })
})
