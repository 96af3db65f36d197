/** Exam set, 17 to 24 April 2026. */
export const examDays3 = String.raw`
@ 2026-04-17 11:10 | jonas | Kita Sonnenhof | msp
> /msp Kita Sonnenhof #7766
= security | - | Account of the director phished: sessions ended, password and MFA methods reset, malicious app consent removed
> leiterin hat auf den "sharepoint" link geklickt und pw eingegeben, mfa bestätigt. kitasonnenhof.ch
% Revoke-MgUserSignInSession -UserId leitung@kitasonnenhof.ch
| True
% Get-MgUserAuthenticationMethod -UserId leitung@kitasonnenhof.ch | % { $_.AdditionalProperties }
| #microsoft.graph.phoneAuthenticationMethod +41 79
| #microsoft.graph.microsoftAuthenticatorAuthenticationMethod iPhone 7 (16.04.2026 22:10)
% Remove-MgUserAuthenticationMicrosoftAuthenticatorMethod -UserId leitung@kitasonnenhof.ch -MicrosoftAuthenticatorAuthenticationMethodId 9f2
% Get-MgUserOauth2PermissionGrant -UserId leitung@kitasonnenhof.ch | ft ClientId, Scope
| eM Client  Mail.ReadWrite offline_access
% Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId kx81
. Sitzungen beendet, fremdes iPhone und App-Zustimmung entfernt. Passwort ist noch zurückzusetzen.
> neues pw hab ich ihr am tel gegeben

@ 2026-04-20 06:12 | pavel | Moser Treuhand | msp
> /msp Moser Treuhand
= maintenance | TMP-FW1 | Firmware of the firewall updated to 7.4.8 in the morning window, VPN checked afterwards
> firmware day: FW1 to 7.4.8, window til 8:30
$ ssh admin@tmp-fw1.moser.local "get system status | grep Version; execute backup config tftp pre748.conf 10.60.0.9"
| Version: FortiGate-60F v7.4.5
$400 ssh admin@tmp-fw1.moser.local "execute restore image tftp FGT_60F-v7.4.8.out 10.60.0.9"
| Please wait... system will reboot
~ 5m
> back?
$ ssh admin@tmp-fw1.moser.local "get system status | grep Version; get vpn ssl monitor; diagnose vpn ike gateway list | grep status"
| Version: FortiGate-60F v7.4.8
| status: established
. 7.4.8, tunnels are up.

@ 2026-04-20 06:30 | miriam | Vercors Outdoor | msp
> /msp Vercors Outdoor #7771
= development | - | Shop plugin that exports the stock as XML for the marketplace, with a unit test
> module d'export du stock en XML pour leur marketplace, dépôt vercors-stock-export. il manque le champ EAN + les tests
$ git pull -q && composer install -q && ls src
| StockExporter.php  XmlWriter.php
e /Users/miriam/clients/vercors-outdoor/vercors-stock-export/src/StockExporter.php
- $row->addChild('sku', $item->sku);
+ $row->addChild('sku', $item->sku);
+ $row->addChild('ean', $item->ean13 ?? '');
w /Users/miriam/clients/vercors-outdoor/vercors-stock-export/tests/EanTest.php
+ final class EanTest extends TestCase { public function testEmpty(): void { $this->assertStringContainsString('<ean/>', export([new Item('A')])); } }
$7 vendor/bin/phpunit
! 1
| There was 1 failure: EanTest::testEmpty
e /Users/miriam/clients/vercors-outdoor/vercors-stock-export/src/StockExporter.php
- $item->ean13 ?? ''
+ $item->ean13 ?: null
$7 vendor/bin/phpunit
| OK (9 tests, 14 assertions)
. EAN est exporté, 9 tests passent.
> merge request stp
$ git push -q -u origin ean && glab mr create --fill -y
| !12 open
. MR !12.

@ 2026-04-20 06:45 | miriam | Schreinerei Aebi | msp
> /msp Schreinerei Aebi #7772
= service_request | AEBI-DC | Two apprentices put into the group that gives them drive L:
> warte auf review. aebi will dass die 2 lernenden das laufwerk L: sehen (gruppe gibts: G_Lernende, sind aber noch nicht drin: tim & noemi)
$ ssh it@aebi-dc powershell -c "Get-ADGroupMember G_Lernende | select SamAccountName; Get-ADUser -Filter 'GivenName -eq \"Tim\" -or GivenName -eq \"Noemi\"' | select SamAccountName"
| tfrei
| nkunz
$ ssh it@aebi-dc powershell -c "Add-ADGroupMember G_Lernende tfrei,nkunz"
. Beide sind in der Gruppe, L: kommt bei der nächsten Anmeldung.

@ 2026-04-20 08:20 | jonas | Hotel Seeblick | msp | end=none id=hsdoc
> /msp Hotel Seeblick #7774
= documentation | HSB-DC1, HSB-PMS01 | Emergency manual of the hotel: order of starting servers and services, taken from the running systems
> notfallhandbuch seeblick (versicherung verlangts): welche dienste in welcher reihenfolge hochfahren. nichts ändern, nur auslesen & aufschreiben
% Invoke-Command -ComputerName HSB-DC1.seeblick.local { Get-WindowsFeature | ? Installed | select Name; netdom query fsmo }
| AD-Domain-Services DNS DHCP
% Invoke-Command -ComputerName HSB-PMS01.seeblick.local { Get-CimInstance Win32_Service -Filter "StartMode='Auto'" | ? PathName -notlike '*Windows*' | select Name, StartName }
| OperaInterface  SEEBLICK\svc-pms
| FirebirdServer  LocalSystem
w C:\Users\jonas\clients\hotel-seeblick\notfallhandbuch.md
+ # Notfallhandbuch
+ 1. Firewall, Switches
+ 2. Domänencontroller: warten bis DNS antwortet
+ 3. PMS: Firebird, dann OperaInterface
. Der erste Teil steht, es fehlen Telefon und Kontakte.
> rest morgen

@ 2026-04-21 06:10 | jonas | Hotel Seeblick | msp | id=hsdoc src=resume
= same
> weiter mit handbuch: kontakte + telefon
e C:\Users\jonas\clients\hotel-seeblick\notfallhandbuch.md
- 3. PMS: Firebird, dann OperaInterface
+ 3. PMS: Firebird, dann OperaInterface
+ 4. Telefon: 3CX startet von selbst, Test auf 200
+ ## Kontakte
+ Oracle Hospitality 0800 ...
$ pandoc notfallhandbuch.md -o notfallhandbuch.docx
. Das Handbuch ist vollständig.
= problem | HSB-PMS01 | Repeated crashes of the key card interface traced to the selective suspend of its USB serial adapter
> jetzt noch was anderes: schlüsselkarten-schnittstelle hängt seit wochen alle paar tage, nachtportier startet dann neu (11 tickets). woran liegts wirklich, der hersteller sagt nur "windows"
% Get-WinEvent -ComputerName HSB-PMS01 -FilterHashtable @{LogName='Application';ProviderName='VisionLine'} | ? LevelDisplayName -eq Error | select -First 4 TimeCreated, Message
| 20.04.2026 03:12 COM4 write timeout
| 17.04.2026 02:58 COM4 write timeout
% Invoke-Command -ComputerName HSB-PMS01 { Get-WinEvent -FilterHashtable @{LogName='Microsoft-Windows-Kernel-PnP/Configuration';StartTime='2026-04-17'} | ? Message -like '*FTDIBUS*' | select TimeCreated, Id }
| 20.04.2026 03:11 420
| 17.04.2026 02:57 420
% Invoke-Command -ComputerName HSB-PMS01 { powercfg /q SCHEME_CURRENT 2a737441-1930-4402-8d77-b2bebba308a3 }
| USB selective suspend setting: Enabled
. Der USB-Seriell-Adapter wird nachts schlafen gelegt, eine Minute später hängt VisionLine; das passt auf alle geprüften Fälle.
> super, umsetzen lassen wir via change. schreib mir das als problem record text
. Text für den Problem-Record steht oben bereit.

@ 2026-04-21 06:25 | pavel | - | dev | cwd=/Users/pavel/src/netbox-import
> /dev
= development | - | Importer reads LLDP neighbours of ArubaOS switches
> netbox-import: parser for aruba "show lldp info remote", use fixtures/aruba.txt
w /Users/pavel/src/netbox-import/parsers/aruba.py
+ import re
+ ROW = re.compile(r'^\s*(\S+)\s+\|\s(\S+)\s+(\S+)')
+ def neighbours(text): return [ROW.match(line).groups() for line in text.splitlines() if ROW.match(line)]
$5 uv run pytest -q tests/test_aruba.py
! 1
| E assert 3 == 4
e /Users/pavel/src/netbox-import/parsers/aruba.py
- (\S+)\s+(\S+)')
+ (.{2,17}?)\s+(\S+)')
$5 uv run pytest -q
| 38 passed
. Four neighbours now, everything passes.

@ 2026-04-21 07:30 | miriam | Zahnarzt Oberholzer | msp
> /msp Zahnarzt Oberholzer #7780
= change | ZO-USG | Separate guest network cut off from the practice network, printer exception as decided
> die zahnärztin will gäste-wlan komplett getrennt (ausser drucker 192.168.40.60). heute mittag ok
$ ssh ui@zo-usg "configure; set firewall name GUEST_IN rule 20 action drop; set firewall name GUEST_IN rule 20 destination address 192.168.40.0/24; set firewall name GUEST_IN rule 10 action accept; set firewall name GUEST_IN rule 10 destination address 192.168.40.60; commit; save"
| Saving configuration to '/config/config.boot'... Done
$ ssh ui@zo-usg "show firewall name GUEST_IN statistics"
| 10 accept 0
| 20 drop 14
. Gäste erreichen nur noch den Drucker.
= maintenance | ZO-PC03 | Yearly cleaning of the treatment room PC: temp files, driver and Windows updates, disk health
> jahreswartung ZO-PC03, bin per anydesk drauf, lauf lokal dort als wär ich vor ort. befehle kopier ich rüber
% cleanmgr /sagerun:1; Get-PhysicalDisk | Get-StorageReliabilityCounter | ft Wear, Temperature
| 4 36
%300 Get-WindowsUpdate -Install -AcceptAll -IgnoreReboot
| KB5055523 Installed
| Intel Graphics 31.0 Installed
% Repair-Volume C -Scan; defrag C: /L
| NoErrorsFound
. Wartung ist durch, Verschleiss der SSD 4 %.

@ 2026-04-21 11:45 | pavel | Baumann Transporte | msp
> /msp Baumann Transporte #7783
= project | BT-VEEAM | Move of the backups to immutable storage, phase 1: Linux repository added and first copy job run
> hardened repo rollout baumann, phase 1. the linux box is 10.70.0.40 (prepared by jonas), add as repo in veeam, copy job for APP
$ ssh adm@bt-veeam.baumann.lan powershell -c "Add-VBRLinux -Name 10.70.0.40 -UseSingleUseCredentials -SSHUser veeamrepo"
$ ssh adm@bt-veeam.baumann.lan powershell -c "Add-VBRBackupRepository -Name HARD01 -Server 10.70.0.40 -Folder /backup -Type Hardened -EnableBackupImmutability -ImmutabilityPeriod 21"
! 1
| Add-VBRBackupRepository : XFS file system is required for fast clone
$ ssh adm@bt-veeam.baumann.lan powershell -c "Add-VBRBackupRepository -Name HARD01 -Server 10.70.0.40 -Folder /mnt/xfs -Type Hardened -EnableXFSFastClone -EnableBackupImmutability -ImmutabilityPeriod 21"
| HARD01
$280 ssh adm@bt-veeam.baumann.lan powershell -c "Sync-VBRBackupCopyJob -Job COPY-APP"
| Success
. Phase 1 is done: immutable for 21 days, the first copy ran through.

@ 2026-04-22 06:40 | miriam | Hotel Seeblick | msp
> /msp Hotel Seeblick #7790
= security | HSB-FW | Published CVE in the firewall's user portal: hotfix verified, WAN access to portal and admin page closed, logins checked
> sophos CVE von heute früh (user portal, RCE). sind wir betroffen?
$ ssh admin@hsb-fw "system diagnostics show version-info"
| SFOS 20.0.1 MR-1-Build342
$ ssh admin@hsb-fw "cish -c 'show system hotfix'; grep -c 'userportal' /log/access.log; ip -br a | head -2"
| HF042026.1 installed
| 3
$ curl -sk -o /dev/null -w "%{http_code}" https://hsb-fw.seeblick.at:4444
| 200
. Der Hotfix ist da, aber Portal und Verwaltung stehen zum Internet offen.
> zumachen, und logs ob wer drin war
$ ssh admin@hsb-fw "system appliance_access edit zone WAN remove HTTPS UserPortal; grep -h 'Admin.*Success' /log/event.log | awk '{print \$3}' | sort | uniq -c"
|   9 10.8.0.5
. Geschlossen; Anmeldungen kamen nur von unserer Adresse.

@ 2026-04-22 07:05 | jonas | Vercors Outdoor | msp
> /msp Vercors Outdoor
= documentation | vo-web1, vo-db1 | Runbook for restoring the shop written from the real paths and units
> runbook "shop restore" auf englisch für den bereitschaftsdienst, pfade von den kisten holen
$ ssh root@vo-web1 "systemctl list-units --state=running --no-legend | awk '{print \$1}' | grep -E 'php|nginx|redis'; grep -rh root /etc/nginx/sites-enabled"
| nginx.service php8.2-fpm.service redis-server.service
| root /srv/shop/public;
$ ssh root@vo-db1 "ls /srv/dump | tail -2; mariadb -e 'show databases'"
| shop-21.sql
w C:\Users\jonas\clients\vercors-outdoor\runbook-shop-restore.md
+ # Restore the shop
+ 1. Stop php8.2-fpm
+ 2. Load the last dump: mariadb shop < /srv/dump/shop-NN.sql
. Runbook with seven steps is written.
= incident | VO-AD1 | Printers in the shop got no address: DHCP service had stopped unauthorised; authorised again
> ils appellent: plus d'ip pour les imprimantes et scanettes depuis ce matin (apipa)
% Invoke-Command -ComputerName VO-AD1 { Get-Service DHCPServer; Get-WinEvent -LogName System -Max 30 | ? ProviderName -like '*DHCP*' | select -First 1 Message }
| Running DHCPServer
| The DHCP service failed to see a directory server for authorization. (1059)
% Invoke-Command -ComputerName VO-AD1 { Add-DhcpServerInDC -DnsName vo-ad1.vercors.local; Restart-Service DHCPServer; (Get-DhcpServerv4Lease -ScopeId 10.33.2.0 | ? AddressState -eq Active).Count }
| 27
. DHCP est de nouveau autorisé, 27 baux actifs.

@ 2026-04-22 08:00 | pavel | - | normal
> /normal
= internal | - | Agenda and slides for our monthly team meeting prepared
> agenda for our team meeting thursday: on-call rota may, new kb rules, jonas' cert. short
w /Users/pavel/admin/team-2026-04.md
+ # Team meeting April
+ 1. On-call rota May
+ 2. KB rules
. Three items, 30 minutes.
> rota: me 1st week, miriam 2nd
e /Users/pavel/admin/team-2026-04.md
- 1. On-call rota May
+ 1. On-call rota May: Pavel wk 19, Miriam wk 20
. Added.

@ 2026-04-22 12:30 | pavel | Lindqvist Labs | msp | crash
> /msp Lindqvist Labs #7795
= problem | ll-git, ll-px2 | Search for the reason why the nightly GitLab pipelines hang every week: disk latency of the node during scrub
> pipelines hang again sunday night, same as last 5 sundays. not fixing today, want root cause
$ ssh root@ll-git "gitlab-ctl tail --no-follow gitaly | grep -c 'deadline exceeded'; sar -d -f /var/log/sysstat/sa19 | awk '\$NF>90' | head -3"
| 2210
| 00:30:01 sda 99.80
$ ssh root@ll-px2 "zpool status tank | grep scan; cat /etc/cron.d/zfsutils-linux"
| scan: scrub repaired 0B in 05:12:11 on Sun Apr 19 05:36:12 2026
| 24 0 8-14 * * root
$ ssh root@ll-px2 "grep -r scrub /etc/cron* /etc/systemd/system | grep -v '#'; pvesh get /nodes/ll-px2/rrddata --timeframe week --output-format json | jq -r '.[] | [.time,.iowait] | @tsv' | sort -k2 -rn | head -3"
| /etc/cron.d/scrub-weekly: 0 0 * * 0 root zpool scrub tank
| 1776560400 0.71
. A second, weekly scrub on ll-px2 starts each Sunday at midnight; iowait goes to 71 % and gitaly times out.
> check fio numbers to be sure
$ ssh root@ll-px2 "fio --name=r --rw=randread --size=1G --runtime=60 --filename=/tank/fio.tmp"

@ 2026-04-23 06:20 | jonas | - | normal
> /normal
= internal | - | Offer for our own new office internet line compared and our insurance form for cyber risks filled in
> unsere eigene cyberversicherung will den fragebogen bis freitag. hilf mir bei 14-18 ausfüllen (es geht um UNS, nicht kunden)
w C:\Users\jonas\intern\cyber-fragebogen.md
+ 14. MFA für alle Mitarbeitenden: ja
+ 15. Backup offline: ja, wöchentlich
. 14 bis 18 sind beantwortet.
> 16 nochmal: wir haben noch keine EDR auf den macs
e C:\Users\jonas\intern\cyber-fragebogen.md
- 16. EDR auf allen Geräten: ja
+ 16. EDR auf allen Geräten: Windows ja, macOS ab Q3
. Angepasst.

@ 2026-04-23 06:35 | miriam | Baumann Transporte | msp
> /msp Baumann Transporte #7801
= service_request | BT-APP | Dispatch software client rights and a desktop icon for a new dispatcher on the application server
> fr. yilmazer fängt in der dispo an. zugriff auf bt-app (remoteapp dispo) freischalten
$ ssh adm@bt-app.baumann.lan powershell -c "Add-LocalGroupMember 'Remote Desktop Users' BAUMANN\eyilmazer; Get-LocalGroupMember 'Remote Desktop Users' | select Name"
| BAUMANN\eyilmazer
$ ssh adm@bt-app.baumann.lan powershell -c "copy C:\Vorlagen\Dispo.rdp \\bt-app\profile$\eyilmazer\Desktop\ "
| 1 file(s) copied.
. Fr. Yilmazer kann die RemoteApp starten.
= project | BT-APP, BT-HV2 | Replacement of Server 2016, step 4: new VM for the application installed and data of the old one copied
> weiter im projekt "ablösung 2016" schritt 4: neue VM auf HV2 anlegen + daten vom alten app server spiegeln
$ ssh adm@bt-hv2.baumann.lan powershell -c "New-VM -Name APP25 -MemoryStartupBytes 32GB -NewVHDPath D:\VM\APP25.vhdx -NewVHDSizeBytes 300GB -Generation 2; Start-VM APP25"
| APP25 Running
$330 ssh adm@bt-app.baumann.lan "robocopy D:\Dispo \\10.70.0.25\D$\Dispo /MIR /COPYALL /R:1 /W:1 /LOG:C:\temp\mir.log"
| Files : 118221 118221 0 0 0 0
. Schritt 4 ist fertig, Differenzlauf vor dem Umschalten.

@ 2026-04-23 07:20 | pavel | Kita Sonnenhof | msp
> /msp Kita Sonnenhof
= security | KITA-NB01, KITA-NB07 | Laptops hardened after the phishing: local admins removed, attack surface rules and BitLocker switched on
> follow up of the phishing: harden the 2 laptops. no local admins, ASR rules block, bitlocker
$ for h in KITA-NB01 KITA-NB07; do tacticalrmm run $h "net localgroup Administratoren"; done
| Administrator kita leitung
| Administrator kita
$ for h in KITA-NB01 KITA-NB07; do tacticalrmm run $h "net localgroup Administratoren kita /delete; powershell Add-MpPreference -AttackSurfaceReductionRules_Ids d4f940ab -AttackSurfaceReductionRules_Actions Enabled; manage-bde -on C: -rp -s"; done
| OK
| OK
. Both hardened, BitLocker is encrypting.
> recovery keys in entra?
$ for h in KITA-NB01 KITA-NB07; do tacticalrmm run $h "powershell BackupToAAD-BitLockerKeyProtector C: -KeyProtectorId (Get-BitLockerVolume C:).KeyProtector[1].KeyProtectorId"; done
| OK
| OK
. Stored.

@ 2026-04-23 13:10 | jonas | Moser Treuhand | msp
> /msp Moser Treuhand #7810
= development | - | Small Abacus export converter for the client: script reads the CSV and writes bank payments, with tests
> moser will ein kleines tool: abacus csv -> pain.001. repo moser-pain001, python. erster wurf
w C:\Users\jonas\clients\moser-treuhand\moser-pain001\convert.py
+ import csv, sys
+ def payments(path):
+     with open(path, newline='') as f:
+         return [row for row in csv.DictReader(f, delimiter=';')]
w C:\Users\jonas\clients\moser-treuhand\moser-pain001\test_convert.py
+ def test_amount(): assert payments('sample.csv')[0]['Betrag'] == '120.50'
%6 python -m pytest -q
! 1
| UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfc
e C:\Users\jonas\clients\moser-treuhand\moser-pain001\convert.py
- newline=''
+ newline='', encoding='cp1252'
%6 python -m pytest -q
| 1 passed
. Erster Wurf liest die Datei, XML kommt als nächstes.
~ 16h20m
> moin, jetzt das xml
e C:\Users\jonas\clients\moser-treuhand\moser-pain001\convert.py
- import csv, sys
+ import csv, sys
+ from lxml import etree
%8 python -m pytest -q
| 4 passed
. pain.001 wird geschrieben, vier Tests laufen.
> commit & push
%4 git add -A; git commit -m "feat: pain.001 export"; git push
. Gepusht.
= documentation | - | User guide of one page for the converter
> und 1 seite bedienungsanleitung für fr. keller dazu, als word
w C:\Users\jonas\clients\moser-treuhand\moser-pain001\anleitung.md
+ # Zahlungen aus Abacus übergeben
+ 1. CSV exportieren
+ 2. Auf das Symbol ziehen
%4 pandoc anleitung.md -o Anleitung-Zahlungen.docx
. Die Anleitung ist als Word-Datei da.

@ 2026-04-24 07:10 | miriam | Vercors Outdoor | msp
> /msp Vercors Outdoor #7815
= change | vo-web1 | Redirect of the old shop domain configured as ordered
> le client veut que ancienne-boutique.fr redirige en 301 vers vercors-outdoor.fr, tout le reste inchangé
$ ssh root@vo-web1 "printf 'server { listen 80; server_name ancienne-boutique.fr; return 301 https://vercors-outdoor.fr\$request_uri; }' > /etc/nginx/sites-available/ancienne && ln -s ../sites-available/ancienne /etc/nginx/sites-enabled/ && nginx -t && systemctl reload nginx"
| nginx: configuration file /etc/nginx/nginx.conf test is successful
$ curl -sI http://ancienne-boutique.fr/panier | grep -i location
| Location: https://vercors-outdoor.fr/panier
. La redirection est en place.

@ 2026-04-24 07:30 | pavel | Schreinerei Aebi | msp
> /msp Schreinerei Aebi #7817
= problem | AEBI-DC | Account lockouts of the same user for weeks traced to a scanner with an old password
> bruno gets locked out AGAIN, 9 tickets since march, we just unlock every time. find the source
$ ssh it@aebi-dc powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4740} | select -First 6 TimeCreated,@{n='from';e={\$_.Properties[1].Value}}"
| 24.04.2026 07:02:11 MFP-BUERO
| 22.04.2026 07:01:40 MFP-BUERO
$ ssh it@aebi-dc powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4776} | ? { \$_.Message -match 'baebi' } | select -First 3 TimeCreated,Message; (Get-ADUser baebi -Properties PasswordLastSet).PasswordLastSet"
| 0xC000006A MFP-BUERO
| 02.03.2026 08:14
. All lockouts come from the multifunction printer's scan-to-folder at its morning self test; it still has Bruno's password from before 2 March.
> makes sense. customer changes it on the device with a service account, separate ticket
= maintenance | AEBI-NAS | DSM update and package updates on the NAS
> last thing: dsm update on the nas
$250 ssh admin@aebi-nas "sudo synoupgrade --check && sudo synoupgrade --download && sudo synoupgrade --start"
| UPGRADE_CHECKNEWDSM: 7.2.2-72806-3
~ 7m
$ ssh admin@aebi-nas "cat /etc.defaults/VERSION | grep productversion; sudo synopkg checkupdateall; sudo synopkg upgradeall"
| productversion="7.2.2"
. Updated and up.
`
