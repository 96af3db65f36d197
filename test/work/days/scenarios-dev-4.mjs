/** Dev set, 9 to 13 March 2026. */
export const devDays4 = String.raw`
@ 2026-03-09 07:35 | ana | Kestrel Dental | msp
> /msp Kestrel Dental
= maintenance | SRV-01, KD-PACS | Monthly Windows updates and reboot of both practice servers, services checked
> patch monday for kestrel, SRV-01 and KD-PACS before they open
% Invoke-Command -ComputerName SRV-01,KD-PACS -ScriptBlock { (Get-WindowsUpdate).KB }
| KB5053594
%400 Invoke-Command -ComputerName SRV-01,KD-PACS -ScriptBlock { Install-WindowsUpdate -AcceptAll -IgnoreReboot | ft KB, Result }
| KB5053594 Installed
| KB5053594 Installed
% Restart-Computer -ComputerName SRV-01,KD-PACS -Force -Wait -For PowerShell -Timeout 500
. Both are patched and back.
> services ok?
% Invoke-Command -ComputerName SRV-01,KD-PACS -ScriptBlock { Get-Service | ? { $_.StartType -eq 'Automatic' -and $_.Status -ne 'Running' } | select Name }
| gupdate
. Only gupdate does not run, that is normal.

@ 2026-03-09 08:10 | bram | Harbourline | msp
> /msp Harbourline #48181
= service_request | - | Departing employee: sign-in blocked, mailbox shared with the manager, licence removed
> offboarding t.bakker at harbourline, last day was friday. standard: block, convert mailbox, give it to l.smit, free the licence
% Update-MgUser -UserId t.bakker@harbourline.nl -AccountEnabled:$false; Revoke-MgUserSignInSession -UserId t.bakker@harbourline.nl
| True
% Set-Mailbox t.bakker -Type Shared; Add-MailboxPermission t.bakker -User l.smit -AccessRights FullAccess
| t.bakker l.smit {FullAccess}
% Set-MgUserLicense -UserId t.bakker@harbourline.nl -RemoveLicenses 05e9a617-0261-4cee-bb44-138d3ef5d965 -AddLicenses @()
. t.bakker is blocked, the mailbox is shared with l.smit, one licence is free.
= change | HL-DC01 | Group policy for the screen lock after ten minutes created and linked
> and for harbourline #48182: gpo screen lock 10 min for all computers, approved by their it contact
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { New-GPO 'Screen lock 10m' | New-GPLink -Target 'OU=Computers,OU=HL,DC=harbourline,DC=local' }
| GpoLinkId Enabled Enforced
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { Set-GPRegistryValue -Name 'Screen lock 10m' -Key 'HKLM\Software\Microsoft\Windows\CurrentVersion\Policies\System' -ValueName InactivityTimeoutSecs -Type DWord -Value 600 }
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { Get-GPOReport 'Screen lock 10m' -ReportType Xml | Select-String Inactivity }
| InactivityTimeoutSecs 600
. The policy is linked, clients take it within two hours.

@ 2026-03-09 08:25 | chloe | Bluegum Farms | msp
> /msp Bluegum Farms #48183
= incident | BG-RDS01 | Users could not sign in to the session host as the profile disks' limit was reached; stale sessions ended
> bluegum night shift cant log on to rds, "the user profile service failed the sign-in"
$ ssh admin@bg-rds01 powershell -c "quser; Get-WinEvent -LogName Application -MaxEvents 40 | ? Id -in 1500,1511 | select -First 2 Message"
| jwhite  rdp-tcp#2  Disc  6+21:02
| Windows cannot log you on because your profile cannot be loaded.
$ ssh admin@bg-rds01 powershell -c "Get-Volume C | select SizeRemaining; gci C:\Users | measure | select Count"
| 0
| 131
$ ssh admin@bg-rds01 powershell -c "query session | sls Disc | % { logoff ($_ -split '\s+')[2] }; Get-CimInstance Win32_UserProfile | ? LastUseTime -lt (Get-Date).AddDays(-90) | Remove-CimInstance"
. C: was full. 58 old profiles are gone, 41 GB free.
> they can log on. thanks mate

@ 2026-03-09 09:30 | ana | Osprey Manufacturing | msp
> /msp Osprey Manufacturing #48186
= problem | OSP-SQL01 | Search for the cause of repeated nightly deadlocks in the ERP database; missing index identified, known error written
> third deadlock ticket this month at osprey. find the common cause on OSP-SQL01, don't fix yet
% Invoke-Command -ComputerName OSP-SQL01 -ScriptBlock { sqlcmd -Q "SELECT CAST(event_data AS xml) FROM sys.fn_xe_file_target_read_file('system_health*.xel',null,null,null) WHERE object_name='xml_deadlock_report'" | Out-File C:\tmp\dl.xml; (Get-Item C:\tmp\dl.xml).Length }
| 881204
% Invoke-Command -ComputerName OSP-SQL01 -ScriptBlock { Select-String -Path C:\tmp\dl.xml -Pattern 'objectname="([^"]+)"' -AllMatches | % { $_.Matches.Groups[1].Value } | group | sort Count -Desc | select -First 3 Count, Name }
| 96 erp.dbo.PartTran
| 2 erp.dbo.JobHead
% Invoke-Command -ComputerName OSP-SQL01 -ScriptBlock { sqlcmd -d erp -Q "SELECT TOP 3 statement, avg_user_impact FROM sys.dm_db_missing_index_details d JOIN sys.dm_db_missing_index_groups g ON g.index_handle=d.index_handle JOIN sys.dm_db_missing_index_group_stats s ON s.group_handle=g.index_group_handle ORDER BY 2 DESC" }
| [erp].[dbo].[PartTran] 97.4
. All three tickets have the same pattern: cost roll-up and MRP scan PartTran as an index on (PartNum, TranDate) is missing.
> write a known error, the vendor has to add the index
w C:\Users\ana\clients\osprey-manufacturing\known-errors\parttran-deadlocks.md
+ Symptom: deadlocks in the night jobs (3 tickets in March). Cause: table scan on PartTran.
+ Workaround: run cost roll-up after MRP. Fix: index by the vendor.
. Written.

@ 2026-03-09 12:50 | bram | Tulip Software | msp | end=other
> /msp Tulip Software
= maintenance | web01, db01, ci01 | Monthly Linux patching of three servers with reboot check
> maandelijkse updates tulip: web01 db01 en ci01. geen reboot van db01 zonder te vragen
$150 ssh root@web01 "apt-get update -q && apt-get -y dist-upgrade | tail -1; ls /run/reboot-required"
| 44 upgraded, 2 newly installed, 0 to remove and 0 not upgraded.
| /run/reboot-required
$120 ssh root@ci01 "apt-get update -q && apt-get -y dist-upgrade | tail -1"
| 18 upgraded, 0 newly installed, 0 to remove
$130 ssh root@db01 "apt-get update -q && apt-get -y dist-upgrade | tail -1"
| 29 upgraded, 0 newly installed, 0 to remove
. Alles bijgewerkt. web01 wil een herstart.
> web01 mag
$ ssh root@web01 "reboot"
! 255
| Connection to web01 closed by remote host.
$ ssh root@web01 "uptime -p; systemctl --failed --no-legend | wc -l"
| up 1 minute
| 0

@ 2026-03-09 13:30 | ana | - | normal
> /normal
= internal | - | Preparation of the weekly team meeting: open points and on-call plan
> help me with the agenda for our team meeting tomorrow: oncall swap, new ticket queue, password manager decision
. 1. On-call swap in week 12. 2. New queue for alerts. 3. Password manager: decide.
> put it into a file for me
w C:\Users\ana\notes\team-meeting-2026-03-10.md
+ # Team meeting 10 March
+ 1. On-call: bram takes week 12 from chloe
. Saved.

@ 2026-03-10 07:45 | chloe | Harbourline | msp | id=harbour-resume end=other
> /msp Harbourline #48190
= incident | HL-FS01 | Users' files opened read-only because offline files clashed after a restore; share settings repaired
> harbourline: since the restore of yesterday all documents on HL-FS01 open read only
$ ssh admin@hl-fs01 powershell -c "(Get-Acl D:\Shares\Projects).Access | ft IdentityReference,FileSystemRights"
| HARBOUR\G_Projects_RW  ReadAndExecute
| HARBOUR\Domain Admins  FullControl
$75 ssh admin@hl-fs01 powershell -c "icacls D:\Shares\Projects /grant 'HARBOUR\G_Projects_RW:(OI)(CI)M' /T /C | Select -Last 1"
| Successfully processed 88121 files; Failed processing 3 files
. The restore had put read rights only. Modify is back, three files failed as they are open.
^
> do the three files again
$ ssh admin@hl-fs01 powershell -c "Get-SmbOpenFile | ? Path -like '*budget*' | Close-SmbOpenFile -Force; icacls D:\Shares\Projects\budget /grant 'HARBOUR\G_Projects_RW:(OI)(CI)M' /T"
| Successfully processed 3 files; Failed processing 0 files

@ 2026-03-10 11:20 | chloe | Harbourline | msp | id=harbour-resume src=resume
> one more folder from the same restore: D:\Shares\Claims on HL-FS01, same problem
$40 ssh admin@hl-fs01 powershell -c "icacls D:\Shares\Claims /grant 'HARBOUR\G_Claims_RW:(OI)(CI)M' /T | Select -Last 1"
| Successfully processed 12004 files; Failed processing 0 files
. Claims is writable again.

@ 2026-03-10 08:00 | bram | Meridian Law | msp
> /msp Meridian Law #48191
= project | MER-SQL01 | Case management database migration: rehearsal of the cut-over with timings
> case db move: rehearse the cut over on MER-SQL01 with the fresh backup, note the timings
%390 Invoke-Command -ComputerName MER-SQL01 -ScriptBlock { sqlcmd -Q "RESTORE DATABASE casemgr FROM DISK='E:\in\casemgr_0309.bak' WITH REPLACE, MOVE 'casemgr_data' TO 'D:\sql\casemgr.mdf', MOVE 'casemgr_log' TO 'L:\sql\casemgr.ldf'" }
| RESTORE DATABASE successfully processed 2219441 pages in 371 seconds
% Invoke-Command -ComputerName MER-SQL01 -ScriptBlock { sqlcmd -d casemgr -i E:\in\map-logins.sql; sqlcmd -d casemgr -Q "SELECT COUNT(*) FROM matters" }
| 48112
. Restore 6:11, logins 0:08, count matches the old server.
> put into the plan and set the go/no-go list
e C:\Users\bram\clients\meridian-law\projects\case-db-move\plan.md
- rehearsal: open
+ rehearsal 10 March: restore 6:11, logins 0:08, 48,112 matters as on the old server
. Plan is current.
~ 24m
= change | MER-FW | Firewall access list opened for the court's e-filing address range
> different thing for meridian: allow https from inside to 192.0.2.128/27 (e-filing) on MER-FW, request 48192 approved
$ ssh netops@MER-FW "show access-list inside_out | include deny"
| access-list inside_out line 44 extended deny ip any any log
$ ssh netops@MER-FW "conf t; access-list inside_out line 43 extended permit tcp 10.60.0.0 255.255.0.0 192.0.2.128 255.255.255.224 eq https; end; write memory"
| Building configuration... [OK]
$ ssh netops@MER-FW "packet-tracer input inside tcp 10.60.1.5 50000 192.0.2.130 443 | include Action"
| Action: allow
. Line 43 permits it, saved.

@ 2026-03-10 09:00 | ana | Nordwind Logistik | msp
> /msp Nordwind Logistik #48194
= service_request | NW-APP02 | New printer queue for the dispatch office set up on the application server
> nordwind braucht den neuen drucker Versand3 (10.30.5.63, Kyocera) auf NW-APP02
% Invoke-Command -ComputerName NW-APP02 -ScriptBlock { Add-PrinterPort -Name V3 -PrinterHostAddress 10.30.5.63; Add-Printer -Name Versand3 -DriverName 'Kyocera TASKalfa 3253ci' -PortName V3 -Shared }
! 1
| Add-Printer : The specified driver does not exist.
% Invoke-Command -ComputerName NW-APP02 -ScriptBlock { pnputil /add-driver C:\drv\kyocera\oemsetup.inf; Add-PrinterDriver 'Kyocera TASKalfa 3253ci'; Add-Printer -Name Versand3 -DriverName 'Kyocera TASKalfa 3253ci' -PortName V3 -Shared }
| Driver package added successfully.
. Versand3 ist freigegeben.
> testseite kam raus
> /msp Lenoir
= maintenance | LEN-SRV | Server check and clean-up of temporary files and old update caches
> lenoir: petit nettoyage mensuel de LEN-SRV, cache windows update, temp, corbeilles, journaux
% Invoke-Command -ComputerName LEN-SRV -ScriptBlock { (Get-PSDrive C).Free/1GB }
| 14.2
%110 Invoke-Command -ComputerName LEN-SRV -ScriptBlock { Dism /Online /Cleanup-Image /StartComponentCleanup; Stop-Service wuauserv; Remove-Item C:\Windows\SoftwareDistribution\Download\* -Recurse; Start-Service wuauserv; Clear-RecycleBin -Force; (Get-PSDrive C).Free/1GB }
| 29.8
. 15 Go libérés.

@ 2026-03-10 12:30 | bram | Osprey Manufacturing | msp
> /msp Osprey Manufacturing #48197
= security | OSP-FS02 | Malware alert on the file server: infected attachment quarantined, full scan run, source share checked
> defender alert on OSP-FS02, trojan in a zip in the purchasing share. check + clean
% Invoke-Command -ComputerName OSP-FS02 -ScriptBlock { Get-MpThreatDetection | select -First 3 ThreatID, Resources, ActionSuccess }
| 2147735503 {file:_E:\Purchasing\in\invoice_8871.zip} False
% Invoke-Command -ComputerName OSP-FS02 -ScriptBlock { Remove-MpThreat; Get-MpThreat | ft ThreatName, IsActive }
| Trojan:Win32/AgentTesla  False
%550 Invoke-Command -ComputerName OSP-FS02 -ScriptBlock { Start-MpScan -ScanType CustomScan -ScanPath E:\Purchasing }
. Removed, the custom scan of E:\Purchasing found nothing else.
> who put it there
% Invoke-Command -ComputerName OSP-FS02 -ScriptBlock { Get-WinEvent -FilterHashtable @{LogName='Security';Id=5145} | ? Message -like '*invoice_8871*' | select -First 1 TimeCreated, Message }
| 3/10/2026 6:58:10 AM Account Name: dkruger Source Address: 10.40.3.77
. dkruger saved it at 6:58; her mailbox should be searched for the mail.

@ 2026-03-10 12:38 | bram | Kestrel Dental | msp
> /msp Kestrel Dental #48198
= change | KD-NAS | Snapshot schedule and retention on the storage changed to hourly for the images share
> while the scan at the other client runs: kestrel KD-NAS, snapshots hourly for images, keep 48, as agreed
$ ssh admin@KD-NAS "synosharesnapshot list images | wc -l; synoschedule --list | grep images"
| 14
| images daily 02:00 keep 14
$ ssh admin@KD-NAS "synoschedule --edit images --hourly --keep 48 && synoschedule --list | grep images"
| images hourly keep 48
. Hourly with 48 kept.

@ 2026-03-11 07:20 | ana | Bluegum Farms | msp
> /msp Bluegum Farms #48201
= change | BG-SW1 | New VLAN for the camera network configured on the switch with its trunk and access ports
> bluegum: vlan 60 "cameras" on BG-SW1, ports gi1/0/20-24 access, trunk uplink gi1/0/48, change 48201
$ ssh netops@BG-SW1 "show vlan brief; show interfaces trunk"
| 1 default  10 office  20 voice
| Gi1/0/48 trunking 10,20
$ ssh netops@BG-SW1 "conf t; vlan 60; name cameras; interface range gi1/0/20-24; switchport access vlan 60; interface gi1/0/48; switchport trunk allowed vlan add 60; end; wr mem"
! 1
| % Invalid input detected at '^' marker.
$ ssh netops@BG-SW1 < C:/Users/ana/clients/bluegum-farms/vlan60.txt
| BG-SW1(config-if)#end
| Building configuration... [OK]
$ ssh netops@BG-SW1 "show vlan id 60"
| 60 cameras active Gi1/0/20, Gi1/0/21, Gi1/0/22, Gi1/0/23, Gi1/0/24
. VLAN 60 is on the ports and the trunk, saved.

@ 2026-03-11 08:30 | chloe | Tulip Software | msp
> /msp Tulip Software #48203
= incident | ci01 | Build server's disk full of docker layers; images pruned and builds run again
> ci01 builds fail "no space left on device"
$ ssh root@ci01 "df -h / | tail -1; docker system df"
| /dev/sda1 200G 200G 0 100% /
| Images 412 3 171GB 168GB (98%)
$70 ssh root@ci01 "docker system prune -af --filter until=168h | tail -1"
| Total reclaimed space: 149.3GB
$ ssh root@ci01 "systemctl restart gitlab-runner && gitlab-runner verify"
| Verifying runner... is alive
. 149 GB are free, the runner is alive.
> build is green
> /dev
= development | - | Ansible role that prunes docker images each week on build hosts
> in our ansible repo: add a weekly docker prune timer to the role build_host
w /Users/chloe/src/ansible/roles/build_host/templates/docker-prune.timer
+ [Timer]
+ OnCalendar=Sun 04:00
e /Users/chloe/src/ansible/roles/build_host/tasks/main.yml
- - name: docker
+ - name: prune timer
+   ansible.builtin.systemd: { name: docker-prune.timer, enabled: true }
$25 ansible-lint roles/build_host && molecule test -s build_host
| Passed: 0 failure(s), 0 warning(s)
$ git commit -am "build_host: docker images are pruned each week" && git push
. Lint and molecule pass, pushed.

@ 2026-03-11 09:45 | bram | Nordwind Logistik | msp
> /msp Nordwind Logistik
= documentation | - | Emergency handbook for the client: restart order of servers, contacts, backup locations
> für nordwind das notfallhandbuch schreiben: startreihenfolge, ansprechpartner, wo liegen die backups. vorlage ist in templates
w C:\Users\bram\clients\nordwind-logistik\docs\notfallhandbuch.md
+ # Notfallhandbuch
+ Startreihenfolge: NW-HV01, NW-SQL01, NW-APP02, nw-web01
+ Backups: NW-VEEAM, Repository R1; Kopie beim Rechenzentrum
. Erste Fassung steht.
~ 6m30s
> kapitel internetausfall fehlt noch
e C:\Users\bram\clients\nordwind-logistik\docs\notfallhandbuch.md
- Backups:
+ Internetausfall: LTE-Router im Rack 2 einschalten, Leitung beim Anbieter melden.
+ Backups:
. Ergänzt.

@ 2026-03-12 07:50 | ana | Harbourline | msp
> /msp Harbourline #48210
= incident | SRV-01 | Transport application service stopped after a certificate expired; certificate renewed and service runs
> tms at harbourline down, SRV-01 service wont start
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { Get-Service tms*; Get-WinEvent -LogName Application -MaxEvents 3 | fl Message }
| Stopped tmsapi
| The certificate CN=tms.harbourline.nl has expired on 2026-03-12.
%20 Invoke-Command -ComputerName SRV-01 -ScriptBlock { wacs.exe --renew --id tms --force }
| Renewal for tms succeeded
% Invoke-Command -ComputerName SRV-01 -ScriptBlock { netsh http update sslcert ipport=0.0.0.0:443 certhash=9f1c7be2 appid='{4dc3e181-e14b-4a21-b022-59fc669b0914}'; Start-Service tmsapi; Get-Service tmsapi }
| Running tmsapi
. The certificate is new and tmsapi runs.
> confirmed

@ 2026-03-12 08:40 | chloe | Kestrel Dental | msp
> /msp Kestrel Dental #48212
= incident | KD-NAS | Backup of the practice server to the storage failed on a full quota; quota raised and backup repeated
> backup of kestrel failed 2 nights, wbadmin says target full. target is KD-NAS
$ ssh admin@KD-NAS "synoshare --get backup | grep -i quota; df -h /volume1"
| Quota: 900 GB (used 900 GB)
| /volume1 14T 8.1T 5.9T 58%
$ ssh admin@KD-NAS "synoquota --set backup 1500G"
. The quota was reached, it is 1,500 GB now.
> set, run the backup again and tell me
$480 ssh admin@KD-NAS "tail -2 /volume1/backup/wbadmin-last.log"
| The backup operation successfully completed.
. The backup ran through.

@ 2026-03-12 22:40 | bram | Tulip Software | msp
> /msp Tulip Software #48215
= project | mail01 | Migration of the mail server to Debian 12: in-place upgrade in the night window and mail flow test
> tonight: mail01 debian 11 -> 12, snapshot is made. step 2 of the mail project
$ ssh root@mail01 "sed -i s/bullseye/bookworm/g /etc/apt/sources.list && apt-get update -q | tail -1"
| Reading package lists...
$560 ssh root@mail01 "DEBIAN_FRONTEND=noninteractive apt-get -y full-upgrade | tail -2"
| 611 upgraded, 88 newly installed, 31 to remove
. Upgraded; a reboot is next.
> go
$ ssh root@mail01 "reboot"
! 255
| Connection to mail01 closed by remote host.
~ 3m20s
> test mail in and out
$ ssh root@mail01 "cat /etc/debian_version; systemctl is-active postfix dovecot opendkim; swaks --to test@tulipsoft.nl --server localhost | tail -2"
| 12.9
| active
| active
| active
| <-  221 2.0.0 Bye
. Debian 12.9, mail flows both ways.

@ 2026-03-13 08:10 | ana | Osprey Manufacturing | msp
> /msp Osprey Manufacturing #48220
= service_request | OSP-SQL01 | Read-only database account for the reporting contractor created
> osprey: contractor needs a read only sql login rpt_contractor on OSP-SQL01, db erp only, approved
% Invoke-Command -ComputerName OSP-SQL01 -ScriptBlock { sqlcmd -Q "CREATE LOGIN rpt_contractor WITH PASSWORD='$(New-RandomPassword)', CHECK_POLICY=ON" }
% Invoke-Command -ComputerName OSP-SQL01 -ScriptBlock { sqlcmd -d erp -Q "CREATE USER rpt_contractor FOR LOGIN rpt_contractor; ALTER ROLE db_datareader ADD MEMBER rpt_contractor; SELECT IS_ROLEMEMBER('db_datareader','rpt_contractor')" }
| 1
. The login can read erp and nothing else.

@ 2026-03-13 09:05 | chloe | Meridian Law | msp
> /msp Meridian Law #48222
= maintenance | MER-DC1 | Routine health check of the domain controller: replication, backups, event log and certificates in order
> weekly health check meridian: MER-DC1 dcdiag, repadmin, last backup, expiring certs
$ ssh admin@mer-dc1 powershell -c "dcdiag /q; repadmin /replsummary | Select -Last 3"
| fails/total 0 / 5
$ ssh admin@mer-dc1 powershell -c "wbadmin get versions | Select -Last 4; gci Cert:\LocalMachine\My | ? NotAfter -lt (Get-Date).AddDays(60)"
| Backup time: 3/12/2026 11:00 PM
. No errors, last backup last night, no certificate expires within 60 days.
`
