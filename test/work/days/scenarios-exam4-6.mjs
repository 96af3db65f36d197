/** Exam 4, July 2026. The marks at the starts of lines are explained in README.md. */
export const exam4Days6 = String.raw`
@ 2026-07-17 06:10 | yannick | Fenwick Joinery | msp | id=tmdns src=resume
= documentation | - | Clock set-up of the domain written into the client page with how to check it
> write down what we set for time on fenwick, client page, so nobody sets it back
$ ls /Users/yannick/clients/fenwick-joinery
| README.md
e /Users/yannick/clients/fenwick-joinery/README.md
- ## Domain
+ ## Domain
+ Time: FNJ-DC01 takes 0/1.uk.pool.ntp.org. Clients follow the domain.
+ Check: w32tm /query /status, Stratum below 5.
. It is on the page under Domain.

@ 2026-07-17 07:00 | oskar | Trautmann Ingenieure | msp
> /msp Trautmann Ingenieure #70401
= problem | TRA-HV01 | Search why machines paused again for space within weeks: no reserve and growing differencing disks found
> heute früh wieder paused-critical auf TRA-HV01, zum dritten mal in 6 wochen. ich hab den export zwar gelöscht, aber das kann nicht alles sein
a general-purpose | Growth of the volume over the last weeks from the monitoring exports
$ python3 /Users/oskar/clients/trautmann-ingenieure/tools/growth.py --host TRA-HV01 --volume V --weeks 8
| 2026-06-05 +92 GB/week  2026-06-12 +95  2026-07-10 +101
/a V: grows 90 to 100 GB a week in a straight line, without the export.
$ ssh admin@TRA-HV01 powershell -c "Get-VM | % { Get-VHD \$_.HardDrives.Path } | ft Path,VhdType,@{n='GB';e={[int](\$_.FileSize/1GB)}}"
| V:\TRA-FS\data.vhdx         Dynamic       2310
| V:\TRA-FS\data_2B1.avhdx    Differencing   740
. Auf TRA-FS hängt eine Differenzplatte ohne sichtbaren Prüfpunkt: Rest einer abgebrochenen Sicherung vom 4. Juni. Sie wächst jede Woche um knapp 100 GB, bis der Datenträger voll ist. Das ist die Ursache der wiederholten Ausfälle.
> also kein hexenwerk. zusammenführen am wochenende planen
. Im Ticket steht die Ursache, die Zahlen und der Vorschlag fürs Wochenende.
= incident | TRA-HV01 | Paused machines resumed after space was made by moving an installation image
> aber erst müssen die jetzt laufen, was kann von V: runter auf TRA-HV01
$ ssh admin@TRA-HV01 powershell -c "gci V:\ISO | measure Length -Sum | select @{n='GB';e={[int](\$_.Sum/1GB)}}; Get-Volume C | ft SizeRemaining"
| 61
| 180 GB
$95 ssh admin@TRA-HV01 powershell -c "robocopy V:\ISO C:\ISO /MOVE /NFL /NDL | Select-String 'Bytes'; Get-VM | ? State -eq PausedCritical | Resume-VM; Get-VM | ft Name,State"
| TRA-LIC  Running
| TRA-FS   Running
. Mit den ISO-Dateien auf C: ist Platz für gut drei Tage, beide Maschinen laufen.
= service_request | TRA-XGS | Site-to-site access for a structural partner's network drawings opened for a week with an end date
> noch eins: externer prüfer Dr. Hahn bekommt bis 24.7. vpn, nur auf die freigabe Statik. konto auf der XGS
$ ssh admin@TRA-XGS "system users add name=hahn-ext email=hahn@pruef.example group=SSLVPN-Extern otp=enable expires=2026-07-24"
| User hahn-ext created
$ ssh admin@TRA-XGS "show group SSLVPN-Extern | grep -E 'member|resource'"
| member hahn-ext
| resource TRA-FS:445
. Das Konto läuft am 24.7. von allein ab und reicht nur bis zum Dateiserver.

@ 2026-07-17 07:50 | hanneke | Rochat Notaires | msp
> /msp Rochat Notaires #70405
= security | ROC-LT09 | Stolen laptop locked and wiped remotely, its recovery key changed and the user's sessions ended
> rochat belt: laptop ROC-LT09 van Me Rochat junior is vannacht uit de auto gestolen. wissen en alles dicht
% Connect-MgGraph -TenantId rochat-notaires.ch -NoWelcome; Get-MgDeviceManagementManagedDevice -Filter "deviceName eq 'ROC-LT09'" | fl Id, LastSyncDateTime, IsEncrypted
| Id               : 77c0f1
| LastSyncDateTime : 7/16/2026 8:12:55 PM
| IsEncrypted      : True
% Clear-MgDeviceManagementManagedDevice -ManagedDeviceId 77c0f1 -BodyParameter @{ keepUserData = $false; keepEnrollmentData = $false }; Revoke-MgUserSignInSession -UserId j.rochat@rochat-notaires.ch; Update-MgDevice -DeviceId a91e -AccountEnabled:$false
| True
% Get-MgAuditLogSignIn -Filter "userPrincipalName eq 'j.rochat@rochat-notaires.ch'" -Top 3 | ft CreatedDateTime, IpAddress, Status
| 7/16/2026 7:58:10 PM  185.44.10.6  Success
. Schijf was versleuteld. Wissen staat klaar voor als hij online komt, het apparaat is geblokkeerd, sessies zijn ingetrokken. Geen aanmelding na de diefstal.
= service_request | ROC-LT04 | Spare laptop prepared for the notary whose device was stolen, programs and profile assigned
> hij krijgt tijdelijk ROC-LT04 die nu vrij is. zet hem op zijn naam met dezelfde programma's
% Invoke-Command -ComputerName ROC-LT04 -ScriptBlock { Get-LocalUser | ft Name; dsregcmd /status | Select-String AzureAdJoined }
| AzureAdJoined : YES
% Set-MgDeviceManagementManagedDeviceUser -ManagedDeviceId 51d2aa -UserId j.rochat@rochat-notaires.ch; Invoke-Command -ComputerName ROC-LT04 -ScriptBlock { winget import -i C:\ProgramData\werkplek-notaris.json --accept-package-agreements --accept-source-agreements }
| Successfully installed 5 of 5 packages
. Hij kan zich op ROC-LT04 aanmelden, de programma's zijn erop gezet.

@ 2026-07-17 09:40 | oskar | Skagen Byg | msp
> /msp Skagen Byg
= maintenance | SKB-VBR | Weekly look at the backup jobs, repository growth and backup server's updates
> weekly backup round skagen, SKB-VBR
$ ssh admin@SKB-VBR powershell -c "Connect-VBRServer; Get-VBRBackupSession | ? EndTime -gt (Get-Date).AddDays(-7) | group Result | ft Name,Count; Get-VBRBackupRepository | % { '{0} {1:N1} TB free' -f \$_.Name, (\$_.GetContainer().CachedFreeSpace.InGigabytes/1024) }"
| Success  182
| Warning    1
| Repo-R 2.8 TB free
$ ssh admin@SKB-VBR powershell -c "Get-VBRBackupSession | ? Result -eq Warning | select JobName,EndTime; Get-WindowsUpdate | measure | select Count"
| SQL-Hourly  14.07.2026 11:02
| 2
$280 ssh admin@SKB-VBR powershell -c "Install-WindowsUpdate -AcceptAll -IgnoreReboot | ft KB,Result"
| KB5062572 Installed
| KB5064010 Installed
. 182 good runs, one warning by a short lock, 2.8 TB free. Updates are in, restart follows tonight by its plan.
= service_request | SKB-ERP | ERP user with rights for time keeping created for a new site foreman
> new foreman Mads Holm needs an ERP login, role site-foreman, site Aalborg. on SKB-ERP
$ ssh admin@SKB-ERP powershell -c "C:\ErpCore\bin\erpctl.exe user add --login mholm --name 'Mads Holm' --role site-foreman --site Aalborg --mail mholm@skagenbyg.dk"
| user mholm created, welcome mail queued
$ ssh admin@SKB-ERP powershell -c "C:\ErpCore\bin\erpctl.exe user show mholm | Select-String 'role|site'"
| role site-foreman
| site Aalborg
. Mads has his login, the welcome mail is on its way.
^
= incident | SKB-SQL01 | Reports timed out since statistics of two big tables were stale; refreshed
> finance: the cost report spins forever since this morning, SKB-SQL01 at 100% cpu
$ ssh admin@SKB-SQL01 powershell -c "Invoke-Sqlcmd \"SELECT TOP 2 total_worker_time/execution_count AS c, SUBSTRING(text,1,60) t FROM sys.dm_exec_query_stats CROSS APPLY sys.dm_exec_sql_text(sql_handle) ORDER BY c DESC\""
| 91842210  SELECT p.*, c.* FROM CostLine c JOIN Project p ON
$ ssh admin@SKB-SQL01 powershell -c "Invoke-Sqlcmd -Database ErpCore \"SELECT STATS_DATE(object_id, stats_id) d, name FROM sys.stats WHERE object_id=OBJECT_ID('CostLine')\" | select -First 1"
| 2025-11-02  IX_CostLine_Project
$120 ssh admin@SKB-SQL01 powershell -c "Invoke-Sqlcmd -Database ErpCore 'UPDATE STATISTICS CostLine WITH FULLSCAN; UPDATE STATISTICS Project WITH FULLSCAN' -QueryTimeout 500; (Get-Counter '\Processor(_Total)\% Processor Time').CounterSamples.CookedValue"
| 14.2
. Statistics were from last November. With new ones the report takes 6 seconds and the CPU is at 14 %.

@ 2026-07-17 12:00 | yannick | - | normal | cwd=/home/yannick/interne
> /normal
= internal | - | Monthly report of own tickets and hours compiled for the team meeting
> résumé du mois pour la réunion d'équipe : tickets par technicien, depuis tickets-juin.csv
$ head -3 tickets-juin.csv; cut -d, -f3 tickets-juin.csv | sort | uniq -c
| id,date,tech
|   61 hanneke
|   58 oskar
|   54 yannick
w /home/yannick/interne/reunion-juillet.md
+ # Réunion de juillet
+ 173 tickets en juin : hanneke 61, oskar 58, yannick 54
+ Points : piket d'été, nouveau client dentiste
. La page pour la réunion est prête.
`
