/** Exam 5, September 2026. The marks at the starts of lines are explained in README.md. */
export const exam5Days2 = String.raw`
@ 2026-09-08 07:05 | oskar | Gasthof Rauchkogl | msp
> /msp Gasthof Rauchkogl #70255
= change | RKG-RTR, rkg-unifi | Separate network for the seminar rooms with its own VLAN, DHCP and wireless name
> seminarräume kriegen eigenes wlan, VLAN 40, 10.20.40.0/24, kein zugriff aufs büro. vom chef freigegeben
% ssh admin@rkg-rtr "/interface vlan add name=vlan40-seminar vlan-id=40 interface=bridge; /ip address add address=10.20.40.1/24 interface=vlan40-seminar"
% ssh admin@rkg-rtr "/ip pool add name=p40 ranges=10.20.40.20-10.20.40.200; /ip dhcp-server add name=d40 interface=vlan40-seminar address-pool=p40; /ip dhcp-server network add address=10.20.40.0/24 gateway=10.20.40.1 dns-server=9.9.9.9"
% ssh admin@rkg-rtr "/ip firewall filter add chain=forward in-interface=vlan40-seminar dst-address=10.20.0.0/20 action=drop comment=seminar-no-lan place-before=4"
! 1
| failure: no such item
% ssh admin@rkg-rtr "/ip firewall filter add chain=forward in-interface=vlan40-seminar dst-address=10.20.0.0/20 action=drop comment=seminar-no-lan place-before=3"
% ssh root@rkg-unifi "unifi-cli wlan create --site default --name Rauchkogl-Seminar --vlan 40 --security wpa2 --group seminar-aps"
| wlan Rauchkogl-Seminar created on 4 access points
. VLAN 40 steht, das WLAN wird auf vier Access Points ausgestrahlt, das Büronetz ist gesperrt.
= documentation | - | Network plan of the inn extended by the seminar network and address table
> bitte noch in den netzplan nachtragen, vlan tabelle plus ip bereiche
e C:\Users\oskar\clients\gasthof-rauchkogl\netz\netzplan.md
- | 30 | Gäste | 10.20.32.0/22 |
+ | 30 | Gäste | 10.20.32.0/22 |
+ | 40 | Seminar | 10.20.40.0/24, Gateway .1, DHCP .20-.200, kein Zugriff auf LAN |
e C:\Users\oskar\clients\gasthof-rauchkogl\netz\wlan.md
- ## SSIDs
+ ## SSIDs
+ Rauchkogl-Seminar: VLAN 40, WPA2, nur APs der Gruppe seminar-aps
% mmdc -i C:\Users\oskar\clients\gasthof-rauchkogl\netz\netz.mmd -o netz.svg
| Generating single mermaid chart
. Netzplan und SSID-Liste sind auf dem Stand von heute.
~ 5h40m
> /msp Fenwick Solicitors #70266
= security | FWK-LT14 | Laptop lost on a train; device wiped from Intune, sessions revoked and recovery key checked
> Aoife left her laptop on the dart this morning, FWK-LT14. what do we do. its bitlockered i think
% Connect-MgGraph -TenantId fenwick.ie; Get-MgDeviceManagementManagedDevice -Filter "deviceName eq 'FWK-LT14'" | fl Id, IsEncrypted, LastSyncDateTime, UserPrincipalName
| Id                : 6c1e0c1a-77b0-4d2c-b1a5-1c0a4d1d7f00
| IsEncrypted       : True
| LastSyncDateTime  : 08.09.2026 06:58:12
| UserPrincipalName : aoife.brennan@fenwick.ie
% Invoke-MgWipeDeviceManagementManagedDevice -ManagedDeviceId 6c1e0c1a-77b0-4d2c-b1a5-1c0a4d1d7f00
% Revoke-MgUserSignInSession -UserId aoife.brennan@fenwick.ie
| True
% Get-MgAuditLogSignIn -Filter "userPrincipalName eq 'aoife.brennan@fenwick.ie'" -Top 5 | ft CreatedDateTime, IpAddress, DeviceDetail
| 08.09.2026 06:51:40 86.40.12.7 FWK-LT14
. The disk was encrypted, the wipe is pending until it goes online, all her sessions are ended and there was no sign-in since. A note for the data protection officer is drafted.
= service_request | - | Spare laptop enrolled and assigned to the user
> ok she needs a spare till then, FWK-SPARE2 is in the cupboard and was reset last week. assign it to her
% Get-MgDeviceManagementWindowsAutopilotDeviceIdentity -Filter "contains(serialNumber,'PF4K8Z')" | fl Id, EnrollmentState
| Id              : 0b1d2a71
| EnrollmentState : notContacted
% Update-MgDeviceManagementWindowsAutopilotDeviceIdentityDeviceProperty -WindowsAutopilotDeviceIdentityId 0b1d2a71 -UserPrincipalName aoife.brennan@fenwick.ie -AddressableUserName 'Aoife Brennan'
% New-MgGroupMember -GroupId (Get-MgGroup -Filter "displayName eq 'Intune-Standard-Laptop'").Id -DirectoryObjectId (Get-MgUser -UserId aoife.brennan@fenwick.ie).Id
. The spare is assigned. She signs in and gets her apps in about 40 minutes.

@ 2026-09-08 08:40 | amelie | Institut Saint-Aubin | msp | crash
> /msp Institut Saint-Aubin #70258
= incident | ISA-IMP | Print queues of the staff room stopped by a broken driver; spooler cleared and driver isolated
> salle des profs: plus rien ne sort, le spouleur plante sans arrêt
$ ssh adm@isa-imp powershell -c "Get-WinEvent -FilterHashtable @{LogName='Application';Id=1000} -MaxEvents 3 | fl TimeCreated,Message"
| Faulting application name: spoolsv.exe, faulting module name: KOAXPJ_L.DLL
$ ssh adm@isa-imp powershell -c "Stop-Service Spooler; del C:\Windows\System32\spool\PRINTERS\*.*; Start-Service Spooler; Get-Service Spooler"
| Running  Spooler
. Le pilote Konica fait tomber le spouleur. Je l'isole dans son propre processus.
> ok
$ ssh adm@isa-imp powershell -c "rundll32 printui.dll,PrintUIEntry /Xs /n 'BIZHUB-PROFS' driverisolation 2"

@ 2026-09-08 09:02 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70258
= incident | ISA-IMP | Driver of the staff room copier replaced by the universal one after the spooler crashes, queue prints
> mon terminal a planté. le spouleur ISA-IMP tient toujours? sinon on met le pilote universel
$ ssh adm@isa-imp powershell -c "Get-Service Spooler | ft Status; Get-PrintJob -PrinterName BIZHUB-PROFS | measure | % Count"
| Stopped
| 9
$ ssh adm@isa-imp powershell -c "Start-Service Spooler; pnputil /add-driver C:\Pilotes\KM_UPD\*.inf /install; Set-Printer BIZHUB-PROFS -DriverName 'KONICA MINOLTA Universal PCL'"
| Driver package added successfully.
$ ssh adm@isa-imp powershell -c "sleep 60; Get-Service Spooler | ft Status; Get-PrintJob -PrinterName BIZHUB-PROFS | measure | % Count"
| Running
| 0
. Avec le pilote universel la file se vide et le spouleur tient.
= problem | ISA-IMP | Cause of the spooler crashes of the last weeks searched; every crash follows jobs from Chromebooks with a stapling option
> ça fait la 5e fois depuis la rentrée. trouve ce que ces plantages ont en commun, je veux pas y revenir chaque mardi
$ ssh adm@isa-imp powershell -c "Get-WinEvent -FilterHashtable @{LogName='Application';Id=1000;StartTime='2026-08-24'} | ? Message -match spoolsv | % TimeCreated"
| 25/08/2026 10:12:40
| 27/08/2026 10:14:02
| 01/09/2026 10:11:37
| 03/09/2026 13:20:15
| 08/09/2026 10:09:58
$ ssh adm@isa-imp powershell -c "Get-WinEvent -FilterHashtable @{LogName='Microsoft-Windows-PrintService/Operational';Id=307;StartTime='2026-08-24'} | ? { \$_.Message -match 'chrome' } | select TimeCreated,Message -First 6"
| 08/09/2026 10:09:51 Document 88, ipp-chromebook-14 owned by d.maes was printed on BIZHUB-PROFS
| 03/09/2026 13:20:09 Document 61, ipp-chromebook-02 owned by d.maes was printed on BIZHUB-PROFS
. Chacun des cinq plantages suit de quelques secondes une impression IPP depuis un Chromebook, toujours avec agrafage. Cause probable : l'ancien pilote ne sait pas lire cette option.
> note la cause dans le ticket problème et les contournements
w /Users/amelie/clients/isa/problemes/spouleur-2026-09.md
+ Cause : pilote KOAXPJ 3.1, option d'agrafage reçue par IPP (Chromebook) -> exception dans KOAXPJ_L.DLL
+ Contournement : pilote universel sur BIZHUB-PROFS ; vérifier BIZHUB-SECR avant le 15/09
. La fiche décrit la cause, le contournement et ce qui reste à vérifier.

@ 2026-09-08 21:40 | tomasz | Tamarack Outfitters | msp
> /msp Tamarack Outfitters #70270
= maintenance | tam-web1, tam-web2, tam-db | Monthly package updates on the shop servers, one web server after the other, database last
> patch evening tamarack. web2, web1, then db. one at a time pls
$140 ssh ops@tam-web2 "sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade | tail -2"
| 44 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.
$55 ssh ops@tam-web2 "sudo systemctl reboot" ; sleep 50; ssh ops@tam-web2 "uptime -p; curl -s -o /dev/null -w '%{http_code}' localhost"
| up 0 minutes
| 200
$150 ssh ops@tam-web1 "sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade | tail -1; sudo systemctl reboot"
| 46 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.
. Both web servers are patched and answer 200.
> go for db
$210 ssh ops@tam-db "sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive apt-get -y dist-upgrade | tail -1"
| 38 upgraded, 0 newly installed, 0 to remove and 3 not upgraded.
$ ssh ops@tam-db "sudo systemctl restart postgresql && sudo -u postgres psql -Atc 'select version()'"
| PostgreSQL 14.19 (Ubuntu 14.19-0ubuntu0.22.04.1)
. All three are up to date, PostgreSQL runs 14.19.

@ 2026-09-09 05:30 | tomasz | Huisartsen De Linde | msp
> /msp Huisartsen De Linde #70281
= incident | LIN-HIS | Practice system could not be opened because its licence service waited for a dead dongle server; service pointed to the local licence file
> his start niet op, alle 6 werkplekken "geen licentie". spreekuur begint om 8
$ ssh beheer@lin-his powershell -c "Get-Service HisLicentie,HisApp | ft Name,Status; Get-Content C:\HIS\log\lic.log -Tail 3"
| HisApp       Running
| HisLicentie  StopPending
| 07:21:55 waiting for 192.168.14.9:1947
$ ssh beheer@lin-his powershell -c "Test-NetConnection 192.168.14.9 -Port 1947 | ft TcpTestSucceeded"
| False
. De licentieservice wacht op de oude donglekast op .9, die antwoordt niet meer. Er ligt een geldig licentiebestand op de server zelf.
> gebruik dat bestand
$ ssh beheer@lin-his powershell -c "(gc C:\HIS\lic.ini) -replace 'server=192.168.14.9','file=C:\HIS\lic\delinde.lic' | sc C:\HIS\lic.ini; taskkill /f /im hislic.exe; Start-Service HisLicentie"
| SUCCESS: The process "hislic.exe" with PID 2280 has been terminated.
$ ssh beheer@lin-his powershell -c "gc C:\HIS\log\lic.log -Tail 1"
| 07:34:10 licence valid, 12 seats
. Licentie is geldig, de werkplekken kunnen weer inloggen.
= service_request | LIN-SRV1 | Locum doctor got temporary access with an end date
> waarneemarts dr. Sanne Bouwmeester t/m 30 sept, account met einddatum, zelfde rechten als Terpstra
$ ssh beheer@lin-srv1 powershell -c "New-ADUser -Name 'Sanne Bouwmeester' -SamAccountName s.bouwmeester -Path 'OU=Artsen,DC=delinde,DC=local' -AccountExpirationDate 2026-10-01 -AccountPassword (ConvertTo-SecureString '********' -AsPlainText -Force) -Enabled 1"
$ ssh beheer@lin-srv1 powershell -c "(Get-ADUser h.terpstra -Properties MemberOf).MemberOf | % { Add-ADGroupMember \$_ s.bouwmeester }; (Get-ADUser s.bouwmeester -Properties AccountExpirationDate).AccountExpirationDate"
| donderdag 1 oktober 2026 00:00:00
. Account staat klaar en verloopt vanzelf na 30 september.

@ 2026-09-09 06:45 | oskar | Hollenbach Gartenbau | msp
> /msp Hollenbach Gartenbau #70284
= incident | HBG-KASSE2 | Till could not take card payments after the terminal lost its pairing; terminal paired again, test payment fine
> kasse 2 nimmt keine ec karten, "terminal nicht erreichbar". schlange steht
% Invoke-Command -ComputerName HBG-KASSE2 -ScriptBlock { Test-NetConnection 192.168.77.42 -Port 20007 | fl TcpTestSucceeded; Get-Content 'C:\Kasse\zvt\zvt.log' -Tail 3 }
| TcpTestSucceeded : True
| 08:41:02 06 00 Anmeldung abgelehnt, RC 83
% Invoke-Command -ComputerName HBG-KASSE2 -ScriptBlock { Stop-Service ZvtDienst; Remove-Item C:\Kasse\zvt\session.bin; Start-Service ZvtDienst; Start-Sleep 8; Get-Content C:\Kasse\zvt\zvt.log -Tail 1 }
| 08:44:31 06 0F Anmeldung ok, TID 52500417
. Das Terminal ist wieder angemeldet.
> testzahlung 1 ct ging durch. danke
. Gut, vermerkt.
= change | HBG-OPN, HBG-KASSE2 | Outgoing rule on the firewall limited for the tills to the payment provider and the head office
> die kassen dürfen künftig nur noch zum zahlungsdienst und zum server raus, sonst nix ins internet. Freigabe von Frau Hollenbach liegt vor. auf HBG-OPN
% ssh root@hbg-opn "configctl filter list rules json | jq '.[] | select(.descr|test(\"Kasse\"))|.descr'"
| "Kassen -> any"
% ssh root@hbg-opn "opnsense-rule add --if opt2 --src Kassen --dst ZVT_Provider --port 443,20007 --descr 'Kassen -> Zahlungsdienst'; opnsense-rule add --if opt2 --src Kassen --dst HBG-DC --descr 'Kassen -> Server'"
| added 41
| added 42
% ssh root@hbg-opn "opnsense-rule disable --descr 'Kassen -> any' && configctl filter reload"
| OK
% Invoke-Command -ComputerName HBG-KASSE2 -ScriptBlock { (Test-NetConnection example.org -Port 443).TcpTestSucceeded }
| False
. Die alte Regel ist abgeschaltet, die beiden neuen gelten, von der Kasse aus ist das übrige Internet zu.
~ 3h5m
> /msp Marlow Print Works #70291
= incident | MPW-ERP | Job tickets could not be printed from the ERP because the report service had crashed; service restarted, temp folder emptied
> marlow: job bags wont print from the erp, spinning wheel then nothing. everyone affected
% Invoke-Command -ComputerName MPW-ERP -ScriptBlock { Get-Service *Report*, *Tharstern* | ft Name, Status; Get-EventLog Application -Source ReportHost -Newest 2 | fl Message }
| ReportHost      Stopped
| TharsternApp    Running
| Message : System.IO.IOException: There is not enough space on the disk 'R:\'
% Invoke-Command -ComputerName MPW-ERP -ScriptBlock { gci R:\Temp -File | measure Length -Sum | % { $_.Count; [int]($_.Sum/1MB) } }
| 48113
| 20204
% Invoke-Command -ComputerName MPW-ERP -ScriptBlock { gci R:\Temp -File | ? LastWriteTime -lt (Get-Date).AddDays(-2) | Remove-Item; Start-Service ReportHost; (Get-Service ReportHost).Status }
| Running
. The report disk was full of temporary PDFs. Emptied, the service runs.
> they can print. close
. Closed.
= change | MPW-ERP | Scheduled task that deletes old temporary reports every night
> so that this doesnt come back: nightly job that drops anything older than 2 days in R:\Temp. Graham ok'd it
w C:\Users\oskar\clients\marlow\erp\clean-reports.ps1
+ Get-ChildItem R:\Temp -File -Recurse | Where-Object LastWriteTime -lt (Get-Date).AddDays(-2) | Remove-Item -ErrorAction SilentlyContinue
% Copy-Item C:\Users\oskar\clients\marlow\erp\clean-reports.ps1 \\MPW-ERP\C$\Scripts\
% Invoke-Command -ComputerName MPW-ERP -ScriptBlock { Register-ScheduledTask -TaskName 'Clean report temp' -Action (New-ScheduledTaskAction -Execute powershell.exe -Argument '-File C:\Scripts\clean-reports.ps1') -Trigger (New-ScheduledTaskTrigger -Daily -At 02:15) -User SYSTEM | ft TaskName, State }
| Clean report temp  Ready
. The task runs every night at 02:15.

@ 2026-09-09 08:30 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70288
= project | isa-moodle | Moodle migration: test run of the upgrade from 4.1 to 4.5 on a copy of the course site
> migration moodle, répétition: clone de la base et du code dans /srv/moodle45 puis upgrade à blanc
$110 ssh adm@isa-moodle "sudo mysqldump --single-transaction moodle | sudo mysql moodle45 && sudo rsync -a /srv/moodledata/ /srv/moodledata45/"
$ ssh adm@isa-moodle "sudo git clone -q -b MOODLE_405_STABLE https://git.moodle.org/moodle.git /srv/moodle45 && sudo cp /srv/moodle/config.php /srv/moodle45/"
$ ssh adm@isa-moodle "sudo sed -i \"s/'moodle'/'moodle45'/;s#/srv/moodledata#/srv/moodledata45#\" /srv/moodle45/config.php"
$190 ssh adm@isa-moodle "sudo -u www-data php /srv/moodle45/admin/cli/upgrade.php --non-interactive | tail -3"
! 1
| !!! PHP extension sodium is required !!!
$ ssh adm@isa-moodle "sudo apt-get install -y php8.1-sodium | tail -1; php -m | grep sodium"
| sodium
$220 ssh adm@isa-moodle "sudo -u www-data php /srv/moodle45/admin/cli/upgrade.php --non-interactive | tail -2"
| Command line upgrade from 4.1.12 to 4.5.4 completed successfully.
. La répétition passe en un peu moins de quatre minutes. Deux greffons sont à remplacer avant la date.
> liste les dans le plan et fixe la vraie bascule au samedi 19
e /Users/amelie/clients/isa/moodle/plan.md
- - [ ] répétition de la mise à niveau
+ - [x] répétition de la mise à niveau (09/09, 3 min 40)
+ - [ ] remplacer mod_attendance et block_xp
+ - [ ] bascule samedi 19/09, 8 h
. Le plan est à jour.
= service_request | ISA-IMP | Print quota of a teacher raised
> M. Lambrecht n'a plus de quota pour ses syllabus, 500 pages de plus stp
$ ssh adm@isa-imp "C:/PaperCut/server-command.exe get-user-account-balance p.lambrecht"
| 1.20
$ ssh adm@isa-imp "C:/PaperCut/server-command.exe adjust-user-account-balance p.lambrecht 25 'syllabus 09/2026'"
$ ssh adm@isa-imp "C:/PaperCut/server-command.exe get-user-account-balance p.lambrecht"
| 26.20
. M. Lambrecht a de quoi imprimer 500 pages de plus.

@ 2026-09-09 12:45 | amelie | Saguaro Orthodontics | msp
> /msp Saguaro Orthodontics #70296
= security | - | Credential phishing mail that three people received; removed from the mailboxes, link blocked, nobody had signed in there
> dr Whitlock forwarded a docusign looking mail, "invoice 88213". 3 others got it too i think. pls check and get rid of it
$ pwsh -c "Connect-ExchangeOnline; Get-MessageTraceV2 -SenderAddress billing@docs-sign-center.example -StartDate (Get-Date).AddDays(-2) -EndDate (Get-Date) | ft Received,RecipientAddress,Status"
| 9/9/2026 11:58 whitlock@saguaro-ortho.com   Delivered
| 9/9/2026 11:58 frontdesk@saguaro-ortho.com  Delivered
| 9/9/2026 11:59 billing@saguaro-ortho.com    Delivered
$ pwsh -c "Connect-IPPSSession; New-ComplianceSearch -Name p88213 -ExchangeLocation All -ContentMatchQuery 'from:billing@docs-sign-center.example'; Start-ComplianceSearch p88213; sleep 45; New-ComplianceSearchAction -SearchName p88213 -Purge -PurgeType HardDelete -Confirm:\$false"
| p88213_Purge  Starting
$ pwsh -c "New-TenantAllowBlockListItems -ListType Url -Block -Entries 'docs-sign-center.example/*' -NoExpiration; Get-MgAuditLogSignIn -Filter \"userPrincipalName eq 'billing@saguaro-ortho.com'\" -Top 5 | ft CreatedDateTime,IpAddress"
| 9/9/2026 12:10 70.176.3.22
. The mail is gone from all three mailboxes and the link is blocked. No sign-in from unknown addresses; billing says she did not click.
= service_request | - | Leaving employee: mailbox turned into a shared one for the manager, licence freed, sign-in blocked
> also Kaylee Ruiz's last day was friday. block her, mailbox to Dana, free the license
$ pwsh -c "Connect-MgGraph; Update-MgUser -UserId kruiz@saguaro-ortho.com -AccountEnabled:\$false; Revoke-MgUserSignInSession -UserId kruiz@saguaro-ortho.com"
$ pwsh -c "Set-Mailbox kruiz@saguaro-ortho.com -Type Shared; Add-MailboxPermission kruiz@saguaro-ortho.com -User dana@saguaro-ortho.com -AccessRights FullAccess"
$ pwsh -c "Set-MgUserLicense -UserId kruiz@saguaro-ortho.com -RemoveLicenses @('f245ecc8-75af-4f8e-b61f-27d8114de5f3') -AddLicenses @(); (Get-MgSubscribedSku -All | ? SkuPartNumber -eq O365_BUSINESS_PREMIUM).ConsumedUnits"
| 13
. Kaylee cannot sign in any more, Dana reads the mailbox, one licence is free.

@ 2026-09-09 13:50 | tomasz | - | normal | cwd=/home/tomasz/lab
> /normal
= internal | - | Own lab: second Proxmox node joined to the lab cluster after a reinstall
> lab node 2 is reinstalled, get it back into the cluster
$ ssh root@lab-pve2 "pvecm status | head -3"
! 2
| Error: Corosync config '/etc/pve/corosync.conf' does not exist - is this node part of a cluster?
$ ssh root@lab-pve1 "pvecm delnode lab-pve2; pvecm nodes"
|  1  1 lab-pve1 (local)
$40 ssh root@lab-pve2 "pvecm add 10.99.0.11 --use_ssh"
| successfully added node 'lab-pve2' to cluster.
. The lab cluster has two nodes again.

@ 2026-09-09 15:20 | tomasz | Fenwick Solicitors | msp
> /msp Fenwick Solicitors #70301
= incident | FWK-TS01 | User profile on the terminal server loaded as temporary one; profile key repaired and user has his desktop back
> Declan logs on to the TS and his desktop is empty, all default
$ ssh adm@fwk-ts01 powershell -c "gci 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList' | ? PSChildName -match 'bak' | % { \$_.PSChildName; \$_.GetValue('ProfileImagePath') }"
| S-1-5-21-380114-2211-9001-1142.bak
| C:\Users\d.moran
$ ssh adm@fwk-ts01 powershell -c "logoff (quser d.moran | sls '\d+' | % { \$_.Matches[0].Value })"
$ ssh adm@fwk-ts01 powershell -c "Remove-Item 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-380114-2211-9001-1142'; Rename-Item 'HKLM:\\...\\S-1-5-21-380114-2211-9001-1142.bak' S-1-5-21-380114-2211-9001-1142"
! 1
| Rename-Item : Cannot find path 'HKLM:\...'
$ ssh adm@fwk-ts01 powershell -File C:/Temp/fix-profile.ps1 -Sid S-1-5-21-380114-2211-9001-1142
| renamed, State=0, RefCount=0
. The profile key is right again. Ask him to log on.
> yep desktop is back
. Good.
= service_request | - | Distribution list for the property team created with five members
> they want a list property-team@ with Declan, Aoife, Ronan, Sinead and Maura in it, externals may write to it
$ pwsh -c "Connect-ExchangeOnline; New-DistributionGroup -Name 'Property Team' -PrimarySmtpAddress property-team@fenwick.ie -Members d.moran,aoife.brennan,r.keane,s.doyle,m.lynch"
| Property Team  property-team@fenwick.ie
$ pwsh -c "Set-DistributionGroup property-team@fenwick.ie -RequireSenderAuthenticationEnabled:\$false; (Get-DistributionGroupMember property-team@fenwick.ie).Count"
| 5
. The list exists with five members and accepts mail from outside.
`
