/** Exam 5, September 2026. The marks at the starts of lines are explained in README.md. */
export const exam5Days5 = String.raw`
@ 2026-09-14 11:52 | tomasz | Huisartsen De Linde | msp
> /msp Huisartsen De Linde #70367
= change | LIN-SRV1, LIN-BALIE1 | Folder redirection policy finished after the interruption and tested at the front desk
> terminal viel om. staat die gpo er nu goed in? afmaken en testen op de balie
$ ssh beheer@lin-srv1 powershell -c "Get-GPOReport 'Documenten naar server' -ReportType Xml | sls 'DestinationPath'"
$ ssh beheer@lin-srv1 powershell -c "Set-GPFolderRedirection -Gpo 'Documenten naar server' -Folder Documents -Path \\\\lin-srv1\\home\$\\%USERNAME%\\Documenten; Get-GPOReport 'Documenten naar server' -ReportType Xml | sls DestinationPath"
|   <DestinationPath>\\lin-srv1\home$\%USERNAME%\Documenten</DestinationPath>
$ ssh beheer@lin-balie1 powershell -c "gpupdate /force /target:user; [Environment]::GetFolderPath('MyDocuments')"
| \\lin-srv1\home$\balie\Documenten
. De omleiding werkt op de balie, de rest krijgt haar bij de volgende aanmelding.
= incident | - | Voicemail of the emergency line did not arrive as mail since the weekend; connector corrected and messages delivered
> spoedlijn voicemails komen sinds zaterdag niet meer binnen als mail, staan wel in de centrale
$ curl -s -H "Authorization: Bearer ********" https://voip.delinde.nl/api/v1/mail/log | jq -r '.[-2:][]|.error'
| 535 5.7.139 Authentication unsuccessful, basic authentication is disabled
| 535 5.7.139 Authentication unsuccessful, basic authentication is disabled
. Microsoft heeft basisauthenticatie uitgezet voor het smtp-account. Ik zet de centrale op de connector.
> doe maar
$ pwsh -c "Connect-ExchangeOnline; New-InboundConnector -Name 'Telefooncentrale' -ConnectorType OnPremises -SenderIPAddresses 83.161.4.20 -SenderDomains '*' -RestrictDomainsToIPAddresses \$true | ft Name,Enabled"
| Telefooncentrale  True
$ curl -s -X PUT -H "Authorization: Bearer ********" -d '{"host":"delinde-nl.mail.protection.outlook.com","auth":"none","tls":true}' https://voip.delinde.nl/api/v1/mail && curl -s -X POST https://voip.delinde.nl/api/v1/mail/resend
| {"resent":11}
. De elf voicemails van het weekend zijn alsnog bezorgd.

@ 2026-09-15 03:48 | amelie | Tamarack Outfitters | msp
> /msp Tamarack Outfitters #70376
= change | tam-db | Connection pooler put between shop and database during the night window
> night window tamarack till 1am eastern. pgbouncer on tam-db, shops connect to 6432 instead, transaction mode. change 70320c approved
$30 ssh ops@tam-db "sudo apt-get install -y -q pgbouncer | tail -1"
| Setting up pgbouncer (1.16.1-1ubuntu1) ...
$ ssh ops@tam-db "sudo sed -i 's/^;\?pool_mode.*/pool_mode = transaction/;s/^listen_addr.*/listen_addr = 10.70.0.12/;s/^;\?max_client_conn.*/max_client_conn = 600/' /etc/pgbouncer/pgbouncer.ini && sudo systemctl restart pgbouncer && ss -ltn | grep 6432"
| LISTEN 0 128 10.70.0.12:6432
. The pooler listens on 6432. Next, the web servers.
~ 8m
= change | tam-web1, tam-web2 | Shop servers switched to the pooler one by one, with a load test
> ok web1 first, then web2, look at errors in between
$ ssh ops@tam-web1 "sudo sed -i 's/^DB_PORT=.*/DB_PORT=6432/' /etc/shop-api/env && sudo systemctl restart shop-api && sleep 15 && sudo journalctl -u shop-api -p err -S '-1min' --no-pager | wc -l"
! 1
| 4
| ERROR: prepared statement "s_12" does not exist
$ ssh ops@tam-web1 "echo DB_PREPARED=off | sudo tee -a /etc/shop-api/env && sudo systemctl restart shop-api && sleep 15 && sudo journalctl -u shop-api -p err -S '-20s' --no-pager | grep -c ERROR"
! 1
| 0
$ ssh ops@tam-web2 "printf 'DB_PORT=6432\nDB_PREPARED=off\n' | sudo tee -a /etc/shop-api/env; sudo systemctl restart shop-api; sleep 15; curl -s -o /dev/null -w '%{http_code}' localhost"
| 200
$60 hey -z 50s -c 80 https://tamarack.ca/ | grep -E 'Requests/sec|\[200\]'
|   Requests/sec: 311.4
|   [200] 15570 responses
. Both go through the pooler, no errors under load, 40 connections at the database.

@ 2026-09-15 06:02 | oskar | Gasthof Rauchkogl | msp
> /msp Gasthof Rauchkogl #70381
= incident | RKG-RTR | Camera recorder and telephones lost their address after a wrong reply from a guest router; rogue server found and port shut
> telefone in der küche und im spa zeigen "keine ip", ein paar kameras auch weg
% ssh admin@rkg-rtr "/ip dhcp-server alert print; /log print where topics~\"dhcp\"" | Select-Object -Last 3
| 07:31:09 dhcp,critical dhcp alert on vlan20-haus: discovered unknown dhcp server, mac 5C:62:8B:10:77:E2, ip 192.168.0.1
% ssh admin@rkg-rtr "/interface bridge host print where mac-address=5C:62:8B:10:77:E2"
| 5C:62:8B:10:77:E2  ether7  vlan 20
. An ether7 hängt ein fremder Router (TP-Link), der selbst Adressen verteilt. Das ist der Strang zum Spa.
> port zu, ich ruf unten an
% ssh admin@rkg-rtr "/interface ethernet disable ether7"
~ 7m10s
> gefunden, ein masseur wollte besseres wlan. ist abgesteckt
% ssh admin@rkg-rtr "/interface ethernet enable ether7; /ip dhcp-server lease remove [find dynamic status=waiting]; /ip dhcp-server lease print count-only where server=d20 status=bound"
| 38
. 38 Geräte haben wieder ihre Adresse, die Telefone melden sich an.
= service_request | RKG-PMS | Booking statistics of the last season exported for the tax adviser
> der steuerberater braucht die nächtigungen mai bis august als excel aus dem pms
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { sqlcmd -E -d PMS -s ';' -W -Q "SELECT FORMAT(Tag,'yyyy-MM'), COUNT(*), SUM(Personen) FROM Naechtigung WHERE Tag BETWEEN '2026-05-01' AND '2026-08-31' GROUP BY FORMAT(Tag,'yyyy-MM')" -o C:\Temp\naecht.csv; Get-Content C:\Temp\naecht.csv }
| 2026-05;812;1540
| 2026-06;1190;2301
| 2026-07;1644;3377
| 2026-08;1702;3490
% Copy-Item \\RKG-PMS\C$\Temp\naecht.csv . ; Import-Csv naecht.csv -Delimiter ';' -Header Monat, Zimmer, Personen | Export-Excel naechtigungen-2026.xlsx -AutoSize
. Die Excel-Datei mit vier Monaten liegt im Kundenordner, bereit zum Verschicken.
= project | RKG-HV | Replacement of the telephone system, step one: virtual machine for the new exchange created and base image installed
> dann zur neuen telefonanlage (projekt TA26): heute nur die VM auf RKG-HV anlegen, 2 kerne 4gb, vlan 20, debian iso
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { New-VM -Name RKG-PBX -Generation 2 -MemoryStartupBytes 4GB -NewVHDPath D:\VM\RKG-PBX.vhdx -NewVHDSizeBytes 60GB -SwitchName LAN | ft Name, State }
| RKG-PBX  Off
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { Set-VMProcessor RKG-PBX -Count 2; Set-VMNetworkAdapterVlan -VMName RKG-PBX -Access -VlanId 20; Set-VMFirmware RKG-PBX -SecureBootTemplate MicrosoftUEFICertificateAuthority; Add-VMDvdDrive RKG-PBX -Path D:\ISO\debian-12.iso; Start-VM RKG-PBX }
e C:\Users\oskar\clients\gasthof-rauchkogl\ta26\plan.md
- - [ ] VM anlegen
+ - [x] VM anlegen (15.09., RKG-HV, VLAN 20)
+ - [ ] Grundinstallation und Lizenz, 22.09.
+ - [ ] Probebetrieb Rezeption, 29.09.
. Die VM läuft im Installationsprogramm, der Plan ist nachgeführt.

@ 2026-09-15 08:10 | tomasz | Fenwick Solicitors | msp
> /msp Fenwick Solicitors #70384
= service_request | FWK-DC01, FWK-FS01 | Leaver: account disabled, files handed to the supervising partner, mailbox archived
> Sinead Doyle finished yesterday. usual leaver steps, her files to Ronan
$ ssh adm@fwk-dc01 powershell -c "Disable-ADAccount s.doyle; Get-ADPrincipalGroupMembership s.doyle | ? Name -ne 'Domain Users' | % { Remove-ADGroupMember \$_ s.doyle -Confirm:\$false }; Move-ADObject (Get-ADUser s.doyle) -TargetPath 'OU=Leavers,DC=fenwick,DC=local'"
$ ssh adm@fwk-fs01 powershell -c "robocopy D:\\Home\\s.doyle D:\\Home\\r.keane\\From-Sinead /E /MOVE /R:1 /W:1 /NFL /NDL; icacls D:\\Home\\r.keane\\From-Sinead /grant 'FENWICK\r.keane:(OI)(CI)M' /T /Q"
| Successfully processed 4120 files; Failed processing 0 files
$ pwsh -c "Connect-ExchangeOnline; Set-Mailbox s.doyle@fenwick.ie -Type Shared -LitigationHoldEnabled \$true; Add-MailboxPermission s.doyle@fenwick.ie -User r.keane@fenwick.ie -AccessRights FullAccess | ft User"
| r.keane@fenwick.ie
. Account disabled, 4,120 files with Ronan, mailbox on hold and open to him.
= incident | FWK-TS01 | Dictation headset not passed through to the terminal server session; USB redirection service restarted
> Maura's dictation pedal + mic dont show up in her TS session, worked yesterday
$ ssh adm@fwk-ts01 powershell -c "Get-Service SpeechExecUsb,UmRdpService | ft Name,Status; quser | sls lynch"
| SpeechExecUsb  Paused
| UmRdpService   Running
|  m.lynch  rdp-tcp#41  12  Active
$ ssh adm@fwk-ts01 powershell -c "Restart-Service SpeechExecUsb -Force; Get-EventLog Application -Source SpeechExec* -Newest 1 | % Message"
| Device Philips SMM4000 attached to session 12
. The pedal and the microphone are attached again.
> she says yes works
. Good.
= project | FWK-FS01 | File server move, last step: old server taken out of the backup and retired, one share kept as archive
> fs project, clean-up: anything still on fwk-old that isnt on the new one? if not, copy the final archive and we retire it
$ ssh adm@fwk-fs01 powershell -c "robocopy \\\\fwk-old\\Matters D:\\Shares\\Matters /L /E /XO /NJH /NDL /NS /NC | measure | % Count"
| 3
$ ssh adm@fwk-fs01 powershell -c "robocopy \\\\fwk-old\\Archive2009-2015 D:\\Shares\\Archive /MIR /COPYALL /MT:16 /NFL /NDL /R:0 | sls 'Files|Bytes'"
|    Files :    88201    88201        0
$ ssh adm@fwk-fs01 powershell -c "Stop-Computer -ComputerName fwk-old -Force -ErrorAction Stop"
. Nothing is missing, the archive has 88,201 files, the old server is off. It can go from the backup after 30 days.
= problem | FWK-TS01 | Search for why profiles break on the terminal server; sessions end before the profile disk is written because of the night restart
> and Declan's empty desktop: thats the third user since july. what do these three have in common
$ ssh adm@fwk-ts01 powershell -c "Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='Microsoft-Windows-User Profiles Service';Id=1511,1515;StartTime='2026-07-01'} | % { \$_.TimeCreated.ToString() + ' ' + \$_.UserId }"
| 14/07/2026 08:31:02 ...-1129
| 18/08/2026 08:44:50 ...-1188
| 09/09/2026 15:02:11 ...-1142
$ ssh adm@fwk-ts01 powershell -c "Get-WinEvent -FilterHashtable @{LogName='System';Id=1074;StartTime='2026-07-13'} | % TimeCreated | select -First 9; quser /server:localhost | measure"
| 09/09/2026 04:00:03
| 18/08/2026 04:00:02
| 14/07/2026 04:00:04
$ ssh adm@fwk-ts01 powershell -c "Get-WinEvent -FilterHashtable @{LogName='Application';Id=1530;StartTime='2026-07-13'} | ft TimeCreated,Message"
| 09/09/2026 03:59:58 Windows detected your registry file is still in use by other applications. 3 user registry handles leaked from ScanSvc.exe
. In all three cases the user was still signed in when the server restarted at 04:00 and a scan service held the registry file open. The restart is the trigger, ScanSvc the cause.
w /home/tomasz/clients/fenwick/problems/ts-profiles.md
+ Cause: ScanSvc.exe holds handles of the user hive; forced restart at 04:00 leaves the .bak key.
+ Proposal: sign out idle users at 03:30 and ask the vendor for a fixed ScanSvc.
. Written up with a proposal.

@ 2026-09-15 13:05 | amelie | Saguaro Orthodontics | msp
> /msp Saguaro Orthodontics #70389
= documentation | - | Emergency sheet for the practice: who to call, where things stand, how to start up after a power cut
> dana asked for a one page "what if everything is dark" sheet for the front desk. startup order, our number, isp, alarm co
w /Users/amelie/clients/saguaro/docs/emergency-sheet.md
+ # If everything is dark
+ 1. Wait two minutes after power is back. 2. Rack: UPS, then SAG-SW1, then firewall. 3. SAG-SRV, wait for the green light, then SAG-IMG.
+ Us: +1 602 555 0117 (24 h). Internet: account 88-1204. Alarm company: 602 555 0160.
$ pandoc ~/clients/saguaro/docs/emergency-sheet.md -o emergency-sheet.pdf
$ pdfinfo emergency-sheet.pdf | grep Pages
| Pages:           1
. One page, as PDF for printing.
= maintenance | SAG-SW1 | Switch firmware brought up to date in the lunch break, configuration saved before
> their lunch is now, 60 min. switch SAG-SW1 to 16.11.0021
$ ssh admin@sag-sw1 "show version; copy running-config tftp 10.5.0.9 sag-sw1-0915.cfg"
| YC.16.11.0015
$130 ssh admin@sag-sw1 "copy tftp flash 10.5.0.9 YC_16_11_0021.swi secondary"
| Validating and Writing System Software to FLASH...
$ ssh admin@sag-sw1 "boot system flash secondary"
! 255
| Connection to sag-sw1 closed by remote host.
~ 4m40s
> up?
$ ssh admin@sag-sw1 "show version | include 16.11; show interfaces brief | include Up | count"
| YC.16.11.0021
| 19
. 16.11.0021 runs, 19 ports are up as before.
= incident | SAG-FRONT1 | Check-in computer showed a blue screen at start after a display driver update; driver rolled back
> after lunch: front1 blue screens on boot, VIDEO_TDR_FAILURE, they got it into safe mode w/ network
$ ssh admin@sag-front1 powershell -c "Get-WinEvent -FilterHashtable @{LogName='System';Id=1001} -MaxEvents 3 | % Message; pnputil /enum-drivers /class Display | sls 'Published|Version'"
| The computer has rebooted from a bugcheck. The bugcheck was: 0x00000116
| Published Name: oem41.inf
| Driver Version: 09/10/2026 32.0.101.7020
$ ssh admin@sag-front1 "pnputil /delete-driver oem41.inf /uninstall /force && shutdown /r /t 0"
~ 3m20s
> it boots. anything else?
$ ssh admin@sag-front1 powershell -c "Get-CimInstance Win32_VideoController | ft Name,DriverVersion; wmic qfe list brief | findstr 2026-09"
| Intel(R) UHD Graphics 770  31.0.101.4502
. The old driver is back and the machine starts; the new one is blocked in the update ring.
= service_request | SAG-SRV | Public folder on the file share for the marketing pictures with rights for two people
> also new share "Marketing" for Dana and the doc, nobody else
$ ssh admin@sag-srv powershell -c "New-Item D:\Shares\Marketing -ItemType Directory; New-SmbShare -Name Marketing -Path D:\Shares\Marketing -FullAccess 'SAG\dana','SAG\whitlock'"
| Marketing  D:\Shares\Marketing
$ ssh admin@sag-srv powershell -c "icacls D:\Shares\Marketing /inheritance:r /grant 'SAG\dana:(OI)(CI)M' 'SAG\whitlock:(OI)(CI)M' 'BUILTIN\Administrators:(OI)(CI)F'"
| Successfully processed 1 files; Failed processing 0 files
. The share is open to the two only.

@ 2026-09-16 05:40 | tomasz | Huisartsen De Linde | msp | end=clear
> /msp Huisartsen De Linde #70394
= security | LIN-SRV1, LIN-HIS | NEN 7510 preparation: local admins, unused accounts and password policy examined and tightened
> voor de nen 7510: wie is er lokaal admin, welke accounts zijn oud, wachtwoordbeleid. wat niet klopt meteen dichtzetten
$ ssh beheer@lin-srv1 powershell -c "Get-LocalGroupMember Administrators | ft Name; Search-ADAccount -AccountInactive -TimeSpan 120.00:00:00 -UsersOnly | ? Enabled | ft SamAccountName,LastLogonDate"
| DELINDE\Domain Admins
| DELINDE\leverancier
| stagiair2   3-2-2026
| scanner-oud 11-11-2025
$ ssh beheer@lin-his powershell -c "Get-LocalGroupMember Administrators | ft Name"
| DELINDE\Domain Users
. Op LIN-HIS is iedereen lokaal beheerder. Ook staan er twee ongebruikte accounts aan.
> weg ermee, en wachtwoord min 12 + lockout 10
$ ssh beheer@lin-his powershell -c "Remove-LocalGroupMember Administrators 'DELINDE\Domain Users'; Get-LocalGroupMember Administrators | measure | % Count"
| 2
$ ssh beheer@lin-srv1 powershell -c "'stagiair2','scanner-oud' | % { Disable-ADAccount \$_ }; Remove-LocalGroupMember Administrators 'DELINDE\leverancier'; Set-ADDefaultDomainPasswordPolicy delinde.local -MinPasswordLength 12 -LockoutThreshold 10 -LockoutDuration 00:15:00 -LockoutObservationWindow 00:15:00"
. Beheerdersrechten teruggebracht, twee accounts uit, beleid op 12 tekens en blokkade na 10 pogingen.
~ 45m
> dit voor het auditdossier opschrijven graag (bevinding + wat we deden)
w /home/tomasz/clients/delinde/audit/nen7510-toegang.md
+ | Bevinding | Maatregel | Datum |
+ | Domain Users lokaal beheerder op LIN-HIS | verwijderd | 16-09-2026 |
+ | Twee ongebruikte accounts actief | uitgeschakeld | 16-09-2026 |
. De tabel voor het dossier staat klaar.
= incident | LIN-HIS | Laboratory results no longer arrived in the practice system since rights were taken away; service account given its own rights
> oeps: labuitslagen komen niet meer binnen sinds een uur. dat is van ons?
$ ssh beheer@lin-his powershell -c "gc C:\HIS\edifact\in.log -Tail 2; Get-CimInstance Win32_Service -Filter \"Name='EdiOntvanger'\" | % StartName"
| 09:02:40 toegang geweigerd: C:\HIS\edifact\verwerkt
| DELINDE\svc-edi
$ ssh beheer@lin-his powershell -c "icacls C:\HIS\edifact /grant 'DELINDE\svc-edi:(OI)(CI)M' /T /Q; Restart-Service EdiOntvanger; sleep 20; gc C:\HIS\edifact\in.log -Tail 1"
| 09:14:02 27 berichten verwerkt
. De dienst leunde op de lokale beheerdersrechten. Met eigen rechten op de map komen de 27 uitslagen binnen.

@ 2026-09-16 07:10 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70398
= project | ISA-FS1, ISA-DC1 | OneDrive rollout for teachers: pilot group of eight moved from home folders with the migration tool
> onedrive profs, lot pilote: les 8 du groupe pilote, dossiers H: vers onedrive
$ ssh adm@isa-dc1 powershell -c "Get-ADGroupMember GG_Pilote_OD | % SamAccountName"
| c.vandeputte p.lambrecht d.maes l.rosier f.noel a.kaya g.simon h.piret
$240 ssh adm@isa-fs1 powershell -c "Import-Module SPMT; Register-SPMTMigration -SPOCredential (Import-Clixml C:\Temp\c.xml) -Force; gc C:\Temp\pilote.txt | % { Add-SPMTTask -FileShareSource \"D:\Profs\\\$_\" -TargetSiteUrl \"https://aubin-my.sharepoint.com/personal/\$_\" -TargetList Documents }; Start-SPMTMigration"
| 8 tasks, 7 completed, 1 failed
$ ssh adm@isa-fs1 powershell -c "(Get-SPMTMigration).StatusOfTasks | ? Status -ne Completed | fl SourceURI,ErrorCode"
| SourceURI : D:\Profs\g.simon
| ErrorCode : 0x01410010 chemin trop long
. Sept sur huit passent ; chez G. Simon trois chemins sont trop longs.
> raccourcis ces chemins et relance le sien
$95 ssh adm@isa-fs1 powershell -c "C:\Temp\court.ps1 -Racine D:\Profs\g.simon -Max 250; Start-SPMTMigration -TaskId 8 | % Status"
| 3 renommés
| Completed
. Le lot pilote est complet, le lot 2 (31 profs) est prévu jeudi prochain.
= incident | ISA-FS1 | Teacher could not open a spreadsheet locked by a vanished session; open handle closed
> le fichier horaires.xlsx est "verrouillé par un autre utilisateur" mais il n'y a personne
$ ssh adm@isa-fs1 powershell -c "Get-SmbOpenFile | ? Path -like '*horaires.xlsx' | ft FileId,ClientUserName,ClientComputerName"
| 60129542207  ISA\f.noel  10.60.20.33
$ ssh adm@isa-fs1 powershell -c "Close-SmbOpenFile -FileId 60129542207 -Force; Get-SmbOpenFile | ? Path -like '*horaires.xlsx' | measure | % Count"
| 0
. Le verrou venait d'un poste éteint. Le fichier s'ouvre.
= security | ISA-DC1 | Alert of password spraying on the domain looked into; source blocked and lock-out policy set, no account entered
> alerte de la sonde: beaucoup d'échecs d'ouverture sur le DC cette nuit
$ ssh adm@isa-dc1 powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4625;StartTime='2026-09-15 22:00'} | % { \$_.Properties[19].Value } | group | sort Count -desc | select -First 2 Name,Count"
| 10.60.40.12  2940
| 10.60.20.33     3
a explore | qui est 10.60.40.12
$ ssh adm@isa-dc1 powershell -c "Get-DhcpServerv4Lease -IPAddress 10.60.40.12 | fl HostName,ClientId; Resolve-DnsName 10.60.40.12"
| HostName : NVR-GYM
/a L'adresse appartient à l'enregistreur vidéo du gymnase, dont la fonction « découverte réseau » essaie des comptes par défaut.
$ ssh adm@isa-dc1 powershell -c "New-NetFirewallRule -DisplayName 'Bloque NVR-GYM' -Direction Inbound -RemoteAddress 10.60.40.12 -Action Block | % Enabled; Set-ADDefaultDomainPasswordPolicy isa.lan -LockoutThreshold 15"
| True
$ ssh adm@isa-dc1 powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4624;StartTime='2026-09-15 22:00'} | ? { \$_.Properties[18].Value -eq '10.60.40.12' } | measure | % Count"
| 0
. Aucune connexion réussie depuis cette adresse, elle est bloquée. L'enregistreur doit être mis à jour ou isolé, le fournisseur est prévenu.

@ 2026-09-16 09:20 | oskar | Marlow Print Works | msp
> /msp Marlow Print Works #70402
= incident | MPW-ESX1, MPW-ERP | Host datastore nearly full stopped the ERP machine; forgotten snapshot consolidated and machine resumed
> erp vm is paused in vsphere, "no more space for virtual disk"
% ssh root@mpw-esx1 "df -h | grep VMFS; vim-cmd vmsvc/getallvms | grep -i erp"
| VMFS-6   1.8T 1.8T  212M 100% /vmfs/volumes/DS1
| 12  MPW-ERP
% ssh root@mpw-esx1 "du -sh /vmfs/volumes/DS1/MPW-ERP/*delta* /vmfs/volumes/DS1/iso"
| 388G  MPW-ERP-000002-delta.vmdk
| 31G   iso
. A snapshot has grown to 388 GB. First the ISO folder must go, then consolidate.
> isos can go
%420 ssh root@mpw-esx1 "rm /vmfs/volumes/DS1/iso/*.iso; vim-cmd vmsvc/message 12 0 0; vim-cmd vmsvc/snapshot.removeall 12"
% ssh root@mpw-esx1 "df -h /vmfs/volumes/DS1 | tail -1; vim-cmd vmsvc/power.getstate 12 | tail -1"
| VMFS-6   1.8T 1.4T  401G  78% /vmfs/volumes/DS1
| Powered on
. The machine runs, the snapshot is gone, 401 GB are free.
= project | MPW-ESX1, mpw-rip | Move to the second host, wave one: RIP server moved to the new host and checked
> ok next, host migration wave 1 (plan item 3): shift mpw-rip to the new host mpw-esx2. via ovftool, 15 min downtime agreed
% ssh root@mpw-esx1 "vim-cmd vmsvc/power.shutdown 15; sleep 40; vim-cmd vmsvc/power.getstate 15 | tail -1"
| Powered off
%450 ovftool --noSSLVerify vi://root@mpw-esx1/mpw-rip vi://root@mpw-esx2/?moref=vim.Datastore
! 1
| Error: No network mapping specified for 'PRESS'
%440 ovftool --noSSLVerify --net:PRESS=PRESS -ds=NVME1 vi://root@mpw-esx1/mpw-rip vi://root@mpw-esx2
| Completed successfully
% ssh ops@mpw-rip "uptime -p; findmnt -n /srv/spool; systemctl is-active ripd"
| up 1 minute
| /srv/spool //mpw-erp/spool cifs
| active
. The RIP server runs on the new host. Waves 2 and 3 remain.
^
= service_request | - | Calendar rights for the whole sales team set to details for the office manager
> different thing, Graham wants to see details of all sales people's calendars (7 of them), group Sales
% Connect-ExchangeOnline; Get-DistributionGroupMember Sales@marlowprint.co.uk | % PrimarySmtpAddress | measure | % Count
| 7
% Get-DistributionGroupMember Sales@marlowprint.co.uk | % { Add-MailboxFolderPermission "$($_.PrimarySmtpAddress):\Calendar" -User graham@marlowprint.co.uk -AccessRights LimitedDetails }
| 7 added
% Get-MailboxFolderPermission 'k.osei@marlowprint.co.uk:\Calendar' | ft User, AccessRights
| Graham Pell  {LimitedDetails}
. Graham sees titles and places of all seven calendars.
`
