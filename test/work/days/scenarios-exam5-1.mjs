/** Exam 5, September 2026. The marks at the starts of lines are explained in README.md. */
export const exam5Days1 = String.raw`
@ 2026-09-07 05:48 | oskar | Gasthof Rauchkogl | msp
> /msp Gasthof Rauchkogl #70214
= incident | RKG-PMS | Key card interface of the hotel software hung on a stale lock file; interface service restarted and cards are coded again
> rezeption kann keine zimmerkarten mehr codieren, "schnittstelle nicht verbunden", gäste reisen gleich ab
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Get-Service *Salto*, *PmsIfc* | ft Name, Status, StartType }
| SaltoProAccess   Running  Automatic
| PmsIfcKeycard    Stopped  Automatic
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Start-Service PmsIfcKeycard }
! 1
| Service 'PmsIfcKeycard' cannot be started due to the following error: Cannot start service PmsIfcKeycard on computer '.'.
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Get-Content C:\PmsIfc\log\keycard.log -Tail 6 }
| 07:02:11 FATAL lock file C:\PmsIfc\run\keycard.lck held by pid 4120
| 07:02:11 exiting
. Der Dienst startet nicht, weil eine alte Sperrdatei liegt. Prozess 4120 gibt es nicht mehr.
> weg damit und starten
% Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Remove-Item C:\PmsIfc\run\keycard.lck; Start-Service PmsIfcKeycard; (Get-Service PmsIfcKeycard).Status }
| Running
. Die Schnittstelle läuft und ist mit dem PMS verbunden, eine Testkarte kann codiert werden.
= service_request | RKG-DC | Account with reception groups created for the new trainee Theresa Moosbrugger
> ok geht. die haben gleich noch ne neue im empfang, lehrling Theresa Moosbrugger ab heute. wie die andern anlegen
% Invoke-Command -ComputerName RKG-DC -ScriptBlock { Get-ADUser k.innerhofer -Properties MemberOf, ScriptPath | fl MemberOf, ScriptPath }
| MemberOf   : {CN=GG_Rezeption,OU=Gruppen,DC=rauchkogl,DC=local, CN=GG_PMS_User,OU=Gruppen,DC=rauchkogl,DC=local}
| ScriptPath : rez.cmd
% Invoke-Command -ComputerName RKG-DC -ScriptBlock { New-ADUser -Name 'Theresa Moosbrugger' -SamAccountName t.moosbrugger -UserPrincipalName t.moosbrugger@rauchkogl.at -Path 'OU=Rezeption,DC=rauchkogl,DC=local' -ScriptPath rez.cmd -AccountPassword (Read-Host -AsSecureString) -Enabled $true; 'GG_Rezeption','GG_PMS_User' | % { Add-ADGroupMember $_ t.moosbrugger } }
% Invoke-Command -ComputerName RKG-DC -ScriptBlock { Get-ADPrincipalGroupMembership t.moosbrugger | select Name }
| Domain Users
| GG_Rezeption
| GG_PMS_User
. Das Konto t.moosbrugger ist angelegt, Kennwort muss bei der ersten Anmeldung geändert werden.
~ 2h40m
> /msp Marlow Print Works #70228
= maintenance | MPW-VBR | Weekly look at the backup jobs; all green, one warning about repository space noted
> monday backup round, marlow first
% Invoke-Command -ComputerName MPW-VBR -ScriptBlock { Get-VBRBackupSession | ? EndTime -gt (Get-Date).AddDays(-3) | ft JobName, Result, EndTime }
| VM-Daily   Success  05.09.2026 01:12
| VM-Daily   Success  06.09.2026 01:09
| VM-Daily   Warning  07.09.2026 01:31
| FS-Copy    Success  06.09.2026 04:40
% Invoke-Command -ComputerName MPW-VBR -ScriptBlock { (Get-VBRBackupSession -Name 'VM-Daily*' | sort EndTime | select -Last 1).Logger.GetLog().UpdatedRecords | ? Status -eq Warning | select Title }
| Title: Backup repository is running low on free disk space (11%)
% Invoke-Command -ComputerName MPW-VBR -ScriptBlock { Get-VBRBackupRepository | ft Name, @{n='FreeGB';e={$_.GetContainer().CachedFreeSpace.InGigabytes}} }
| Repo-R1  612
. All jobs ran. One warning: the repository has 11 % left, 612 GB.
= maintenance | MPW-VBR | Orphaned restore points of two retired VMs deleted, repository back at 34 percent free
> there should still be restore points of the two vms we retired in june, clear those out
% Invoke-Command -ComputerName MPW-VBR -ScriptBlock { Get-VBRBackup | % { $_.GetAllStorages() } | ? { $_.FilePath -match 'MPW-OLDWEB|MPW-XP' } | measure -Property { $_.Stats.BackupSize } -Sum | % { [int]($_.Sum/1GB) } }
| 1308
%95 Invoke-Command -ComputerName MPW-VBR -ScriptBlock { Get-VBRRestorePoint -Name MPW-OLDWEB, MPW-XP | Remove-VBRRestorePoint -Confirm:$false }
% Invoke-Command -ComputerName MPW-VBR -ScriptBlock { Rescan-VBREntity -AllRepositories; Get-VBRBackupRepository | ft Name, @{n='FreeGB';e={$_.GetContainer().CachedFreeSpace.InGigabytes}} }
| Repo-R1  1921
. 1.3 TB freed, the repository stands at 34 % free.
> /msp Hollenbach Gartenbau #70229
= maintenance | HBG-DC | Weekly look at the server backup of the nursery; all jobs fine
> und hollenbach
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { Get-WBSummary | fl LastSuccessfulBackupTime, LastBackupResultHR, NumberOfVersions }
| LastSuccessfulBackupTime : 06.09.2026 22:04:10
| LastBackupResultHR       : 0
| NumberOfVersions         : 31
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { Get-WBBackupTarget (Get-WBPolicy) | fl Label, FreeSpace }
| Label     : USB-WECHSEL-B
| FreeSpace : 744820129792
. Sicherung in Ordnung, 31 Stände, Platte B steckt.

@ 2026-09-07 06:35 | tomasz | Huisartsen De Linde | msp
> /msp Huisartsen De Linde #70216
= incident | LIN-BALIE1 | Label printer at the front desk was offline after its port got a new address; port corrected, labels print
> balie zegt labels komen er niet uit sinds vanochtend, printer staat gewoon aan. LIN-BALIE1
$ ssh beheer@lin-balie1 powershell -c "Get-Printer | ft Name,PortName,PrinterStatus; Get-PrintJob -PrinterName Zebra-Balie | ft Id,JobStatus"
| Zebra-Balie  IP_192.168.14.61  Offline
| 114 Error, Printing
| 115 Normal
$ ping -c2 192.168.14.61
! 1
| 2 packets transmitted, 0 received, 100% packet loss
$ ssh beheer@lin-balie1 powershell -c "arp -a | findstr 00-07-4d"
|   192.168.14.88         00-07-4d-2a-91-0c     dynamic
. De Zebra heeft nu 192.168.14.88, de poort wijst nog naar .61. Ik zet de poort om.
> ja graag
$ ssh beheer@lin-balie1 powershell -c "Add-PrinterPort -Name IP_192.168.14.88 -PrinterHostAddress 192.168.14.88; Set-Printer Zebra-Balie -PortName IP_192.168.14.88; Restart-Service Spooler"
$ ssh beheer@lin-balie1 powershell -c "Get-Printer Zebra-Balie | ft Name,PrinterStatus,JobCount"
| Zebra-Balie  Normal  0
. De wachtrij is leeg gelopen, de labels zijn geprint.
= change | LIN-SRV1 | DHCP reservation made for the label printer so that its address stays fixed
> zet m meteen vast in dhcp zodat dit niet nog eens gebeurt
$ ssh beheer@lin-srv1 powershell -c "Add-DhcpServerv4Reservation -ScopeId 192.168.14.0 -IPAddress 192.168.14.88 -ClientId 00-07-4d-2a-91-0c -Name zebra-balie"
$ ssh beheer@lin-srv1 powershell -c "Get-DhcpServerv4Reservation -ScopeId 192.168.14.0 | ft IPAddress,Name"
| 192.168.14.20 kopieer-gang
| 192.168.14.88 zebra-balie
. De reservering staat erin.
= service_request | - | Shared mailbox opened to a practice nurse with send-as
> en Femke van Dijk (poh) moet bij de mailbox herhaalrecepten, ook verzenden als
$ pwsh -c "Connect-ExchangeOnline -Organization delinde.onmicrosoft.com; Add-MailboxPermission herhaalrecepten@delinde.nl -User f.vandijk@delinde.nl -AccessRights FullAccess -AutoMapping:\$true"
| herhaalrecepten  DELINDE\f.vandijk  {FullAccess}
$ pwsh -c "Add-RecipientPermission herhaalrecepten@delinde.nl -Trustee f.vandijk@delinde.nl -AccessRights SendAs -Confirm:\$false"
| herhaalrecepten  f.vandijk@delinde.nl  Allow  {SendAs}
. Femke heeft volledige toegang en verzenden als; Outlook toont de mailbox binnen een uur.

@ 2026-09-07 07:20 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70221
= incident | ISA-DC1 | Pupils could not log on because the DHCP scope of the computer room was exhausted; old leases removed and scope extended
> salle info 2, la moitié des postes n'a pas de réseau, adresse 169.254. cours à 10h!!
$ ssh adm@isa-dc1 powershell -c "Get-DhcpServerv4ScopeStatistics | ft ScopeId,Free,InUse,PercentageInUse"
| 10.60.20.0   0   190  100
| 10.60.30.0  71   112   61
$ ssh adm@isa-dc1 powershell -c "Get-DhcpServerv4Lease -ScopeId 10.60.20.0 | group { \$_.HostName.Split('-')[0] } | ft Name,Count"
| iPhone  84
| Galaxy  57
| ISA     49
. L'étendue 10.60.20.0 est pleine : 141 baux sont des téléphones d'élèves. Je libère ces baux et je réduis leur durée.
> vas-y
$ ssh adm@isa-dc1 powershell -c "Get-DhcpServerv4Lease -ScopeId 10.60.20.0 | ? HostName -match 'iPhone|Galaxy' | Remove-DhcpServerv4Lease; Set-DhcpServerv4Scope -ScopeId 10.60.20.0 -LeaseDuration 04:00:00"
$ ssh adm@isa-dc1 powershell -c "Get-DhcpServerv4ScopeStatistics -ScopeId 10.60.20.0 | ft Free,InUse"
| 139  51
. Les postes de la salle reçoivent de nouveau une adresse.
= service_request | ISA-DC1, ISA-FS1 | Accounts and home folders for the 26 pupils of class 1C created from the secretary's list
> maintenant la liste du secrétariat: 26 élèves de 1C à créer, csv dans ~/clients/isa/1C.csv
$ head -3 ~/clients/isa/1C.csv
| nom;prenom;classe
| Claes;Noémie;1C
| Delvaux;Ilyes;1C
w /Users/amelie/clients/isa/new-eleves.ps1
+ Import-Csv C:\Temp\1C.csv -Delimiter ';' | ForEach-Object {
+   $sam = ($_.prenom.Substring(0,1) + $_.nom).ToLower()
+   New-ADUser -Name ($_.prenom + ' ' + $_.nom) -SamAccountName $sam -Path 'OU=1C,OU=Eleves,DC=isa,DC=lan' -HomeDrive H: -HomeDirectory ('\\isa-fs1\eleves$\' + $sam)
+ }
$ scp ~/clients/isa/1C.csv ~/clients/isa/new-eleves.ps1 adm@isa-dc1:C:/Temp/
$24 ssh adm@isa-dc1 powershell -File C:/Temp/new-eleves.ps1
! 1
| New-ADUser : The specified account already exists (ldelvaux)
. Un compte ldelvaux existe déjà : Lina Delvaux en 3A. Je prends idelvaux2 pour Ilyes? Non, i.delvaux est libre : l'initiale était mal lue.
> corrige et relance
$21 ssh adm@isa-dc1 powershell -c "C:/Temp/new-eleves.ps1 -SkipExisting; (Get-ADUser -Filter * -SearchBase 'OU=1C,OU=Eleves,DC=isa,DC=lan').Count"
| 26
$ ssh adm@isa-fs1 powershell -c "gci D:\Eleves | ? CreationTime -gt (Get-Date).Date | measure | % Count"
| 26
. 26 comptes et 26 dossiers personnels, la liste des mots de passe est prête pour le secrétariat.

@ 2026-09-07 11:10 | tomasz | Fenwick Solicitors | msp | id=fwk-fs
> /msp Fenwick Solicitors #70233
= project | FWK-FS01 | File server move, step 2: matters share copied for the first time to the new server with permissions
> step 2 of the fs move today: first full copy of Matters from the old box to FWK-FS01, keep acls
$ ssh adm@fwk-fs01 powershell -c "Get-Volume D | ft SizeRemaining,Size; Test-Path \\\\fwk-old\\Matters"
| 3.1 TB  4 TB
| True
$520 ssh adm@fwk-fs01 powershell -c "robocopy \\\\fwk-old\\Matters D:\\Shares\\Matters /MIR /COPYALL /DCOPY:DAT /B /R:1 /W:1 /MT:16 /NFL /NDL /LOG:C:\\Temp\\matters1.log"
! 8
|    Files :   914220   901377        0         0       12         0
. First pass: 901,377 files copied, 12 failed. Those are open PST files.
~ 1h5m
> fine, those get caught in the delta. set up share + check a few acls
$ ssh adm@fwk-fs01 powershell -c "New-SmbShare -Name Matters -Path D:\\Shares\\Matters -FullAccess 'FENWICK\\Domain Users' -FolderEnumerationMode AccessBased"
$ ssh adm@fwk-fs01 powershell -c "(Get-Acl D:\\Shares\\Matters\\2024\\Probate).Access | ft IdentityReference,FileSystemRights"
| FENWICK\G-Probate     Modify, Synchronize
| FENWICK\G-Partners    FullControl
. Share is there and the permissions came across. Nobody uses it before the cut-over on Friday.

@ 2026-09-07 12:20 | amelie | Saguaro Orthodontics | msp
> /msp saguaro orthodontics #70239
= incident | SAG-IMG | Panoramic x-ray viewer showed no new pictures because the import service lost its database password; reset and backlog imported
> saguaro opens in 40 min and the pano images from friday pm arent showing up in the viewer
$ ssh admin@sag-img powershell -c "Get-Service *Dexis*,MSSQL* | ft Name,Status; gci D:\ImgDrop | measure"
| DexImport      Running
| MSSQL\$IMAGING  Running
| Count : 63
$ ssh admin@sag-img powershell -c "gc C:\DexImport\logs\import.log -Tail 4"
| 2026-09-04 14:02 ERROR Login failed for user 'deximport'. Reason: The password of the account has expired.
$ ssh admin@sag-img sqlcmd -S .\\IMAGING -Q "ALTER LOGIN deximport WITH PASSWORD='********', CHECK_EXPIRATION=OFF"
$ ssh admin@sag-img powershell -c "C:\DexImport\setpw.exe; Restart-Service DexImport; sleep 40; (gci D:\ImgDrop | measure).Count"
| 0
. All 63 waiting images were imported, the SQL login no longer expires.
= service_request | SAG-FRONT1 | Document scanner software installed for the front desk
> thx. they also got a new fujitsu doc scanner at the front desk, put the software on SAG-FRONT1
$48 ssh admin@sag-front1 winget install --id Ricoh.PaperStreamCapture --silent --accept-package-agreements
| Successfully installed
$ ssh admin@sag-front1 powershell -c "Get-PnpDevice -FriendlyName 'fi-8150*' | ft Status,FriendlyName"
| OK  fi-8150
$ ssh admin@sag-front1 powershell -c "& 'C:\Program Files\PaperStream\psc.exe' profile import C:\Temp\frontdesk.psp | select -Last 1"
| profile FrontDesk imported, target S:\FrontDesk
. PaperStream is installed, the scanner is detected and scans land in S:\FrontDesk.

@ 2026-09-07 14:30 | oskar | - | dev | cwd=C:\Users\oskar\src\ticket-bridge
> /dev
= development | - | Ticket bridge: retry with back-off when the phone system's API answers 429
> the 3cx -> ticket sync dies when the api says 429, make it wait and retry
% git -C C:\Users\oskar\src\ticket-bridge log --oneline -3
| 91f0c2e calls: store the direction
| 4de1aa7 config per tenant
e C:\Users\oskar\src\ticket-bridge\bridge\client.py
-     return self.session.get(url, timeout=20).json()
+     for attempt in range(5):
+         answer = self.session.get(url, timeout=20)
+         if answer.status_code != 429:
+             return answer.json()
+         time.sleep(int(answer.headers.get('Retry-After', 2 ** attempt)))
+     raise TooManyRequests(url)
%11 pytest -q tests/test_client.py
! 1
| E   NameError: name 'time' is not defined
| 1 failed, 7 passed in 3.10s
e C:\Users\oskar\src\ticket-bridge\bridge\client.py
- import requests
+ import time
+ import requests
%10 pytest -q tests/test_client.py
| 8 passed in 2.88s
. The client waits and retries up to five times.
> push it
% git commit -aqm "client: wait and retry on 429" && git push -q
. Pushed to main.

@ 2026-09-07 21:10 | amelie | Tamarack Outfitters | msp
> /msp Tamarack Outfitters #70244
= incident | tam-web1, tam-db | Web shop answered 502 because the database refused connections; idle connections ended and pool limited
> tamarack shop is throwing 502s, their marketing mail just went out
$ ssh ops@tam-web1 "sudo tail -3 /var/log/nginx/error.log; systemctl is-active php8.3-fpm"
| connect() failed (111: Connection refused) while connecting to upstream
| active
$ ssh ops@tam-web1 "sudo journalctl -u shop-api -n 4 --no-pager"
| FATAL: sorry, too many clients already
$ ssh ops@tam-db "sudo -u postgres psql -Atc \"select state,count(*) from pg_stat_activity group by 1\""
| idle|171
| active|22
. PostgreSQL is at its limit of 200 connections, 171 of them idle leftovers of shop-api workers.
> kill the idle ones, get them back up first
$ ssh ops@tam-db "sudo -u postgres psql -Atc \"select count(pg_terminate_backend(pid)) from pg_stat_activity where state='idle' and state_change < now() - interval '2 min'\""
| 158
$ ssh ops@tam-web1 "sudo sed -i 's/^DB_POOL=.*/DB_POOL=20/' /etc/shop-api/env && sudo systemctl restart shop-api && curl -s -o /dev/null -w '%{http_code}' https://localhost/"
| 200
. The shop answers again; 24 connections in use after the restart.

@ 2026-09-08 05:55 | tomasz | Hollenbach Gartenbau | msp
> /msp Hollenbach Gartenbau #70250
= incident | hbg-mail | Incoming mail was stuck in the queue because clamav ran out of memory; daemon restarted with more memory and queue flushed
> no mail coming in at hollenbach since yesterday eve
$ ssh root@hbg-mail "mailq | tail -1; postqueue -j | head -1 | jq -r .recipients[0].delay_reason"
| -- 18422 Kbytes in 214 Requests.
| connect to 127.0.0.1[127.0.0.1]:10024: Connection refused
$ ssh root@hbg-mail "systemctl --failed --no-legend; journalctl -k -S yesterday | grep -i oom | tail -2"
| clamav-daemon.service loaded failed failed
| Out of memory: Killed process 1187 (clamd) total-vm:1902144kB
. clamd was killed by the OOM killer, so amavis refuses. The VM has 2 GB.
> give it swap for now and get it going
$ ssh root@hbg-mail "fallocate -l 2G /swapfile && chmod 600 /swapfile && mkswap /swapfile && swapon /swapfile && systemctl restart clamav-daemon amavis"
$75 ssh root@hbg-mail "postqueue -f; sleep 60; mailq | tail -1"
| Mail queue is empty
. All 214 messages are delivered.
= security | hbg-mail | Mailbox of the apprentice shop sent spam; password changed, sessions ended and queue purged of it
> hm while you were there, log shows azubi@ sending 400 mails to yahoo addresses at 3am?? thats not her
$ ssh root@hbg-mail "grep sasl_username=azubi /var/log/mail.log | awk '{print \$7}' | sort | uniq -c | sort -rn | head -4"
|     391 client=unknown[185.220.101.47],
|       6 client=pd9e4.dip0.t-ipconnect.de[217.228.11.9],
$ ssh root@hbg-mail "doveadm pw -s SHA512-CRYPT -p '********' > /root/azubi.new; mailadm passwd azubi < /root/azubi.new; doveadm kick azubi"
| kicked connections from the following users: azubi
$ ssh root@hbg-mail "postqueue -j | jq -r 'select(.sender==\"azubi@hollenbach.de\")|.queue_id' | postsuper -d - ; grep -c azubi /var/lib/dovecot/sieve/azubi.sieve"
| postsuper: Deleted: 0 messages
| 0
. The stolen password no longer works, the address range is blocked at SASL, no rules were planted. The domain is on one blocklist; delisting requested.
~ 5h10m
> /msp Huisartsen De Linde #70263
= service_request | LIN-NAS | Deleted folder of scanned referrals put back from the snapshot of the day before
> assistente heeft per ongeluk map Verwijzingen/augustus weggegooid, kan die terug? staat op LIN-NAS
$ ssh beheer@lin-nas "ls /volume1/praktijk/#snapshot | tail -2"
| GMT+02-2026.09.07-23.00.02
| GMT+02-2026.09.08-12.00.02
$ ssh beheer@lin-nas "ls '/volume1/praktijk/#snapshot/GMT+02-2026.09.07-23.00.02/Verwijzingen/augustus' | wc -l"
| 318
$35 ssh beheer@lin-nas "cp -a '/volume1/praktijk/#snapshot/GMT+02-2026.09.07-23.00.02/Verwijzingen/augustus' /volume1/praktijk/Verwijzingen/ && ls /volume1/praktijk/Verwijzingen/augustus | wc -l"
| 318
. De map staat terug met alle 318 scans.
= change | LIN-HIS, LIN-SRV1 | Nightly export of the practice system moved from 01:00 to 03:30 so that it no longer runs into the backup
> export van het his verplaatsen van 1u naar half 4, loopt nu tegen de backup aan. afgesproken met dr. Terpstra
$ ssh beheer@lin-his powershell -c "Get-ScheduledTask HIS-Export | Get-ScheduledTaskInfo | ft LastRunTime,LastTaskResult"
| 8-9-2026 01:00:00  0
$ ssh beheer@lin-his powershell -c "Set-ScheduledTask HIS-Export -Trigger (New-ScheduledTaskTrigger -Daily -At 03:30)"
| \  HIS-Export  Ready
$ ssh beheer@lin-srv1 powershell -c "Set-ScheduledTask HIS-Inlezen -Trigger (New-ScheduledTaskTrigger -Daily -At 04:15)"
| \  HIS-Inlezen  Ready
. Export draait vanaf vannacht om 03:30, het inlezen om 04:15.
`
