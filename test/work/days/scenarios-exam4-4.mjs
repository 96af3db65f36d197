/** Exam 4, July 2026. The marks at the starts of lines are explained in README.md. */
export const exam4Days4 = String.raw`
@ 2026-07-13 09:10 | yannick | Domaine de Valcroze | msp
> /msp Domaine de Valcroze #70317
= incident | VAL-SRV | Office printers shown offline since the print server's disk was filled by spool files; cleaned
> plus personne n'imprime a valcroze, file d'attente bloquée sur VAL-SRV
$ ssh admin@VAL-SRV powershell -c "Get-Service Spooler | ft Status; (gci C:\Windows\System32\spool\PRINTERS | measure Length -Sum).Sum/1GB; Get-Volume C | ft SizeRemaining"
| Running
| 38.2
| 0.1 GB
$ ssh admin@VAL-SRV powershell -c "Stop-Service Spooler -Force; Remove-Item C:\Windows\System32\spool\PRINTERS\* -Force; Start-Service Spooler; Get-Printer | ft Name,JobCount,PrinterStatus"
| Brother-Compta   0  Normal
| Kyocera-Accueil  0  Normal
. 38 Go de travaux bloqués par un PDF d'étiquettes. La file est vide et les deux imprimantes répondent.
> ok ça sort
. Très bien.
= problem | VAL-SRV | Why the same user's label prints fill the spooler every harvest week; driver renders vector PDFs at 1200 dpi
> mais c'est la 3e fois que ça arrive avec ces étiquettes, faut comprendre pourquoi avant les vendanges
$ ssh admin@VAL-SRV powershell -c "Get-WinEvent -FilterHashtable @{LogName='Microsoft-Windows-PrintService/Operational';Id=307;StartTime='2026-05-01'} | ? Message -match 'Etiquettes' | select -First 3 TimeCreated,Message"
| 13/07/2026  Etiquettes_2026.pdf owned by paul printed on Kyocera-Accueil, size 18 402 119 680 bytes
| 22/06/2026  Etiquettes_2026.pdf owned by paul printed on Kyocera-Accueil, size 18 398 220 144 bytes
| 02/06/2026  Etiquettes_2026.pdf owned by paul printed on Kyocera-Accueil, size 18 401 553 020 bytes
$ ssh admin@VAL-SRV powershell -c "Get-PrinterProperty Kyocera-Accueil | ? PropertyName -match 'Res|Render' | ft; Get-PrinterDriver | ft Name,MajorVersion"
| Config:Resolution  1200
| Kyocera TASKalfa PCL6 (old)  3
. Le même PDF vectoriel donne à chaque fois 18 Go parce que l'ancien pilote le rend en 1200 dpi page par page. Le pilote KX récent avec rendu côté imprimante éviterait cela : cause trouvée, changement à proposer.
> parfait je fais signer le changement de pilote
. Noté avec les trois dates et la taille des travaux.
> /msp Tasman Marine #70320
= service_request | tm-web | New subdomain page for the sailing school added on the web server with its own certificate
> tasman wants a small static site school.tasmanmarine.co.nz on tm-web, zip is in my downloads, dns is set already
$ scp ~/Downloads/school.zip ops@tm-web:/tmp/ && ssh ops@tm-web "sudo mkdir -p /srv/school && sudo unzip -q /tmp/school.zip -d /srv/school && ls /srv/school | head -3"
| index.html  img  style.css
$ ssh ops@tm-web "sudo cp /etc/nginx/sites-available/static.tpl /etc/nginx/sites-available/school && sudo sed -i 's/@NAME@/school.tasmanmarine.co.nz/;s#@ROOT@#/srv/school#' /etc/nginx/sites-available/school && sudo ln -s /etc/nginx/sites-available/school /etc/nginx/sites-enabled/ && sudo certbot --nginx -n -d school.tasmanmarine.co.nz | tail -1"
| Congratulations! You have successfully enabled HTTPS on https://school.tasmanmarine.co.nz
. The school's page is online with a certificate.

@ 2026-07-13 13:30 | hanneke | Kawartha Hearing | msp
> /msp Kawartha Hearing #70325
= incident | KH-SQL | Fitting database in recovery pending after the log drive ran full; space made and database online
> noah says cannot connect to database, all clinics. KH-SQL
% Invoke-Command -ComputerName KH-SQL -ScriptBlock { Invoke-Sqlcmd "SELECT name, state_desc FROM sys.databases WHERE state <> 0"; Get-Volume L | ft SizeRemaining, Size }
| NoahDb  RECOVERY_PENDING
| L  0  80 GB
% Invoke-Command -ComputerName KH-SQL -ScriptBlock { gci L:\ -Recurse -File | sort Length -Desc | select -First 3 FullName, @{n='GB';e={[int]($_.Length/1GB)}} }
| L:\old\NoahDb_2025_log.bak  41
| L:\NoahDb_log.ldf           36
. An old log dump of 41 GB sits on L:. With it gone the database can recover.
> move it to the backup drive dont delete
%70 Invoke-Command -ComputerName KH-SQL -ScriptBlock { Move-Item L:\old\NoahDb_2025_log.bak F:\keep\; Invoke-Sqlcmd "ALTER DATABASE NoahDb SET ONLINE"; Invoke-Sqlcmd "SELECT state_desc FROM sys.databases WHERE name='NoahDb'" }
| ONLINE
% Invoke-Command -ComputerName KH-SQL -ScriptBlock { Invoke-Sqlcmd "DBCC CHECKDB('NoahDb') WITH NO_INFOMSGS" -QueryTimeout 600; 'checkdb clean' }
| checkdb clean
. NoahDb is online and consistent.
= change | KH-DC1 | Group policy for the scan share changed to the new path and drive letter for all clinics, as planned
> second thing, planned: S: drive gpo has to point to \\KH-SQL\Scans instead of the old nas, all clinics, CR is signed, effective today
% Invoke-Command -ComputerName KH-DC1 -ScriptBlock { Get-GPO -All | ? DisplayName -like 'Drive*' | ft DisplayName, ModificationTime; Select-String -Path '\\kawartha.local\SYSVOL\kawartha.local\Policies\{6A1C}\User\Preferences\Drives\Drives.xml' -Pattern 'path=' }
| Drives-Clinics  2/11/2025 9:14 AM
| letter="S" path="\\kh-nas\scans"
% Invoke-Command -ComputerName KH-DC1 -ScriptBlock { Backup-GPO Drives-Clinics -Path D:\GPOBackup | select Id; $f='\\kawartha.local\SYSVOL\kawartha.local\Policies\{6A1C}\User\Preferences\Drives\Drives.xml'; (Get-Content $f) -replace '\\\\kh-nas\\scans','\\KH-SQL\Scans' -replace 'action="U"','action="R"' | Set-Content $f }
| 4e1b0c77-1d2f-4a0e-9a51-0c6a2be0a7d1
% gpresult /scope user /r | Select-String 'Drives-Clinics'
| Drives-Clinics
. The policy now maps S: to the new path with replace; a backup of the old one is in D:\GPOBackup.
= service_request | - | Accounts, licences and mailboxes for two new audiologists in the tenant
> and 2 new audiologists start next week, Amy Tran and Jo Leduc: mailboxes + business standard
% Connect-MgGraph -TenantId kawarthahearing.ca -NoWelcome; Get-MgSubscribedSku | ft SkuPartNumber, @{n='Free';e={$_.PrepaidUnits.Enabled-$_.ConsumedUnits}}
| O365_BUSINESS_PREMIUM  3
% 'amy.tran','jo.leduc' | % { New-MgUser -DisplayName $_ -UserPrincipalName "$_@kawarthahearing.ca" -MailNickname $_ -AccountEnabled -UsageLocation CA -PasswordProfile @{ Password = '***' }; Set-MgUserLicense -UserId "$_@kawarthahearing.ca" -AddLicenses @{ SkuId = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3' } -RemoveLicenses @() }
| amy.tran
| jo.leduc
. Both have an account, a licence and a mailbox.

@ 2026-07-13 20:15 | oskar | Skagen Byg | msp | id=skbmon end=none
> /msp Skagen Byg #70329
= maintenance | skb-mon, SKB-FW | Updates of the monitoring server and firewall with a save of the settings before
> skagen late window: update skb-mon (apt) then the opnsense
$140 ssh root@skb-mon "apt-get update -qq && apt-get -y full-upgrade | tail -1; systemctl is-active zabbix-server"
| 44 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.
| active
$ ssh root@SKB-FW "cp /conf/config.xml /root/config-20260713.xml; opnsense-update -c; opnsense-version"
| OPNsense 25.1.9
. Monitoring is updated. Firewall has 25.1.11 available, configuration is saved.
> 25.1.11 ok
$330 ssh root@SKB-FW "opnsense-update -bkp && opnsense-version && shutdown -r +1"
| OPNsense 25.1.11
~ 1h36m
> back from dinner, is the fw up?
$ ssh root@SKB-FW "uptime; pfctl -s info | grep Status"
| 22:06  up 1:31, 1 users
| Status: Enabled for 0 days 01:31:05
. Firewall is up on 25.1.11.

@ 2026-07-14 05:48 | oskar | Skagen Byg | msp | id=skbmon src=resume
= same
> morning. whole night ok after those updates? any alerts on skb-mon
$ ssh root@skb-mon "zabbix_alerts --since 22:00; opnsense_ping 10.90.0.1 | tail -1"
| no problems
| 0% packet loss
. No alarms in the night, the link is stable.
= incident | skb-mon | Monitoring stopped sending SMS alarms because the gateway token had expired; new one set
> hm but sms alert test doesnt arrive
$ ssh root@skb-mon "tail -3 /var/log/zabbix/sms.log"
| 401 Unauthorized: token expired 2026-07-12
$ ssh root@skb-mon "sed -i 's/^TOKEN=.*/TOKEN=***/' /usr/lib/zabbix/alertscripts/sms.conf && /usr/lib/zabbix/alertscripts/sms.sh +4551000000 test"
| 202 Accepted
. The old token had run out. With the new one the test SMS was accepted.

@ 2026-07-14 07:40 | hanneke | Fenwick Joinery | msp
> /msp Fenwick Joinery #70336
= incident | FNJ-CAD07 | Second monitor on a CAD workstation black; dock firmware crashed and was reset
> fenwick: Colin's 2nd screen on FNJ-CAD07 stays black since the power cut last night
% Invoke-Command -ComputerName FNJ-CAD07 -ScriptBlock { Get-PnpDevice -Class Monitor, USB | ? Status -ne OK | ft FriendlyName, Status; Get-CimInstance WmiMonitorID -Namespace root\wmi | measure | select Count }
| USB4 Router (dock)  Error
| 1
% Invoke-Command -ComputerName FNJ-CAD07 -ScriptBlock { Disable-PnpDevice -InstanceId 'USB\VID_17EF&PID_30B4\5' -Confirm:$false; Start-Sleep 5; Enable-PnpDevice -InstanceId 'USB\VID_17EF&PID_30B4\5' -Confirm:$false; (Get-CimInstance WmiMonitorID -Namespace root\wmi | measure).Count }
| 2
. The dock had hung. After the reset both screens are detected.
= security | FNJ-FS02 | Weird encrypted file names found; turned out a hash tool's work; share auditing and canary checked, nothing malicious
> also: someone found .locked files on the new drawings share FNJ-FS02 and panics about ransomware
% Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { gci D:\Shares -Recurse -Filter *.locked | select -First 5 FullName, LastWriteTime, Length; Get-SmbOpenFile | ft ClientUserName, ShareRelativePath }
| D:\Shares\Drawings\jobs\417\window.dwg.locked  7/14/2026 7:51 AM  0
| colin  jobs\417\window.dwg
% Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { Get-FileHash D:\Shares\_canary.docx | select Hash; Get-MpThreatDetection; (Get-ChildItem D:\Shares -Recurse -Filter '*readme*.txt' | measure).Count }
| 9C41E0... (unchanged)
| 0
. The .locked file is an empty lock of the CAD viewer plug-in, no ransom note, canary unchanged, Defender clean. I check logins on the box too.
> please do, theyre nervous
% Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { Get-WinEvent -FilterHashtable @{LogName='Security';Id=4625;StartTime=(Get-Date).AddDays(-2)} -ErrorAction SilentlyContinue | measure | select Count; Get-SmbSession | ft ClientUserName, NumOpens }
| 2
| colin  3
. Two failed sign-ins in two days, both typing errors. It's no attack.
= service_request | FNJ-DC01 | Colleague added to the estimating group so she sees its folder and printer
> last one, Megan needs to be in estimators as well, on FNJ-DC01
% Invoke-Command -ComputerName FNJ-DC01 -ScriptBlock { Add-ADGroupMember G_Estimators mrowe; Get-ADGroupMember G_Estimators | select Name }
| Megan Rowe
| Tim Park
. Megan is in, folder and printer follow at her next sign-in.

@ 2026-07-14 08:55 | yannick | Rochat Notaires | msp
> /msp Rochat Notaires #70340
= incident | ROC-LT09 | Deed program could not start on a laptop since a cloud sync folder was offline; resynchronised
> ROC-LT09 : le logiciel d'actes dit "modèle introuvable", depuis ce matin, chez Me Rochat junior
$ pwsh -c "Invoke-Command -ComputerName ROC-LT09 { Get-Process OneDrive -ErrorAction SilentlyContinue | ft Id,StartTime; Test-Path 'C:\Users\jrochat\Rochat\Modèles'; gci 'C:\Users\jrochat\Rochat' -ErrorAction SilentlyContinue | select Name }"
| False
$ pwsh -c "Invoke-Command -ComputerName ROC-LT09 { (Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='OneDrive'} -MaxEvents 1).Message }"
| Sign-in required: token revoked by policy
. La synchro a perdu sa session quand on a imposé la MFA la semaine passée. Il doit se reconnecter une fois.
> ok il est devant
~ 5m
> il s'est reconnecté
$ pwsh -c "Invoke-Command -ComputerName ROC-LT09 { Test-Path 'C:\Users\jrochat\Rochat\Modèles'; (gci 'C:\Users\jrochat\Rochat\Modèles').Count }"
| True
| 86
. Les 86 modèles sont là, le logiciel démarre.
= change | - | Transport rule with the legal notice under outgoing mails changed to the new address
> on change aussi la mention légale sous les mails sortants, nouvelle adresse rue du Rhône 62, plus d'ancien fax
$ pwsh -c "Connect-ExchangeOnline -DelegatedOrganization rochat-notaires.ch; Get-TransportRule 'Mention' | fl ApplyHtmlDisclaimerText,Priority"
| ApplyHtmlDisclaimerText : Rochat Notaires, rue du Stand 11, fax 022 ...
$ pwsh -c "Set-TransportRule 'Mention' -ApplyHtmlDisclaimerText (Get-Content ./mention.html -Raw); Get-TransportRule 'Mention' | select State"
| Enabled
. La règle porte la nouvelle adresse, sans fax.
= documentation | - | Page for the notary's staff how to register their phone as a second factor
> fais moi un petit pas à pas "enregistrer son téléphone pour la mfa" que je peux leur envoyer
w /Users/yannick/clients/rochat-notaires/mfa-pas-a-pas.md
+ # Enregistrer votre téléphone
+ 1. Ouvrez aka.ms/mfasetup sur l'ordinateur
+ 2. Installez Authenticator sur le téléphone
+ 3. Scannez le code affiché, confirmez le nombre
e /Users/yannick/clients/rochat-notaires/mfa-pas-a-pas.md
- 3. Scannez le code affiché, confirmez le nombre
+ 3. Scannez le code affiché
+ 4. Tapez le nombre montré à l'écran et validez
. La page est prête en une demi-feuille, avec les quatre étapes.

@ 2026-07-14 11:20 | yannick | Tasman Marine | msp | crash
> /msp Tasman Marine #70344
= project | tm-pve | Move off the old VMware host: file machine imported, disk check and start
> tasman vm 3 of 5 (files) onto tm-pve, export is ready under /mnt/mig/files.ova
$520 ssh root@tm-pve "cd /mnt/mig && tar xf files.ova && qm importovf 213 files.ovf local-zfs | tail -1"
| Successfully imported disk as scsi0
$ ssh root@tm-pve "qm set 213 --net0 virtio,bridge=vmbr0,tag=20 --agent 1 --onboot 1; qm config 213 | grep -E 'scsi0|net0'"
| scsi0: local-zfs:vm-213-disk-0,size=1T
$ ssh root@tm-pve "qm start 213 && sleep 40 && qm agent 213 ping"

@ 2026-07-14 11:46 | yannick | Tasman Marine | msp
> /msp Tasman Marine #70344
= project | tm-pve | Move off the old VMware host: file machine checked after its start and the old one switched off
> session died, vm 213 on tm-pve should be up?
$ ssh root@tm-pve "qm status 213; qm agent 213 ping && echo agent ok"
| status: running
| agent ok
$ ssh root@tm-pve "qm guest exec 213 -- powershell Get-SmbShare | grep -E 'Charts|Office'; ping -c1 10.80.20.14 | grep received"
| Charts  D:\Charts
| Office  D:\Office
| 1 packets transmitted, 1 received
. The file machine serves its shares at the old address.
> old one off and mark it in the list
$ ssh root@tm-pve "curl -sk -u root:*** https://10.80.1.9/api/vm/files/power/off; sed -i 's/^files .*/files moved 2026-07-14/' /root/mig-list.txt && grep -c moved /root/mig-list.txt"
| 3
. Three of five are moved, the old one is powered off.
= problem | tm-db | Why the database was slow three Mondays in a row: autovacuum on the log table blocked by a forgotten replication slot
> while im on it, tm-db has been sluggish every monday for weeks, each time we just restart postgres. whats going on really
$ ssh ops@tm-db "sudo -u postgres psql -c \"SELECT relname, n_dead_tup, last_autovacuum FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 3\""
| audit_log  81220410  2026-06-09
| booking       11204  2026-07-13
$ ssh ops@tm-db "sudo -u postgres psql -c \"SELECT slot_name, active, xmin, age(xmin) FROM pg_replication_slots\""
| old_standby  f  88120431  19422010
$ ssh ops@tm-db "grep -h 'cannot be removed yet' /var/log/postgresql/*.log | wc -l; ls -lh /var/lib/postgresql/14/main/pg_wal | head -2"
| 214
| total 88G
. The inactive slot old_standby of a removed replica holds back every vacuum since 9 June; audit_log fills with dead rows until the Monday reports crawl. Dropping the slot and a vacuum is the lasting remedy.
> nice find. propose it in the ticket for tomorrow night
. It's written up with the evidence and a proposal.

@ 2026-07-14 14:10 | hanneke | Rochat Notaires | msp
> /msp Rochat Notaires #70351
= security | - | Mailbox with hidden forwarding to outside found after an alert; token and consented app removed
> alert from defender for rochat: suspicious inbox forwarding for t.blanc. he says he didnt set anything
% Connect-ExchangeOnline -DelegatedOrganization rochat-notaires.ch; Get-Mailbox t.blanc | fl ForwardingSmtpAddress, DeliverToMailboxAndForward; Get-InboxRule -Mailbox t.blanc | fl Name, ForwardTo
| ForwardingSmtpAddress : smtp:archive-bl@mailbox.example
| DeliverToMailboxAndForward : True
% Connect-MgGraph -TenantId rochat-notaires.ch -NoWelcome; Get-MgUserOauth2PermissionGrant -UserId t.blanc@rochat-notaires.ch | ft ClientId, Scope
| 8c1f-77  Mail.Read offline_access
. A consented app "PDF Sync" has Mail.Read and set the forwarding 3 days ago. I kill the app, the forwarding and the sessions.
> go, and get the audit log out
% Set-Mailbox t.blanc -ForwardingSmtpAddress $null -DeliverToMailboxAndForward $false; Remove-MgServicePrincipal -ServicePrincipalId 8c1f-77; Revoke-MgUserSignInSession -UserId t.blanc@rochat-notaires.ch
| True
%80 Search-UnifiedAuditLog -StartDate 7/10/2026 -EndDate 7/15/2026 -UserIds t.blanc@rochat-notaires.ch -Operations Consent*,Set-Mailbox,MailItemsAccessed | Export-Csv .\blanc-audit.csv; (Import-Csv .\blanc-audit.csv).Count
| 317
. Access is cut: app and forwarding gone, sessions revoked. 317 entries are exported, the mails of three days have to be regarded as read.

@ 2026-07-15 06:30 | oskar | Trautmann Ingenieure | msp
> /msp Trautmann Ingenieure #70355
= incident | TRA-HV01 | Virtual machines paused as the data volume of the host filled; space freed and machines resumed
> TRA-HV01 meldet kritisch, zwei vms stehen auf paused-critical
$ ssh admin@TRA-HV01 powershell -c "Get-VM | ft Name,State; Get-Volume V | ft SizeRemaining; gci V:\ -Recurse -File | sort Length -Desc | select -First 3 FullName,Length"
| TRA-LIC  PausedCritical
| TRA-FS   PausedCritical
| V  0 B
| V:\Export\TRA-FS-test.vhdx  1649267441664
. Ein Testexport von TRA-FS hat die Platte gefüllt.
> von mir, sorry. weg damit
$ ssh admin@TRA-HV01 powershell -c "Remove-Item V:\Export\TRA-FS-test.vhdx; Get-VM | ? State -eq PausedCritical | Resume-VM; Get-VM | ft Name,State"
| TRA-LIC  Running
| TRA-FS   Running
. Beide Maschinen laufen wieder, 1,5 TB sind frei.
= maintenance | TRA-HV01 | Monthly hardware check of the host: fans, power supplies, controller battery, hardware log
> wenn ich schon drauf bin, monatliche hw-prüfung: idrac lüfter, netzteile, bbu
$ ssh root@TRA-HV01-idrac "racadm getsensorinfo | grep -E 'FAN|PS|BATT'"
| System Board Fan1  Ok 7200RPM
| PS1 Status  Present
| PERC1 ROMB Battery  Ok
$ ssh root@TRA-HV01-idrac "racadm lclog view -s Critical,Warning -r 2026-06-15 | wc -l"
| 0
. Lüfter, Netzteile und Batterie sind in Ordnung, keine Warnungen seit Juni.
= change | TRA-XGS | Printers' network separated: new VLAN with rules from office and no way out to the internet
> und drucker bekommen das eigene vlan 50, so wie im change von letzter woche, auf der XGS: nur von vlan 10 aus, kein internet
$ ssh admin@TRA-XGS "show network vlan; show firewall rule-group Drucker"
! 1
| % Error: rule-group Drucker not found
$ ssh admin@TRA-XGS "network vlan add PortA vid=50 ip=10.30.50.1/24; firewall rule add name=Drucker-in src=vlan10 dst=vlan50 service=9100,631,161 action=accept; firewall rule add name=Drucker-out src=vlan50 dst=WAN action=drop log=on"
$ ssh admin@TRA-XGS "show firewall rule Drucker-in Drucker-out | grep -E 'name|action'"
| name Drucker-in   action accept
| name Drucker-out  action drop
. VLAN 50 steht, die Regeln lassen nur Druckverkehr aus dem Büro herein.

@ 2026-07-15 08:20 | hanneke | - | dev | cwd=C:\Users\hanneke\src\licentie-rapport
> /dev
= development | - | Licence report: prices read from a table and shown as a total per tenant
> prijzen per sku uit prijzen.json lezen en een totaal per tenant tonen, niet meer hard in de code
% gci; Get-Content .\prijzen.json | Select-Object -First 4
| Report.ps1  prijzen.json  tests
| { "SPB": 20.6, "O365_BUSINESS_PREMIUM": 11.7 }
e C:\Users\hanneke\src\licentie-rapport\Report.ps1
- $prijs = @{ SPB = 20.6 }
+ $prijs = Get-Content "$PSScriptRoot\prijzen.json" -Raw | ConvertFrom-Json -AsHashtable
e C:\Users\hanneke\src\licentie-rapport\tests\Report.Tests.ps1
- }
+   It 'telt per tenant op' { (Get-LicenseTotal 'a').Totaal | Should -Be 41.2 }
+ }
%14 Invoke-Pester -Output Minimal
| Tests Passed: 8, Failed: 0
% git commit -qam "Prijzen uit bestand, totaal per tenant"
. De prijzen komen uit het bestand, het totaal staat onder elke tenant.
> /normal
= internal | - | Offer for a new dental customer's onboarding estimated and put in the sales folder
> nu wat anders: schat uren in voor een nieuwe klant, 14 werkplekken, 1 server, m365. in een tabelletje voor de offerte
w C:\Users\hanneke\Documents\intern\offerte-nieuw-14wp.md
+ | Post | Uren |
+ | Opname en documentatie | 6 |
+ | RMM en AV uitrollen | 7 |
+ | M365 overnemen | 4 |
+ | Totaal | 17 |
. Ik kom op zeventien uur; met een kwart reserve zijn het er ongeveer 21.
> zet er 21 in
e C:\Users\hanneke\Documents\intern\offerte-nieuw-14wp.md
- | Totaal | 17 |
+ | Totaal incl. reserve | 21 |
. Aangepast.
`
