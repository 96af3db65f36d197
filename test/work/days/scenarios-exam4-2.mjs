/** Exam 4, July 2026. The marks at the starts of lines are explained in README.md. */
export const exam4Days2 = String.raw`
@ 2026-07-07 11:20 | yannick | Rochat Notaires | msp
> /msp Rochat Notaires #70248
= service_request | - | Licence and mailbox for a new notary clerk in the cloud tenant, with the groups of her predecessor
> rochat: nouvelle clerc lundi, Elodie Mayor. compte m365, business premium, mêmes groupes que Thibaut
$ pwsh -c "Connect-MgGraph -TenantId rochat-notaires.ch -NoWelcome; Get-MgSubscribedSku | ft SkuPartNumber,ConsumedUnits"
| SPB  14
$ pwsh -c "New-MgUser -DisplayName 'Elodie Mayor' -UserPrincipalName e.mayor@rochat-notaires.ch -MailNickname e.mayor -AccountEnabled -UsageLocation CH -PasswordProfile @{Password='***';ForceChangePasswordNextSignIn=\$true}; Set-MgUserLicense -UserId e.mayor@rochat-notaires.ch -AddLicenses @{SkuId='cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46'} -RemoveLicenses @()"
| Elodie Mayor  e.mayor@rochat-notaires.ch
$ pwsh -c "Get-MgUserMemberOf -UserId t.blanc@rochat-notaires.ch | % { New-MgGroupMember -GroupId \$_.Id -DirectoryObjectId (Get-MgUser -UserId e.mayor@rochat-notaires.ch).Id }"
. Le compte existe avec sa licence et les cinq groupes de Thibaut.
= incident | ROC-LT04 | Laptop did not connect to the office Wi-Fi after a driver update; driver rolled back
> me Rochat dit que son portable ROC-LT04 trouve plus le wifi de l'étude, depuis hier. il est en cable la
$ pwsh -c "Invoke-Command -ComputerName ROC-LT04 { netsh wlan show interfaces; Get-NetAdapter Wi-Fi | fl Status,DriverVersion,DriverDate }"
| There is 1 interface on the system: State: disconnected
| DriverVersion : 23.150.0.3
| DriverDate    : 2026-06-30
$ pwsh -c "Invoke-Command -ComputerName ROC-LT04 { pnputil /enum-drivers | Select-String netwtw -Context 1,4 }"
| oem41.inf  netwtw14.inf  06/30/2026 23.150.0.3
| oem12.inf  netwtw14.inf  11/18/2025 23.90.0.8
$40 pwsh -c "Invoke-Command -ComputerName ROC-LT04 { pnputil /delete-driver oem41.inf /uninstall /force; pnputil /scan-devices; netsh wlan connect name=ROCHAT }"
| Driver package deleted successfully.
| Connection request was completed successfully.
. L'ancien pilote est de retour et le portable est connecté au réseau ROCHAT.
= change | - | Default number of file versions and size limit of team sites changed in the cloud tenant
> dernière chose, décidé en séance : sharepoint garde 500 versions par fichier, on passe à 100 et quota 200 go par site au lieu de 25 to
$ pwsh -c "Connect-SPOService https://rochat-admin.sharepoint.com; Get-SPOTenant | fl EnableAutoExpirationVersionTrim,MajorVersionLimit; Get-SPOSite -Limit All | ft Url,StorageQuota"
| MajorVersionLimit : 500
| https://rochat.sharepoint.com/sites/actes  26214400
$ pwsh -c "Set-SPOTenant -EnableAutoExpirationVersionTrim \$false -MajorVersionLimit 100 -ExpireVersionsAfterDays 0; Get-SPOSite -Limit All | Set-SPOSite -StorageQuota 204800 -StorageQuotaWarningLevel 184320"
$ pwsh -c "Get-SPOTenant | fl MajorVersionLimit; Get-SPOSite -Limit All | ft Url,StorageQuota"
| MajorVersionLimit : 100
| https://rochat.sharepoint.com/sites/actes  204800
. Cent versions par fichier et 200 Go par site, avertissement à 180 Go.

@ 2026-07-07 13:40 | oskar | Fenwick Joinery | msp
> /msp Fenwick Joinery #70251
= project | FNJ-FS02 | File share migration to the new server: first full copy of the drawings share with permissions
> phase 2 of the fenwick file server move: first full copy of Drawings from the old box (\\FNJ-FS01) to FNJ-FS02, keep the acls
$ ssh admin@FNJ-FS02 powershell -c "Get-Volume D | ft SizeRemaining,Size; Test-Path \\FNJ-FS01\Drawings"
| 3.4 TB  3.6 TB
| True
$540 ssh admin@FNJ-FS02 powershell -c "robocopy \\FNJ-FS01\Drawings D:\Shares\Drawings /MIR /COPYALL /DCOPY:DAT /R:1 /W:1 /MT:32 /LOG:D:\mig\drawings.log /NP; 'rc ' + $LASTEXITCODE"
| rc 1
$ ssh admin@FNJ-FS02 powershell -c "Get-Content D:\mig\drawings.log -Tail 6"
|                Total    Copied   Skipped  Mismatch    FAILED    Extras
|    Files :    214120    214117         0         0         3         0
. First pass is done: three of 214120 files failed since they were open. They come with the delta.
> ok, share it hidden for now so we can test with Colin
$ ssh admin@FNJ-FS02 powershell -c "New-SmbShare -Name 'Drawings_new$' -Path D:\Shares\Drawings -FullAccess 'FENWICK\G_Drawings_RW','FENWICK\Domain Admins' -FolderEnumerationMode AccessBased"
| Drawings_new$  D:\Shares\Drawings
. Drawings_new$ is shared for testing; cutover stays planned for the 15th.
= service_request | FNJ-DC01 | Password of the workshop foreman reset and account unlocked at his wish
> pete in the workshop forgot his pw again, unlock + new one
$ ssh admin@FNJ-DC01 powershell -c "Get-ADUser pharris -Properties LockedOut,PasswordLastSet | fl Name,LockedOut,PasswordLastSet"
| LockedOut : True
$ ssh admin@FNJ-DC01 powershell -c "Unlock-ADAccount pharris; Set-ADAccountPassword pharris -Reset -NewPassword (ConvertTo-SecureString '***' -AsPlainText -Force); Set-ADUser pharris -ChangePasswordAtLogon 1"
. Unlocked, temporary password set, he has to choose his own at sign-in.

@ 2026-07-08 06:20 | hanneke | Apotheek Zuidpoort | msp
> /msp Apotheek Zuidpoort #70260
= incident | AZP-FGT | Internet at the pharmacy dropped since the fibre line lost its PPPoE session; session renewed after modem restart
> apotheek ligt plat, geen internet, pin via 4g. ik kan nog op de fortigate via backup lijn
$ ssh admin@AZP-FGT "diagnose sys link-monitor status; get system interface physical wan1"
| Link Monitor: wan1-mon, Status: dead, last seen 05:58
| ==[wan1] status: up ip: 0.0.0.0
$ ssh admin@AZP-FGT "diagnose debug application pppoe -1; diagnose debug enable"
| pppoe: PADI timeout, retry 9
. De lijn is fysiek op, maar de provider antwoordt niet op PPPoE. Laat iemand het modem 1 minuut uitzetten.
~ 6m45s
> modem is uit en aan geweest
$ ssh admin@AZP-FGT "get system interface physical wan1; execute ping 8.8.8.8"
| ==[wan1] status: up ip: 83.161.7.20 255.255.255.255
| 5 packets transmitted, 5 packets received, 0% packet loss
. De sessie staat weer, verkeer loopt over glas.
= change | AZP-FGT | Failover to the mobile line made automatic with a health check and route priority
> dan gelijk het geplande: failover naar wan2 automatisch ipv met de hand, akkoord van De Graaf is binnen
$ ssh admin@AZP-FGT "show system sdwan"
| config system sdwan
|     set status disable
$ ssh admin@AZP-FGT "config system sdwan; set status enable; config members; edit 1; set interface wan1; set priority 1; next; edit 2; set interface wan2; set priority 10; next; end; config health-check; edit inet; set server 1.1.1.1 8.8.8.8; set failtime 5; next; end; end"
$ ssh admin@AZP-FGT "diagnose sys sdwan health-check"
| Health Check(inet): Seq(1 wan1): state(alive), packet-loss(0.000%) latency(6.1)
| Seq(2 wan2): state(alive), packet-loss(0.000%) latency(38.4)
. Beide lijnen worden bewaakt, bij uitval van wan1 neemt wan2 het na vijf gemiste controles over.
= service_request | - | Old employee's mobile number replaced in the phone system's on-call list in the tenant
> o ja en de dienstdoende telefoon: in teams de wachtrij Dienst, Karin eruit en Mo erin
% Connect-MicrosoftTeams -TenantId apotheekzuidpoort.nl; Get-CsCallQueue -NameFilter Dienst | fl Name, Users
| Name  : Dienst
| Users : {karin-guid, ilse-guid}
% Set-CsCallQueue -Identity (Get-CsCallQueue -NameFilter Dienst).Identity -Users @('mo-guid','ilse-guid')
| Name  : Dienst
| Users : {mo-guid, ilse-guid}
. Karin is uit de wachtrij, Mo zit erin.

@ 2026-07-08 08:12 | oskar | Trautmann Ingenieure | msp
> /msp Trautmann Ingenieure
= maintenance | TRA-HV01 | Old checkpoints on the virtualisation host merged, event log and disk space looked through, firmware of the controller checked
> quartalscheck TRA-HV01: alte snapshots weg, platz, eventlog, raid
$ ssh admin@TRA-HV01 powershell -c "Get-VMSnapshot * | ft VMName,Name,CreationTime; Get-Volume | ft DriveLetter,SizeRemaining,Size"
| TRA-FS   vor-update  12.04.2026 19:10
| TRA-LIC  test        02.02.2026 08:44
| V  1.1 TB  4 TB
$210 ssh admin@TRA-HV01 powershell -c "Get-VMSnapshot * | Remove-VMSnapshot; while (Get-VM | ? Status -like 'Merging*') { sleep 10 }; Get-VMSnapshot * | measure | select Count"
| 0
$ ssh admin@TRA-HV01 powershell -c "perccli64 /c0 show | Select-String 'VD LIST' -Context 0,6; (Get-WinEvent -FilterHashtable @{LogName='System';Level=1,2;StartTime=(Get-Date).AddDays(-30)} -ErrorAction SilentlyContinue).Count"
| 0/239 RAID6 Optl RW Yes RWBD
| 4
. Beide Prüfpunkte sind zusammengeführt, RAID optimal, vier unkritische Einträge im Protokoll.
= incident | TRA-WS19 | Workstation showed blue screens from a faulty graphics driver; driver replaced by the certified one
> herr Lorenz meldet bluescreen an TRA-WS19, zweimal heute, immer wenn er 3d dreht
$ ssh admin@TRA-WS19 powershell -c "gci C:\Windows\Minidump | sort LastWriteTime | select -Last 2 Name,LastWriteTime; Get-WinEvent -FilterHashtable @{LogName='System';Id=1001} -MaxEvents 1 | fl Message"
| 070826-9218-01.dmp  08.07.2026 09:31
| Message : The computer has rebooted from a bugcheck. 0x00000116 VIDEO_TDR_FAILURE nvlddmkm.sys
$ ssh admin@TRA-WS19 powershell -c "nvidia-smi --query-gpu=name,driver_version --format=csv,noheader"
| NVIDIA RTX A4000, 591.02
. 591.02 ist ein Spieletreiber, für die A4000 gehört der Enterprise-Zweig drauf.
> mach drauf, er holt sich nen kaffee
$160 ssh admin@TRA-WS19 powershell -c "Start-Process C:\Temp\rtx-573.42-enterprise.exe -ArgumentList '-s -clean -noreboot' -Wait; Restart-Computer -Force"
~ 5m
> er ist wieder dran
$ ssh admin@TRA-WS19 powershell -c "nvidia-smi --query-gpu=driver_version --format=csv,noheader"
| 573.42
. 573.42 ist aktiv, er soll heute weiterdrehen und sich melden.
= service_request | TRA-FS | Read access to an archived project folder granted to a student trainee
> noch was kleines: praktikant Ben Arndt soll E:\Projekte\2023-Brücke Ost auf TRA-FS lesen dürfen, ok vom projektleiter liegt vor
$ ssh admin@TRA-FS powershell -c "(Get-Acl 'E:\Projekte\2023-Brücke Ost').Access | ft IdentityReference,FileSystemRights"
| TRA\P_BrueckeOst_RW  Modify
| TRA\P_BrueckeOst_RO  ReadAndExecute
$ ssh admin@TRA-FS powershell -c "Add-ADGroupMember P_BrueckeOst_RO barndt; Get-ADGroupMember P_BrueckeOst_RO | select Name"
| Ben Arndt
. Ben ist in der Lesegruppe, nach erneutem Anmelden sieht er den Ordner.

@ 2026-07-08 09:32 | yannick | Domaine de Valcroze | msp
> /msp Domaine de Valcroze #70266
= security | VAL-CHAI1 | Adware with a browser hijacker found on the cellar PC, removed, full scan and passwords renewed
> le pc du chai (VAL-CHAI1) ouvre des pubs tout seul et chrome a changé de moteur de recherche. defender a crié 2 fois
$ ssh admin@VAL-CHAI1 powershell -c "Get-MpThreatDetection | select -Last 3 | fl ThreatID,Resources,ActionSuccess"
| Resources     : {file:_C:\Users\chai\Downloads\pdf-convert-setup.exe}
| ActionSuccess : False
$ ssh admin@VAL-CHAI1 powershell -c "Get-ScheduledTask | ? TaskPath -eq '\' | ft TaskName,State; gci 'C:\Users\chai\AppData\Local\PdfConv'"
| PdfConvUpdater  Ready
| updater.exe  inject.dll
. Un faux convertisseur PDF avec une tâche planifiée qui se relance. Je l'arrête, je supprime et je lance une analyse complète.
> oui et coupe le du réseau pendant ce temps si possible
$ ssh admin@VAL-CHAI1 powershell -c "Unregister-ScheduledTask PdfConvUpdater -Confirm:0; Stop-Process -Name updater -Force; Remove-Item 'C:\Users\chai\AppData\Local\PdfConv','C:\Users\chai\Downloads\pdf-convert-setup.exe' -Recurse -Force; New-NetFirewallRule -DisplayName quarantaine -Direction Outbound -Action Block -RemoteAddress Internet"
$530 ssh admin@VAL-CHAI1 powershell -c "Start-MpScan -ScanType FullScan; Get-MpThreat | fl ThreatName,IsActive"
| ThreatName : BrowserModifier:Win32/Pdfcon
| IsActive   : False
. L'analyse complète ne trouve plus rien d'actif. La règle de blocage peut partir, et le mot de passe du compte chai doit changer.
> ok vas y pour les deux
$ ssh admin@VAL-CHAI1 powershell -c "Remove-NetFirewallRule -DisplayName quarantaine; Set-ADAccountPassword chai -Reset -NewPassword (Read-Host -AsSecureString)"
. Blocage levé, mot de passe remplacé.
= service_request | VAL-SRV | Folder for the harvest team with write access for three persons set up on the server
> un dossier Vendanges2026 sur le partage commun de VAL-SRV, écriture pour Paul, Inès et Marc seulement
$ ssh admin@VAL-SRV powershell -c "New-ADGroup G_Vendanges -GroupScope Global; Add-ADGroupMember G_Vendanges paul,ines,marc; New-Item -ItemType Directory D:\Commun\Vendanges2026; icacls D:\Commun\Vendanges2026 /inheritance:r /grant 'VAL\G_Vendanges:(OI)(CI)M' 'VAL\Admins du domaine:(OI)(CI)F'"
| Successfully processed 1 files; Failed processing 0 files
. Le dossier est créé, seuls les trois et les administrateurs y entrent.
~ 1h25m
= incident | VAL-SYNO | Network share on the NAS was read-only since a volume was degraded; disk reseated, volume rebuilt
> de retour. la compta ne peut plus rien enregistrer sur VAL-SYNO, "lecture seule"
$ ssh admin@VAL-SYNO "cat /proc/mdstat; dmesg | grep -i 'i/o error' | tail -2; mount | grep volume1"
| md2 : active raid5 sata1p5[0] sata3p5[2] sata2p5[1](F)
| ata2: I/O error, dev sata2, sector 88120
| /dev/mapper/cachedev_0 on /volume1 type btrfs (ro)
. Le disque 2 est tombé et btrfs a basculé en lecture seule. Un disque de rechange est sur place ?
> oui dans l'armoire, paul le change maintenant
~ 8m
> fait
$ ssh admin@VAL-SYNO "sudo synospace --expand-start; cat /proc/mdstat | grep recovery; sudo mount -o remount,rw /volume1; touch /volume1/Compta/t && rm /volume1/Compta/t && echo ok"
| [=>...................]  recovery =  6.1% finish=211min
| ok
. La reconstruction tourne et l'écriture est de nouveau possible.

@ 2026-07-08 14:05 | hanneke | Kawartha Hearing | msp
> /msp Kawartha Hearing #70271
= incident | KH-TS1 | Remote desktop sessions dropped since the licensing grace period was misread; licence server entry put back
> everyone on TS1 gets kicked with "no remote desktop license servers". KH-TS1
% Invoke-Command -ComputerName KH-TS1 -ScriptBlock { (Get-CimInstance -Namespace root/cimv2/terminalservices Win32_TerminalServiceSetting).GetSpecifiedLicenseServerList() }
| SpecifiedLSList : {}
% Invoke-Command -ComputerName KH-TS1 -ScriptBlock { gpresult /scope computer /r | Select-String 'RDS' ; (Get-WinEvent -LogName 'Microsoft-Windows-TerminalServices-Licensing*' -MaxEvents 1 -ErrorAction SilentlyContinue).Message }
| The following GPOs were not applied: RDS-Licensing (Disabled Link)
. The GPO link with the license server was disabled, so the list is empty. I set it on the host now and enable the link.
> yes go
% Invoke-Command -ComputerName KH-TS1 -ScriptBlock { (Get-CimInstance -Namespace root/cimv2/terminalservices Win32_TerminalServiceSetting) | Invoke-CimMethod -MethodName SetSpecifiedLicenseServerList -Arguments @{ SpecifiedLSList = @('KH-DC1') }; Restart-Service TermService -Force }
| ReturnValue : 0
% Set-GPLink -Name RDS-Licensing -Target 'OU=RDS,DC=kawartha,DC=local' -LinkEnabled Yes
. Users can sign in again; the link is enabled so the setting stays.
= service_request | KH-TS2 | Hearing aid fitting software installed on the second session host for the audiologists
> next, audiologists want Noah 4 on TS2 as well, installer is on \\KH-DC1\install
% Invoke-Command -ComputerName KH-TS2 -ScriptBlock { change user /install; Start-Process '\\KH-DC1\install\Noah4\setup.exe' -ArgumentList '/quiet SERVER=KH-SQL' -Wait; change user /execute }
| User session is ready to install applications.
| User session is ready to execute applications.
% Invoke-Command -ComputerName KH-TS2 -ScriptBlock { Get-Package -Name 'Noah*' | ft Name, Version; New-SmbMapping -LocalPath N: -RemotePath \\KH-SQL\NoahData -ErrorAction SilentlyContinue | Out-Null; Test-Path 'C:\Program Files\HIMSA\Noah.exe' }
| Noah 4  4.18.0
| True
. Noah 4.18 is on TS2, the shortcut is on the public desktop.
= maintenance | KH-TS1, KH-TS2, KH-SQL | July Windows updates installed on session hosts and SQL server, restarted in turn
> they close at noon today so do july patches on TS1 TS2 and KH-SQL, one after the other
%300 Invoke-Command -ComputerName KH-TS1 -ScriptBlock { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5062557 Installed
%280 Invoke-Command -ComputerName KH-TS2 -ScriptBlock { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5062572 Installed
%310 Invoke-Command -ComputerName KH-SQL -ScriptBlock { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5062557 Installed
. All three have their updates, SQL is rebooting.
~ 7m
> all green?
% Invoke-Command -ComputerName KH-TS1,KH-TS2,KH-SQL -ScriptBlock { [pscustomobject]@{ H = $env:COMPUTERNAME; Up = (Get-CimInstance Win32_OperatingSystem).LastBootUpTime; Stopped = (Get-Service | ? { $_.StartType -eq 'Automatic' -and $_.Status -ne 'Running' }).Count } }
| KH-TS1  7/8/2026 2:29 PM  0
| KH-TS2  7/8/2026 2:36 PM  0
| KH-SQL  7/8/2026 2:43 PM  0
. Yes, all up and every automatic service is running.

@ 2026-07-08 21:33 | yannick | Tasman Marine | msp | id=tmmove end=none
> /msp Tasman Marine #70274
= project | tm-pve | Move off the old VMware host: intranet machine imported to Proxmox and started with new network card
> tasman esxi to proxmox, machine 2 of 5: intranet vm. export is at /mnt/mig/intra.ova on tm-pve
$ ssh root@tm-pve "ls -lh /mnt/mig; pvesm status | head -4"
| -rw-r--r-- 1 root root 61G Jul  8 19:02 intra.ova
| local-zfs  zfspool  active  3670016  1228800
$470 ssh root@tm-pve "cd /mnt/mig && tar xf intra.ova && qm importovf 212 intra.ovf local-zfs"
| transferred 80.0 GiB of 80.0 GiB (100.00%)
| Successfully imported disk as scsi0
$ ssh root@tm-pve "qm set 212 --net0 virtio,bridge=vmbr0,tag=30 --agent 1 --ostype l26 --onboot 1 && qm start 212"
. VM 212 is imported and started, it waits for the network config inside.
> static ip in there is on ens192, will be ens18 now
$ ssh root@tm-pve "qm guest exec 212 -- sed -i s/ens192/ens18/ /etc/netplan/00-config.yaml && qm guest exec 212 -- netplan apply && ping -c2 10.80.30.12"
| 2 packets transmitted, 2 received, 0% packet loss
. The intranet answers on its old address from the new host.
= incident | TM-DC2 | Names in the office did not resolve as the forwarder of the domain controller was dead; replaced
> ok. office says internet is half dead, google ok some sites not. smells like dns on TM-DC2
$ ssh admin@TM-DC2 powershell -c "Resolve-DnsName www.maritimenz.govt.nz; Get-DnsServerForwarder | fl IPAddress,Timeout"
! 1
| Resolve-DnsName : www.maritimenz.govt.nz : This operation returned because the timeout period expired
| IPAddress : {203.96.152.4}
$ ssh admin@TM-DC2 powershell -c "Test-NetConnection 203.96.152.4 -Port 53 | select TcpTestSucceeded"
| False
$ ssh admin@TM-DC2 powershell -c "Set-DnsServerForwarder -IPAddress 1.1.1.1,9.9.9.9; Clear-DnsServerCache -Force; Resolve-DnsName www.maritimenz.govt.nz | select -First 1 IPAddress"
| 104.18.9.71
. The provider's old resolver is gone. With the new forwarders the name resolves.

@ 2026-07-08 23:04 | yannick | Tasman Marine | msp | id=tmmove src=resume
= service_request | TM-CORE | Switch port for a new office desk patched into the staff network
> back. new desk in the chandlery needs network: port 1/1/27 on TM-CORE, staff vlan, phone behind it
$ ssh admin@TM-CORE "show interface 1/1/27 brief; show vlan voice"
| 1/1/27  1  access  1GbT  yes  down  Administratively down
| VLAN 40 voice up
$ ssh admin@TM-CORE "configure terminal; interface 1/1/27; description Chandlery-desk3; vlan trunk native 20; vlan trunk allowed 20,40; no shutdown; end; write memory"
| Copying configuration: [Success]
. 1/1/27 is up in the staff network with the phone network behind it.

@ 2026-07-09 06:15 | oskar | Skagen Byg | msp
> /msp Skagen Byg #70280
= incident | SKB-ERP, SKB-FW | Field workers could not open the mobile ERP portal because its certificate ran out overnight; renewed and bound
> skagen: mobile portal gives NET::ERR_CERT_DATE_INVALID on all tablets, sites cant log hours
$ echo | openssl s_client -connect erp.skagenbyg.dk:443 2>/dev/null | openssl x509 -noout -enddate -issuer
| notAfter=Jul  8 23:59:59 2026 GMT
| issuer=C=US, O=Let's Encrypt, CN=R11
$ ssh admin@SKB-ERP powershell -c "C:\wacs\wacs.exe --list; Get-ScheduledTask win-acme* | ft TaskName,State"
| 1: erp.skagenbyg.dk - renewed 61 times, 9 errors since 2026/6/9
| win-acme renew  Ready
$35 ssh admin@SKB-ERP powershell -c "C:\wacs\wacs.exe --renew --force --verbose | select -Last 4"
! 1
| [erp.skagenbyg.dk] Authorization result: invalid - Fetching http://erp.skagenbyg.dk/.well-known: Timeout
. The renewal fails since port 80 isn't reachable from outside.
> right, we closed 80 in june. open it for the check
$ ssh root@SKB-FW "pfctl -sn | grep 80; configctl filter rule enable acme-http && configctl filter reload"
| OK
$30 ssh admin@SKB-ERP powershell -c "C:\wacs\wacs.exe --renew --force | select -Last 2"
| Certificate [IIS] erp.skagenbyg.dk created, binding updated
. The portal has a new certificate until October.
> tablets ok again
. Noted, port 80 stays open for the renewals.
= maintenance | SKB-VBR | Quarterly restore test of the ERP server into the isolated lab
> quarterly restore test is due too. take last nights ERP restore point into surebackup lab on SKB-VBR
$ ssh admin@SKB-VBR powershell -c "Get-VBRRestorePoint -Name SKB-ERP | sort CreationTime | select -Last 1 CreationTime,Type,IsConsistent"
| 09.07.2026 01:12  Increment  True
$500 ssh admin@SKB-VBR powershell -c "Start-VSBJob -Job (Get-VSBJob -Name 'SB-Quarter') | fl Result,EndTime"
| Result : Success
$ ssh admin@SKB-VBR powershell -c "(Get-VSBSession | sort EndTime | select -Last 1).GetTaskSessions() | ft Name,Heartbeat,Ping,TestScript"
| SKB-ERP  Success  Success  Success
. The machine booted from the backup in the lab, heartbeat and login test passed. Report is saved.
= change | SKB-SQL01 | Full index rebuild moved from Monday afternoon to Sunday night as their board agreed
> board approved moving that index job. sunday 02:00 pls, was monday 16:00
$ ssh admin@SKB-SQL01 powershell -c "Invoke-Sqlcmd \"EXEC msdb.dbo.sp_update_schedule @name='IndexRebuild_Weekly', @freq_interval=1, @active_start_time=020000\""
$ ssh admin@SKB-SQL01 powershell -c "Invoke-Sqlcmd \"SELECT name, freq_interval, active_start_time FROM msdb.dbo.sysschedules WHERE name='IndexRebuild_Weekly'\""
| IndexRebuild_Weekly  1  20000
. The rebuild runs Sundays at 02:00 from now on.
`
