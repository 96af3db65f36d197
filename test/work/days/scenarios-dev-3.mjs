/** Dev set, 4 to 7 March 2026. */
export const devDays3 = String.raw`
@ 2026-03-04 07:30 | chloe | Kestrel Dental | msp
> /msp Kestrel Dental #48151
= service_request | KD-PC07 | Dental charting software installed on the new treatment room computer
> please install the charting software (carestream) on KD-PC07, installer is on the server share
$ ssh admin@kd-pc07 powershell -c "Get-ChildItem \\\\KD-NAS\\software\\carestream"
| CSDental_8.1.4.msi
$95 ssh admin@kd-pc07 powershell -c "Start-Process msiexec -Wait -ArgumentList '/i C:\temp\CSDental_8.1.4.msi /qn'; Get-Package 'CS Dental'"
| CS Dental 8.1.4 Installed
$ ssh admin@kd-pc07 powershell -c "New-Item -ItemType SymbolicLink -Path 'C:\Users\Public\Desktop\CS Dental.lnk' -Target 'C:\CS\csd.exe'"
. Installed on KD-PC07 with a shortcut on the desktop.
> user tested it, thanks

@ 2026-03-04 07:55 | ana | Harbourline | msp
> /msp Harbourline #48152
= change | HL-FW1 | Site-to-site VPN to the new warehouse configured with its policies and route
> build the ipsec tunnel to the new warehouse on HL-FW1, peer 203.0.113.44, remote lan 10.11.40.0/24, sheet is in the folder
$ ssh admin@HL-FW1 "show vpn ipsec phase1-interface"
| edit "hq-office2"
w C:\Users\ana\clients\harbourline\fw\warehouse-tunnel.conf
+ config vpn ipsec phase1-interface
+   edit "hq-wh"
+   set remote-gw 203.0.113.44
$ ssh admin@HL-FW1 < fw/warehouse-tunnel.conf
! 1
| object check operator error, 'psksecret', discard the setting
. The preshared key is missing in the file. I take it from the vault by reference.
> ok
$ msp cred exec harbourline/wh-psk -- ssh admin@HL-FW1 < fw/warehouse-tunnel.conf
$ ssh admin@HL-FW1 "config router static; edit 0; set dst 10.11.40.0/24; set device hq-wh; end"
$ ssh admin@HL-FW1 "get vpn ipsec tunnel summary"
| 'hq-wh' 203.0.113.44:0  selectors(total,up): 1/1  rx(pkt,err): 40/0  tx(pkt,err): 51/0
. The tunnel is up with traffic both ways.
> /msp Kestrel Dental
= incident | SRV-01 | Practice server ran out of space on C: from a log file; log rotated and space is back
> quick one: alert low disk C on SRV-01 at kestrel, 200 MB left
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { gci C:\ -Recurse -File -EA 0 | sort Length -Desc | select -First 3 FullName, Length }
| C:\inetpub\logs\LogFiles\W3SVC1\u_ex2602.log 38112404481
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { iisreset /stop; Remove-Item C:\inetpub\logs\LogFiles\W3SVC1\u_ex26*.log; iisreset /start; (Get-PSDrive C).Free/1GB }
| Internet services successfully started
| 36.1
. 36 GB are free again.
> /msp Harbourline #48152
> tell me the tunnel is still stable
$ ssh admin@HL-FW1 "get vpn ipsec tunnel summary"
| 'hq-wh' 203.0.113.44:0  selectors(total,up): 1/1  rx(pkt,err): 911/0  tx(pkt,err): 870/0
. Stable.

@ 2026-03-04 09:10 | bram | Nordwind Logistik | msp
> /msp Nordwind Logistik #48155
= security | nw-web01 | Web server hardened after a scan report: password login off, fail2ban on, old TLS versions closed
> der pentest bericht sagt: ssh passwort login offen und TLS 1.0 auf nw-web01. bitte härten
$ ssh root@nw-web01 "sshd -T | egrep 'passwordauth|permitroot'; grep -r ssl_protocols /etc/nginx"
| passwordauthentication yes
| /etc/nginx/nginx.conf: ssl_protocols TLSv1 TLSv1.1 TLSv1.2;
$ ssh root@nw-web01 "sed -i 's/^#\?PasswordAuthentication.*/PasswordAuthentication no/' /etc/ssh/sshd_config && sshd -t && systemctl reload ssh"
$ ssh root@nw-web01 "sed -i 's/ssl_protocols .*/ssl_protocols TLSv1.2 TLSv1.3;/' /etc/nginx/nginx.conf && nginx -t && systemctl reload nginx"
| nginx: configuration file /etc/nginx/nginx.conf test is successful
$30 ssh root@nw-web01 "apt-get install -y fail2ban && systemctl enable --now fail2ban && fail2ban-client status sshd"
| Status for the jail: sshd
. Passwort-Login ist aus, TLS 1.2 und 1.3 bleiben, fail2ban läuft.
> nochmal von außen scannen
$40 nmap --script ssl-enum-ciphers -p 443 nw-web01
| TLSv1.2: TLSv1.3: least strength: A
. Nur noch TLS 1.2 und 1.3.

@ 2026-03-04 12:05 | ana | - | dev | cwd=C:\Users\ana\src\msp-scripts
> /dev
= development | - | Disk report script rewritten to take its servers from a file and to run in parallel
> the disk report script is slow, read the servers from servers.csv and run them parallel
$ git checkout -b disk-report-parallel
| Switched to a new branch 'disk-report-parallel'
e C:\Users\ana\src\msp-scripts\Get-DiskReport.ps1
- foreach ($server in 'a','b') {
+ Import-Csv servers.csv | ForEach-Object -Parallel {
%25 Invoke-Pester ./tests/DiskReport.Tests.ps1
! 1
| Expected 3 rows, but got 1. $using:threshold was null
e C:\Users\ana\src\msp-scripts\Get-DiskReport.ps1
- if ($free -lt $threshold)
+ if ($free -lt $using:threshold)
%20 Invoke-Pester ./tests/DiskReport.Tests.ps1
| Tests Passed: 4, Failed: 0
. Parallel, four tests pass.
> push, open the PR
$ git push -u origin disk-report-parallel && gh pr create --fill
| https://git.example/msp/scripts/pulls/31
. PR 31 is open.

@ 2026-03-04 13:25 | chloe | Osprey Manufacturing | msp | crash
> /msp Osprey Manufacturing #48158
= project | OSP-FS02 | File server migration to SharePoint: permissions inventory and first copy of the Engineering share
> file server to sharepoint, wave 1: inventory of rights on OSP-FS02 engineering share, then pre-copy
$ ssh admin@osp-fs02 powershell -c "Get-ChildItem E:\Engineering -Directory | Get-Acl | Export-Csv C:\mig\acl.csv; (Import-Csv C:\mig\acl.csv).Count"
| 214
$90 ssh admin@osp-fs02 powershell -c "gci E:\Engineering -Recurse -File | measure Length -Sum | fl Count,Sum"
| Count : 188012
| Sum   : 401220104192
. 214 folders with own rights, 401 GB.
> start the pre copy with the migration tool, task wave1-eng
$ ssh admin@osp-fs02 powershell -c "Import-Module SPMT; Register-SPMTMigration -SPOCredential osp; Add-SPMTTask -FileShareSource E:\Engineering -TargetSiteUrl https://osprey.sharepoint.com/sites/eng"
$ ssh admin@osp-fs02 powershell -c "Start-SPMTMigration -NoShow"

@ 2026-03-04 13:58 | chloe | Osprey Manufacturing | msp
> /msp Osprey Manufacturing #48158
= project | OSP-FS02 | File server migration to SharePoint: pre-copy of the Engineering share followed after a laptop crash
> my mac crashed. is the spmt copy of wave1-eng still running on OSP-FS02?
$ ssh admin@osp-fs02 powershell -c "Get-SPMTMigration | fl Status,MigratedFiles"
| Status : InProgress
| MigratedFiles : 4120
. It runs, 4,120 files so far.
~ 38m
> now?
$ ssh admin@osp-fs02 powershell -c "Get-SPMTMigration | fl Status,MigratedFiles,FailedFiles"
| Status : InProgress
| MigratedFiles : 96233
| FailedFiles : 12
$ ssh admin@osp-fs02 powershell -c "Import-Csv C:\mig\ItemFailureReport.csv | group Reason | ft Count,Name"
| 12 Path longer than 400 characters
. Half is done. Twelve files fail for their long paths; list is in C:\mig.
> fine, i send the list to their engineer

@ 2026-03-04 22:24 | bram | Harbourline | msp
> /msp Harbourline #48160
= change | SRV-01 | Second data disk added and the application database moved to it in the night window
> night change at harbourline: move the tms database on SRV-01 to the new disk E:. users are out
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { Get-Disk | ? PartitionStyle -eq RAW | Initialize-Disk -PassThru | New-Partition -DriveLetter E -UseMaximumSize | Format-Volume -FileSystem ReFS }
| E ReFS Healthy 500 GB
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { sqlcmd -Q "ALTER DATABASE tms SET OFFLINE WITH ROLLBACK IMMEDIATE" }
%520 Invoke-Command -ComputerName SRV-01 -ScriptBlock { robocopy C:\SQLData E:\SQLData tms*.?df /R:0 }
| Bytes: 210.4 g 210.4 g
~ 7m30s
> copied? then go on
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { sqlcmd -Q "ALTER DATABASE tms MODIFY FILE (NAME=tms, FILENAME='E:\SQLData\tms.mdf'); ALTER DATABASE tms SET ONLINE" }
! 1
| Msg 5120: Unable to open the physical file "E:\SQLData\tms.mdf". Operating system error 5: Access is denied.
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { icacls E:\SQLData /grant 'NT SERVICE\MSSQLSERVER:(OI)(CI)F' /T; sqlcmd -Q "ALTER DATABASE tms SET ONLINE" }
| Successfully processed 3 files
%300 Invoke-Command -ComputerName SRV-01 -ScriptBlock { sqlcmd -Q "DBCC CHECKDB(tms) WITH NO_INFOMSGS" }
. The database is online from E: and CHECKDB is clean.
~ 5m10s
> full backup before I go to bed
%470 Invoke-Command -ComputerName SRV-01 -ScriptBlock { sqlcmd -Q "BACKUP DATABASE tms TO DISK='E:\Backup\tms.bak' WITH COMPRESSION, CHECKSUM" }
| BACKUP DATABASE successfully processed
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { sqlcmd -Q "RESTORE VERIFYONLY FROM DISK='E:\Backup\tms.bak' WITH CHECKSUM"; Get-Item E:\Backup\tms.bak | select Length }
| The backup set on file 1 is valid.
. Backup made and verified.
~ 6m40s
> tms client test from home ok, i check the first user jobs of the night shift
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { sqlcmd -d tms -Q "SELECT TOP 3 job, status FROM jobs ORDER BY started DESC" }
| 99812 done
. Jobs run.

@ 2026-03-05 07:15 | ana | Tulip Software | msp
> /msp Tulip Software #48164
= incident | mail01 | Outgoing mail stuck in the queue because the DKIM signer was down; service repaired, queue flushed
> tulip: mails not going out since last night, queue on mail01 is big
$ ssh root@mail01 "mailq | tail -1; journalctl -u postfix -n 5 --no-pager"
| -- 2211 Kbytes in 418 Requests.
| warning: connect to Milter service inet:localhost:8891: Connection refused
$ ssh root@mail01 "systemctl status opendkim --no-pager | head -5"
! 3
| opendkim.service - failed (Result: exit-code)
| opendkim: /etc/opendkim/keys/tulip.private: key data is not secure: group can be read
$ ssh root@mail01 "chmod 600 /etc/opendkim/keys/*.private && chown opendkim: /etc/opendkim/keys/*.private && systemctl restart opendkim && postqueue -f"
. The signer runs; the queue empties.
> how many left
$ ssh root@mail01 "mailq | tail -1"
| Mail queue is empty
. None.

@ 2026-03-05 08:02 | chloe | Lenoir | msp | end=clear
> /msp Lenoir #48166
= incident | LEN-CAISSE1 | Cash desk computer could not reach the till database; wrong time fixed and time service set
> la caisse 1 de lenoir n'arrive plus à ouvrir le logiciel, "connexion base impossible"
$ ssh admin@len-caisse1 powershell -c "Test-NetConnection LEN-SRV -Port 1433 | select TcpTestSucceeded; Get-Date"
| True
| lundi 5 mars 2029 09:04:10
$ ssh admin@len-caisse1 powershell -c "w32tm /resync /force"
! 1
| The computer did not resync because no time data was available.
$ ssh admin@len-caisse1 powershell -c "w32tm /config /manualpeerlist:len-srv /syncfromflags:manual /update; Restart-Service w32time; w32tm /resync; Get-Date"
| The command completed successfully.
| jeudi 5 mars 2026 09:06:41
. L'horloge était en 2029 ; elle est juste et suit le serveur.
> ça marche, merci

@ 2026-03-05 08:18 | chloe | Lenoir | msp | src=clear
> /msp Lenoir
= service_request | LEN-SRV | Seasonal staff distribution list created and shared calendar opened to it
> crée une liste de diffusion saisonniers@ avec les 4 personnes de la feuille, et donne lecture sur l'agenda boutique
$ pwsh -c "New-DistributionGroup -Name saisonniers -Members p1,p2,p3,p4 -PrimarySmtpAddress saisonniers@lenoir.example"
| saisonniers
$ pwsh -c "Add-MailboxFolderPermission boutique:\Agenda -User saisonniers -AccessRights Reviewer"
! 1
| The user "saisonniers" is either not valid SMTP address, or there is no matching information.
$ ssh admin@len-srv powershell -c "Set-ADGroup saisonniers -GroupCategory Security; Start-ADSyncSyncCycle -PolicyType Delta"
| Result : Success
$ pwsh -c "Add-MailboxFolderPermission boutique:\Agenda -User saisonniers -AccessRights Reviewer"
| Agenda saisonniers {Reviewer}
. La liste existe et lit l'agenda.

@ 2026-03-05 08:40 | bram | Osprey Manufacturing | msp
> /msp Osprey Manufacturing #48168
= incident | OSP-HMI3 | Machine panel lost its file share after a password change; stored credential renewed
> OSP-HMI3 (old win7 panel on the press) cant reach the recipe share anymore, production waits!!
% Invoke-Command -ComputerName OSP-HMI3 -ScriptBlock { Get-SmbMapping }
! 1
| The term 'Get-SmbMapping' is not recognized as the name of a cmdlet, function, script file
% Invoke-Command -ComputerName OSP-HMI3 -ScriptBlock { net use; cmdkey /list }
| Unavailable  R:  \\OSP-FS02\recipes
| Target: Domain:target=OSP-FS02  User: OSPREY\svc_hmi
% Invoke-Command -ComputerName OSP-HMI3 -ScriptBlock { cmdkey /delete:OSP-FS02; cmdkey /add:OSP-FS02 /user:OSPREY\svc_hmi /pass:(Get-Secret); net use R: \\OSP-FS02\recipes /persistent:yes }
| The command completed successfully.
. R: is mapped again with the new password of svc_hmi.
> press is running

@ 2026-03-05 10:20 | ana | Meridian Law | msp
> /msp Meridian Law #48170
= service_request | - | Shared mailbox for the intake team created with send-as for three people
> meridian wants a shared mailbox intake@meridianlaw.com, full access + send as for pgreene, mlopez, tchan
% New-Mailbox -Shared -Name Intake -PrimarySmtpAddress intake@meridianlaw.com
| Intake  SharedMailbox
% 'pgreene','mlopez','tchan' | % { Add-MailboxPermission intake -User $_ -AccessRights FullAccess; Add-RecipientPermission intake -Trustee $_ -AccessRights SendAs -Confirm:$false }
| Intake pgreene {FullAccess}
| Intake mlopez {FullAccess}
| Intake tchan {FullAccess}
. The mailbox exists; the three can open it and send as it.
~ 52m
= incident | MER-LT22 | Laptop stuck at BitLocker recovery after firmware update; unlocked and protectors renewed
> next ticket for meridian: MER-LT22 asked for the bitlocker key after a bios update, she is in with the key now, but it asks at every boot
% Invoke-Command -ComputerName MER-LT22 -ScriptBlock { manage-bde -protectors -get C: ; (Get-Tpm).TpmReady }
| TPM  PCR Validation Profile: 0, 2, 4, 11
| True
% Invoke-Command -ComputerName MER-LT22 -ScriptBlock { manage-bde -protectors -delete C: -type TPM; manage-bde -protectors -add C: -tpm; manage-bde -status C: }
| Key Protectors: Numerical Password, TPM
% Invoke-Command -ComputerName MER-LT22 -ScriptBlock { Restart-Computer -Force }
~ 4m
> rebooted w/o asking
. The TPM protector is bound to the new firmware.

@ 2026-03-07 22:20 | chloe | Nordwind Logistik | msp
> /msp Nordwind Logistik #48175
= project | NW-SQL01, NW-OLD | Move of the old warehouse database from the 2008 server to the SQL server in the weekend window
> weekend umzug: lagerdatenbank von NW-OLD auf NW-SQL01, alle sind draußen
$ ssh admin@nw-old powershell -c "sqlcmd -Q \"BACKUP DATABASE lager TO DISK='C:\mig\lager.bak' WITH COMPRESSION\""
! 1
| BACKUP DATABASE WITH COMPRESSION is not supported on Standard Edition (64-bit).
$380 ssh admin@nw-old powershell -c "sqlcmd -Q \"BACKUP DATABASE lager TO DISK='C:\mig\lager.bak'\""
| BACKUP DATABASE successfully processed 811020 pages
$500 ssh admin@nw-sql01 powershell -c "robocopy \\\\NW-OLD\\C$\\mig D:\\mig lager.bak /J"
| Bytes: 6.3 g 6.3 g
~ 8m20s
> kopiert, restore jetzt
$410 ssh admin@nw-sql01 powershell -c "sqlcmd -Q \"RESTORE DATABASE lager FROM DISK='D:\mig\lager.bak' WITH MOVE 'lager' TO 'D:\sql\lager.mdf'\""
| RESTORE DATABASE successfully processed
. Wiederhergestellt.
~ 6m
> kompatibilität auf 150, statistiken neu, dann die alte offline
$540 ssh admin@nw-sql01 powershell -c "sqlcmd -d lager -Q \"ALTER DATABASE lager SET COMPATIBILITY_LEVEL=150; EXEC sp_updatestats\""
| Statistics for all tables have been updated.
~ 9m
> ok weiter
$500 ssh admin@nw-sql01 powershell -c "sqlcmd -d lager -Q \"DBCC CHECKDB WITH NO_INFOMSGS\""
$ ssh admin@nw-old powershell -c "sqlcmd -Q \"ALTER DATABASE lager SET OFFLINE\""
. Die Datenbank läuft auf dem neuen Server, die alte ist offline.
~ 8m
> anwendungstest durch den lagerleiter ok. gute nacht
. Gute Nacht, der Stand ist notiert.
`
