/** Dev set, the rest of 3 March and some of 5 and 6 March 2026. */
export const devDays2 = String.raw`
@ 2026-03-03 08:15 | bram | Harbourline | msp
> /msp Harbourline #48133
= service_request | HL-FS01 | Read access to the Finance share granted to two auditors through the audit group
> auditors (e.devries, m.kuipers) need read on the finance share of HL-FS01 until friday
% Invoke-Command -ComputerName HL-FS01 -ScriptBlock { Get-SmbShareAccess Finance; (Get-Acl D:\Shares\Finance).Access | ft IdentityReference, FileSystemRights }
| HARBOUR\G_Finance_RW  Modify
| HARBOUR\G_Finance_RO  ReadAndExecute
% Add-ADGroupMember G_Finance_RO e.devries, m.kuipers -MemberTimeToLive (New-TimeSpan -Days 3)
% Invoke-Command -ComputerName HL-FS01 -ScriptBlock { Get-SmbOpenFile | measure | select Count }
| 118
. Both are in G_Finance_RO for three days. They must sign in anew.
= incident | HL-WS014 | Workstation without network after a driver update; Ethernet driver rolled back
> next: HL-WS014 lost its network after last nights driver update, user is on the phone, she is on the guest wifi now
% Invoke-Command -ComputerName HL-WS014 -ScriptBlock { Get-NetAdapter | ft Name, Status, DriverVersion }
| Ethernet  Disconnected  12.19.2.60
| Wi-Fi     Up            23.40.0.4
% Invoke-Command -ComputerName HL-WS014 -ScriptBlock { pnputil /enum-drivers | Select-String -Context 1,5 'e1d' }
| oem41.inf  Intel - net  12.19.2.60
| oem12.inf  Intel - net  12.19.1.37
% Invoke-Command -ComputerName HL-WS014 -ScriptBlock { pnputil /delete-driver oem41.inf /uninstall /force; pnputil /scan-devices; Get-NetAdapter Ethernet | select Status }
| Driver package deleted successfully.
| Up
. The old driver is back and the cable connection is up.
> works. thx

@ 2026-03-03 08:50 | chloe | - | normal
> /normal
= internal | - | Comparison of three password managers for the team meeting, with a recommendation
> research for our own team meeting: 1password business vs bitwarden teams vs keeper msp, what do they cost for 9 people and can they do SSO with entra
a general-purpose | compare password managers
/a Bitwarden Teams is the cheapest; SSO needs Enterprise. 1Password Business includes Entra SSO.
. 1Password includes SSO, Bitwarden needs the Enterprise plan, Keeper MSP bills per seat and month.
~ 5m
> put that in a short note
w /Users/chloe/notes/team/password-manager.md
+ # Password manager for the team
+ 1Password Business: SSO with Entra included. Bitwarden: Enterprise plan needed.
. The note is in notes/team.

@ 2026-03-03 09:30 | bram | Kestrel Dental | msp | end=other kill
> /msp Kestrel Dental #48136
= incident | SRV-01 | Print spooler on the practice server crashed over a bad driver; driver removed and queue works
> nobody at kestrel can print, server is SRV-01
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { Get-Service Spooler; Get-WinEvent -FilterHashtable @{LogName='Application';Id=1000} -MaxEvents 2 | fl Message }
| Stopped Spooler
| Faulting application name: spoolsv.exe, faulting module name: hpcpn240.dll
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { Get-PrinterDriver | ? Name -like 'HP*'; Get-Printer | ft Name, DriverName }
| HP Universal Printing PCL 6 (v7.0.1)
| Reception  HP Universal Printing PCL 6 (v7.0.1)
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { Start-Service Spooler; Set-Printer Reception -DriverName 'HP Universal Printing PCL 6 (v6.9.0)'; Remove-PrinterDriver 'HP Universal Printing PCL 6 (v7.0.1)' }
! 1
| Remove-PrinterDriver : The specified driver is in use by one or more printers.
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { Restart-Service Spooler; Remove-PrinterDriver 'HP Universal Printing PCL 6 (v7.0.1)'; Get-Service Spooler }
| Running Spooler
. The bad driver is gone and the spooler stays up.

@ 2026-03-03 10:05 | ana | Lenoir | msp
> /msp Lenoir
= maintenance | LEN-NAS | Quarterly check of the NAS: disks, RAID, free space and snapshots in order, old snapshots removed
> contrôle trimestriel du nas chez lenoir (LEN-NAS) : disques, raid, espace, snapshots
$ ssh admin@LEN-NAS "cat /proc/mdstat; qcli_storage -d"
| md1 : active raid5 sda3[0] sdb3[1] sdc3[2] sdd3[3]
|       17567370240 blocks [4/4] [UUUU]
$ ssh admin@LEN-NAS "for d in a b c d; do smartctl -H -A /dev/sd$d | egrep 'result|Reallocated'; done"
| SMART overall-health self-assessment test result: PASSED
| 5 Reallocated_Sector_Ct 0
$ ssh admin@LEN-NAS "df -h /share/CACHEDEV1_DATA; zfs list -t snapshot 2>/dev/null | wc -l"
| /dev/mapper/cachedev1  16T   11T  5.1T  69% /share/CACHEDEV1_DATA
. Tout est en ordre. 41 snapshots ont plus d'un an, je peux les supprimer.
> oui supprime les
$25 ssh admin@LEN-NAS "snapshot_tool --delete --older-than 365d"
| 41 snapshots deleted
. C'est fait.
= documentation | - | Description of the NAS at Lenoir for the client's documentation: disks, shares, snapshot plan
> écris la fiche du NAS pour la doc client, une page, modèle fiche-serveur
w C:\Users\ana\clients\lenoir\docs\len-nas.md
+ # LEN-NAS
+ RAID 5, 4 x 6 To, 16 To utiles. Partages : Commandes, Photos, Compta.
+ Snapshots : chaque nuit, gardés 365 jours.
e C:\Users\ana\clients\lenoir\docs\index.md
- - LEN-SRV
+ - LEN-SRV
+ - LEN-NAS
. La fiche est dans docs/len-nas.md et dans l'index.
> ajoute aussi le contact qnap
e C:\Users\ana\clients\lenoir\docs\len-nas.md
- Snapshots : chaque nuit
+ Support : QNAP France, contrat jusqu'au 2027-06.
+ Snapshots : chaque nuit
. Ajouté.

@ 2026-03-03 13:02 | bram | Meridian Law | msp
> /msp Meridian Law #48140
= project | MER-SQL01 | Migration of the case management database to the new SQL server: first full restore and login mapping
> project "case db move": today the trial run. restore the casemgr backup on MER-SQL01 and map the logins, plan is in the project folder
% Invoke-Command -ComputerName MER-SQL01 -ScriptBlock { sqlcmd -Q "RESTORE FILELISTONLY FROM DISK='E:\in\casemgr.bak'" }
| casemgr_data  D:\old\casemgr.mdf
| casemgr_log   L:\old\casemgr.ldf
%400 Invoke-Command -ComputerName MER-SQL01 -ScriptBlock { sqlcmd -Q "RESTORE DATABASE casemgr FROM DISK='E:\in\casemgr.bak' WITH MOVE 'casemgr_data' TO 'D:\sql\casemgr.mdf', MOVE 'casemgr_log' TO 'L:\sql\casemgr.ldf', STATS=20" }
| 100 percent processed.
| RESTORE DATABASE successfully processed 2213907 pages
. Restored in 6 min 40 s. Now the logins.
> go
% Invoke-Command -ComputerName MER-SQL01 -ScriptBlock { sqlcmd -d casemgr -Q "EXEC sp_change_users_login 'Report'" }
| casemgr_app
| casemgr_ro
% Invoke-Command -ComputerName MER-SQL01 -ScriptBlock { sqlcmd -d casemgr -Q "ALTER USER casemgr_app WITH LOGIN=casemgr_app; ALTER USER casemgr_ro WITH LOGIN=casemgr_ro; DBCC CHECKDB WITH NO_INFOMSGS" }
. Both users are mapped and CHECKDB found nothing.
~ 45m
> back from the call with their vendor. note for the plan: cut-over takes 15 min, vendor must change the connection string
e C:\Users\bram\clients\meridian-law\projects\case-db-move\plan.md
- cut-over: ? min
+ cut-over: 15 min (restore measured 6:40), vendor changes the connection string
. In the plan.

@ 2026-03-03 14:30 | chloe | Tulip Software | msp
> /msp Tulip Software #48142
= problem | db01 | Root cause of the weekly database stalls: three cron jobs lock the same table; recorded as known error with a proposal
> db01 at tulip stalled again last sunday, 4th time in 6 weeks. we always just restarted postgres. i want to know WHY. compare the four times
$ ssh postgres@db01 "journalctl -u postgresql --since '2026-01-20' | grep -i -E 'restart|stopp' | tail -8"
| Jan 25 03:41:02 db01 systemd[1]: Stopping PostgreSQL Cluster 14-main
| Feb 08 03:44:19 db01 systemd[1]: Stopping PostgreSQL Cluster 14-main
| Feb 22 03:39:50 db01 systemd[1]: Stopping PostgreSQL Cluster 14-main
| Mar 01 03:42:31 db01 systemd[1]: Stopping PostgreSQL Cluster 14-main
. All four are on Sundays around 03:40.
> so what runs sunday 3 am
$ ssh postgres@db01 "crontab -l; cat /etc/cron.d/*"
| 0 3 * * 0 /opt/jobs/reindex.sh
| 15 3 * * 0 /opt/jobs/purge-events.sh
| 30 3 * * 0 /opt/jobs/vacuum-full.sh
a claudetools:historical-search | earlier stalls on db01
/a Three earlier sessions restarted PostgreSQL on 25 January, 8 and 22 February; no cause recorded.
$ ssh postgres@db01 "grep -h 'still waiting for' /var/log/postgresql/*.log* | awk '{print $1,$NF}' | sort | uniq -c | tail -4"
| 212 2026-02-22 events
| 240 2026-03-01 events
. Root cause: reindex, purge and VACUUM FULL all take an exclusive lock on the table events and overlap since the table passed 80 GB.
> write it up as known error, the client decides on the schedule
w /Users/chloe/clients/tulip-software/known-errors/db01-sunday-stall.md
+ Cause: reindex (03:00), purge (03:15) and vacuum full (03:30) lock table events one after the other.
+ Proposal: run them on different nights, pg_repack in place of VACUUM FULL.
. Written up.

@ 2026-03-03 15:20 | ana | Osprey Manufacturing | msp | id=osprey-erp
> /msp Osprey Manufacturing #48145
= incident | OSP-ERP01 | ERP clients disconnect after the licence service hung; service and scheduler repaired over two days
> osprey: the erp kicks people out every few minutes since lunch. start with OSP-ERP01
% Invoke-Command -ComputerName OSP-ERP01 -ScriptBlock { Get-Service Epicor*; Get-Process | sort WS -Desc | select -First 4 Name, WS }
| Running EpicorLicense
| Running EpicorTaskAgent
| EpicorLicense 7412908032
% Invoke-Command -ComputerName OSP-ERP01 -ScriptBlock { Get-WinEvent -LogName Application -MaxEvents 300 | ? ProviderName -like 'Epicor*' | group Message | sort Count -Desc | select -First 2 Count, Name }
| 188 License heartbeat lost for session
. The licence service uses 7 GB and loses heartbeats. A restart drops everybody for a minute.
> ok do it at 17:00 our time
~ 31m
> now
% Invoke-Command -ComputerName OSP-ERP01 -ScriptBlock { Restart-Service EpicorLicense -Force; Get-Service EpicorLicense }
| Running EpicorLicense
. Restarted. I would look at the memory tomorrow morning again.
~ 15h12m
> good morning. how does the memory look today
% Invoke-Command -ComputerName OSP-ERP01 -ScriptBlock { Get-Process EpicorLicense | select WS; Get-WinEvent -LogName Application -MaxEvents 300 | ? Message -like '*heartbeat lost*' | measure | select Count }
| 611319808
| 0
. 600 MB and no lost heartbeat since the restart.
> great, close
. Closed: licence service restarted, stable for 15 hours.

@ 2026-03-05 14:10 | bram | Nordwind Logistik | msp
> /msp Nordwind Logistik #48172
= problem | NW-VEEAM | Root cause of the repeated VSS failures in the backup job found: two jobs quiesce the same host at once
> HV-Daily ist jetzt zum dritten mal in vier wochen an VSS gescheitert. nicht nur neu starten, warum? auf NW-VEEAM schauen
% Invoke-Command -ComputerName NW-VEEAM -ScriptBlock { Get-VBRBackupSession | ? Result -eq Failed | sort CreationTime | select -Last 3 JobName, CreationTime }
| HV-Daily 2/10/2026 10:00:12 PM
| HV-Daily 2/24/2026 10:00:11 PM
| HV-Daily 3/2/2026 10:00:12 PM
% Invoke-Command -ComputerName NW-VEEAM -ScriptBlock { Get-VBRJob | ft Name, @{n='at';e={$_.ScheduleOptions.OptionsDaily.TimeLocal}} }
| HV-Daily 22:00
| SQL-App  22:00
. Ursache: HV-Daily und SQL-App starten beide um 22 Uhr und frieren denselben Host ein; alle drei Fehler fallen auf Tage mit beiden Jobs.
> als known error notieren, umplanen besprechen wir mit dem kunden
w C:\Users\bram\clients\nordwind-logistik\known-errors\vss-hv-daily.md
+ Ursache: zwei Jobs um 22:00 auf demselben Host. Vorschlag: SQL-App um 23:30.
. Notiert.

@ 2026-03-06 09:00 | chloe | Lenoir | msp
> /msp Lenoir #48174
= security | LEN-SRV | Remote desktop was open to the internet; closed, failed sign-ins reviewed, lockout policy set
> shodan montre le rdp de lenoir ouvert sur internet (LEN-SRV). fermer, et vérifier si quelqu'un est entré
$ ssh admin@len-srv powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4625} -MaxEvents 5000 | measure | select Count"
| 5000
$25 ssh admin@len-srv powershell -c "Get-WinEvent -FilterHashtable @{LogName='Security';Id=4624} | ? { $_.Properties[8].Value -eq 10 } | select -First 5 TimeCreated,@{n='ip';e={$_.Properties[18].Value}}"
| 03/05/2026 18:02 192.168.20.14
$ ssh admin@len-srv powershell -c "Set-NetFirewallRule -DisplayGroup 'Remote Desktop' -RemoteAddress 192.168.20.0/24; net accounts /lockoutthreshold:8"
| The command completed successfully.
. Le bureau à distance n'est ouvert qu'au réseau local ; aucune connexion réussie de l'extérieur.
> merci, je préviens le gérant

@ 2026-03-06 10:30 | ana | - | normal
> /normal
= internal | - | Comparison of the team's own time sheets for February, list of gaps
> our own timesheets feb (csv in notes), who has days under 6h? internal check
$ python3 ~/notes/gaps.py timesheets-feb.csv
| bram 2026-02-12 4.5
| chloe 2026-02-20 5.0
. Two days: bram on 12 February, chloe on the 20th.
> thx i ask them

@ 2026-03-06 11:15 | bram | Bluegum Farms | msp
> /msp Bluegum Farms #48176
= service_request | BG-DC01 | Account of a returning seasonal worker enabled and password reset
> bluegum: enable tom.hale again on BG-DC01, hes back for harvest, new temp pw
% Invoke-Command -ComputerName BG-DC01 -ScriptBlock { Enable-ADAccount tom.hale; Set-ADAccountPassword tom.hale -Reset -NewPassword (New-TempPassword); Set-ADUser tom.hale -ChangePasswordAtLogon $true }
% Invoke-Command -ComputerName BG-DC01 -ScriptBlock { Get-ADUser tom.hale -Properties Enabled, LockedOut | fl Enabled, LockedOut }
| Enabled : True
| LockedOut : False
. tom.hale is enabled and must change the password.
`
