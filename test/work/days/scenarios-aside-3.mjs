/** Set aside, 26 to 30 October 2026. */
export const asideDays3 = String.raw`
@ 2026-10-26 07:35 | deniz | Castellan Bouw | msp
> /msp Castellan Bouw #7370
= incident | SERVER1 | File server rejected users after the clock change; time source repaired and tickets valid again
> sinds de klok verzet is kan niemand bij de schijven van SERVER1, kerberos fout
% Invoke-Command SERVER1 { w32tm /query /status; Get-Date }
! 1
| The following error occurred: The service has not been started. (0x80070426)
% Invoke-Command SERVER1 { Start-Service w32time; w32tm /config /syncfromflags:domhier /update; w32tm /resync; klist purge }
| The command completed successfully.
. De tijddienst stond uit; hij loopt weer en de klok klopt.
> iedereen kan er weer bij
= service_request | SERVER1 | Access to the archive share for the new project leader
> nog een: projectleider d.koster leesrechten op Archief (SERVER1) aub, akkoord van directie
% Invoke-Command SERVER1 { Grant-SmbShareAccess Archief -AccountName CASTELLAN\d.koster -AccessRight Read -Force | ft AccountName, AccessRight }
| CASTELLAN\d.koster Read
. d.koster mag lezen.

@ 2026-10-26 08:20 | emma | Grand Canal Media | msp | id=gcm-cutover
> /msp Grand Canal Media #7348
= project | gcm-www | Website moved to the new server: cut-over with DNS, redirects checked the next morning
> cut-over day! final rsync, then dns, then watch gcm-www
$180 ssh deploy@gcm-www 'rsync -az --delete oldhost:/srv/www/ /srv/www/ && docker compose -f /srv/www/compose.yml restart'
| Container www-web-1  Started
$ ssh deploy@gcm-www 'sudo certbot --nginx -d grandcanal.example -d www.grandcanal.example -n'
| Successfully deployed certificate for grandcanal.example
. Synced and certified. The DNS record can change now.
~ 9m
> dns switched
$ dig +short www.grandcanal.example @1.1.1.1
| 192.0.2.61
. The world sees the new server.
~ 22h15m
> morning. any 404s overnight?
$ ssh deploy@gcm-www "awk '$9==404{print $7}' /var/log/nginx/access.log | sort | uniq -c | sort -rn | head -3"
| 41 /press/2019.html
e /home/emma/clients/grand-canal-media/gcm-www/redirects.conf
- # redirects
+ # redirects
+ rewrite ^/press/2019.html$ /press/archive permanent;
$ scp gcm-www/redirects.conf deploy@gcm-www:/etc/nginx/conf.d/ && ssh deploy@gcm-www 'sudo nginx -t && sudo systemctl reload nginx'
| test is successful
. One redirect was missing, it is there now.

@ 2026-10-26 09:00 | fritz | Brightwater Hotels | msp | end=other
> /msp Brightwater Hotels #7373
= incident | bwh-wifi | Guest wifi portal unreachable as the controller's database was corrupt; repaired and running
> gäste wlan portal geht nicht, bwh-wifi
$ ssh root@bwh-wifi "systemctl status unifi --no-pager | head -3; tail -2 /var/log/unifi/mongod.log"
! 3
| unifi.service - failed
| WiredTiger error: file:index-12.wt: checksum error
$60 ssh root@bwh-wifi "sudo -u unifi mongod --dbpath /var/lib/unifi/db --repair --logpath /tmp/repair.log; systemctl start unifi"
$ ssh root@bwh-wifi "sleep 40; curl -skI https://localhost:8443 | head -1"
| HTTP/1.1 302

@ 2026-10-26 10:10 | fritz | Halcyon Wealth | msp
> /msp Halcyon Wealth #7375
= service_request | HW-DC1 | Security group and drive mapping for the new compliance team
> halcyon: new group G_Compliance with 4 people and drive Q: by gpo preference like the others
% Invoke-Command HW-DC1 { New-ADGroup G_Compliance -GroupScope Global -Path 'OU=Groups,DC=halcyon,DC=lan'; Add-ADGroupMember G_Compliance asmith,blee,cwong,dross }
% Invoke-Command HW-DC1 { Get-ADGroupMember G_Compliance | measure }
| Count : 4
. The group has its four members; the mapping targets the group already.
> yes Q: shows up. done

@ 2026-10-27 06:40 | deniz | Halcyon Wealth | msp
> /msp Halcyon Wealth #7380
= incident | HW-SQL2 | Portfolio database in suspect state after storage failure; restored from last night's log chain
> HW-SQL2: db portfolio SUSPECT, traders start at 6 their time, we have some hours
% Invoke-Command HW-SQL2 { sqlcmd -Q "SELECT name,state_desc FROM sys.databases WHERE state<>0" }
| portfolio SUSPECT
% Invoke-Command HW-SQL2 { sqlcmd -Q "ALTER DATABASE portfolio SET EMERGENCY; DBCC CHECKDB(portfolio) WITH NO_INFOMSGS" }
! 1
| Msg 8921: Check terminated. A failure was detected while collecting facts.
. Repair is not possible, I suggest a restore: full of midnight plus logs.
> go
%470 Invoke-Command HW-SQL2 { sqlcmd -Q "RESTORE DATABASE portfolio FROM DISK='B:\full\portfolio.bak' WITH NORECOVERY, REPLACE; RESTORE LOG portfolio FROM DISK='B:\log\p_0600.trn' WITH RECOVERY" }
| RESTORE LOG successfully processed 811 pages
. Online, at most 15 minutes of the night are lost.
~ 5m50s
> checkdb once more
%240 Invoke-Command HW-SQL2 { sqlcmd -Q "DBCC CHECKDB(portfolio) WITH NO_INFOMSGS" }
. Clean.

@ 2026-10-27 06:52 | deniz | Alder Clinic | msp
> /msp Alder Clinic #7381
= change | ALD-FW | Content filter category for streaming blocked on the clinic's firewall
> while the restore runs: alder wants streaming media blocked for the staff zone on ALD-FW
% ssh admin@ALD-FW "show content-filter profile staff"
| streaming-media allow
% ssh admin@ALD-FW "configure; content-filter profile staff; category streaming-media block; commit; exit"
| Applying changes... done
. Blocked for the staff zone.

@ 2026-10-27 07:20 | fritz | - | normal
> /normal
= internal | - | Draft of the on-call rules for the team's own use
> für uns intern: entwurf bereitschaftsregeln, wann rufen wir wen, halbe seite
w C:\Users\fritz\notes\bereitschaft.md
+ # Bereitschaft
+ Reihenfolge: Bereitschaft, Vertretung, Leitung. Rückruf in 30 Minuten.
. Der Entwurf liegt in notes.
~ 4m30s
> ausgleichstag ergänzen
e C:\Users\fritz\notes\bereitschaft.md
- Rückruf in 30 Minuten.
+ Rückruf in 30 Minuten. Nach einem Nachteinsatz folgt ein freier Vormittag.
. Ergänzt.

@ 2026-10-27 13:10 | fritz | Delphi Notare | msp
> /msp Delphi Notare #7384
= incident | DN-EX16 | Outgoing mail stopped by disk back-pressure; transport logs removed and queue delivered
> delphi: mails bleiben im postausgang. DN-EX16
% Invoke-Command DN-EX16 { Get-Queue | ft Identity, Status, MessageCount; Get-PSDrive C | select Free }
| DN-EX16\Submission Ready 233
| Free : 1203441
% Invoke-Command DN-EX16 { gci 'C:\Program Files\Microsoft\Exchange Server\V15\Logging' -Recurse -Filter *.log | ? LastWriteTime -lt (Get-Date).AddDays(-7) | Remove-Item; Restart-Service MSExchangeTransport }
% Invoke-Command DN-EX16 { (Get-Queue | measure MessageCount -Sum).Sum }
| 0
. C: war voll, Protokolle älter als 7 Tage sind weg, die Warteschlange ist leer.

@ 2026-10-28 07:05 | emma | Fjord Seafood | msp
> /msp Fjord Seafood #7388
= maintenance | fj-app1, fj-app2, fj-pg | Monthly dnf updates on three Linux servers, rolling restarts, services checked
> monthly patching fjord linux: app1, app2, then pg
$140 ssh svc@fj-app1 'sudo dnf -y -q update && sudo reboot'
! 255
| Connection to fj-app1 closed by remote host.
$130 ssh svc@fj-app2 'sudo dnf -y -q update && sudo reboot'
! 255
| Connection to fj-app2 closed by remote host.
$110 ssh postgres@fj-pg 'sudo dnf -y -q update; needs-restarting -r'
| No core libraries or services have been updated. Reboot should not be necessary.
. All three are updated; pg needs no reboot.
> check
$ for h in fj-app1 fj-app2; do ssh svc@$h 'uname -r; curl -fsS localhost:8080/health'; done
| 5.14.0-570.el9
| {"status":"UP"}
| 5.14.0-570.el9
| {"status":"UP"}
. Up.

@ 2026-10-28 08:00 | deniz | Brightwater Hotels | msp
> /msp Brightwater Hotels
= documentation | - | Runbook for the night audit: start, checks and who to call
> write the runbook night audit for brightwater: steps, checks, when to call us. 1 page
w C:\Users\deniz\clients\brightwater-hotels\runbooks\night-audit.md
+ # Night audit
+ 1. Everybody out of the system. 2. Start audit at 04:00. 3. Check the log for ERROR.
. A page with three steps.
~ 3m40s
> add the phone number of the vendor
e C:\Users\deniz\clients\brightwater-hotels\runbooks\night-audit.md
- 3. Check
+ Vendor: +44 20 7946 0018
+ 3. Check
. Added.
= incident | BWH-FRONT2 | Reception computer's key card encoder not found; USB driver reinstalled
> BWH-FRONT2 key card encoder not detected, guests waiting
% Invoke-Command BWH-FRONT2 { Get-PnpDevice -Class USB -Status Error | ft FriendlyName, InstanceId }
| Unknown USB Device USB\VID_0A5C&PID_21
% Invoke-Command BWH-FRONT2 { pnputil /remove-device 'USB\VID_0A5C&PID_21'; pnputil /scan-devices; Get-PnpDevice -Class Ports | select Status, FriendlyName }
| OK  Assa Encoder (COM4)
. The encoder is on COM4 again.
> cards work

@ 2026-10-28 10:48 | emma | Evergreen Schools | msp
> /msp Evergreen Schools #7391
= maintenance | EGS-DC1, EGS-PRINT | Windows updates on the schools' domain controller and print server in the night window
> patch night evergreen: EGS-DC1 and EGS-PRINT
$300 pwsh -c "Invoke-Command EGS-PRINT { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result }"
| KB5066586 Installed
~ 6m10s
> dc now
$360 pwsh -c "Invoke-Command EGS-DC1 { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result }"
| KB5066586 Installed
~ 5m
> verify
$ pwsh -c "Invoke-Command EGS-DC1,EGS-PRINT { Get-Service NTDS,Spooler -EA 0 | ft Name,Status }"
| NTDS Running
| Spooler Running
. Both are up.

@ 2026-10-29 07:15 | fritz | Castellan Bouw | msp
> /msp Castellan Bouw #7395
= security | CB-RDS2 | Malware started in a user's profile; session ended, malware removed, host scanned
> SOC meldung: verdächtige exe im profil von w.bos auf CB-RDS2, defender hat angeschlagen
% Invoke-Command CB-RDS2 { Get-MpThreatDetection | select -First 2 Resources, ActionSuccess; quser w.bos }
| {file:_C:\Users\w.bos\AppData\Local\Temp\upd.exe} True
| w.bos rdp-tcp#14 14 Active
% Invoke-Command CB-RDS2 { logoff 14; Disable-ADAccount w.bos; Get-ScheduledTask | ? Author -like '*w.bos*' | Unregister-ScheduledTask -Confirm:$false }
%500 Invoke-Command CB-RDS2 { Start-MpScan -ScanType FullScan; Get-MpThreat | ? IsActive }
. Kein aktiver Fund mehr, Konto ist gesperrt, eine geplante Aufgabe des Schädlings ist gelöscht.
> die shares sind sauber laut kollege. konto bleibt zu bis morgen

@ 2026-10-29 09:30 | deniz | Fjord Seafood | msp
> /msp Fjord Seafood #7397
= incident | FJ-SCALE9 | Scale terminal on the landing quay lost its share; old protocol session renewed
> FJ-SCALE9 (xp!) says network path not found, trucks wait
% psexec \\FJ-SCALE9 cmd /c "net use & ipconfig | find \"IP\""
| Disconnected  W:  \\FJ-DC1\scale
| IP Address: 10.90.4.9
% psexec \\FJ-SCALE9 cmd /c "net use W: /delete & net use W: \\FJ-DC1\scale /persistent:yes"
| The command completed successfully.
. W: is connected again.

@ 2026-10-30 08:10 | emma | Grand Canal Media | msp
> /msp Grand Canal Media
= maintenance | gcm-render1, gcm-store | Monthly check: scrub result, SMART values, package updates of the render node
> monthly check grand canal: gcm-store scrub + smart, gcm-render1 apt
$ ssh root@gcm-store 'zpool status | grep scan; for d in a b c; do smartctl -H /dev/sd$d | grep result; done'
| scan: scrub repaired 0B in 06:11:02 with 0 errors
| PASSED
$140 ssh root@gcm-render1 'apt-get update -q; apt-get -y upgrade | tail -1; docker image prune -f | tail -1'
| 33 upgraded, 0 newly installed
| Total reclaimed space: 12.1GB
. No errors in the scrub, the render node is updated.
> /dev
= development | - | Monitoring role in the team's repository checks the age of scrubs
> our ansible repo: nagios check for zfs scrub older than 35 days
w /home/emma/src/ansible/roles/monitoring/files/check_scrub.sh
+ age=$(( ( $(date +%s) - last ) / 86400 )); [ "$age" -gt 35 ] && exit 1
$18 shellcheck roles/monitoring/files/check_scrub.sh && ansible-lint roles/monitoring
| Passed: 0 failure(s)
$ git add -A && git commit -qm "check age of scrubs" && git push
. Pushed.
`
