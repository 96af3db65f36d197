/** Exam set, 13 to 15 April 2026. The marks at the starts of lines are explained in README.md. */
export const examDays1 = String.raw`
@ 2026-04-13 06:10 | jonas | Moser Treuhand | msp
> /msp Moser Treuhand #7701
= incident | TMP-TS1 | Users could not log on to the terminal server: the profile volume was full of a runaway log; log removed, logons work
> alle bei moser hängen beim anmelden fest, "temporäres profil". auf TMP-TS2 ist alles ok
% Get-CimInstance Win32_LogicalDisk -ComputerName TMP-TS1 -Filter DriveType=3 | ft DeviceID, FreeSpace, Size
| C:  21474836480  107374182400
| E:            0  214748364800
% Invoke-Command -ComputerName TMP-TS1 { gci E:\ -Recurse -File -ea 0 | sort Length -Desc | select -First 3 FullName, Length }
| E:\FSLogix\Logs\Profile-20260412.log  88123904511
. Ein FSLogix-Log hat 88 GB, E: ist voll.
> weg damit
% Invoke-Command -ComputerName TMP-TS1 { Restart-Service frxsvc -Force; Remove-Item E:\FSLogix\Logs\Profile-20260412.log; (Get-Volume E).SizeRemaining/1GB }
| 82.07
. Gelöscht, 82 GB frei.
~ 5m
> fr. steiner und hr. moser sind drin, passt
. Gut.
= service_request | TMP-DC02 | Access to the payroll share granted to Sandra Keller through its group
> ausserdem: sandra keller (neu in der lohnabteilung) braucht zugriff auf den lohnordner, freigabe vom moser hab ich per mail
% Get-ADGroup -Filter 'Name -like "*Lohn*"' -Server tmp-dc02.moser.local | select Name
| FS_Lohn_RW
| FS_Lohn_R
% Add-ADGroupMember FS_Lohn_RW -Members skeller -Server tmp-dc02.moser.local
. S. Keller ist in FS_Lohn_RW, sie muss sich einmal ab- und anmelden.
= change | TMP-FW1 | Split tunnelling of the SSL VPN switched off so that all traffic of home workers goes through the firewall
> dann noch das vpn: ab heute full tunnel statt split, ist mit hr. moser abgesprochen (wartungsfenster jetzt)
$ ssh admin@TMP-FW1 "show vpn ssl web portal full-access | grep split"
|         set split-tunneling enable
$ ssh admin@TMP-FW1 "config vpn ssl web portal; edit full-access; set split-tunneling disable; end"
! 255
| Connection closed by 10.60.0.1 port 22
$ ssh admin@TMP-FW1 "show vpn ssl web portal full-access | grep split"
|         set split-tunneling disable
. Ist aktiv.

@ 2026-04-13 07:02 | miriam | Vercors Outdoor | msp
> /msp Vercors Outdoor #7703
= problem | vo-web1, vo-db1 | Cause of the 502 errors that come back every night found: the backup dump locks the orders table until the PHP workers run out
> encore des 502 cette nuit vers 2h sur la boutique, c'est la 4e fois ce mois. on relance php à chaque fois, cette fois je veux comprendre POURQUOI
$ ssh root@vo-web1 "zgrep -h 'upstream timed out' /var/log/nginx/error.log* | cut -c1-16 | sort | uniq -c | sort -rn | head"
|  412 2026/04/13 02:04
|  380 2026/04/09 02:05
|  355 2026/04/06 02:04
$ ssh root@vo-web1 "grep -h max_children /var/log/php8.2-fpm.log | tail -3; crontab -l"
| [13-Apr-2026 02:04:41] WARNING: [pool www] server reached pm.max_children setting (24)
$ ssh root@vo-db1 "cat /etc/cron.d/dump; journalctl -u mariadb --since '02:00' --until '02:15' | tail -4"
| 0 2 * * * root mysqldump --lock-tables shop > /srv/dump/shop.sql
| Waiting for table metadata lock  INSERT INTO orders
. Chaque nuit à 2h le dump verrouille les tables; les commandes attendent, les workers PHP s'épuisent. Les nuits calmes il finit avant.
> donc les 4 fois c'est ça ?
$ ssh root@vo-db1 "ls -l --time-style=full-iso /srv/dump | awk '{print \$5,\$7,\$9}'"
| 9120031882 02:19:40 shop-13.sql
| 9100448100 02:17:12 shop-09.sql
. Oui, les quatre dates correspondent. Proposition : --single-transaction au lieu de --lock-tables.
> parfait, je demande au client pour la modif

@ 2026-04-13 08:15 | pavel | - | dev | cwd=/Users/pavel/src/psa-sync
> /dev
= development | - | PSA sync: invoices over 1000 lines are fetched page by page
> sync stops at 1000 invoice lines, needs paging
$ rg -n "fetchLines" src
| src/invoices.ts:41:export async function fetchLines(id: string)
e /Users/pavel/src/psa-sync/src/invoices.ts
- const { items } = await get('/invoices/' + id + '/lines')
- return items
+ const all = []
+ for (let page = 1; ; page += 1) {
+   const { items, more } = await get('/invoices/' + id + '/lines?page=' + page)
+   all.push(...items)
+   if (!more) return all
+ }
$9 npx vitest run invoices
| Tests  14 passed (14)
. Paged now, 14 tests pass.
> push a branch, open the MR
$ git switch -c fix/paging && git commit -qam "fix: page through invoice lines" && git push -u origin fix/paging
| remote: Create merge request: fix/paging
. Pushed.

@ 2026-04-13 09:05 | miriam | Kita Sonnenhof | msp
> /msp Kita Sonnenhof
= service_request | - | New kindergarten teacher Lea Bürki gets an account, a Business Premium licence and the team mailbox
> neue betreuerin ab mittwoch: Lea Bürki, M365 konto + lizenz wie die andern, plus postfach gruppe-blau@
$ pwsh -c "Connect-MgGraph -TenantId kitasonnenhof.ch -NoWelcome; Get-MgSubscribedSku | select SkuPartNumber,ConsumedUnits"
| SPB 11
$ pwsh -c "New-MgUser -DisplayName 'Lea Bürki' -UserPrincipalName lea.buerki@kitasonnenhof.ch -MailNickname lea.buerki -UsageLocation CH -AccountEnabled -PasswordProfile (Import-Clixml pw.xml)"
| Lea Bürki  7c1e...
$ pwsh -c "Set-MgUserLicense -UserId lea.buerki@kitasonnenhof.ch -AddLicenses @{SkuId='cbdc14ab'} -RemoveLicenses @()"
$ pwsh -c "Connect-ExchangeOnline; Add-MailboxPermission gruppe-blau@kitasonnenhof.ch -User lea.buerki@kitasonnenhof.ch -AccessRights FullAccess"
| gruppe-blau  lea.buerki  {FullAccess}
. Konto, Lizenz und Postfach sind bereit.

@ 2026-04-13 09:40 | pavel | - | normal
> /normal
= internal | - | Own hours of the previous week collected and the timesheet for the team meeting filled in
> need my timesheet for last wk before the 11:00 team meeting, export is in ~/Downloads/toggl.csv. fill our sheet pls
$ head -3 ~/Downloads/toggl.csv
| Project,Start,Duration
| Helpdesk,2026-04-06,02:15:00
w /Users/pavel/admin/timesheet-2026-W15.csv
+ day,hours
+ mon,7.5
+ tue,8
. 38.5 h in total, written to timesheet-2026-W15.csv.
> ok sending it to our boss

@ 2026-04-13 11:30 | jonas | Baumann Transporte | msp
> /msp Baumann Transporte #7710
= maintenance | BT-HV1, BT-HV2 | Monthly cumulative updates on both Hyper-V hosts with the guests moved off first
> hv patchday
% Move-VM -ComputerName BT-HV1 -Name Dispo-VM -DestinationHost BT-HV2 -IncludeStorage
%410 Invoke-Command -ComputerName bt-hv1.baumann.lan { Install-WindowsUpdate -AcceptAll -IgnoreReboot | ft KB, Result }
| KB5055526 Installed
% Restart-Computer -ComputerName BT-HV1 -Wait -For PowerShell -Timeout 500 -Force
. BT-HV1 ist gepatcht und wieder da.
> weiter mit 2
% Move-VM -ComputerName BT-HV2 -Name Dispo-VM -DestinationHost BT-HV1 -IncludeStorage
%395 Invoke-Command -ComputerName bt-hv2.baumann.lan { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5055526 Installed
. Fertig.
~ 35m
> alles grün?
% Get-VM -ComputerName BT-HV1,BT-HV2 | ft Name, State, Status
| BT-APP   Running Operating normally
| BT-PRN   Running Operating normally
. Ja.

@ 2026-04-13 13:20 | miriam | Hotel Seeblick | msp
> /msp Hotel Seeblick #7714
= security | HSB-REC1 | Reception opened a fake invoice with a loader; PC isolated, scanned, persistence removed, password changed
> rezeption hat rechnung.pdf.exe geöffnet. HSB-REC1 sofort isolieren!!
$ pwsh -c "Invoke-MdeIsolate -Device HSB-REC1 -Comment 'loader'"
! 1
| The term 'Invoke-MdeIsolate' is not recognized
$ ssh admin@hsb-rec1.seeblick.local "netsh advfirewall set allprofiles firewallpolicy blockinbound,blockoutbound & netsh advfirewall firewall add rule name=tech dir=in action=allow remoteip=10.8.0.5"
| Ok.
$ ssh admin@hsb-rec1.seeblick.local "powershell -c Get-CimInstance Win32_StartupCommand; schtasks /query /fo csv | findstr /i upd"
| "\UpdSvc32","4/13/2026 3:30:00 PM","Ready"
$220 ssh admin@hsb-rec1.seeblick.local "schtasks /delete /tn UpdSvc32 /f & powershell -c Start-MpScan -ScanType FullScan; powershell -c Get-MpThreatDetection"
| Trojan:Win32/Lokibot  C:\Users\rezeption\AppData\Roaming\upd32.exe  Quarantined
. Ein Loader (Lokibot) ist in Quarantäne, die Aufgabe gelöscht.
> pw vom rezeption-konto auch neu, und schau ob er zum pms server rüber ist
$ ssh admin@hsb-rec1.seeblick.local "net user rezeption * /domain; netstat -ano | findstr ESTABLISHED"
| The command completed successfully.
. Passwort gesetzt; keine Verbindung zu HSB-PMS01 oder nach aussen.

@ 2026-04-14 06:30 | miriam | Zahnarzt Oberholzer | msp
> /msp Zahnarzt Oberholzer
= documentation | ZO-USG | Network plan of the practice written down from the gateway's configuration
> wir haben von oberholzer keine netzdoku. bitte aus der usg auslesen und eine seite für hudu schreiben
$ ssh ui@zo-usg "mca-ctrl -t dump-cfg | jq '.networks[] | {name, vlan, subnet}' -c"
| {"name":"Praxis","vlan":1,"subnet":"192.168.40.0/24"}
| {"name":"Roentgen","vlan":20,"subnet":"192.168.41.0/24"}
| {"name":"Gast","vlan":90,"subnet":"192.168.90.0/24"}
$ ssh ui@zo-usg "cat /run/dhcpd.leases | grep -c binding"
| 31
w /Users/miriam/clients/zahnarzt-oberholzer/doku/netzplan.md
+ # Netz Praxis Oberholzer
+ | VLAN | Name | Netz |
+ | 1 | Praxis | 192.168.40.0/24 |
+ | 20 | Röntgen | 192.168.41.0/24 |
. Die Seite ist geschrieben: drei Netze, 31 Geräte.
> noch ISP + notfallnummer rein
e /Users/miriam/clients/zahnarzt-oberholzer/doku/netzplan.md
- # Netz Praxis Oberholzer
+ # Netz Praxis Oberholzer
+ Anschluss: Swisscom BNS, Störung 0800 055 055
. Ergänzt.

@ 2026-04-14 07:15 | jonas | Schreinerei Aebi | msp
> /msp Schreinerei Aebi #7720
= incident | AEBI-CNC2 | CNC computer could not reach the share with the programs after its clock ran away; time set, share opens
> CNC2 findet das laufwerk nicht mehr, produktion steht. AEBI-NAS läuft, an den andern PCs gehts
% net use \\AEBI-CNC2\C$ /user:AEBI\svc-it
! 2
| System error 1396 has occurred.
$ psexec \\AEBI-CNC2 -u .\admin -p file:pw.txt cmd /c "date /t & time /t & w32tm /query /status"
| 01.01.2009
| 00:41
| The service has not been started.
$ psexec \\AEBI-CNC2 -u .\admin -p file:pw.txt cmd /c "date 14.04.2026 & time 09:21 & net start w32time & w32tm /resync"
| The command completed successfully.
. Die Uhr stand auf 2009 (BIOS-Batterie), Kerberos lehnte ab. Zeit gesetzt.
> läuft wieder sagt er. batterie bestell ich
. Notiert.
= incident | AEBI-SW1 | Office ports went dark because of a loop; the looped port found and disabled
> jetzt ruft er nochmal an: büro oben komplett ohne netz
$ ssh manager@AEBI-SW1 "show logging -r | include blocked|loop"
| W 04/14/26 09:33:10 00884 loop-protect: port 17 disabled - loop detected
| W 04/14/26 09:33:09 FFI: port 18 excessive broadcasts
$ ssh manager@AEBI-SW1 "show interfaces brief 17-18"
| 17 100/1000T | Yes No  Down
| 18 100/1000T | Yes Yes Up
$ ssh manager@AEBI-SW1 "configure; interface 18 disable; exit"
. Port 18 hatte die Schleife, ist zu.
~ 4m
> sie haben das kabel gefunden, port wieder auf
$ ssh manager@AEBI-SW1 "configure; interface 17-18 enable; exit"
. Offen, keine Schleife mehr.

@ 2026-04-14 07:40 | pavel | Lindqvist Labs | msp
> /msp Lindqvist Labs #7722
= project | ll-px1, ll-px2 | Storage migration to ZFS replication, step 2: replication between both Proxmox nodes set up for the first five guests
> zfs migration project, step 2 per plan: replication jobs px1 -> px2 for 101-105
$ ssh root@ll-px1.lab.lindqvist.se "pvesm status; zpool list"
| tank  zfspool  active
| tank  3.62T  1.10T  2.52T
$ ssh root@ll-px2.lab.lindqvist.se "zpool create -o ashift=12 tank mirror sdb sdc && pvesm add zfspool tank --pool tank"
! 1
| storage ID 'tank' already defined
$ for i in 101 102 103 104 105; do ssh root@ll-px1 "pvesr create-local-job $i-0 ll-px2 --schedule '*/15'"; done
$ ssh root@ll-px1 "pvesr status"
| 101-0 Yes local/ll-px2 2026-04-14_10:00:01 OK
| 105-0 Yes local/ll-px2 2026-04-14_10:04:22 OK
. All five replicate every 15 minutes. Step 3 would be moving the HA group.
> step 3 tomorrow

@ 2026-04-14 09:30 | jonas | Moser Treuhand | msp
> /msp Moser Treuhand
= maintenance | TMP-SQL | Weekly check of the SQL Server: integrity check, index rebuild, old backups removed
> wöchentlicher check
% Invoke-Sqlcmd -ServerInstance TMP-SQL -Query "SELECT name, MAX(backup_finish_date) last FROM sys.databases d LEFT JOIN msdb..backupset b ON b.database_name=d.name GROUP BY name"
| ABACUS   4/13/2026 11:02:11 PM
| DMS      4/13/2026 11:14:40 PM
%190 Invoke-Sqlcmd -ServerInstance TMP-SQL -Query "DBCC CHECKDB(ABACUS) WITH NO_INFOMSGS; DBCC CHECKDB(DMS) WITH NO_INFOMSGS" -QueryTimeout 0
%240 Invoke-Sqlcmd -ServerInstance TMP-SQL -Query "EXEC dbo.IndexOptimize @Databases='USER_DATABASES'" -QueryTimeout 0
% gci \\TMP-SQL\Backup$ -Filter *.bak | ? LastWriteTime -lt (Get-Date).AddDays(-30) | Remove-Item -Verbose
| VERBOSE: Performing the operation "Remove File" on ABACUS_0310.bak
. Integrität ok, Indizes neu aufgebaut, Backups älter als 30 Tage weg.

@ 2026-04-14 12:05 | miriam | - | normal
> /normal
= internal | - | Onboarding checklist for our new apprentice written
> nächste woche kommt unser neuer lehrling (noah). checkliste für uns: badge, laptop, konten bei UNS, einführung
w /Users/miriam/intern/onboarding-noah.md
+ - [ ] Badge und Schlüssel
+ - [ ] ThinkPad aus dem Lager
+ - [ ] Konto PSA, RMM nur lesend
+ - [ ] Götti: Pavel
. Die Liste hat vier Punkte.
> + mittagessen am ersten tag :)
e /Users/miriam/intern/onboarding-noah.md
- - [ ] Götti: Pavel
+ - [ ] Götti: Pavel
+ - [ ] Team-Mittagessen am ersten Tag
. Ergänzt.

@ 2026-04-15 06:45 | pavel | Lindqvist Labs | msp | id=llha
> /msp Lindqvist Labs #7722
= project | ll-px1, ll-px2 | Storage migration to ZFS replication, step 3: HA group created and guests 101-105 put under HA
> step 3 now: ha group + resources
$ ssh root@ll-px1 "ha-manager groupadd zfs --nodes ll-px1:2,ll-px2:1"
$ for i in 101 102 103 104 105; do ssh root@ll-px1 "ha-manager add vm:$i --group zfs"; done
$ ssh root@ll-px1 "ha-manager migrate vm:103 ll-px2"
~ 3m
$ ssh root@ll-px2 "qm status 103; ha-manager status | grep 103"
| status: running
| service vm:103 (ll-px2, started)
. HA manages all five, the test migration of 103 worked.
^
> good. i go to the dentist, rest after

@ 2026-04-15 11:30 | pavel | Lindqvist Labs | msp | id=llha src=resume
= change | ll-git | Upload limit of GitLab raised to 500 MB in nginx and the application
> back. new thing: they want 500MB attachements in gitlab, currently 100. anna approved, do it
$ ssh root@ll-git "grep -n client_max_body /etc/gitlab/gitlab.rb"
| 1422:nginx['client_max_body_size'] = '100m'
$ ssh root@ll-git "sed -i 's/100m/500m/' /etc/gitlab/gitlab.rb && gitlab-ctl reconfigure | tail -1"
| gitlab Reconfigured!
$ curl -s --request PUT -H "PRIVATE-TOKEN: $T" "https://ll-git.lab.lindqvist.se/api/v4/application/settings?max_attachment_size=500"
| {"max_attachment_size":500}
. 500 MB now.
`
