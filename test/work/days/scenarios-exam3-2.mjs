/** Exam 3, 11 to 15 June 2026. The marks at the starts of lines are explained in README.md. */
export const exam3Days2 = String.raw`
@ 2026-06-11 07:10 | rhys | Northgate Freight | msp
> /msp Northgate Freight #7325
= change | ng-db01 | Approved index on events.carrier_ref created online on the tracking database
> The index from the outage ticket is approved by Northgate's IT lead, window is now until nine UK time. Create it on ng-db01 without locking the table, and have a rollback ready.
$ ssh ops@ng-db01 "sudo mysql -e 'SHOW INDEX FROM events' tracking | awk '{print \$3}'; df -h /var/lib/mysql | tail -1"
| PRIMARY
| /dev/sdb1  400G  188G  212G  47% /var/lib/mysql
$440 ssh ops@ng-db01 "sudo mysql -e 'ALTER TABLE events ADD INDEX idx_carrier_ref (carrier_ref), ALGORITHM=INPLACE, LOCK=NONE' tracking"
| Query OK, 0 rows affected
$ ssh ops@ng-db01 "sudo mysql -e 'EXPLAIN SELECT * FROM events WHERE carrier_ref=1\G' tracking | grep -E 'key:|rows'"
|  key: idx_carrier_ref
|  rows: 212
. Index is in place and used. Rollback would be ALTER TABLE events DROP INDEX idx_carrier_ref.
> Great, note that on the change.
. Noted.
= maintenance | NG-ESX3 | Routine ESXi patch level applied to the host and its datastore and hardware state checked
> while the window is open, the quarterly patches for NG-ESX3 as well. vms are already off it
$ ssh root@NG-ESX3 "esxcli system version get | grep Build; vim-cmd vmsvc/getallvms | wc -l"
|    Build: Releasebuild-23825572
| 1
$380 ssh root@NG-ESX3 "esxcli system maintenanceMode set -e true; esxcli software profile update -d /vmfs/volumes/ds1/depot.zip -p ESXi-8.0U3-standard"
| Message: The update completed successfully, but the system needs to be rebooted
$ ssh root@NG-ESX3 "reboot"
~ 8m30s
> back?
$ ssh root@NG-ESX3 "esxcli system version get | grep Build; esxcli system maintenanceMode set -e false; esxcli storage filesystem list | grep ds1"
|    Build: Releasebuild-24022510
| ds1  true  VMFS-6
. On the new build, out of maintenance mode, datastore mounted.

@ 2026-06-11 08:00 | ilka | Kessler Feinmechanik | msp | id=kfmvpn end=none
> /msp Kessler Feinmechanik #7327
= problem | KFM-FW | Ursache der wiederkehrenden VPN-Abbrüche gefunden: Rekey des Tunnels scheitert an unterschiedlichen Lifetimes
> Der Tunnel zum Werk 2 bricht seit Wochen immer wieder weg, mal zweimal am Tag, mal gar nicht. Bisher haben wir ihn jedes Mal nur neu gestartet. Bitte such auf KFM-FW nach der eigentlichen Ursache.
$ ssh root@kfm-fw "grep -h 'werk2' /var/log/ipsec/ipsec_*.log | grep -iE 'rekey|delete|no proposal' | tail -8"
| 06-09 14:02 werk2 CHILD_SA rekey failed: NO_PROPOSAL_CHOSEN
| 06-10 06:02 werk2 CHILD_SA rekey failed: NO_PROPOSAL_CHOSEN
| 06-10 22:02 werk2 CHILD_SA rekey failed: NO_PROPOSAL_CHOSEN
. Alle Abbrüche liegen genau 8 oder 16 Stunden auseinander, immer beim Rekey von Phase 2.
> dann vergleich mal die Vorschläge beider Seiten
$ ssh root@kfm-fw "swanctl --list-conns | grep -A12 werk2"
|   esp_proposals aes256gcm16-modp2048, life 28800
$ ssh root@kfm-fw "grep -h 'received proposals' /var/log/ipsec/ipsec_20260610.log | tail -2"
| received proposals: ESP:AES_GCM_16_256/MODP_3072/NO_EXT_SEQ
. Beim Aufbau ist PFS egal, beim Rekey verlangt Werk 2 Gruppe 15 und wir bieten 14. Das ist die Ursache; eine Änderung der Gruppe behebt sie dauerhaft.

@ 2026-06-11 14:10 | maeve | Calloway Insurance | msp
> /msp Calloway Insurance #7331
= incident | CAL-SQL1 | Claims application down because the SQL transaction log was full; log backed up and service restored
> Calloway is down hard: the claims app gives everybody 'transaction log for database Claims is full'. SQL is on CAL-SQL1.
$ pwsh -c "Invoke-Command -ComputerName CAL-SQL1 { Invoke-Sqlcmd 'SELECT name, log_reuse_wait_desc FROM sys.databases'; Get-Volume L }"
| Claims  LOG_BACKUP
| L  0 MB free of 200 GB
$120 pwsh -c "Invoke-Command -ComputerName CAL-SQL1 { Invoke-Sqlcmd \"BACKUP LOG Claims TO DISK='E:\logbk\claims.trn'\" -QueryTimeout 0 }"
| BACKUP LOG successfully processed 25118922 pages
$ pwsh -c "Invoke-Command -ComputerName CAL-SQL1 { Invoke-Sqlcmd 'USE Claims; DBCC SHRINKFILE (Claims_log, 20480)'; Get-Service SQLSERVERAGENT }"
| Stopped SQLSERVERAGENT
. The agent had stopped, so no log backups since Saturday. The log has room again.
> start the agent, they say the app works
$ pwsh -c "Invoke-Command -ComputerName CAL-SQL1 { Start-Service SQLSERVERAGENT; Set-Service SQLSERVERAGENT -StartupType Automatic; (Get-Service SQLSERVERAGENT).Status }"
| Running
. Agent is running and starts automatically.
= security | CAL-FGT | Critical FortiOS advisory: admin interface closed to the internet and logs checked for exploitation
> There's a CISA alert on the FortiOS auth bypass from yesterday. Is CAL-FGT vulnerable, and has anybody been in through it?
$ ssh admin@cal-fgt "get system status | grep Version; show system interface wan1 | grep allowaccess"
| Version: FortiGate-60F v7.4.2
|         set allowaccess ping https ssh
$ ssh admin@cal-fgt "execute log filter category event; execute log display | grep -iE 'jsconsole|local_access_admin'"
$ ssh admin@cal-fgt "show system admin | grep edit"
|     edit "msp-admin"
. Version is affected and management is open on wan1, but there are no jsconsole logins and no foreign admin.
> Close it off from the internet straight away.
$ ssh admin@cal-fgt "config system interface; edit wan1; set allowaccess ping; next; end"
$ nmap -Pn -p 22,443 203.0.113.61
| 22/tcp  filtered
| 443/tcp filtered
. The admin interface is no longer reachable from outside and no trace of exploitation was found.

@ 2026-06-11 16:02 | maeve | - | dev | cwd=/Users/maeve/src/m365-license-report crash=yes
> /dev
= development | - | License report tool: option to group by department, started
> add --by-department to the license report cli, users without one go under "none"
$ git switch -c by-department
e /Users/maeve/src/m365-license-report/report/cli.py
- parser.add_argument('--tenant', required=True)
+ parser.add_argument('--tenant', required=True)
+ parser.add_argument('--by-department', action='store_true')
e /Users/maeve/src/m365-license-report/report/group.py
- def by_sku(users):
+ def by_department(users):
+     return groupby(users, lambda u: u.department or 'none')
+ def by_sku(users):
$ python -m pytest -q

@ 2026-06-11 16:24 | maeve | - | dev | cwd=/Users/maeve/src/m365-license-report
> /dev
= development | - | License report tool: grouping by department finished with tests
> terminal died on me. carry on with --by-department, groupby needs sorted input I think
$ git diff --stat
|  report/cli.py   | 1 +
|  report/group.py | 2 ++
e /Users/maeve/src/m365-license-report/report/group.py
-     return groupby(users, lambda u: u.department or 'none')
+     key = lambda u: u.department or 'none'
+     return groupby(sorted(users, key=key), key)
$15 python -m pytest -q
| 17 passed
$ git commit -qam "report: group by department"
. Sorted before grouping, all tests pass, committed.

@ 2026-06-11 22:50 | rhys | Wattle Creek Physio | msp
> /msp Wattle Creek Physio
= maintenance | WCP-NAS, WCP-SRV | Monthly check of the backups with a test restore from the NAS
> Monthly restore test for Wattle Creek. Take any patient letter from last week's set on WCP-NAS and restore it next to the original on WCP-SRV.
$ ssh admin@WCP-NAS "sudo synobackup --list-versions --task 2 | tail -3"
| 2026-06-09_21:00 ok
| 2026-06-10_21:00 ok
| 2026-06-11_21:00 ok
$45 ssh admin@WCP-NAS "sudo synobackup --restore --task 2 --version 2026-06-09_21:00 --path Letters/2026/06 --target /volume1/restoretest"
| restored 14 files
% Invoke-Command -ComputerName WCP-SRV -ScriptBlock { (Compare-Object (gci D:\Letters\2026\06 | Get-FileHash) (gci \\WCP-NAS\restoretest | Get-FileHash) -Property Hash | Measure-Object).Count }
| 0
. Fourteen letters restored, hashes match the originals.
= change | WCP-SRV | Approved DHCP change: lease time and DNS options of the guest scope changed
> Next is the approved change 7334: on the DHCP server the guest scope gets 2 hour leases and public DNS instead of ours
% Invoke-Command -ComputerName WCP-SRV -ScriptBlock { Get-DhcpServerv4Scope 10.60.50.0 | fl LeaseDuration; Get-DhcpServerv4OptionValue 10.60.50.0 -OptionId 6 }
| LeaseDuration : 8.00:00:00
| 6 {10.60.1.10}
% Invoke-Command -ComputerName WCP-SRV -ScriptBlock { Set-DhcpServerv4Scope 10.60.50.0 -LeaseDuration 02:00:00; Set-DhcpServerv4OptionValue 10.60.50.0 -DnsServer 1.1.1.1,9.9.9.9 }
% Invoke-Command -ComputerName WCP-SRV -ScriptBlock { Get-DhcpServerv4OptionValue 10.60.50.0 -OptionId 6 }
| 6 {1.1.1.1, 9.9.9.9}
. Guest leases are two hours with public resolvers; the old values are in the change.

@ 2026-06-12 07:15 | ilka | Kessler Feinmechanik | msp | id=kfmvpn src=resume
= same | -
> Werk 2 bestätigt Gruppe 15. Fass die Ursache bitte noch fürs Ticket zusammen.
. Ursache: Phase 2 verlangt beim Rekey PFS-Gruppe 15, unsere Seite bietet 14; deshalb Abbruch alle acht Stunden.
= change | KFM-FW | Freigegebene Änderung der PFS-Gruppe am VPN-Tunnel auf Gruppe 15 umgesetzt
> Die Umstellung auf Gruppe 15 ist von Herrn Kessler freigegeben, Fenster jetzt bis zehn. Vorher Konfiguration sichern.
$ ssh root@kfm-fw "cp /conf/config.xml /conf/backup/config-20260612.xml && ls -l /conf/backup | tail -1"
| -rw-r-----  1 root  wheel  211042 Jun 12 09:19 config-20260612.xml
$ ssh root@kfm-fw "configctl ipsec set werk2 esp_proposals aes256gcm16-modp3072 && configctl ipsec reload"
| OK
$ ssh root@kfm-fw "swanctl --rekey --child werk2 && swanctl --list-sas | grep werk2"
| rekey completed successfully
|   werk2: #12, INSTALLED, ESP:AES_GCM_16-256/MODP_3072
. Die Gruppe steht auf 15, ein erzwungener Rekey lief durch.

@ 2026-06-12 08:20 | rhys | Thornbury Primary School | msp
> /msp Thornbury Primary School #7338
= project | TPS-FS01, TPS-DC01 | File server migration, step 3: staff home folders copied to SharePoint staging and final delta prepared
> File server to SharePoint move for Thornbury, step three on the plan: staff home folders. Steps one and two (curriculum, office) went over last month. TPS-FS01 gets switched off at the end of July.
% Invoke-Command -ComputerName TPS-FS01 -ScriptBlock { (gci D:\Homes\Staff -Directory).Count; [int]((gci D:\Homes\Staff -Recurse -File | measure Length -Sum).Sum/1GB) }
| 38
| 112
%520 Invoke-Command -ComputerName TPS-FS01 -ScriptBlock { Start-SPMTMigration -TaskFile C:\spmt\homes.json -NoShow }
| 37 of 38 tasks completed
. One folder did not go over: deputy head, path longer than 400 characters.
> shorten it and rerun that one
% Invoke-Command -ComputerName TPS-FS01 -ScriptBlock { Rename-Item 'D:\Homes\Staff\hughes.m\Assessment and Tracking Documents Archive' 'Assessment'; Start-SPMTMigration -TaskFile C:\spmt\homes-hughes.json -NoShow }
| 1 of 1 tasks completed
% Invoke-Command -ComputerName TPS-DC01 -ScriptBlock { New-GPO 'OneDrive redirection staff' | New-GPLink -Target 'OU=Staff,DC=tps,DC=local' -LinkEnabled No }
| Enabled : False
. All 38 are over. The redirection policy is prepared but not linked active until cut-over in step four.
= documentation | TPS-CORE | Switch port map of the core cabinet written from the live configuration
> Also, the school's port map is missing for the core cabinet. Read TPS-CORE and write me a page with port, VLAN and what hangs on it.
$ ssh admin@TPS-CORE "show vlan; show lldp neighbor-info; show interface brief"
| 1/1/1   10  up  TPS-DC01
| 1/1/2   10  up  TPS-FS01
| 1/1/20  30  up  AP-HALL
| 1/1/48  trunk up  uplink-isp
w C:\Users\rhys\wiki\thornbury\core-ports.md
+ # Core cabinet, TPS-CORE
+ | Port | VLAN | Connected |
+ | 1/1/1 | 10 servers | TPS-DC01 |
+ | 1/1/2 | 10 servers | TPS-FS01 |
+ | 1/1/20 | 30 wifi | AP hall |
+ | 1/1/48 | trunk | ISP uplink |
. The page lists every port that is up.
> add the date and that 21 to 47 are spare
e C:\Users\rhys\wiki\thornbury\core-ports.md
- # Core cabinet, TPS-CORE
+ # Core cabinet, TPS-CORE (as of 12 June 2026, ports 21 to 47 spare)
. Done.

@ 2026-06-12 12:40 | maeve | Larkspur Trust | msp
> /msp Larkspur Trust #7340
= security | - | Microsoft 365 hardening: legacy authentication blocked and MFA enforced with conditional access
> Larkspur's insurer wants legacy auth blocked and MFA for everybody, no exceptions but the break glass account. Please harden the tenant accordingly.
$ pwsh -c "Get-MgAuditLogSignIn -Filter \"clientAppUsed eq 'IMAP4' or clientAppUsed eq 'Authenticated SMTP'\" | group UserPrincipalName | ft Count,Name"
| 0
. Nobody used legacy protocols in the last 30 days, so it is safe to block them.
$ pwsh -c "New-MgIdentityConditionalAccessPolicy -BodyParameter (gc ca-block-legacy.json -raw | ConvertFrom-Json -AsHashtable)"
| State : enabled
$ pwsh -c "New-MgIdentityConditionalAccessPolicy -BodyParameter (gc ca-require-mfa.json -raw | ConvertFrom-Json -AsHashtable)"
| State : enabled
. Legacy authentication is blocked and MFA is required for all but the break glass account.
= service_request | - | Distribution list for the trustees created
> They're also asking for a distribution list trustees@larkspurtrust.org with the seven trustees, external senders allowed.
$ pwsh -c "New-DistributionGroup -Name Trustees -PrimarySmtpAddress trustees@larkspurtrust.org -Members (gc trustees.txt); Set-DistributionGroup trustees -RequireSenderAuthenticationEnabled 0"
| Trustees  trustees@larkspurtrust.org
$ pwsh -c "(Get-DistributionGroupMember trustees).Count"
| 7
. trustees@ reaches seven people and takes outside mail.

@ 2026-06-15 07:05 | rhys | - | normal
> /normal
= internal | - | Our own RMM server updated, agents check in again
> our own rmm box needs the 2.18 update, nobody is on it before eight. it's rmm.internal, not a customer
$130 ssh admin@rmm.internal "sudo /opt/rmm/update.sh --yes | tail -3"
| Database migrated to 2.18.0
| Services restarted
$ ssh admin@rmm.internal "curl -s localhost:8080/api/version; sudo rmmctl agents --offline | wc -l"
| {"version":"2.18.0"}
| 6
. Our RMM runs 2.18.0; six agents are offline, as many as before.

@ 2026-06-15 08:01 | ilka | Cabinet Delaunay | msp
> /msp Cabinet Delaunay #7345
= problem | CD-PC04, CD-DC | Cause des verrouillages répétés du compte de l'associée : ancien mot de passe dans une tâche planifiée
> Le compte de Mme Ferrand se verrouille presque tous les matins depuis trois semaines. On l'a déverrouillé six fois, ça revient toujours. Trouve-moi l'origine une bonne fois.
$ pwsh -c "Invoke-Command -ComputerName CD-DC { Get-WinEvent -FilterHashtable @{LogName='Security';Id=4740} | ? { \$_.Message -match 'sferrand' } | select TimeCreated,@{n='From';e={\$_.Properties[1].Value}} }"
| 15/06/2026 07:30:04  CD-PC04
| 12/06/2026 07:30:03  CD-PC04
| 11/06/2026 07:30:04  CD-PC04
. Toujours à 7h30, toujours depuis CD-PC04. Ce n'est pas elle qui tape, c'est une tâche.
$ pwsh -c "Invoke-Command -ComputerName CD-PC04 { Get-ScheduledTask | ? { \$_.Principal.UserId -match 'sferrand' } | ft TaskName; cmdkey /list }"
| SauvegardeOutlook
. La tâche SauvegardeOutlook tourne sous son compte avec le mot de passe d'avant le 22 mai. Voilà la cause des verrouillages.
> parfait, elle ne s'en sert plus, désactive la tâche
$ pwsh -c "Invoke-Command -ComputerName CD-PC04 { Disable-ScheduledTask SauvegardeOutlook | ft State }"
| Disabled
. Tâche désactivée, cause notée dans le ticket.

@ 2026-06-15 13:30 | maeve | Calloway Insurance | msp
> /msp Calloway Insurance
= documentation | CAL-FS1, CAL-SQL1 | Disaster recovery runbook written with the order of restore and the backup targets
> Calloway's auditor wants a DR runbook: order of restore, where backups live, who to call. Check what's really configured on CAL-FS1 and CAL-SQL1, don't take it from the old Word file.
a Explore | Backup settings of the two servers
$ pwsh -c "Invoke-Command -ComputerName CAL-FS1 { Get-WBPolicy | fl Schedule,BackupTargets }"
| Schedule : 21:00  BackupTargets : \\cal-nas\wb
$ pwsh -c "Invoke-Command -ComputerName CAL-SQL1 { Invoke-Sqlcmd 'SELECT name FROM msdb.dbo.sysjobs' }"
| Claims full 22:00
| Claims log 15min
/a FS1 goes to the NAS at 21:00, SQL full at 22:00 plus log every 15 minutes.
w /Users/maeve/docs/calloway/dr-runbook.md
+ # Disaster recovery runbook
+ 1. CAL-DC1 from image, 2. CAL-SQL1 and Claims with logs, 3. CAL-FS1 from the NAS
+ Backups: FS1 21:00, SQL full 22:00, log every 15 minutes
. The runbook is written from the live settings.
> Add the phone numbers from the contact sheet and save a PDF.
e /Users/maeve/docs/calloway/dr-runbook.md
- Backups: FS1 21:00
+ Contacts: IT lead +1 312 555 0120, our on-call +1 312 555 0101
+ Backups: FS1 21:00
$ pandoc /Users/maeve/docs/calloway/dr-runbook.md -o /Users/maeve/docs/calloway/dr-runbook.pdf
. Contacts are in, the PDF lies beside it.
`
