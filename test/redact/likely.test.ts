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
  test.each([
    ['https://sms.contoso.example/send?acct=bakker&hush=Klaproos88&to=31600000000', 'Klaproos88'],
    ['https://meet.contoso.example/r/8821#host-key=Vuursteen61', 'Vuursteen61'],
    [
      'dyndns {\n    host     = kantoor.contoso.example\n    who      = bakker\n    knock    = dakgoot-8\n}',
      'dakgoot-8',
    ],
    ['(relay\n  (auth (as "bounce") (by "Ekster81")))', 'Ekster81'],
    ['"Host"="x.example"\n"Usr"="scan01"\n"Pwrd"="Perforator"', 'Perforator'],
    ["  who   => 'poort',\n  phrase => 'appel peer u nu',\n", 'appel peer u nu'],
    ['expect "ogin:"\nsend "manager\\r"\nexpect "word:"\nsend "Kapstok_24\\r"', 'Kapstok_24'],
    ['recorder(config)# operator add nachtploeg Mus+Hond33 level 3', 'Mus+Hond33'],
    ['02:00:11 INFO [runner] spawn: /opt/x/bin/kluis-open archief Laarzen_9 --mount /mnt', 'Laarzen_9'],
    ["if not Kassa.Aanmelden('filiaal07', 'Koffie&Taart') then", 'Koffie&Taart'],
    ['|  PPP user   [ bakker@x.example     ] |\n|  PPP pass   [ glasplaat19          ] |', 'glasplaat19'],
    ['firewall: inloggen als root, het woord is nog steeds Klinkersteen. Groet', 'Klinkersteen'],
    ['Alarm afmelden: klantnr 40912, codewoord Flamingo. Daarna de deur.', 'Flamingo'],
    ['Voicemailbox 340 geleegd. Code is nu 5519 en Karin weet ervan.', '5519'],
    ['unifi-cli adopt 192.0.2.20 ubnt Vl1nder!pad', 'Vl1nder!pad'],
    ['snmpd-setup --ro-string Kastanje77 --rw-string Mispel!88', 'Kastanje77', 'Mispel!88'],
    ['ipcam-tool -H 192.0.2.80 -U admin -S Kijker#2026 --reboot', 'Kijker#2026'],
    ['printer-admin 192.0.2.60 set adminpw=Nietmachine8', 'Nietmachine8'],
    ['mikrocli 192.0.2.1 admin Bl0emkool /system/backup/save', 'Bl0emkool'],
    ['ovpn-start klant3 jan.smit Zeehond!33', 'Zeehond!33'],
    ['3cxcmd login 1000 Toestel!1000x', 'Toestel!1000x'],
    ['winagent /install /server:rmm01 /enrol:Paardebloem21', 'Paardebloem21'],
    ['backupclient.exe -Register -Site Bakker -Handshake W4terlelie', 'W4terlelie'],
    ['cameractl stream rtsp://viewer:Uitkijk!3@192.0.2.81/ch1', 'Uitkijk!3'],
    ['wificonnect "Contoso Gast" "Koekjestrommel9"', 'Koekjestrommel9'],
    ['freerdp-lite 192.0.2.15 beheer Sp1nneweb', 'Sp1nneweb'],
    ['vmimport -H esx01 -l root -k Dr4aikolk vm1.ova', 'Dr4aikolk'],
    ['ldaptool bind cn=svc,dc=x Zwavel!Stok4', 'Zwavel!Stok4'],
    ['nasmount //nas01/data -as backup -with Rups!Blad8', 'Rups!Blad8'],
    ['smtp-probe mail.example 587 noreply Post!Zegel6', 'Post!Zegel6'],
    ['gitmirror https://git.example/x.git mirror Spiegel!Beeld7', 'Spiegel!Beeld7'],
    ['erpimport /firma:12 /bediener:jan /losung:Sonnenuhr8', 'Sonnenuhr8'],
    ['telnet 192.0.2.2\nadmin\nKn0flook\nshow version', 'Kn0flook'],
    ['vpnconnect -gateway vpn.contoso.example -id ans.bos -word Tulp!Bol55', 'Tulp!Bol55'],
    ['mailtest jan@contoso.example Brief!Kaart9 imap.example', 'Brief!Kaart9'],
    ['ftp> user webmaster Gr4sspriet', 'Gr4sspriet'],
    ['rsync-wrap backup@192.0.2.9 Hagel!Bui12 /data', 'Hagel!Bui12'],
    ['xmodem-send COM3 enable Kabel!Goot2', 'Kabel!Goot2'],
    ['apc-cli ups03 apc Accu!Pack17 outlet off 3', 'Accu!Pack17'],
    ['dbdump.sh erp_prod erp_ro Lees!Wijzer7 > dump.sql', 'Lees!Wijzer7'],
    ['./deploy.sh prod Oester!Schelp6', 'Oester!Schelp6'],
    ['kiosk.exe --exitcode Uitgang#77', 'Uitgang#77'],
    ['tvctl pair 192.0.2.88 Sch3mer!lamp', 'Sch3mer!lamp'],
    ['the router takes admin and then Zeepbel!44', 'Zeepbel!44'],
    ['use Kaasfondue!3 for the nvr, same as last time', 'Kaasfondue!3'],
    ['jan zegt dat het Vuurtoren#9a is', 'Vuurtoren#9a'],
    ['nas: Wolkbreuk!7, of anders de oude Wolkbreuk!6', 'Wolkbreuk!7', 'Wolkbreuk!6'],
    ['probeer anders even Sneeuwp0p', 'Sneeuwp0p'],
    ['geprobeerd met Herfstblad31 maar die werkt niet meer', 'Herfstblad31'],
    ['ich komme mit Bergziege!5 rein', 'Bergziege!5'],
    ['versuch Tannenzapfen#12', 'Tannenzapfen#12'],
    ['avec Coquelicot!8 ça passe', 'Coquelicot!8'],
    ["j'ai mis Tartine&Beurre4 sur le NAS", 'Tartine&Beurre4'],
    ['still Cobblestone!2 btw', 'Cobblestone!2'],
    ['ans.bos mag in met Regenboog!6', 'Regenboog!6'],
    ['voor de nieuwe stagiair: s.visser / Welkom#Stage1', 'Welkom#Stage1'],
    ["login voor de camera's is viewer en dan Kijkdoos!5", 'Kijkdoos!5'],
    ['onthoud: Tuinslang!19', 'Tuinslang!19'],
    ['new one is Porcupine!Quill3', 'Porcupine!Quill3'],
    ['root = Bakfiets!8', 'Bakfiets!8'],
    ['fw klant: admin ; Dorpsplein!5', 'Dorpsplein!5'],
    ['idrac / root / Sl0ttoren', 'Sl0ttoren'],
    ['switch achter: admin Kabelboom!7', 'Kabelboom!7'],
    ['Bewaren: Kapstok!Haak2 (NVR)', 'Kapstok!Haak2'],
    ['domein admin Bakker BV: adm-bakker Broodplank!4', 'Broodplank!4'],
    ['- UPS: apc Accuzuur#4', 'Accuzuur#4'],
    ['- AP zolder: ubnt / D4kpan!', 'D4kpan!'],
    ['* ESX: root, H0oiberg!9', 'H0oiberg!9'],
    ['PC receptie - lokaal account: balie - Bloemstuk!3', 'Bloemstuk!3'],
    ['Wachtkamer wifi = Tijdschrift-2026', 'Tijdschrift-2026'],
    ['Gast: BakkerGast / Roomboter!12', 'Roomboter!12'],
    ['Besucher-WLAN "Praxis": Wartezimmer#24', 'Wartezimmer#24'],
    ['invités: Croissant#Beurre2', 'Croissant#Beurre2'],
    ['tel centrale 0000 admin Bel!Toon4', 'Bel!Toon4'],
    ['"hostname","gebruiker","sleutelwoord"\n"sw01","admin","Stroomkabel!6"', 'Stroomkabel!6'],
    ['Toegang|gebruiker|invoer\niLO|Administrator|R0zenbottel', 'R0zenbottel'],
    ['object  wer     womit\nNVR     gast    Guck!Loch7', 'Guck!Loch7'],
    ['2026-10-02T10:00:00 INFO running ["/usr/bin/mapit","jan","Drop!Sleutel3"]', 'Drop!Sleutel3'],
    ['Nov 22 10:01:22 srv01 sudo: beheer : COMMAND=/opt/x/setuser jan Klomp!Dans8', 'Klomp!Dans8'],
    ['Process Create: "C:\\x\\login.exe" beheer "Molen!Wiek5"', 'Molen!Wiek5'],
    ["+ ./sync.sh svc_sync 'Zand!Loper4'", 'Zand!Loper4'],
    ['exec: mountnas V: \\\\nas01\\x beheer K4rnemelk!', 'K4rnemelk!'],
    ['cmd.exe /c "C:\\tools\\pushcfg.exe 192.0.2.1 admin Grind!Pad9"', 'Grind!Pad9'],
    ['[remote]\nuser=jan\nopen=Hek!Werk8', 'Hek!Werk8'],
    ['peer: branch1\n  say: Wolven!Kop3\n  hear: Berg!Geit4', 'Wolven!Kop3', 'Berg!Geit4'],
    ['station { id "ops" word "Spoor!Baan6" }', 'Spoor!Baan6'],
    ['wlan.gast.toegangswoord=Frisse!Lucht1', 'Frisse!Lucht1'],
    ['spreek_wachtwoord_uit = "Mier!Hoop2"', 'Mier!Hoop2'],
    ['unlock.with=Kreeft!Soep7', 'Kreeft!Soep7'],
    ['(login "admin" "Krent!Brood8")', 'Krent!Brood8'],
    ['Dear Ms Bos, you can start with ans.bos and Ochtend!Zon4.', 'Ochtend!Zon4'],
    ['Beste Tom, inloggen doe je met t.devos en de code Rugzak!2026', 'Rugzak!2026'],
    ['Sehr geehrter Herr Kern, Ihr Start: p.kern / Anfang!2026', 'Anfang!2026'],
    ['Bonjour Luc, ton accès est prêt : l.martin, Printemps!26', 'Printemps!26'],
    ['Hallo Eva, eerste keer: Kennismaking#1a', 'Kennismaking#1a'],
    ["xdotool type 'Scheve!Toren9'", 'Scheve!Toren9'],
    ["Set-Clipboard 'Warme!Trui22'", 'Warme!Trui22'],
    ['[Windows.Forms.SendKeys]::SendWait("Koude!Douche4")', 'Koude!Douche4'],
    ['echo Noten!Kraker6 | clip', 'Noten!Kraker6'],
    ['adb shell input text Sn33uwvlok', 'Sn33uwvlok'],
    ["printf '%s' 'Groene!Thee11' > /tmp/x", 'Groene!Thee11'],
    ['cat > creds.txt <<< "beheer Blauwe!Inkt3"', 'Blauwe!Inkt3'],
    ['osascript -e \'tell app "System Events" to keystroke "Appel!Boom5"\'', 'Appel!Boom5'],
    ['wtype Peper!Munt8', 'Peper!Munt8'],
    ['su - jan <<< Lange!Winter9', 'Lange!Winter9'],
    ['authenticate 214 Hoorn!Schelp4', 'Hoorn!Schelp4'],
    ['register ext 12 secret Pluim!Veer6', 'Pluim!Veer6'],
    ['pppd call provider user jan@isp pass2 Glas!Vezel7', 'Glas!Vezel7'],
    ['auth-user-pass-inline jan Open!Dak7', 'Open!Dak7'],
    ['bgp neighbor 192.0.2.1 md5 Border!Gate3', 'Border!Gate3'],
    ['wpa_cli -i wlan0 join Gast Terras!Weer5', 'Terras!Weer5'],
    ['telegraf --db metrics --as writer:Meet!Lat4', 'Meet!Lat4'],
    ['kermit -l jan -s Kikker!Koor2', 'Kikker!Koor2'],
    ['zabbix-api host01 apiuser Grafiek!Lijn8', 'Grafiek!Lijn8'],
    ['restic-wrap b2 Opslag!Kast1', 'Opslag!Kast1'],
    ['hvctl attach 192.0.2.40 root Waterlelie&7', 'Waterlelie&7'],
    ['swupd -t 192.0.2.3 -c manager -z Kr4nslag', 'Kr4nslag'],
    ['pbxconf --host pbx01 --agent 210 --wachtcode Schommel9', 'Schommel9'],
    ['printscan set-smb jan@contoso "Egelstelling!2"', 'Egelstelling!2'],
    ['vaultsync --client bakker --masterword Nachtkaars31', 'Nachtkaars31'],
    ['nasbox login beheer Herfstbos2025', 'Herfstbos2025'],
    ['mailmove imap.old.example j.bos Oude#Post1 imap.new.example j.bos Nieuwe#Post2', 'Oude#Post1', 'Nieuwe#Post2'],
    ['camctl /host:cam03 /u:viewer /w:T3lescoop', 'T3lescoop'],
    ['run-as svc_print Dr0ogdoek "spooler restart"', 'Dr0ogdoek'],
    ['erpcli connect --db ERP --gebruiker jan --geheim Appelmoes88', 'Appelmoes88'],
    ['sshx beheer:Zeester-14@192.0.2.9 uptime', 'Zeester-14'],
    ['backupjob add nas02 bck Kluisdeur_5', 'Kluisdeur_5'],
    ["Join-Bakker.ps1 -Domein contoso -Beheerder adm -Woord 'Struikgewas!6'", 'Struikgewas!6'],
    ['curlx --as api:Lantaarn!3 https://api.example/v1/x', 'Lantaarn!3'],
    ['doe maar Kaneelstok!8 op die switch', 'Kaneelstok!8'],
    ['kon er niet in met Zonsopgang7, wel met Zonsopgang8', 'Zonsopgang7', 'Zonsopgang8'],
    ['jan: wat was t ook weer? piet: Klaproos#3', 'Klaproos#3'],
    ["for the firewall it's admin and Thunder!Cloud2", 'Thunder!Cloud2'],
    ['she told me Buttercup_44 works', 'Buttercup_44'],
    ['die Kollegin sagt Eisbecher!3 geht', 'Eisbecher!3'],
    ['on se connecte avec admin puis Escargot!5', 'Escargot!5'],
    ['ik heb er Dr1ehoek van gemaakt', 'Dr1ehoek'],
    ['oude: Lentebloem12 nieuwe: Zomerbloem12', 'Lentebloem12', 'Zomerbloem12'],
    ['switch ruimte B | admin | Kabel#Goot9', 'Kabel#Goot9'],
    ['router zolder > admin > Tegelpad!2', 'Tegelpad!2'],
    ['NVR (viewer): Parkeerplaats!4', 'Parkeerplaats!4'],
    ['iDRAC srv02 root calvin!7X', 'calvin!7X'],
    ['Praxis-WLAN Gast: Zahnfee2026', 'Zahnfee2026'],
    ['Klant Mulder, kassa 1: kassa / Bonnetje!6', 'Bonnetje!6'],
    ['M365 global admin: adm@contoso.example / Wolkenlucht#9', 'Wolkenlucht#9'],
    ['BIOS: Moederbord!1', 'Moederbord!1'],
    ['anydesk 987 654 321 Ophangen!3', 'Ophangen!3'],
    ['station1;ops;Perron!Twee2', 'Perron!Twee2'],
    ['{"wie":"ops","waarmee":"Snelweg!A2"}', 'Snelweg!A2'],
    ['who: ops\nwhat: Roltrap!5', 'Roltrap!5'],
    ['<device ip="192.0.2.3" login="admin" entry="Lift!Schacht3"/>', 'Lift!Schacht3'],
    ['device 192.0.2.3 { account admin; proof "Trap!Leuning4"; }', 'Trap!Leuning4'],
    ['peer_word = "Kreukel!Zone5"', 'Kreukel!Zone5'],
    ['sesam.open: Deur!Mat6', 'Deur!Mat6'],
    ['Nov 22 10:00:01 cron[22]: (root) CMD (/opt/pull.sh jan Sleutel!Bos7)', 'Sleutel!Bos7'],
    ["argv: ['mount.x', '-u', 'svc', '-q', 'Brand!Slang8']", 'Brand!Slang8'],
    ['started process 4412: agent.exe --site 12 --key Regen!Ton9', 'Regen!Ton9'],
    ["EXEC sp_x 'svc_erp','Gieter!Kop1'", 'Gieter!Kop1'],
    ['Invoke-Thing -Target nas01 -Who beheer -With "Tuin!Stoel2"', 'Tuin!Stoel2'],
    ["$t = 'Hang!Mat33'; Send-Thing $t", 'Hang!Mat33'],
    ['let secret_thing = "Zwem!Bad4"', 'Zwem!Bad4'],
    ['setx OPS_LOSUNG Strand!Bal5', 'Strand!Bal5'],
    ["read -r x <<< 'Vlieger!Touw6'", 'Vlieger!Touw6'],
    ['pushd \\\\fs01\\x & mapx jan Emmer!Schep7', 'Emmer!Schep7'],
    ['Hi Tom, your start code is Lunchbox!3, bring your badge.', 'Lunchbox!3'],
    ['Beste Eva, de eerste keer log je in met e.bos en Rugtas!2026.', 'Rugtas!2026'],
    ['Hallo Herr Kern, Sie starten mit p.kern und Schultag!1.', 'Schultag!1'],
    ['Bonjour Zoé, votre premier accès : z.petit / Rentrée!26', 'Rentrée!26'],
    ['Welkom! Op de tablet typ je Stoepkrijt5', 'Stoepkrijt5'],
    ['poort 3 achter, alarm uit met 7714#', '7714#'],
    ['Toegang lokaal: kiosk - knikkerbaan', 'knikkerbaan'],
    ['admin // vlinderstruik', 'vlinderstruik'],
    ['sleutel van de gastenwifi: zandbak', 'zandbak'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(expect.arrayContaining(secrets))
  })

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

describe('the place of a word in its line tells that it is a password, whatever it looks like', () => {
  test.each([
    ['netjoin contoso\\kassa wisselgeld /ou:winkels', 'wisselgeld'],
    ['dvrcli 10.1.1.40 8000 admin Zonsopgang snapshot ch3', 'Zonsopgang'],
    ['tn3270 -h mf01 -o QSECOFR/Hagelslag', 'Hagelslag'],
    ['python3 nas_copy.py 192.0.2.9 beheer kastanjeboom /volume1', 'kastanjeboom'],
    ['alertd register https://mon.example site-14 hazelnoot', 'hazelnoot'],
    ['ipmi-tool lan 10.0.0.9 ADMIN Y7KQ2FAKE chassis status', 'Y7KQ2FAKE'],
    ['[cron] exec /opt/sync/run nas backup Hooivork31 -> 0', 'Hooivork31'],
    ['AP-zolder ubnt dakraam\nAP-hal ubnt deurmat12', 'dakraam', 'deurmat12'],
    ['- FW 10.1.0.1 netadm Kran+Bagger\n- sw 10.1.0.2 manager Kran+Bagger2', 'Kran+Bagger', 'Kran+Bagger2'],
    ['[uplink]\npeer=203.0.113.5\nwho=branch3\nsay=simsalabim', 'simsalabim'],
    ['beheer kastanjeboom werkt nog gewoon op de synology', 'kastanjeboom'],
    ['root puis pamplemousse.', 'pamplemousse'],
    ['bios one is thunderstruck on all of the dells', 'thunderstruck'],
    ['gebruik sneeuwklok als hij erom vraagt', 'sneeuwklok'],
    ['sticker onder router: K9XR4TFAKE', 'K9XR4TFAKE'],
    ['Guest wifi at HotelNorth: just type pillowfight', 'pillowfight'],
    ['BEZOEKERS INTERNET\n\nde-linde\n\nwelkombijons', 'welkombijons'],
    ['probeer Zandkasteel! eens met hoofdletter', 'Zandkasteel!'],
  ])('%j', (text, ...secrets) => {
    expect(found(text)).toEqual(secrets)
  })

  test.each([
    ['rsh-run erp02 batchjob status /opt/erp/close.sh'],
    ['fw01 10.0.0.1 admin reboot'],
    ['AP-zolder ubnt online\nAP-hal ubnt offline'],
    ['sap-batch PRD 100 RFCUSER start NL'],
    ['psql -h db1 -U postgres inventory'],
    ['docker exec -it postgres psql'],
    ['chown root wheel /etc/motd'],
    ['admin center > Users > Active users, filter Licensed2'],
    ['admin Rechten2 tabblad opent niet'],
    ['sticker: P/N 0K4RWT, S/N CN0K4RWT7287'],
    ['Wifi gasten: sleutel vernieuwd, staat in Hudu.'],
    ['Guest access\nName: TheAnchor\nBand: 5GHz'],
    ['echo marker-17 > /tmp/out && cat /tmp/out'],
    ['snmp-server location Meterkast2'],
  ])('not in %j', (text) => {
    expect(found(text)).toEqual([])
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
