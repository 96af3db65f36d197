/** Exam 4, July 2026. The marks at the starts of lines are explained in README.md. */
export const exam4Days5 = String.raw`
@ 2026-07-15 10:42 | yannick | Tasman Marine | msp
> /msp Tasman Marine #70360
= change | tm-db | Orphaned replication slot dropped and vacuum settings of the log table adjusted in the agreed window
> ok tasman signed it off. drop that old_standby slot on tm-db, then tighter vacuum settings on audit_log
$ ssh ops@tm-db "sudo -u postgres psql -c \"SELECT pg_drop_replication_slot('old_standby')\""
|  pg_drop_replication_slot
| (1 row)
$ ssh ops@tm-db "sudo -u postgres psql booking -c \"ALTER TABLE audit_log SET (autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_cost_limit=2000)\""
| ALTER TABLE
$480 ssh ops@tm-db "sudo -u postgres psql booking -c 'VACUUM (ANALYZE) audit_log'; du -sh /var/lib/postgresql/14/main/pg_wal"
| VACUUM
| 2.1G	/var/lib/postgresql/14/main/pg_wal
. Slot gone, 81 million dead rows cleaned, the write-ahead log went from 88 to 2 GB.
= security | tm-web | Web server hardened after a scan: old TLS off, headers added, fail2ban for the login page
> pentest report for tm-web came in: tls 1.0 still offered, no hsts, login not rate limited. fix all three
$ ssh ops@tm-web "nmap --script ssl-enum-ciphers -p 443 localhost | grep TLSv; grep -rn ssl_protocols /etc/nginx/"
|   TLSv1.0:
|   TLSv1.2:
| /etc/nginx/nginx.conf:34: ssl_protocols TLSv1 TLSv1.2 TLSv1.3;
$ ssh ops@tm-web "sudo sed -i '34s/TLSv1 //' /etc/nginx/nginx.conf && echo 'add_header Strict-Transport-Security \"max-age=31536000\" always;' | sudo tee /etc/nginx/conf.d/hsts.conf && sudo nginx -t && sudo systemctl reload nginx"
| nginx: configuration file /etc/nginx/nginx.conf test is successful
$25 ssh ops@tm-web "sudo apt-get install -y fail2ban | tail -1; sudo cp /tmp/jail-login.local /etc/fail2ban/jail.d/; sudo systemctl restart fail2ban; sudo fail2ban-client status"
! 255
| ERROR  Have not found any log file for booking-login jail
. The jail points at a log path that doesn't exist here, it is /srv/booking/log/auth.log.
> yes use that
$ ssh ops@tm-web "sudo sed -i 's#^logpath.*#logpath = /srv/booking/log/auth.log#' /etc/fail2ban/jail.d/jail-login.local && sudo systemctl restart fail2ban && sudo fail2ban-client status booking-login | grep -i total"
|    |- Total failed:	0
|    '- Total banned:	0
. All three findings are closed.
= documentation | - | Diagram and table of the network ports and VLANs at the marina brought up to date
> write the switch ports + vlans into network.md for tasman, its 2 yrs old
$ grep -n -A6 'Chandlery' network.md
| 41:## Chandlery
| 42:| 1/1/12 | desk1 | staff |
e /Users/yannick/clients/tasman-marine/network.md
- | 1/1/12 | desk1 | staff |
+ | 1/1/12 | desk1 | staff 20 |
+ | 1/1/27 | desk3 + phone | staff 20, voice 40 |
e /Users/yannick/clients/tasman-marine/network.md
- Hosts: esxi1
+ Hosts: tm-pve (3 of 5 guests moved, see mig-list)
. The page shows the ports, networks and guests as they are now.

@ 2026-07-15 12:06 | hanneke | Fenwick Joinery | msp | end=clear
> /msp Fenwick Joinery #70364
= project | FNJ-FS02 | File share migration to the new server: final difference copy and cutover of the drawings share
> fenwick cutover time, users are out of the drawings. last delta FNJ-FS01 -> FNJ-FS02, then swap the share names
%410 Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { robocopy \\FNJ-FS01\Drawings D:\Shares\Drawings /MIR /COPYALL /DCOPY:DAT /R:1 /W:1 /MT:32 /LOG+:D:\mig\drawings.log /NP | Out-Null; Get-Content D:\mig\drawings.log -Tail 3 }
|    Files :    214388       402    213986         0         0        11
. The delta is in, no failures. Share name next.
% Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { Remove-SmbShare 'Drawings_new$' -Force; New-SmbShare -Name Drawings -Path D:\Shares\Drawings -FullAccess 'FENWICK\G_Drawings_RW','FENWICK\Domain Admins' -FolderEnumerationMode AccessBased | ft Name, Path }
| Drawings  D:\Shares\Drawings
% Set-DfsnFolderTarget -Path '\\fenwick.local\dfs\Drawings' -TargetPath '\\FNJ-FS01\Drawings' -State Offline; New-DfsnFolderTarget -Path '\\fenwick.local\dfs\Drawings' -TargetPath '\\FNJ-FS02\Drawings' -State Online | ft TargetPath, State
| \\FNJ-FS02\Drawings  Online
. Drawings is served from the new server through the same path as before.
> Colin and Tim opened drawings fine, thats phase 2 done

@ 2026-07-15 12:45 | hanneke | Fenwick Joinery | msp | src=clear
= incident | FNJ-CAD07, FNJ-FS02 | One drawing opened read-only after the move since an old lock stayed on the server; closed
> FNJ-CAD07: Colin gets "in use by another user" on window.dwg, its only him
% Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { Get-SmbOpenFile | ? ShareRelativePath -like '*window.dwg*' | ft FileId, ClientComputerName, ClientUserName }
| 137438953521  10.20.4.87  colin
% Invoke-Command -ComputerName FNJ-CAD07 -ScriptBlock { Get-SmbConnection | ft ServerName, ShareName; klist purge; net use * /delete /y }
| FNJ-FS01  Drawings
| FNJ-FS02  Drawings
% Invoke-Command -ComputerName FNJ-FS02 -ScriptBlock { Close-SmbOpenFile -FileId 137438953521 -Force; Get-SmbOpenFile | ? ShareRelativePath -like '*window.dwg*' | measure | select Count }
| 0
. His PC still held a handle through the old path. It's closed, he can open the drawing for writing.
= service_request | FNJ-CAD07 | Large format plotter installed on a CAD workstation for its user
> fine. he also wants the new plotter T650 on that pc, ip 10.20.4.60
% Invoke-Command -ComputerName FNJ-CAD07 -ScriptBlock { pnputil /add-driver \\FNJ-FS02\Install\T650\hpt650.inf /install; Add-PrinterDriver 'HP DesignJet T650 V4'; Add-PrinterPort IP_10.20.4.60 -PrinterHostAddress 10.20.4.60; Add-Printer 'Plotter T650' -DriverName 'HP DesignJet T650 V4' -PortName IP_10.20.4.60 }
% Invoke-Command -ComputerName FNJ-CAD07 -ScriptBlock { Get-Printer 'Plotter T650' | ft Name, PrinterStatus }
| Plotter T650  Normal
. The plotter is there with A1 as its default size.

@ 2026-07-16 03:38 | hanneke | Kawartha Hearing | msp
> /msp Kawartha Hearing #70370
= maintenance | KH-DC1 | Windows updates on the domain controller after hours, with state backup before and health checks after
> kawartha late shift, DC is left from last week. system state backup then updates on KH-DC1
%260 Invoke-Command -ComputerName KH-DC1 -ScriptBlock { wbadmin start systemstatebackup -backupTarget:E: -quiet | Select-Object -Last 1 }
| The backup operation successfully completed.
%340 Invoke-Command -ComputerName KH-DC1 -ScriptBlock { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5062572 Installed
. Installed, the controller restarts.
~ 8m10s
> healthy?
% Invoke-Command -ComputerName KH-DC1 -ScriptBlock { dcdiag /q; repadmin /replsummary | Select-Object -Last 2; (Get-Service NTDS, DNS, KDC | ? Status -ne Running | measure).Count }
| 0
. dcdiag reports nothing, all services run.
= maintenance | KH-TS1, KH-TS2 | Profile leftovers and temp files cleaned from both session hosts
> then clean up stale profiles >90 days on TS1 and TS2, both have like 8% free
% Invoke-Command -ComputerName KH-TS1,KH-TS2 -ScriptBlock { Get-CimInstance Win32_UserProfile | ? { -not $_.Special -and $_.LastUseTime -lt (Get-Date).AddDays(-90) } | measure | select Count }
| KH-TS1  17
| KH-TS2  22
%330 Invoke-Command -ComputerName KH-TS1,KH-TS2 -ScriptBlock { Get-CimInstance Win32_UserProfile | ? { -not $_.Special -and $_.LastUseTime -lt (Get-Date).AddDays(-90) } | Remove-CimInstance; Dism /Online /Cleanup-Image /StartComponentCleanup /Quiet; (Get-Volume C).SizeRemaining/1GB }
| KH-TS1  58
| KH-TS2  71
. 39 old profiles are gone, both hosts have over 30 % free.
~ 6m
= incident | KH-TS2 | A session host refused sign-ins after the clean-up since the profile service waited for a policy; restarted
> hm night nurse cant log on to TS2, hangs at "please wait for the user profile service"
% Invoke-Command -ComputerName KH-TS2 -ScriptBlock { Get-Service ProfSvc, gpsvc | ft Name, Status; qwinsta | Select-String Conn; Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='Microsoft-Windows-User Profiles Service'} -MaxEvents 1 | fl Id, Message }
| ProfSvc  Running
| gpsvc    StopPending
| Id : 1521
% Invoke-Command -ComputerName KH-TS2 -ScriptBlock { $p = (Get-CimInstance Win32_Service -Filter "Name='gpsvc'").ProcessId; Stop-Process -Id $p -Force; Start-Sleep 5; (Get-Service gpsvc).Status }
| Running
. The policy client was stuck. It runs again and she should get in.
> she is in
. Good night then.

@ 2026-07-16 06:42 | oskar | Trautmann Ingenieure | msp
> /msp Trautmann Ingenieure #70374
= incident | - | Mails to a customer bounced because the sender policy record lacked the new relay; record corrected
> mails von trautmann an die stadt kommen zurück, 550 spf fail, seit sie über den neuen relay gehen
$ dig +short TXT trautmann-ing.de | grep spf
| "v=spf1 include:spf.protection.outlook.com -all"
$ pwsh -c "Connect-ExchangeOnline -DelegatedOrganization trautmann-ing.de; Get-OutboundConnector | fl Name,SmartHosts; Get-MessageTraceV2 -RecipientAddress bau@stadt.example | ft Status,Subject"
| Name       : Relay
| SmartHosts : {relay.mailgate.example}
| Failed  Statik Parkhaus
. Der Relay fehlt im Eintrag. Ich ergänze include:spf.mailgate.example beim DNS-Anbieter.
> ja
$ curl -s -X PATCH https://api.dns.example/v1/zones/trautmann-ing.de/records/txt-spf -H 'Authorization: Bearer ***' -d '{"content":"v=spf1 include:spf.protection.outlook.com include:spf.mailgate.example -all"}'
| {"status":"ok"}
~ 7m
> nochmal geschickt
$ pwsh -c "Get-MessageTraceV2 -RecipientAddress bau@stadt.example | select -First 1 Status,Subject"
| Delivered  Statik Parkhaus
. Zugestellt. Der Eintrag gilt.
= service_request | TRA-WS19 | Structural software updated to the version a customer wants, at the engineer's wish
> herr Lorenz bräuchte auf TRA-WS19 die 2026er Statiksoftware zusätzlich zur alten, paket liegt auf \\TRA-FS\soft
$ ssh admin@TRA-WS19 powershell -c "Get-Package *RFEM* | ft Name,Version; Get-Volume C | ft SizeRemaining"
| RFEM 5.34  5.34.01
| 190 GB
$230 ssh admin@TRA-WS19 powershell -c "Start-Process \\TRA-FS\soft\rfem6\setup.exe -ArgumentList '/s LICSERVER=TRA-LIC' -Wait; Get-Package *RFEM* | ft Name,Version"
| RFEM 5.34  5.34.01
| RFEM 6.11  6.11.0
. Beide Versionen liegen nebeneinander, die neue holt ihre Lizenz vom Server.
= security | TRA-WS19 | Admin rights of a user taken back and unused remote tools removed on the engineer's PC
> beim schauen gesehen: der Lorenz ist lokaler admin auf der kiste und es liegt anydesk ohne passwort drauf. beides geht nicht
$ ssh admin@TRA-WS19 powershell -c "Get-LocalGroupMember Administratoren; Get-Package *AnyDesk*,*TeamViewer* -ErrorAction SilentlyContinue | ft Name,Version"
| TRA\lorenz
| TRA\Domain Admins
| AnyDesk  8.0.9
$ ssh admin@TRA-WS19 powershell -c "Remove-LocalGroupMember Administratoren lorenz; Start-Process 'C:\Program Files (x86)\AnyDesk\AnyDesk.exe' -ArgumentList '--remove --silent' -Wait; Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='AnyDesk'} -ErrorAction SilentlyContinue | measure | select Count; Get-LocalGroupMember Administratoren | select Name"
| 0
| TRA\Domain Admins
. Lorenz ist kein Administrator mehr, AnyDesk ist weg, es gab keine Fernzugriffe damit.

@ 2026-07-16 08:15 | yannick | Domaine de Valcroze | msp
> /msp Domaine de Valcroze #70379
= change | VAL-SRV | Print driver of the reception printer replaced by the newer one, as proposed after the investigation
> le changement de pilote kyocera est validé, on le fait sur VAL-SRV, ancien à retirer
$ ssh admin@VAL-SRV powershell -c "pnputil /add-driver C:\Pilotes\KX\OEMSETUP.INF /install; Add-PrinterDriver 'Kyocera TASKalfa KX'; Set-Printer Kyocera-Accueil -DriverName 'Kyocera TASKalfa KX'"
| Driver package added successfully.
$ ssh admin@VAL-SRV powershell -c "Remove-PrinterDriver 'Kyocera TASKalfa PCL6 (old)'; Set-PrintConfiguration Kyocera-Accueil -Color 0; Get-Printer Kyocera-Accueil | ft Name,DriverName"
| Kyocera-Accueil  Kyocera TASKalfa KX
> imprime les étiquettes pour voir la taille
$ ssh admin@VAL-SRV powershell -c "Start-Process C:\Tests\Etiquettes_2026.pdf -Verb Print; sleep 8; (Get-WinEvent -FilterHashtable @{LogName='Microsoft-Windows-PrintService/Operational';Id=307} -MaxEvents 1).Message"
| size 41 002 118 bytes
. Le travail ne fait plus que 41 Mo au lieu de 18 Go.
= incident | VAL-SRV | A deleted folder of the accounts restored from the shadow copies
> Mme Roche a effacé le dossier 2025-TVA par erreur ce matin sur le commun, VAL-SRV
$ ssh admin@VAL-SRV powershell -c "vssadmin list shadows /for=D: | Select-String 'Creation|Volume:' | select -Last 2; Test-Path 'D:\Commun\Compta\2025-TVA'"
| Contained 1 shadow copies at creation time: 16/07/2026 07:00:12
| False
$ ssh admin@VAL-SRV powershell -c "cmd /c mklink /d C:\sc \\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy41\; robocopy C:\sc\Commun\Compta\2025-TVA D:\Commun\Compta\2025-TVA /E /COPYALL /NP | Select-String 'Files :'; rmdir C:\sc"
|    Files :       318       318         0         0         0         0
. Les 318 fichiers d'avant 7 h sont revenus.
> merci elle respire
. Très bien.
= service_request | VAL-RDS | Accounting program shortcut and access to remote desktop for the intern until September
> la stagiaire Lina Costa doit pouvoir travailler sur VAL-RDS jusqu'à fin septembre, avec la compta
$ ssh admin@VAL-RDS powershell -c "Add-LocalGroupMember 'Utilisateurs du Bureau à distance' VAL\lcosta; Add-ADGroupMember G_Compta_App lcosta; Set-ADUser lcosta -AccountExpirationDate 2026-10-01"
$ ssh admin@VAL-RDS powershell -c "Get-LocalGroupMember 'Utilisateurs du Bureau à distance' | select Name"
| VAL\G_RDS
| VAL\lcosta
. Lina peut se connecter, son compte s'arrête au 1er octobre.
> /msp Rochat Notaires
= incident | ROC-LT04 | Slow laptop: memory eaten by a hanging meeting client, profile cache emptied
> et chez rochat ROC-LT04 rame, ventilo à fond, Me Rochat est excédé
$ pwsh -c "Invoke-Command -ComputerName ROC-LT04 { Get-Process | sort WS -Desc | select -First 3 Name,@{n='MB';e={[int](\$_.WS/1MB)}}; (gcim Win32_OperatingSystem).FreePhysicalMemory }"
| ms-teams   9120
| msedge     1310
| 412800
$ pwsh -c "Invoke-Command -ComputerName ROC-LT04 { Stop-Process -Name ms-teams -Force; Remove-Item 'C:\Users\rochat\AppData\Local\Packages\MSTeams_8wekyb3d8bbwe\LocalCache\*' -Recurse -Force -ErrorAction SilentlyContinue; (gcim Win32_OperatingSystem).FreePhysicalMemory }"
| 9180400
. Teams occupait 9 Go avec un cache abîmé. 9 Go sont libres et il redémarre proprement.

@ 2026-07-16 09:30 | oskar | Skagen Byg | msp
> /msp Skagen Byg #70384
= incident | SKB-FW | Site container's tunnel down since the new mobile router got another address; peer corrected
> skagen: site office in Hirtshals offline since monday, they swapped the LTE router. wireguard peer on SKB-FW
$ ssh root@SKB-FW "wg show wg1 | grep -A4 hirtshals; grep -n hirtshals /conf/config.xml"
|   endpoint: 87.61.4.9:51820
|   latest handshake: 3 days, 1 hour ago
$ ssh root@SKB-FW "wg set wg1 peer 8xK... endpoint 87.62.90.14:51820 && ping -c2 10.90.44.1 | tail -1"
! 1
| 2 packets transmitted, 0 packets received, 100.0% packet loss
. No handshake on the new address either. The new router may have a new key.
> yes its HWq..7= now
$ ssh root@SKB-FW "configctl wireguard peer set hirtshals pubkey=HWq..7= endpoint=87.62.90.14 && configctl wireguard reconfigure && sleep 5; wg show wg1 latest-handshakes | tail -1; ping -c2 10.90.44.1 | tail -1"
| HWq..7=  1784190421
| round-trip min/avg/max = 31.1/33.0/34.9 ms
. The tunnel is up with the new key, Hirtshals answers.
= security | skb-mon | Brute force on SSH stopped: key-only login, source limited, addresses blocked
> same box list: skb-mon shows 40k failed ssh logins last night. who exposed that??
$ ssh root@skb-mon "journalctl -u ssh --since yesterday | grep -c 'Failed password'; journalctl -u ssh --since yesterday | grep Accepted | tail -3"
| 40127
| Accepted publickey for root from 10.90.0.21
$ ssh root@skb-mon "sed -i 's/^#\?PasswordAuthentication.*/PasswordAuthentication no/' /etc/ssh/sshd_config && sshd -t && systemctl reload ssh; nft add rule inet filter input tcp dport 22 ip saddr != 10.90.0.0/24 drop && nft list ruleset > /etc/nftables.conf"
$ ssh root@skb-mon "grep -v '^#' /root/.ssh/authorized_keys | wc -l; last -n 5 | head -5; find / -newermt yesterday -path '*cron*' -type f 2>/dev/null"
| 2
| root  pts/0  10.90.0.21
. No foreign login got through, only our key from inside. Passwords are off and port 22 is only reachable from the management net.
= change | SKB-FW | Traffic shaping for the phones added on the firewall in agreement with the customer
> and the agreed qos thing: voip (vlan 70) gets 10 mbit guaranteed on SKB-FW
$ ssh root@SKB-FW "configctl ipfw list pipes; grep -c shaper /conf/config.xml"
| 0
$ ssh root@SKB-FW "configctl ipfw pipe add voip bw=10Mbit/s && configctl ipfw queue add voip weight=90 && configctl ipfw rule add voip src=10.90.70.0/24 && configctl ipfw reload"
| OK
. Phones have a queue of their own with 10 Mbit/s guaranteed.

@ 2026-07-16 11:20 | hanneke | Apotheek Zuidpoort | msp
> /msp Apotheek Zuidpoort #70390
= incident | AZP-SRV01, AZP-NAS | Night backup to the NAS aborted as the backup user's password had changed; corrected and run again
> backup apotheek naar AZP-NAS faalt sinds 2 dagen, mail zegt access denied
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Get-WBJob -Previous 1 | fl JobState, HResult, ErrorDescription }
| ErrorDescription : The user name or password is incorrect. \\AZP-NAS\backup
$ ssh beheer@AZP-NAS "sudo synouser --get backupsvc | grep -E 'Expired|Fullname'; sudo tail -2 /var/log/samba/log.smbd"
| Expired  [false]
| NT_STATUS_WRONG_PASSWORD user backupsvc
. Het wachtwoord van backupsvc is bij het wisselen van maandag wel in de kluis maar niet in de taak gezet. Ik zet het goed.
> graag en meteen draaien
% Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { $p = Get-WBPolicy -Editable; Set-WBPolicy -Policy $p -Force; cmdkey /add:AZP-NAS /user:backupsvc /pass:*** }
%420 Invoke-Command -ComputerName AZP-SRV01 -ScriptBlock { Start-WBBackup -Policy (Get-WBPolicy); (Get-WBSummary).LastBackupResultHR }
| 0
. De back-up is zonder fouten doorgelopen.
= service_request | AZP-BALIE2 | Second browser bookmark set and default printer changed on a counter PC
> ilse wil op AZP-BALIE2 de HP als standaardprinter en snelkoppeling naar farmaportaal
% Invoke-Command -ComputerName AZP-BALIE2 -ScriptBlock { (Get-CimInstance Win32_Printer -Filter "Name='HP-Balie'") | Invoke-CimMethod -MethodName SetDefaultPrinter | select ReturnValue; $s = (New-Object -ComObject WScript.Shell).CreateShortcut('C:\Users\Public\Desktop\Farmaportaal.url'); $s.TargetPath = 'https://portaal.example'; $s.Save() }
| 0
% Invoke-Command -ComputerName AZP-BALIE2 -ScriptBlock { Test-Path 'C:\Users\Public\Desktop\Farmaportaal.url'; (Get-CimInstance Win32_Printer -Filter 'Default=true').Name }
| True
| HP-Balie
. De HP is standaard en het icoon staat op het bureaublad.
~ 38m
= maintenance | AZP-FGT | Firmware of the firewall raised to the current patch level with configuration saved
> klanten zijn er even niet, firmware van de AZP-FGT naar 7.4.8, backup eerst
$ ssh admin@AZP-FGT "execute backup config sftp azp-2026-07-16.conf 10.60.1.5 beheer ***; get system status | grep Version"
| Version: FortiGate-60F v7.4.6,build2726
$170 ssh admin@AZP-FGT "execute restore image sftp FGT_60F-v7.4.8.out 10.60.1.5 beheer ***"
| Get image OK. System will restart.
. De firewall herstart met 7.4.8.
~ 5m20s
> weer online
$ ssh admin@AZP-FGT "get system status | grep Version; diagnose sys sdwan health-check | grep Seq"
| Version: FortiGate-60F v7.4.8,build2795
| Seq(1 wan1): state(alive)
| Seq(2 wan2): state(alive)
. Op 7.4.8, beide lijnen levend.

@ 2026-07-16 19:20 | yannick | Tasman Marine | msp | id=tmdns end=none
> /msp Tasman Marine #70394
= change | TM-CORE | Link aggregation to the new host set up on the switch in the agreed morning window
> tasman early slot: lacp for tm-pve on TM-CORE ports 1/1/1-2, lag 5, vlans 20 30 40
$ ssh admin@TM-CORE "show lag; show running-config interface 1/1/1"
| no lag configured
$ ssh admin@TM-CORE "configure terminal; interface lag 5; no shutdown; no routing; vlan trunk native 1; vlan trunk allowed 20,30,40; lacp mode active; exit; interface 1/1/1; lag 5; exit; interface 1/1/2; lag 5; end; write memory"
| Copying configuration: [Success]
$ ssh admin@TM-CORE "show lacp interfaces | include lag5"
| 1/1/1  lag5  ALFNCD
| 1/1/2  lag5  ALFNCD
. The pair of links carries the three networks.
~ 2h5m
> /msp Fenwick Joinery
= incident | FNJ-DC01 | Users with clock skew could not sign in: time source of the domain controller dead, replaced
> fenwick emergency line: "the trust relationship/ time difference" on logon for some pcs, FNJ-DC01
$ ssh admin@FNJ-DC01 powershell -c "w32tm /query /status; w32tm /query /source"
| Leap Indicator: 3(not synchronized)
| Source: Local CMOS Clock
$ ssh admin@FNJ-DC01 powershell -c "w32tm /config /manualpeerlist:'0.uk.pool.ntp.org,0x8 1.uk.pool.ntp.org,0x8' /syncfromflags:manual /update; Restart-Service w32time; w32tm /resync /rediscover; w32tm /query /status | Select-String 'Stratum|Source'"
| Stratum: 3
| Source: 0.uk.pool.ntp.org,0x8
. The clock was 7 minutes off. It's in step with outside servers again.
> all in now
. Noted.
`
