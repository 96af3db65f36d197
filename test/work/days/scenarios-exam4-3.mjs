/** Exam 4, July 2026. The marks at the starts of lines are explained in README.md. */
export const exam4Days3 = String.raw`
@ 2026-07-09 08:50 | hanneke | - | normal | cwd=C:\Users\hanneke\Documents\intern
> /normal
= internal | - | Rota of the on-call weeks for the summer made for the own team
> maak een storingsdienstrooster voor week 29 t/m 35, oskar niet in 31 en 32, yannick niet in 33, ik max 2 weken achter elkaar
% Get-Content .\verlof-2026.csv | Select-Object -First 8
| naam,van,tot
| oskar,2026-07-27,2026-08-09
| yannick,2026-08-10,2026-08-16
w C:\Users\hanneke\Documents\intern\piketrooster-zomer.csv
+ week,eerste,tweede
+ 29,hanneke,oskar
+ 30,oskar,yannick
+ 31,yannick,hanneke
+ 32,hanneke,yannick
+ 33,oskar,hanneke
+ 34,yannick,oskar
+ 35,hanneke,yannick
. Het rooster houdt rekening met het verlof; niemand heeft meer dan twee weken achter elkaar.
> mooi, ook een mailtje erbij voor het team
w C:\Users\hanneke\Documents\intern\mail-rooster.txt
+ Hoi allemaal, hierbij het rooster voor week 29 t/m 35. Ruilen mag, laat het dan even weten.
. De mail staat klaar.

@ 2026-07-09 10:45 | yannick | Rochat Notaires | msp
> /msp Rochat Notaires #70288
= security | - | Second factor enforced for all and old mail protocols blocked in the cloud tenant
> rochat: suite à l'audit on impose la mfa pour tous et on coupe imap/pop/smtp auth. garde le compte de secours exclu
$ pwsh -c "Connect-MgGraph -TenantId rochat-notaires.ch -NoWelcome; Get-MgIdentityConditionalAccessPolicy | ft DisplayName,State; Get-MgReportAuthenticationMethodUserRegistrationDetail -All | group IsMfaRegistered | ft Name,Count"
| DisplayName  State
| True   11
| False  4
$ pwsh -f ./ca-mfa-tous.ps1 -Exclude secours@rochat-notaires.ch
| MFA pour tous                enabled
| Bloquer authentification héritée  enabled
$ pwsh -c "Connect-ExchangeOnline -DelegatedOrganization rochat-notaires.ch; Get-EXOCasMailbox | Set-CASMailbox -PopEnabled \$false -ImapEnabled \$false; Set-TransportConfig -SmtpClientAuthenticationDisabled \$true"
. Les deux règles sont actives, le compte de secours est exclu. Quatre personnes devront s'inscrire à la prochaine connexion.
= incident | - | Scanner of the office could send no mail any more after SMTP sign-in had been switched off; connector set up
> hm le copieur envoie plus les scans du coup
$ pwsh -c "Get-MessageTraceV2 -SenderAddress scan@rochat-notaires.ch -StartDate (Get-Date).AddHours(-2) -EndDate (Get-Date) | measure | select Count; Get-InboundConnector | ft Name"
| 0
$ pwsh -c "New-InboundConnector -Name Copieur -ConnectorType OnPremises -SenderDomains rochat-notaires.ch -SenderIPAddresses 185.44.10.6 -RequireTls \$true"
| Copieur  True
~ 4m40s
> je l'ai mis sur rochat-notaires-ch.mail.protection.outlook.com port 25, ça donne quoi
$ pwsh -c "Get-MessageTraceV2 -SenderAddress scan@rochat-notaires.ch -StartDate (Get-Date).AddMinutes(-10) -EndDate (Get-Date) | ft Subject,Status"
| Scan du copieur  Delivered
. Le scan est passé par le connecteur, sans mot de passe.
= service_request | ROC-LT09 | PDF editor installed on a laptop for a notary
> et Me Rochat veut pdf-xchange sur ROC-LT09, licence achetée
$ pwsh -c "Invoke-Command -ComputerName ROC-LT09 { winget install --id TrackerSoftware.PDF-XChangeEditor --silent --accept-source-agreements --accept-package-agreements }"
| Successfully installed
$ pwsh -c "Copy-Item ./pdfx.xcvault -ToSession (New-PSSession ROC-LT09) -Destination C:\ProgramData\Tracker\; Invoke-Command -ComputerName ROC-LT09 { & 'C:\Program Files\Tracker Software\Vault\XCVault.exe' /AddLicense C:\ProgramData\Tracker\pdfx.xcvault }"
| License added
. L'éditeur est installé avec sa licence.

@ 2026-07-09 21:46 | oskar | Skagen Byg | msp
> /msp Skagen Byg #70291
= maintenance | SKB-ERP, SKB-SQL01 | Quarterly service pack of the ERP installed in the night window with backup before and checks after
> erp window. vendor SP 26.2 on SKB-ERP, db backup on SKB-SQL01 first
$240 ssh admin@SKB-SQL01 powershell -c "Backup-SqlDatabase -ServerInstance . -Database ErpCore -BackupFile R:\pre-sp262.bak -CopyOnly -CompressionOption On; gci R:\pre-sp262.bak | select Length"
| 38812004352
$ ssh admin@SKB-ERP powershell -c "Stop-Service ErpCore,ErpScheduler; Get-Service Erp* | ft Name,Status"
| ErpCore       Stopped
| ErpScheduler  Stopped
$520 ssh admin@SKB-ERP powershell -c "Start-Process D:\SP\ErpCore-26.2.exe -ArgumentList '/quiet /log D:\SP\sp.log' -Wait; Select-String 'ExitCode|Schema' D:\SP\sp.log | select -Last 2"
| Schema upgraded 26.1 -> 26.2
| ExitCode=0
. The service pack is in, schema is 26.2. Starting the services next.
~ 45m
> had to wait for the vendor's ok. start it
$ ssh admin@SKB-ERP powershell -c "Start-Service ErpCore,ErpScheduler; sleep 20; (irm http://localhost:8090/health).status"
| healthy
$ ssh admin@SKB-SQL01 powershell -c "Invoke-Sqlcmd -Database ErpCore 'SELECT TOP 1 version, applied FROM dbo.schema_version ORDER BY applied DESC'"
| 26.2  10.07.2026 00:03
. Healthy on 26.2; the pre-update dump stays a week.
= documentation | - | Steps of the ERP service pack night written up as a runbook for the next quarter
> while its fresh write down how we did it so anyone can run it in october
w /Users/oskar/clients/skagen-byg/runbooks/erp-service-pack.md
+ # ERP service pack (quarterly)
+ 1. Copy-only dump of ErpCore on SKB-SQL01 to R:
+ 2. Stop ErpCore and ErpScheduler
+ 3. Installer /quiet, check ExitCode=0 in the log
+ 4. Wait for the vendor's go, start services, /health must say healthy
e /Users/oskar/clients/skagen-byg/runbooks/erp-service-pack.md
- 4. Wait for the vendor's go
+ 4. Call vendor night line (number in the vault), wait for go
$ git -C /Users/oskar/clients/skagen-byg add -A && git -C /Users/oskar/clients/skagen-byg commit -qm "runbook erp sp"
. The runbook has the order, the checks and the way back.

@ 2026-07-10 07:03 | hanneke | Fenwick Joinery | msp
> /msp Fenwick Joinery #70297
= incident | FNJ-UDM | Workshop Wi-Fi kept dropping as two access points shared a channel with a neighbour's radar event; channels set and stable
> fenwick workshop wifi drops every few min since yesterday, scanners lose connection. have a look on FNJ-UDM
$ ssh root@FNJ-UDM "ubnt-device-info summary; grep -i -E 'dfs|radar' /var/log/messages | tail -3"
| Jul 10 06:51 ap-workshop: radar detected on channel 116, moving
| Jul 10 06:40 ap-store: radar detected on channel 116, moving
$ ssh root@FNJ-UDM "mongo --quiet --port 27117 ace --eval 'db.device.find({type:\"uap\"},{name:1,radio_table:1}).pretty()' | grep -E 'name|channel'"
| "name" : "ap-workshop", "channel" : "auto"
| "name" : "ap-store", "channel" : "auto"
. Both APs hop away from DFS channel 116 again and again. I pin them to 36 and 44.
> do
$ ssh root@FNJ-UDM "/usr/bin/ap-set.sh ap-workshop ng=1 na=36; /usr/bin/ap-set.sh ap-store ng=6 na=44"
| ap-workshop provisioned
| ap-store provisioned
~ 6m
> no drops for the last minutes they say
. Good, the log shows no more channel moves.
= service_request | FNJ-UDM | Guest Wi-Fi vouchers for an open day printed
> they have an open day sat, 40 guest codes valid 8h pls
$ ssh root@FNJ-UDM "curl -sk -b /tmp/c https://localhost/proxy/network/api/s/default/cmd/hotspot -d '{\"cmd\":\"create-voucher\",\"n\":40,\"expire\":480,\"quota\":1}'"
| {"meta":{"rc":"ok"},"data":[{"create_time":1783667220}]}
$ ssh root@FNJ-UDM "curl -sk -b /tmp/c https://localhost/proxy/network/api/s/default/stat/voucher | jq -r '.data[].code' | wc -l"
| 40
. Forty codes, eight hours each, list is in your downloads as PDF.
> /msp Apotheek Zuidpoort #70299
= problem | AZP-SRV01 | Why the prescription program hangs every morning: virus scan and database backup overlap at opening time
> apotheek: elke ochtend 8 uur zelfde liedje, pharmacom hangt 10 min, al 3 weken, steeds weggewuifd. zoek uit waar het vandaan komt
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Get-Counter -Counter '\PhysicalDisk(1 D:)\Avg. Disk Queue Length' -MaxSamples 1 | fl Readings; Get-ScheduledTask | ? State -ne Disabled | Get-ScheduledTaskInfo | ? { $_.LastRunTime.Hour -in 7,8 } | ft TaskName, LastRunTime }
| Pharmacom-DB-Dump   10-7-2026 07:55:00
| AV full scan        10-7-2026 07:50:00
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Import-Csv C:\PerfLogs\disk.csv | ? Tijd -like '*08:0*' | sort Tijd | select -Last 5 Tijd, Queue }
| 10-7 08:02  41
| 9-7 08:02   39
| 8-7 08:03   44
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Get-ScheduledTask 'AV full scan' | select -Expand Date; (Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='AvManaged'; Id=4100}).Message }
| 2026-06-19T10:11:02
| Policy changed: daily full scan 07:50
. De oorzaak: sinds 19 juni draait er door een nieuw beleid dagelijks een volledige scan om 7:50, vlak voor de database-dump van 7:55. Samen duwen ze de schijf vol tot ongeveer 8:10. Op de dagen zonder scan (zondag) is er geen piek.
> top, schrijf dat zo in het ticket. aanpassen doen we via een wijziging
. Vastgelegd met de meetwaarden van drie weken.

@ 2026-07-10 08:31 | oskar | Trautmann Ingenieure | msp | crash
> /msp Trautmann Ingenieure #70302
= project | TRA-FS | Rollout of document management: pilot group's folders prepared and the agent put on the file server
> DMS-einführung trautmann, schritt 3: agent auf TRA-FS und die pilotordner der statik-gruppe anbinden
$ ssh admin@TRA-FS powershell -c "msiexec /i C:\Temp\dms-agent-9.4.msi /qn SERVER=dms.trautmann-ing.de TOKEN=***; Start-Sleep 30; Get-Service DmsAgent | ft Name,Status"
| DmsAgent  Running
$ ssh admin@TRA-FS powershell -c "dmsctl source add --path E:\Projekte\Statik --policy pilot --owner G_Statik"
| source statik-1 registered, 18 220 documents found
. Der Agent läuft und die Quelle ist angemeldet. Als nächstes käme die erste Indizierung.
> ja los, sind nur 18k
$ ssh admin@TRA-FS powershell -c "dmsctl index start statik-1 --wait"

@ 2026-07-10 09:05 | oskar | Trautmann Ingenieure | msp
> /msp Trautmann Ingenieure #70302
= project | TRA-FS | Rollout of document management: first indexing of the pilot folders finished and two users' access tested
> rechner hing. wie weit ist die indizierung von statik-1
$ ssh admin@TRA-FS powershell -c "dmsctl index status statik-1"
| statik-1: 18 220 / 18 220 done, 12 skipped (password protected)
. Fertig, zwölf geschützte Dateien wurden übersprungen.
> freigeben für die pilotleute, Kamm und Weigel, und testsuche
$ ssh admin@TRA-FS powershell -c "dmsctl grant statik-1 kamm weigel; dmsctl search 'Bewehrung Achse 4' --as weigel | select -First 2"
| 14 hits
| E:\Projekte\Statik\2025-Parkhaus\B4.pdf
. Beide haben Zugriff, die Testsuche liefert Treffer. Der Pilot kann am Montag beginnen.
= incident | TRA-FS | Two engineers saw no drive S: after the agent was put in, file service was back after its restart
> moment, zwei leute haben kein laufwerk S mehr
$ ssh admin@TRA-FS powershell -c "Get-Service LanmanServer | ft Name,Status; Get-SmbShare Statik"
! 1
| LanmanServer  Running
| Get-SmbShare : No MSFT_SMBShare objects found with property 'Name' equal to 'Statik'
$ ssh admin@TRA-FS powershell -c "New-SmbShare -Name Statik -Path E:\Projekte\Statik -FullAccess 'TRA\G_Statik'; Get-SmbShare Statik | ft Name,Path"
| Statik  E:\Projekte\Statik
~ 3m50s
> beide wieder da
. Die Freigabe war vom Agenten ersetzt worden und ist wieder angelegt.

@ 2026-07-10 12:10 | yannick | - | dev | cwd=/home/yannick/lab/ansible-base
> /dev
= development | - | Ansible role for a basic Linux host: unattended upgrades added and molecule test green
> rôle ansible base: ajoute unattended-upgrades, et molecule doit passer sur debian 12 et ubuntu 24
$ git switch -c unattended; ls roles/base/tasks
| main.yml  ssh.yml  users.yml
w /home/yannick/lab/ansible-base/roles/base/tasks/upgrades.yml
+ - name: unattended-upgrades
+   ansible.builtin.apt: { name: unattended-upgrades, state: present }
e /home/yannick/lab/ansible-base/roles/base/tasks/main.yml
- - import_tasks: users.yml
+ - import_tasks: users.yml
+ - import_tasks: upgrades.yml
$95 molecule test -s default
! 1
| TASK [base : unattended-upgrades] failed: No package matching 'unattended-upgrades' is available
e /home/yannick/lab/ansible-base/roles/base/tasks/upgrades.yml
-   ansible.builtin.apt: { name: unattended-upgrades, state: present }
+   ansible.builtin.apt: { name: unattended-upgrades, state: present, update_cache: true }
$90 molecule test -s default
| debian12 : ok=14 changed=6 failed=0
| ubuntu24 : ok=14 changed=6 failed=0
$ git commit -qam "base: unattended-upgrades" && git push -q
. Les deux plateformes passent, la branche est poussée.
> /normal
= internal | - | Broken disk in the own lab server replaced and the pool resilvered
> bon. le serveur du labo (pas client) bipe, un disque du zpool est FAULTED
$ ssh root@labo zpool status tank
| tank DEGRADED  raidz1-0  sdc FAULTED 12 88 0
$ ssh root@labo "zpool replace tank sdc sdf && zpool status tank | grep scan"
|   scan: resilver in progress since Fri Jul 10 14:35:02 2026
. Le disque de réserve a pris la place, la resynchronisation tourne.

@ 2026-07-13 06:05 | hanneke | Apotheek Zuidpoort | msp
> /msp Apotheek Zuidpoort #70310
= change | AZP-SRV01 | Daily full virus scan moved from opening time to the night, as agreed after the investigation
> apotheek: die scan op AZP-SRV01 van 7:50 naar 02:30, wijziging is getekend door De Graaf
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Get-ScheduledTask 'AV full scan' | % Triggers | ft StartBoundary, Enabled }
| 2026-06-19T07:50:00  True
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Set-ScheduledTask 'AV full scan' -Trigger (New-ScheduledTaskTrigger -Daily -At 02:30) | ft TaskName, State; (Get-ScheduledTaskInfo 'AV full scan').NextRunTime }
| AV full scan  Ready
| dinsdag 14 juli 2026 02:30:00
. De scan draait voortaan om 2:30; de uitzondering in de portal is mee aangepast.
= incident | AZP-BALIE2 | Payment terminal at counter 2 lost its link to the till; driver service hung and was started again
> en de pin op balie 2 zegt "geen verbinding met kassa", balie 1 werkt
% Invoke-Command -ComputerName AZP-BALIE2 -ScriptBlock { Get-Service *CTAP*, *Pin* | ft Name, Status; Test-NetConnection 10.60.1.72 -Port 20007 | select TcpTestSucceeded }
| CtapBridge  StopPending
| True
% Invoke-Command -ComputerName AZP-BALIE2 -ScriptBlock { Stop-Process -Name CtapBridge -Force; Start-Service CtapBridge; Get-Content C:\Ctap\bridge.log -Tail 1 }
| 08:19:40 terminal 7210 connected
. De koppeldienst hing bij het afsluiten. Die draait weer en de terminal meldt zich.
> pint weer, top
. Mooi.
= service_request | AZP-SRV01 | Account with prescription program rights for a holiday replacement until the end of August
> nog een vakantiekracht: Sanne Vos, t/m 31 augustus, zelfde rechten als Tineke op AZP-SRV01
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { New-ADUser -Name 'Sanne Vos' -SamAccountName svos -Enabled $true -AccountExpirationDate '2026-09-01' -AccountPassword (Read-Host -AsSecureString) -ChangePasswordAtLogon $true; (Get-ADUser tineke -Properties MemberOf).MemberOf | % { Add-ADGroupMember $_ svos } }
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Get-ADPrincipalGroupMembership svos | select Name; (Get-ADUser svos -Properties AccountExpirationDate).AccountExpirationDate }
| G_Balie
| G_Pharmacom_Assistent
| dinsdag 1 september 2026 00:00:00
. Sanne kan beginnen, het account sluit vanzelf na 31 augustus.

@ 2026-07-13 07:25 | oskar | Trautmann Ingenieure | msp
> /msp Trautmann Ingenieure #70313
= incident | TRA-XGS | Home workers' tunnels came up but carried no traffic after the provider's change; MTU lowered
> homeoffice bei trautmann: vpn verbindet, aber nix geht durch, ping ja, dateien öffnen nein
$ ssh admin@TRA-XGS "show vpn connection-statistics sslvpn; show network interface PortB"
| jpfeil   connected  in 120 KB out 3 KB
| PortB  MTU 1500  PPPoE up
$ ping -D -s 1452 -c 2 vpn.trautmann-ing.de
! 2
| ping: sendto: Message too long
| 2 packets transmitted, 0 packets received, 100.0% packet loss
. Die Leitung läuft seit der Umstellung des Anbieters mit kleinerer Paketgröße. Ich setze MTU 1420 und MSS 1380 auf PortB.
> ok
$ ssh admin@TRA-XGS "set network mtu PortB 1420; set network mss PortB on value 1380"
$ ping -D -s 1380 -c 2 vpn.trautmann-ing.de
| 2 packets transmitted, 2 packets received, 0.0% packet loss
~ 5m30s
> frau pfeil sagt läuft
. Gut, ist vermerkt.
= service_request | - | Distribution list for the structural group created in the cloud tenant
> neue verteilerliste statik@trautmann-ing.de mit Kamm, Weigel, Pfeil, auch von extern erreichbar
$ pwsh -c "Connect-ExchangeOnline -DelegatedOrganization trautmann-ing.de; New-DistributionGroup -Name Statik -PrimarySmtpAddress statik@trautmann-ing.de -Members kamm,weigel,jpfeil; Set-DistributionGroup Statik -RequireSenderAuthenticationEnabled \$false"
| Statik  statik@trautmann-ing.de
$ pwsh -c "Get-DistributionGroupMember Statik | ft Name"
| Kamm
| Weigel
| Pfeil
. Die Liste nimmt auch Post von außen an.
= maintenance | TRA-FS, TRA-LIC | Monthly Windows updates on the file and licence servers with restart at lunchtime
> mittagspause: updates TRA-LIC und TRA-FS, neustart erlaubt bis 14 uhr
. Gut, ich beginne, sobald du Bescheid gibst.
~ 3h10m
> so jetzt
$230 ssh admin@TRA-LIC powershell -c "Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result"
| KB5062557 Installed
$260 ssh admin@TRA-FS powershell -c "Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result"
| KB5062572 Installed
. Beide haben die Juli-Updates und starten neu.
~ 6m
> wieder da? lizenzen auch?
$ ssh admin@TRA-LIC powershell -c "Get-Service CodeMeter.exe | ft Status; (gcim Win32_OperatingSystem).LastBootUpTime"
| Running
$ ssh admin@TRA-FS powershell -c "Get-Service LanmanServer,DmsAgent | ft Name,Status"
| LanmanServer  Running
| DmsAgent      Running
. Alles oben, CodeMeter ist diesmal von allein gestartet.
`
