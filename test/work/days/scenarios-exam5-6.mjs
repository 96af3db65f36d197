/** Exam 5, September 2026. The marks at the starts of lines are explained in README.md. */
export const exam5Days6 = String.raw`
@ 2026-09-16 13:10 | oskar | - | normal | cwd=C:\Users\oskar\office
> /normal
= internal | - | Own time sheets of August compared with the invoices and the list of missing entries sent to the team
> check our august timesheets vs what got invoiced, list whats missing
% python .\tools\hours.py --month 2026-08 --by technician | Select-Object -Last 4
| oskar  131.25
| amelie 142.00
| tomasz 128.50
% python .\tools\hours.py --month 2026-08 --unbilled
| 2026-08-12 tomasz 1.50 no ticket
| 2026-08-27 oskar  0.75 no ticket
. 2.25 hours without a ticket, both named in the list.
= internal | - | Team stand-up notes and holiday plan for October put in order
> and write up the oct on-call + holidays plan from the three messages in inbox\plan.txt
% Get-Content .\inbox\plan.txt
| amelie: off 12-16 oct. tomasz: off 26-30. oskar: no holidays
w C:\Users\oskar\office\oncall-2026-10.md
+ | Week | On call | Away |
+ | 42 | Oskar | Amelie |
+ | 44 | Amelie | Tomasz |
. Plan is written, weeks 41 and 43 are shared as usual.

@ 2026-09-16 17:30 | tomasz | - | dev | cwd=/home/tomasz/src/patch-report
> /dev
= development | - | Patch report: HTML mail with missing updates per server, template rendered and tested
> patch report generator: html mail, one table per customer, missing KBs in red
w /home/tomasz/src/patch-report/templates/report.html
+ <table>{% for s in servers %}<tr><td>{{ s.name }}</td><td{% if s.missing %} class=red{% endif %}>{{ s.missing|length }}</td></tr>{% endfor %}</table>
$ python -m pytest -q
! 1
| jinja2.exceptions.UndefinedError: 'servers' is undefined
e /home/tomasz/src/patch-report/report.py
- env.get_template('report.html').render()
+ env.get_template('report.html').render(servers=load(args.file))
$8 python -m pytest -q
| 11 passed in 0.62s
. The report renders; 11 tests pass.

@ 2026-09-17 05:50 | tomasz | Hollenbach Gartenbau | msp
> /msp Hollenbach Gartenbau #70409
= project | HBG-OPN | Second line rollout, step two: rules moved to the failover group and switch-over tested by pulling the cable
> schritt 2 ausfallsicherheit: regeln auf FAILOVER umstellen, dann ziehen wir das kabel
$ ssh root@hbg-opn "opnsense-rule list | grep -c 'gw=WAN_GW'"
| 9
$ ssh root@hbg-opn "opnsense-rule set --where gw=WAN_GW --gw FAILOVER && configctl filter reload"
| OK, 9 rules
. Alle neun Regeln nutzen die Gruppe. Kabel ziehen, bitte.
~ 3m
> gezogen
$ ssh -J lte-stick root@hbg-opn "opnsense-gw status; ping -c3 -S 10.64.0.12 9.9.9.9 | tail -1"
| WAN_GW  offline
| LTE_GW  online 51ms
| round-trip min/avg/max = 48.1/50.3/53.0 ms
. Nach 11 Sekunden war die Verbindung über LTE da. Kabel wieder rein: Rückschaltung nach 40 Sekunden. Schritt 3 ist die Alarmierung.
= maintenance | hbg-mail, HBG-OPN | Package and firmware updates on mail server and firewall, unused packages removed
> wenn wir schon dabei sind, updates: mailserver und die opnsense auf 25.1.12
$95 ssh root@hbg-mail "apt-get update -q && apt-get -y dist-upgrade | tail -1 && apt-get -y autoremove | tail -1"
| 22 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.
$160 ssh root@hbg-opn "opnsense-update -bkp && opnsense-version"
| OPNsense 25.1.12
$ ssh root@hbg-mail "systemctl --failed --no-legend | wc -l; postfix status; doveadm who | wc -l"
| 0
| postfix/postfix-script: the Postfix mail system is running: PID: 1022
| 17
. Beide sind aktuell, Mail läuft.
> /msp Huisartsen De Linde #70410
= incident | LIN-SRV1 | Two users were locked out at once because a tablet still tried the old password; cached credential removed
> Terpstra en de poh zijn sinds het nieuwe beleid elke 5 minuten geblokkeerd
$ ssh beheer@lin-srv1 powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4740} -MaxEvents 4 | % { \$_.Properties[0].Value + ' ' + \$_.Properties[1].Value }"
| h.terpstra TABLET-SPREEK2
| f.vandijk  TABLET-SPREEK2
. De tablet in spreekkamer 2 probeert een oud wachtwoord voor beide.
> ik heb m gereset bij de tablet. maak de accounts vrij en kijk of het blijft
$ ssh beheer@lin-srv1 powershell -c "'h.terpstra','f.vandijk' | % { Unlock-ADAccount \$_ }; sleep 240; Search-ADAccount -LockedOut | measure | % Count"
| 0
. Na vier minuten zijn ze nog vrij.
= service_request | - | Team for the flu vaccination days with channel and shared calendar
> ze willen een teams groep Griepvaccinatie 2026 met kanaal planning en de assistentes erin
$ pwsh -c "Connect-MicrosoftTeams; New-Team -DisplayName 'Griepvaccinatie 2026' -Visibility Private -Owner h.terpstra@delinde.nl | ft GroupId"
| 8d1f0b02-7a11-4e0e-9c2a-6a11
$ pwsh -c "New-TeamChannel -GroupId 8d1f0b02-7a11-4e0e-9c2a-6a11 -DisplayName Planning; 'a.smit','b.visser','k.jansen' | % { Add-TeamUser -GroupId 8d1f0b02-7a11-4e0e-9c2a-6a11 -User (\$_ + '@delinde.nl') }"
$ pwsh -c "(Get-TeamUser -GroupId 8d1f0b02-7a11-4e0e-9c2a-6a11).Count"
| 4
. Het team met kanaal Planning staat er, vier leden.

@ 2026-09-17 13:20 | amelie | Tamarack Outfitters | msp | id=tam-thu
> /msp Tamarack Outfitters #70414
= incident | tam-web2 | Order confirmation mails were not sent because the queue worker had crashed; job with a bad address removed
> orders since 6am have no confirmation mail
$ ssh ops@tam-web2 "systemctl status shop-worker --no-pager | sed -n 3p; journalctl -u shop-worker -n 2 --no-pager"
| Active: failed (Result: start-limit-hit)
| UnhandledError: Invalid recipient "sam@@example.com" in job 90311
$ ssh ops@tam-web2 "redis-cli LREM queue:mail 1 \"\$(redis-cli LRANGE queue:mail 0 0)\"; sudo systemctl reset-failed shop-worker; sudo systemctl start shop-worker; sleep 30; redis-cli LLEN queue:mail"
| 1
| 0
. One broken job stopped the worker. 312 mails are out; the shop's developers should catch this error.
= maintenance | tam-pve1 | Hypervisor updated to the current packages with guests moved aside, old kernels and orphaned disks removed
> pve1 monthly: updates, prune old kernels, check for orphaned disks. web2 vm can stay on, its live
$ ssh root@tam-pve1 "apt-get update -q && apt-get -y dist-upgrade | tail -1; pveversion"
| 61 upgraded, 3 newly installed, 0 to remove and 0 not upgraded.
| pve-manager/8.3.5
$ ssh root@tam-pve1 "proxmox-boot-tool kernel list | tail -3; apt-get -y autoremove --purge | tail -1; qm rescan"
| 6.8.12-4-pve
| rescan volumes...
$ ssh root@tam-pve1 "qm config 104 | grep unused; lvremove -y pve/vm-104-disk-2; df -h / | tail -1"
|  unused0: local-lvm:vm-104-disk-2
|   Logical volume "vm-104-disk-2" successfully removed
. Up to date; reboot follows in Sunday's window, 160 GB freed.
~ 1h10m
= change | TAM-POS3 | Till enrolled in the device management with the kiosk profile instead of manual settings
> after lunch. POS3 into intune kiosk profile as agreed with Brett, remove the local autologon
$ pwsh -c "Connect-MgGraph; New-MgGroupMember -GroupId (Get-MgGroup -Filter \"displayName eq 'Kiosk-POS'\").Id -DirectoryObjectId (Get-MgDevice -Filter \"displayName eq 'TAM-POS3'\").Id"
$ ssh admin@tam-pos3 powershell -c "Set-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon' AutoAdminLogon 0; Remove-ItemProperty 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon' DefaultPassword"
$ ssh admin@tam-pos3 powershell -c "Get-ScheduledTask -TaskPath '\Microsoft\Windows\EnterpriseMgmt\*' | Start-ScheduledTask; sleep 45; Get-CimInstance -Namespace root\cimv2\mdm\dmmap MDM_AssignedAccess | % Configuration"
| <AssignedAccessConfiguration xmlns=...><Profile Id="{pos}">
. The kiosk profile has arrived, autologon with the stored password is gone.
= problem | tam-web1, tam-web2, tam-db | Reason for the recurring database connection shortage found in a leaking report endpoint
> since the pooler is in we have graphs. why did tam-db run out of connections 3 times since july? somebody leaks
$ ssh ops@tam-db "sudo -u postgres psql -h 10.70.0.12 -p 6432 pgbouncer -Atc 'show clients' | awk -F'|' '{print \$5}' | sort | uniq -c | sort -rn | head -3"
|  210 10.70.0.11
|   31 10.70.0.10
$ ssh ops@tam-web2 "sudo ss -tnp | grep 6432 | grep -o 'pid=[0-9]*' | sort | uniq -c | sort -rn | head -2; ps -o args= -p 8812"
|  174 pid=8812
| node /opt/shop-reports/server.js
$ ssh ops@tam-web1 "zgrep -h 'GET /reports/export' /var/log/nginx/access.log* | cut -d[ -f2 | cut -d: -f1 | sort | uniq -c"
|  41 07/Sep/2026
|  38 12/Aug/2026
|  44 15/Jul/2026
. All three outages follow a day with some 40 report exports; each export opens four connections and never closes them. It is the reports service on tam-web2.
> file it for the devs, with the numbers
w /Users/amelie/clients/tamarack/problems/conn-leak.md
+ GET /reports/export leaks 4 connections per call (shop-reports, pid 8812). Dates: 15 Jul, 12 Aug, 7 Sep.
+ Workaround: restart of shop-reports each night at 02:00 until fixed.
. The finding is filed with its workaround.

@ 2026-09-17 22:34 | oskar | Fenwick Solicitors | msp
> /msp Fenwick Solicitors #70418
= maintenance | FWK-DC01, FWK-FS01, FWK-TS01 | Monthly Windows updates outside office hours with restarts and checks
> midnight patching fenwick: dc, fs, ts in that order
%280 Invoke-Command -ComputerName FWK-DC01 -ScriptBlock { Install-WindowsUpdate -MicrosoftUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5065432  Installed
%330 Invoke-Command -ComputerName FWK-FS01 -ScriptBlock { Install-WindowsUpdate -MicrosoftUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5065432  Installed
%500 Invoke-Command -ComputerName FWK-TS01 -ScriptBlock { Install-WindowsUpdate -MicrosoftUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5065428  Installed
| KB5064010  Failed
. DC and FS are done, on the TS the .NET package failed.
> retry that one then check all three
%240 Invoke-Command -ComputerName FWK-TS01 -ScriptBlock { Get-WindowsUpdate -KBArticleID KB5064010 -Install -AcceptAll -AutoReboot | ft KB, Result }
| KB5064010  Installed
~ 5m20s
> all back?
% Invoke-Command -ComputerName FWK-DC01,FWK-FS01,FWK-TS01 -ScriptBlock { $env:COMPUTERNAME; (Get-CimInstance Win32_OperatingSystem).LastBootUpTime; (Get-Service | ? { $_.StartType -eq 'Automatic' -and $_.Status -ne 'Running' }).Name }
| FWK-DC01 17/09/2026 23:41
| FWK-FS01 17/09/2026 23:47
| FWK-TS01 18/09/2026 00:02
. All three are back, no automatic service is stopped.

@ 2026-09-18 06:30 | oskar | Gasthof Rauchkogl | msp
> /msp Gasthof Rauchkogl #70421
= security | RKG-PMS | Ransom note on a reception share turned out to be a blocked attempt; source machine isolated, versions restored and indicators checked
> rezeption 2 hat lauter .locked dateien im ordner Angebote, ui
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Get-ChildItem D:\Angebote -Recurse -Filter *.locked | measure | % Count; Get-SmbOpenFile | ? Path -match Angebote | ft ClientUserName, ClientComputerName }
| 214
| RAUCHKOGL\k.innerhofer  REZ-PC2
. Es kommt vom Platz REZ-PC2. Ich trenne ihn und halte die Freigabe an.
> ja sofort
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Block-SmbShareAccess -Name Angebote -AccountName 'RAUCHKOGL\k.innerhofer' -Force; Get-SmbSession | ? ClientUserName -match innerhofer | Close-SmbSession -Force }
% Invoke-RestMethod -Uri https://edr.msp.example/api/isolate -Method Post -Body (@{ host = 'REZ-PC2'; tenant = 'rauchkogl' } | ConvertTo-Json) -ContentType application/json | % state
| isolated
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Get-MpThreatDetection | sort InitialDetectionTime | select -Last 1 | fl ThreatID, ProcessName, Resources; Get-ChildItem D:\ -Recurse -Include *.locked | measure | % Count }
| ProcessName : C:\Users\k.innerhofer\Downloads\Rechnung_0916.js
| 214
. Nur der Ordner Angebote ist betroffen, 214 Dateien. Das Skript kam aus dem Download und der Platz ist abgeschottet.
> stell die dateien aus der schattenkopie her
%70 Invoke-Command -ComputerName RKG-PMS -ScriptBlock { $s = (Get-CimInstance Win32_ShadowCopy | sort InstallDate | select -Last 1).DeviceObject; cmd /c mklink /d C:\sc "$s\"; robocopy C:\sc\Angebote D:\Angebote /MIR /R:0 /NFL /NDL | Select-Object -Last 6 }
|    Files :      1932       214      1718
. Alle 214 Dateien sind vom Stand von gestern 18 Uhr zurück. Kennwort gesperrt, Platz wird neu aufgesetzt.
= incident | RKG-DC | Intranet unreachable after the DNS record was scavenged; record made static
> und getrennt davon: intranet.rauchkogl.local findet niemand mehr seit heut früh
% Invoke-Command -ComputerName RKG-DC -ScriptBlock { Get-DnsServerResourceRecord -ZoneName rauchkogl.local -Name intranet -ErrorAction Ignore; (Get-DnsServerScavenging).LastScavengeTime }
| 18.09.2026 02:00:00
. Der Eintrag ist heute um 02:00 aufgeräumt worden, er war dynamisch.
> fest eintragen
% Invoke-Command -ComputerName RKG-DC -ScriptBlock { Add-DnsServerResourceRecordA -ZoneName rauchkogl.local -Name intranet -IPv4Address 10.20.0.15; Clear-DnsServerCache -Force; (Resolve-DnsName intranet.rauchkogl.local).IPAddress }
| 10.20.0.15
. Der Name wird wieder aufgelöst, der Eintrag ist nun fest.

@ 2026-09-18 08:20 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70425
= service_request | ISA-DC1, ISA-FS1 | Twelve loan laptops: device accounts and a shared folder for a school trip
> voyage scolaire à Ostende: 12 portables de prêt, compte générique "voyage", dossier partagé dessus, jusqu'au 25
$ ssh adm@isa-dc1 powershell -c "New-ADUser -Name voyage -Path 'OU=Temporaires,DC=isa,DC=lan' -AccountExpirationDate 2026-09-26 -AccountPassword (ConvertTo-SecureString '********' -AsPlainText -Force) -Enabled 1 -CannotChangePassword 1"
$ ssh adm@isa-fs1 powershell -c "New-Item D:\Voyage -ItemType Directory; New-SmbShare -Name Voyage -Path D:\Voyage -ChangeAccess 'ISA\voyage','ISA\GG_Profs' | ft Name"
| Voyage
$ ssh adm@isa-dc1 powershell -c "1..12 | % { Set-ADComputer ('PRET-' + \$_.ToString('00')) -Description 'Ostende 21-25/09' }; Set-ADUser voyage -LogonWorkstations ((1..12 | % { 'PRET-' + \$_.ToString('00') }) -join ',')"
. Le compte ne sert que sur les douze portables et expire le 26.
= incident | ISA-IMP | Secretariat copier printed blank pages from one tray because the paper format was set wrongly in the driver
> la copieuse du secrétariat sort des feuilles blanches depuis bac 2
$ ssh adm@isa-imp powershell -c "Get-PrintConfiguration BIZHUB-SECR | fl PaperSize,DuplexingMode; Get-PrinterProperty BIZHUB-SECR -PropertyName 'Config:Tray2' | fl Value"
| PaperSize : Letter
| Value     : Letter
$ ssh adm@isa-imp powershell -c "Set-PrintConfiguration BIZHUB-SECR -PaperSize A4; Set-PrinterProperty BIZHUB-SECR -PropertyName 'Config:Tray2' -Value A4; Get-PrintJob BIZHUB-SECR | Remove-PrintJob"
$ ssh adm@isa-imp powershell -c "rundll32 printui.dll,PrintUIEntry /k /n BIZHUB-SECR; sleep 20; Get-Printer BIZHUB-SECR | % PrinterStatus"
| Normal
. Le bac 2 était réglé sur Letter. La page de test sort en A4.
= change | ISA-DC1 | Log-on hours for pupils' accounts and screen lock policy set as decided by the management
> la direction veut: élèves 7h30-18h en semaine seulement, et verrouillage à 10 min partout. décidé en conseil, à mettre en place aujourd'hui
$ ssh adm@isa-dc1 powershell -c "Get-ADUser -Filter * -SearchBase 'OU=Eleves,DC=isa,DC=lan' | measure | % Count"
| 634
$ ssh adm@isa-dc1 powershell -File C:/Scripts/heures.ps1 -OU "OU=Eleves,DC=isa,DC=lan" -Debut 7 -Fin 18 -Jours lun-ven
| 634 comptes modifiés
$ ssh adm@isa-dc1 powershell -c "New-GPO Verrouillage-10min | New-GPLink -Target 'DC=isa,DC=lan'; Set-GPRegistryValue Verrouillage-10min -Key 'HKCU\Software\Policies\Microsoft\Windows\Control Panel\Desktop' -ValueName ScreenSaveTimeOut -Type String -Value 600 | % DisplayName"
| Verrouillage-10min
. 634 comptes ont leurs heures, le verrouillage s'applique à la prochaine actualisation des stratégies.

@ 2026-09-18 10:30 | tomasz | Fenwick Solicitors | msp
> /msp Fenwick Solicitors #70430
= documentation | - | Network documentation of the firm rewritten after the file server move, with the backup plan
> docs for fenwick are all from before the move. rewrite servers + shares + backup page
$ ls -la ~/clients/fenwick/docs
| certificates.md  network-2024.md  shares-2023.md
w /home/tomasz/clients/fenwick/docs/servers.md
+ | Host | Role | Backup |
+ | FWK-DC01 | domain, DHCP, DNS | daily 21:00, 30 days |
+ | FWK-FS01 | Matters, Archive, Home | every 2 h, 90 days |
+ | FWK-TS01 | terminal server | daily 22:00, 14 days |
w /home/tomasz/clients/fenwick/docs/shares.md
+ | Share | Path | Letter | Rights |
+ | Matters | D:\Shares\Matters | M: | G-Partners, G-Probate, access based |
$ git -C ~/clients/fenwick/docs rm -q network-2024.md shares-2023.md
. Three current pages replace the two old ones.
= service_request | FWK-TS01 | PDF redaction program installed for the litigation team on the terminal server
> litigation wants that redaction tool (pdf blackout pro), 3 licences bought, goes on the TS
$45 ssh adm@fwk-ts01 powershell -c "change user /install; Start-Process msiexec '/i C:\Temp\BlackoutPro.msi LICENSEKEY=******** /qn' -Wait; change user /execute"
| User session is ready to install applications.
| User session is ready to execute applications.
$ ssh adm@fwk-ts01 powershell -c "New-ADGroup -Name APP-Blackout -GroupScope Global -Path 'OU=Apps,DC=fenwick,DC=local'; 'r.keane','m.lynch','d.moran' | % { Add-ADGroupMember APP-Blackout \$_ }; Get-Package Blackout* | ft Name,Version"
| Blackout Pro  5.2.1
. Installed, three people see it in their start menu.
= security | - | Mailbox of the accountant forwarded to an outside address; rule removed, session revoked and consent to an unknown app withdrawn
> m365 alert: r.keane has a forwarding rule to some gmail and an app "Mail Helper" with mail.readwrite. smells
$ pwsh -c "Connect-ExchangeOnline; Get-InboxRule -Mailbox r.keane@fenwick.ie | fl Name,ForwardTo,StopProcessingRules"
| Name      : a
| ForwardTo : {rk.backup.2026@gmail.example}
$ pwsh -c "Connect-MgGraph; Get-MgUserOauth2PermissionGrant -UserId r.keane@fenwick.ie | fl Id,ClientId,Scope"
| Scope : Mail.ReadWrite offline_access
$ pwsh -c "Remove-InboxRule -Mailbox r.keane@fenwick.ie -Identity a -Confirm:\$false; Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId q7; Revoke-MgUserSignInSession -UserId r.keane@fenwick.ie; Update-MgPolicyAuthorizationPolicy -AllowUserConsentForRiskyApps:\$false"
$ pwsh -c "Search-UnifiedAuditLog -StartDate (Get-Date).AddDays(-14) -EndDate (Get-Date) -UserIds r.keane@fenwick.ie -Operations MailItemsAccessed | measure | % Count"
| 412
. Rule and app are gone, sessions ended, the password is being changed with him on the phone. 412 items were read in two weeks; the partner for data protection is informed.

@ 2026-09-18 14:10 | oskar | Hollenbach Gartenbau | msp
> /msp Hollenbach Gartenbau #70433
= project | HBG-OPN, hbg-mail | Second line rollout, step three: alerting on line change set up and handed over to the customer
> letzter schritt zweitleitung: meldung per mail wenn auf lte, danach abnahme
% ssh root@hbg-opn "opnsense-monit add --service gw_wan --type gateway --name WAN_GW --event down,up --mailto it@hollenbach.de,noc@msp.example --relay hbg-mail"
| service gw_wan added
% ssh root@hbg-opn "opnsense-gw force-down WAN_GW; sleep 30; opnsense-gw force-clear WAN_GW"
| WAN_GW down (forced)
| WAN_GW online
% ssh root@hbg-mail "grep 'to=<it@hollenbach.de>' /var/log/mail.log | tail -2 | grep -o 'status=[a-z]*'"
| status=sent
| status=sent
. Beide Meldungen kamen an. Abnahme mit Frau Hollenbach am Telefon erfolgt, Projekt kann zu.
= service_request | HBG-DC | Old apprentice's files given to her successor
> noch was kleines, die dateien von der alten azubine soll Jette Brand bekommen, nur lesen
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { Get-ChildItem D:\Home -Directory | ? Name -match azubi | ft Name; icacls D:\Home\azubi2025 /grant 'HOLLENBACH\j.brand:(OI)(CI)RX' /T /Q }
| azubi2025
| Successfully processed 911 files; Failed processing 0 files
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { New-Item -ItemType SymbolicLink -Path D:\Home\j.brand\Azubi-alt -Target D:\Home\azubi2025 | ft Name }
| Azubi-alt
. Jette sieht die 911 Dateien, ändern kann sie nichts.

@ 2026-09-18 14:25 | amelie | Tamarack Outfitters | msp | id=tam-thu src=resume
= same
> devs want proof that its the export and not the dashboard. run one export and count before/after
$ ssh ops@tam-db "sudo -u postgres psql -h 10.70.0.12 -p 6432 pgbouncer -Atc 'show clients' | grep -c 10.70.0.11"
| 38
$ ssh ops@tam-web2 "for i in 1 2 3; do curl -s -o /dev/null http://127.0.0.1:8085/reports/export; done"; ssh ops@tam-db "sudo -u postgres psql -h 10.70.0.12 -p 6432 pgbouncer -Atc 'show clients' | grep -c 10.70.0.11"
| 50
. Three exports left exactly twelve connections behind; opening the dashboard leaves none. Added to the finding.
= service_request | - | Shared address for returns created with two people from the store
> and Brett wants returns@tamarack.ca, Jen and Luc read it and answer from it
$ pwsh -c "Connect-ExchangeOnline; New-Mailbox -Shared -Name Returns -PrimarySmtpAddress returns@tamarack.ca | ft PrimarySmtpAddress"
| returns@tamarack.ca
$ pwsh -c "'jen','luc' | % { Add-MailboxPermission returns@tamarack.ca -User (\$_ + '@tamarack.ca') -AccessRights FullAccess; Add-RecipientPermission returns@tamarack.ca -Trustee (\$_ + '@tamarack.ca') -AccessRights SendAs -Confirm:\$false } | measure | % Count"
| 4
. returns@ is ready, Jen and Luc find it in Outlook.
= maintenance | tam-web1, tam-web2 | Yearly wildcard certificate renewed ahead of its end on both web servers
> last one: the wildcard runs out on the 29th, new pem is in ~/clients/tamarack/certs. both webs, same paths
$ openssl x509 -in ~/clients/tamarack/certs/wild2026.pem -noout -enddate -subject
| notAfter=Oct 12 23:59:59 2027 GMT
| subject=CN=*.tamarack.ca
$ for h in tam-web1 tam-web2; do scp -q ~/clients/tamarack/certs/wild2026.* ops@$h:/tmp/; ssh ops@$h "sudo install -m600 /tmp/wild2026.pem /etc/ssl/tamarack.pem; sudo install -m600 /tmp/wild2026.key /etc/ssl/tamarack.key; rm /tmp/wild2026.*; sudo nginx -t -q && sudo systemctl reload nginx"; done
$ echo | openssl s_client -connect tamarack.ca:443 -servername tamarack.ca 2>/dev/null | openssl x509 -noout -enddate
| notAfter=Oct 12 23:59:59 2027 GMT
. Both servers present the new certificate, valid until October 2027.
`
