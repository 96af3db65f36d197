/** Exam 5, September 2026. The marks at the starts of lines are explained in README.md. */
export const exam5Days3 = String.raw`
@ 2026-09-10 05:20 | oskar | Gasthof Rauchkogl | msp | id=rkg-hv
> /msp Gasthof Rauchkogl #70305
= maintenance | RKG-HV, RKG-DC, RKG-PMS | September cumulative updates on the host and its two guests within the early window
> fenster bis 8, september updates auf RKG-DC und RKG-PMS, danach der host
%260 Invoke-Command -ComputerName RKG-DC -ScriptBlock { Install-WindowsUpdate -MicrosoftUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5065432  Installed
%310 Invoke-Command -ComputerName RKG-PMS -ScriptBlock { Stop-Service PmsCore; Install-WindowsUpdate -MicrosoftUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5065428  Installed
| KB5064010  Installed
. Beide Gäste sind aktualisiert und starten neu.
~ 5m
> passt, jetzt der host
% Invoke-Command -ComputerName RKG-DC,RKG-PMS -ScriptBlock { (Get-CimInstance Win32_OperatingSystem).LastBootUpTime; Get-Service NTDS, PmsCore -ErrorAction Ignore }
| 10.09.2026 07:29
| Running NTDS
| 10.09.2026 07:36
| Running PmsCore
%390 Invoke-Command -ComputerName RKG-HV -ScriptBlock { Get-VM | Stop-VM; Install-WindowsUpdate -MicrosoftUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5065432  Installed
~ 6m
> und?
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { Get-VM | ft Name, State, Uptime }
| RKG-DC   Running 00:02:10
| RKG-PMS  Running 00:02:02
. Der Host ist aktuell, beide Maschinen laufen.
= maintenance | RKG-HV, RKG-PMS | Old checkpoints and driver packages removed from the virtualisation host
> wenn du schon drauf bist: alte prüfpunkte und der treibermüll, C ist bei 9%
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { Get-VMSnapshot -VMName * | ft VMName, Name, CreationTime }
| RKG-PMS  vor-update-mai  12.05.2026
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { Get-VMSnapshot -VMName RKG-PMS | Remove-VMSnapshot; Dism /Online /Cleanup-Image /StartComponentCleanup | Select-Object -Last 1 }
| The operation completed successfully.
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { (Get-Volume C).SizeRemaining / 1GB }
| 61,4
. Der Prüfpunkt ist zusammengeführt, C: hat wieder 61 GB frei.

@ 2026-09-10 07:10 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70309
= incident | ISA-SWA | Wing B without network; a loop at a wall socket had shut the uplink ports, cable removed and ports enabled
> bâtiment B complètement coupé depuis 8h50, même les téléphones
$ ssh net@isa-swa "show interfaces status err-disabled"
| Gi1/0/23  AP-B2    err-disabled  bpduguard
| Gi1/0/24  UPLINK-B err-disabled  loopdetect
$ ssh net@isa-swa "show logging | include LOOP"
| Sep 10 08:51:02: %ETHCNTR-3-LOOP_BACK_DETECTED: Loop-back detected on GigabitEthernet1/0/24
. Une boucle du côté de B. Un câble doit relier deux prises ; les ports restent coupés tant qu'il y est.
> trouvé, un prof avait branché un câble sur deux prises en B2.04. relance les ports
$ ssh net@isa-swa "conf t ; interface range gi1/0/23-24 ; shutdown ; no shutdown ; end"
$ ssh net@isa-swa "show interfaces status | include 1/0/2[34]"
| Gi1/0/23  AP-B2    connected  20
| Gi1/0/24  UPLINK-B connected  trunk
. Les deux ports sont montés, B a de nouveau du réseau et les téléphones s'enregistrent.
= change | ISA-SWA | Spanning-tree protection and storm control set on all access ports
> mets bpduguard + storm-control sur tous les ports d'accès, la direction est d'accord, mieux vaut perdre une prise qu'un bâtiment
$ ssh net@isa-swa "show running-config | count spanning-tree bpduguard"
| Number of lines which match regexp = 3
$ ssh net@isa-swa "conf t ; interface range gi1/0/1-22 ; spanning-tree portfast ; spanning-tree bpduguard enable ; storm-control broadcast level 2 ; end ; write memory"
| Building configuration... [OK]
$ ssh net@isa-swa "show running-config | count storm-control"
| Number of lines which match regexp = 22
. Les 22 ports d'accès sont protégés, configuration enregistrée.
~ 5h50m
> /msp Tamarack Outfitters #70320
= service_request | TAM-POS3 | New till user and receipt logo for the pop-up store till
> tamarack pop-up opens sat, POS3 needs a cashier login "popup" and the new logo on receipts
$ ssh admin@tam-pos3 powershell -c "New-LocalUser popup -NoPassword -AccountNeverExpires | ft Name,Enabled; Add-LocalGroupMember 'POS Cashiers' popup"
| popup  True
$ scp ~/clients/tamarack/logo-2026.bmp admin@tam-pos3:C:/POS/assets/receipt.bmp
$ ssh admin@tam-pos3 powershell -c "C:\POS\poscli.exe reload-assets; C:\POS\poscli.exe print-test"
| test receipt sent to EPSON TM-T88VII
. The cashier login is there and the test receipt carries the new logo.
= change | tam-web1, tam-web2 | Redirect of the old store domain and new upload limit on both web servers
> change #70320b approved by Brett: redirect outfitters-tamarack.ca to tamarack.ca and raise upload to 64m, both webs
$ ssh ops@tam-web1 "grep -rn client_max_body_size /etc/nginx/ | head -2"
| /etc/nginx/conf.d/shop.conf:14:  client_max_body_size 16m;
w /Users/amelie/clients/tamarack/nginx/redirect-old.conf
+ server { listen 443 ssl; server_name outfitters-tamarack.ca www.outfitters-tamarack.ca; return 301 https://tamarack.ca$request_uri; }
$ for h in tam-web1 tam-web2; do scp nginx/redirect-old.conf ops@$h:/tmp/; ssh ops@$h "sudo mv /tmp/redirect-old.conf /etc/nginx/conf.d/; sudo sed -i 's/client_max_body_size 16m/client_max_body_size 64m/' /etc/nginx/conf.d/shop.conf; sudo nginx -t && sudo systemctl reload nginx"; done
| nginx: configuration file /etc/nginx/nginx.conf test is successful
| nginx: configuration file /etc/nginx/nginx.conf test is successful
$ curl -sI https://outfitters-tamarack.ca | grep -i location
| location: https://tamarack.ca/
. Both servers redirect the old name and take uploads up to 64 MB.

@ 2026-09-10 09:00 | tomasz | Hollenbach Gartenbau | msp
> /msp Hollenbach Gartenbau #70313
= change | hbg-mail, HBG-DC | Mail VM raised to six gigabytes of memory and clamav limits set, as agreed after the outage
> vm memory for hbg-mail 2 -> 6 GB as quoted, customer signed. tune clamav too, remove my swapfile hack
$ ssh root@hbg-mail "free -m | awk 'NR==2{print \$2}'; swapon --show --noheadings"
| 1971
| /swapfile file 2G 812M -2
$45 ssh root@hbg-mail "poweroff"; ssh admin@hbg-dc powershell -c "Stop-VM hbg-mail -Force; Set-VMMemory hbg-mail -StartupBytes 6GB; Start-VM hbg-mail"
! 255
| Connection to hbg-mail closed by remote host.
$ ssh admin@hbg-dc powershell -c "Get-VM hbg-mail | ft State,MemoryStartup"
| Off  2147483648
. The VM is off but the memory was not set, because the first command ended with an error. I set it now.
> ok
$ ssh admin@hbg-dc powershell -c "Set-VMMemory hbg-mail -StartupBytes 6GB; Start-VM hbg-mail; sleep 40; (Get-VM hbg-mail).State"
| Running
$ ssh root@hbg-mail "swapoff /swapfile; rm /swapfile; sed -i 's/^ConcurrentDatabaseReload.*/ConcurrentDatabaseReload no/' /etc/clamav/clamd.conf; systemctl restart clamav-daemon; free -m | awk 'NR==2{print \$2}'"
| 5919
. 6 GB, no swapfile, clamd reloads without doubling its memory.
= security | hbg-mail | Brute-force protection for submission and IMAP tightened, plain login without TLS refused
> and after the azubi story: fail2ban on sasl+imap, no auth without tls, min pw length
$ ssh root@hbg-mail "apt-get install -y fail2ban | tail -1; doveconf disable_plaintext_auth"
| Setting up fail2ban (1.0.2-2) ...
| disable_plaintext_auth = no
$ ssh root@hbg-mail "printf '[postfix-sasl]\nenabled=true\nmaxretry=4\nbantime=12h\n[dovecot]\nenabled=true\nmaxretry=5\nbantime=12h\n' > /etc/fail2ban/jail.d/mail.local; systemctl restart fail2ban; fail2ban-client status | tail -1"
|  Jail list: dovecot, postfix-sasl, sshd
$ ssh root@hbg-mail "postconf -e smtpd_tls_auth_only=yes; sed -i 's/^#\?disable_plaintext_auth.*/disable_plaintext_auth = yes/' /etc/dovecot/conf.d/10-auth.conf; systemctl reload postfix dovecot; fail2ban-client status postfix-sasl | grep Banned"
|    |- Total banned: 9
. Nine addresses are banned already; logins without TLS are refused.

@ 2026-09-10 11:05 | oskar | Fenwick Solicitors | msp
> /msp Fenwick Solicitors #70317
= incident | FWK-FG | Remote users lost VPN because the certificate of the SSL portal had run out; new one imported and bound
> nobody can vpn in at fenwick, forticlient says cert error -5 / expired
% ssh admin@fwk-fg "get vpn certificate local details vpn2025 | grep Valid"
| Valid to:    2026-09-10 08:00:00  GMT
% Get-ChildItem Z:\certs\fenwick\ | ft Name, LastWriteTime
| vpn2026.pfx  09.09.2026
% ssh admin@fwk-fg "execute vpn certificate local import tftp vpn2026.pfx 10.8.0.20 p12 ********"
| Done.
% ssh admin@fwk-fg "config vpn ssl settings; set servercert vpn2026; end"
% ssh admin@fwk-fg "get vpn ssl monitor | grep -c aoife\|moran\|keane"
| 3
. The new certificate is in use, three people are connected already.
= documentation | - | Certificate register of the firm written with owners and dates
> this was in nobodys list. make a cert register for fenwick, what, where, expiry, who renews
% Test-Path C:\Users\oskar\clients\fenwick\docs
| True
% 'vpn.fenwick.ie','mail.fenwick.ie','www.fenwick.ie' | % { .\Get-CertExpiry.ps1 $_ }
| vpn.fenwick.ie   2027-09-09
| mail.fenwick.ie  2026-12-01
| www.fenwick.ie   2026-11-03
w C:\Users\oskar\clients\fenwick\docs\certificates.md
+ | Name | Where | Valid until | Renewed by |
+ | vpn.fenwick.ie | FWK-FG, SSL VPN | 2027-09-09 | us, reminder 30 days before |
+ | mail.fenwick.ie | Microsoft 365, MTA-STS host | 2026-12-01 | automatic |
+ | www.fenwick.ie | web agency | 2026-11-03 | agency |
. The register lists three certificates with place, date and owner.

@ 2026-09-11 05:45 | tomasz | Fenwick Solicitors | msp | id=fwk-fs src=resume
> right, cut-over day. last delta, then swap the drive mapping
= project | FWK-FS01, FWK-DC01 | File server move, cut-over: last delta copied, old share read-only, drive mapping switched by policy
> run the delta now, nobody is in before 8
$410 ssh adm@fwk-fs01 powershell -c "robocopy \\\\fwk-old\\Matters D:\\Shares\\Matters /MIR /COPYALL /B /R:0 /W:0 /MT:16 /NFL /NDL /LOG:C:\\Temp\\matters2.log"
! 1
|    Files :   915008     1204        0         0        0         0
$ ssh adm@fwk-fs01 powershell -c "(gc C:\\Temp\\matters2.log -Tail 8) -match 'FAILED|Ended'"
|   Ended : Friday 11 September 2026 06:58:20
. 1,204 files changed since Monday and were copied, none failed. Exit code 1 from robocopy means files were copied.
> swap it
$ ssh adm@fwk-dc01 powershell -c "Set-GPPrefDrive -Gpo 'Drives Staff' -Letter M -Path \\\\fwk-fs01\\Matters; Get-GPOReport 'Drives Staff' -ReportType Xml | sls fwk-fs01"
|   <Properties action="R" path="\\fwk-fs01\Matters" letter="M" />
$ ssh adm@fwk-dc01 powershell -c "Get-ADComputer -Filter 'OperatingSystem -like \"*11*\"' | % { Invoke-GPUpdate -Computer \$_.Name -Force -RandomDelayInMinutes 0 } "
~ 1h20m
> first users are in, any open handles left on the old one?
$ ssh adm@fwk-fs01 powershell -c "(Get-SmbOpenFile | measure).Count; (Get-CimSession fwk-old -ErrorAction SilentlyContinue) | measure | % Count"
| 213
| 0
. 213 files are open on the new server, none on the old one. The cut-over is done.

@ 2026-09-11 08:10 | amelie | Saguaro Orthodontics | msp
> /msp Saguaro Orthodontics #70326
= maintenance | SAG-SRV, SAG-IMG | Quarterly restore test: one imaging study and one patient database restored to a scratch place and compared
> q3 restore test for saguaro, pick one study from the image server + the db to a scratch, compare, note the times
$95 ssh admin@sag-srv powershell -c "Start-VBRRestore -Scratch D:\Scratch -Item 'SAG-SRV:E:\PracticeDB\ortho.bak' -Point latest | ft State,Duration"
| Success  00:01:29
$ ssh admin@sag-srv sqlcmd -Q "RESTORE DATABASE ortho_test FROM DISK='D:\Scratch\ortho.bak' WITH MOVE 'ortho' TO 'D:\Scratch\o.mdf', MOVE 'ortho_log' TO 'D:\Scratch\o.ldf'; SELECT COUNT(*) FROM ortho_test.dbo.Patients"
| 8112
$ ssh admin@sag-srv sqlcmd -Q "SELECT COUNT(*) FROM ortho.dbo.Patients; DROP DATABASE ortho_test"
| 8114
$120 ssh admin@sag-img powershell -c "Restore-Study -Id 20260814-331 -To D:\Scratch; (Get-FileHash D:\Scratch\20260814-331\*.dcm).Hash.Count; Compare-Study D:\Scratch\20260814-331 E:\Img\20260814-331"
| 44
| identical
. Both restores work: 8,112 of 8,114 patients (two were entered after the backup), the study is identical byte by byte. 1 min 29 s and 2 min.
= service_request | - | Phone extension of the billing desk forwarded during holidays
> billing desk is out next week, ext 114 -> 110 from monday to friday. yealink cloud
$ ./ydms.py --tenant saguaro ext show 114 | grep -i forward
| forward_always: off
$ ./ydms.py --tenant saguaro ext schedule 114 --forward 110 --from 2026-09-14 --to 2026-09-18
| schedule 771 created
$ ./ydms.py --tenant saguaro ext schedules 114
| 771 2026-09-14 00:00 - 2026-09-18 23:59 always -> 110
. 114 rings at 110 from Monday to Friday, by itself off after that.

@ 2026-09-10 15:30 | oskar | Gasthof Rauchkogl | msp | id=rkg-hv src=resume
= same
> nochmal kurz zum host, wie schauts mit dem platz jetzt nach dem tag aus
% Invoke-Command -ComputerName RKG-HV -ScriptBlock { [math]::Round((Get-Volume C).SizeRemaining / 1GB, 1); (Get-WinEvent -FilterHashtable @{ LogName = 'System'; Level = 1,2; StartTime = (Get-Date).AddHours(-8) } -ErrorAction Ignore | measure).Count }
| 60,9
| 0
. 60,9 GB frei und seit heute früh keine Fehler im Systemprotokoll.

@ 2026-09-11 09:40 | oskar | Hollenbach Gartenbau | msp
> /msp Hollenbach Gartenbau #70331
= incident | HBG-DC | Scale labels had wrong prices because the nightly price import failed on a malformed line; line corrected and import repeated
> preise auf den etiketten sind von gestern, der import vom großhändler lief wohl nicht durch. HBG-DC
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { Get-ScheduledTask Preisimport | Get-ScheduledTaskInfo | fl LastRunTime, LastTaskResult; Get-Content D:\Preisimport\import.log -Tail 3 }
| LastRunTime    : 11.09.2026 03:00:00
| LastTaskResult : 2
| 03:00:14 FEHLER Zeile 2207: ungültiges Feld 'EK', erwartet Zahl, gefunden '12,9O'
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { (Get-Content D:\Preisimport\in\preise.csv)[2206] }
| 884120;Lavendel Hidcote 11cm;12,9O;19
. In Zeile 2207 steht ein Buchstabe O statt einer Null.
> korrigieren, nochmal laufen lassen
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { (Get-Content D:\Preisimport\in\preise.csv) -replace '12,9O','12,90' | Set-Content D:\Preisimport\in\preise.csv; Start-ScheduledTask Preisimport; Start-Sleep 30; Get-Content D:\Preisimport\import.log -Tail 1 }
| 11:52:40 OK 5811 Artikel, 0 Fehler
. 5811 Artikel sind eingelesen, die Etiketten stimmen wieder.
= service_request | HBG-DC | Network drive of the planning department made available to a new gardener
> der neue Meister Yannick Osterloh soll aufs laufwerk Planung, lesen+schreiben
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { Get-ADUser y.osterloh | fl Enabled; (Get-Acl D:\Daten\Planung).Access | ? IdentityReference -match 'GG_' | ft IdentityReference, FileSystemRights }
| Enabled : True
| HOLLENBACH\GG_Planung_RW  Modify, Synchronize
% Invoke-Command -ComputerName HBG-DC -ScriptBlock { Add-ADGroupMember GG_Planung_RW y.osterloh; Get-ADGroupMember GG_Planung_RW | select SamAccountName }
| f.hollenbach
| y.osterloh
. Er ist in der Gruppe, nach der nächsten Anmeldung hat er das Laufwerk.
> /msp Marlow Print Works #70332
= incident | mpw-rip, MPW-ERP | RIP server did not take hot folder jobs because the mount of the press share had dropped; mounted again
> marlow prepress: jobs dropped into the hotfolder just sit there since lunch
% ssh ops@mpw-rip "systemctl is-active ripd; ls /srv/hot/press2 | wc -l; findmnt /srv/spool || echo not mounted"
| active
| 17
| not mounted
% ssh ops@mpw-rip "sudo mount /srv/spool"
! 32
| mount error(13): Permission denied
% ssh ops@mpw-rip "sudo dmesg | tail -2; sudo stat -c %y /etc/ripd.cred"
| CIFS: Status code returned 0xc0000071 STATUS_PASSWORD_EXPIRED
| 2025-03-12 09:11:02
. The account svc-rip has an expired password.
> extend that, its a service account
% Invoke-Command -ComputerName MPW-ERP -ScriptBlock { Set-ADUser svc-rip -PasswordNeverExpires $true -Server mpw.local }
% ssh ops@mpw-rip "sudo mount /srv/spool && sudo systemctl restart ripd && sleep 20 && ls /srv/hot/press2 | wc -l"
| 0
. The share is mounted and all 17 jobs went through.

@ 2026-09-11 11:15 | amelie | Institut Saint-Aubin | msp
> /msp Institut Saint-Aubin #70335
= problem | ISA-SWA | Search for the reason of the weekly voice drop-outs; they coincide with the backup of the second building crossing an unmarked uplink
> la téléphonie coupe chaque vendredi vers 11h, on redémarre et ça passe. 4 tickets déjà. je veux comprendre pourquoi
$ grep -h "11:" ~/clients/isa/tickets/tel-*.txt
| 2026-08-21 11:04 voix hachée
| 2026-08-28 11:06 voix hachée
| 2026-09-04 11:03 voix hachée
| 2026-09-11 11:05 voix hachée
$ ssh net@isa-swa "show policy-map interface gi1/0/24 | include drop"
|   (total drops) 1848290
$ ssh net@isa-swa "show archive log config all | include 24"
|   12  17:40 aug 18 admin  interface gi1/0/24 no mls qos trust dscp
. Le 18 août la confiance DSCP a été retirée du lien B ; la copie du vendredi à 11 h remplit alors la file commune et la voix perd ses paquets.
> confirme avec les débits avant de toucher quoi que ce soit
$ ssh net@isa-swa "show interfaces gi1/0/24 history hour | include max"
|  max 98 %  11:03-11:19
$ curl -s "http://librenms.isa.lan/api/v0/ports/4411/graph?from=-21d" -H "X-Auth-Token: ********" | jq .peaks
| ["2026-08-21T11","2026-08-28T11","2026-09-04T11","2026-09-11T11"]
. Les quatre pointes tombent aux mêmes minutes que les coupures. La cause est établie ; la correction est à planifier comme modification.
= change | ISA-SWA | Trust of DSCP put back on the uplink of wing B with voice in the priority queue
> fais la modif maintenant, M. Renard valide, fenêtre jusqu'à 14h
$ ssh net@isa-swa "conf t ; interface gi1/0/24 ; trust device cisco-phone ; service-policy output VOIX-PRIO ; end ; write memory"
| [OK]
$ ssh net@isa-swa "show policy-map interface gi1/0/24 | include VOIX"
|   Service-policy output: VOIX-PRIO
. La voix passe dans la file prioritaire. Vendredi prochain on regarde les compteurs.
= documentation | - | Cabling and port list of wing B written from the survey
> j'ai fait le relevé des prises du bâtiment B hier (photos + csv), fais en une liste propre prise -> port -> local
$ head -3 ~/clients/isa/releve-B.csv
| prise,port,local
| B2.04-1,gi1/0/9,B2.04
| B2.04-2,gi1/0/10,B2.04
w /Users/amelie/clients/isa/docs/brassage-B.md
+ # Brassage bâtiment B (relevé du 10/09/2026)
+ | Prise | Port ISA-SWA | Local | Remarque |
+ | B2.04-1 | gi1/0/9 | B2.04 | |
+ | B2.04-2 | gi1/0/10 | B2.04 | boucle du 10/09 |
$ wc -l ~/clients/isa/docs/brassage-B.md
|       44 /Users/amelie/clients/isa/docs/brassage-B.md
. La liste couvre les 41 prises du bâtiment B.
`
