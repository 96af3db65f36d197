/** Exam set, 15 to 17 April 2026. */
export const examDays2 = String.raw`
@ 2026-04-15 06:20 | jonas | Baumann Transporte | msp
> /msp Baumann Transporte #7731
= incident | BT-PRN | Delivery notes did not print: spooler crashed on a broken driver; driver removed, queue works
> disposition kann keine lieferscheine drucken seit heut früh
% Get-Service Spooler -ComputerName BT-PRN
| Stopped Spooler
% Get-WinEvent -ComputerName BT-PRN -FilterHashtable @{LogName='System';Id=7031;StartTime=(Get-Date).AddHours(-4)} | select -First 2 Message
| The Print Spooler service terminated unexpectedly. It has done this 6 time(s).
% Get-WinEvent -ComputerName BT-PRN -FilterHashtable @{LogName='Application';Id=1000} -Max 1 | fl Message
| Faulting module name: KOAXPJ_P.dll
% Invoke-Command -ComputerName BT-PRN { ri C:\Windows\System32\spool\PRINTERS\* -Force; Start-Service Spooler; Remove-PrinterDriver 'KONICA MINOLTA PS 3.1'; Get-PrintJob -PrinterName LS-Dispo }
. Der Konica-Treiber hat den Spooler abgeschossen; entfernt, die Warteschlange ist leer und läuft.
> druckt wieder danke
= change | BT-APP | Memory of the application VM raised from 16 to 32 GB in the agreed window
> wenn du schon dabei bist: BT-APP auf 32GB wie im change 218 genehmigt, fahrer sind alle draussen also jetzt
% Invoke-Command -ComputerName BT-APP { Stop-Computer -Force }
. BT-APP fährt herunter. Für den Speicher brauche ich Rechte am Host.
> nimm adm-jb im hyper-v manager, hab ich grad gemacht: 32768 gesetzt und gestartet
% Invoke-Command -ComputerName BT-APP { (Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory/1GB }
| 32
. Die VM sieht 32 GB.

@ 2026-04-15 07:10 | miriam | Vercors Outdoor | msp
> /msp Vercors Outdoor #7733
= change | vo-db1 | Dump switched to a single transaction and moved to 4 o'clock, as agreed with the client
> le client a validé le changement du dump: single-transaction + 4h du mat
$ ssh root@vo-db1 "cp /etc/cron.d/dump /root/dump.bak"
$ ssh root@vo-db1 "sed -i -e 's/--lock-tables/--single-transaction --quick/' -e 's/^0 2/0 4/' /etc/cron.d/dump && cat /etc/cron.d/dump"
| 0 4 * * * root mysqldump --single-transaction --quick shop > /srv/dump/shop.sql
. C'est modifié; ancienne version dans /root/dump.bak.
= service_request | VO-AD1 | Intern Théo Blanc gets an account until the end of June
> et un compte stagiaire: Théo Blanc, jusqu'au 30 juin, groupe magasin
$ ssh administrateur@vo-ad1.vercors.local powershell -c "New-ADUser -Name 'Theo Blanc' -SamAccountName tblanc -AccountExpirationDate 2026-07-01 -Path 'OU=Stagiaires,DC=vercors,DC=local' -Enabled 1"
! 1
| New-ADUser : The password does not meet the length requirement
$ ssh administrateur@vo-ad1.vercors.local powershell -c "New-ADUser -Name 'Theo Blanc' -SamAccountName tblanc -AccountExpirationDate 2026-07-01 -Path 'OU=Stagiaires,DC=vercors,DC=local' -AccountPassword (Import-Clixml C:\it\pw.xml) -Enabled 1; Add-ADGroupMember Magasin tblanc"
. Le compte tblanc est créé, il expire le 30 juin au soir.

@ 2026-04-15 07:25 | miriam | Kita Sonnenhof | msp
> /msp Kita Sonnenhof
= documentation | - | Step-by-step guide for parents' evenings with Teams written for the kindergarten team
> während das läuft: anleitung "elternabend in teams" für die betreuerinnen, 1 seite, einfach, du-form
w /Users/miriam/clients/kita-sonnenhof/anleitung-elternabend.md
+ # Elternabend mit Teams
+ 1. Öffne den Kalender und klicke auf Neue Besprechung.
+ 2. Schalte unter Optionen den Wartebereich ein.
. Eine Seite mit sechs Schritten.
> bild von schritt 2 kommt noch, platzhalter rein
e /Users/miriam/clients/kita-sonnenhof/anleitung-elternabend.md
- 2. Schalte unter Optionen den Wartebereich ein.
+ 2. Schalte unter Optionen den Wartebereich ein. (Bild folgt)
$ pandoc anleitung-elternabend.md -o anleitung-elternabend.pdf
. PDF liegt bereit.

@ 2026-04-15 13:00 | jonas | - | dev | cwd=C:\Users\jonas\src\rmm-scripts
> /dev
= development | - | RMM script that reports BitLocker state rewritten to return JSON, with Pester tests
> Get-BitlockerReport.ps1 soll json ausgeben statt text, tests mit pester
e C:\Users\jonas\src\rmm-scripts\Get-BitlockerReport.ps1
- Write-Output "$($v.MountPoint) $($v.ProtectionStatus)"
+ [pscustomobject]@{ mount = $v.MountPoint; status = "$($v.ProtectionStatus)" }
w C:\Users\jonas\src\rmm-scripts\Get-BitlockerReport.Tests.ps1
+ Describe 'Get-BitlockerReport' { It 'gives json' { & ./Get-BitlockerReport.ps1 | ConvertFrom-Json | Should -Not -BeNullOrEmpty } }
%11 Invoke-Pester -Output Detailed
! 1
| [-] gives json: Conversion from JSON failed
e C:\Users\jonas\src\rmm-scripts\Get-BitlockerReport.ps1
- $result
+ $result | ConvertTo-Json -AsArray
%10 Invoke-Pester -Output Detailed
| Tests Passed: 3, Failed: 0
. Die Tests laufen.
> commit

@ 2026-04-16 06:05 | jonas | Moser Treuhand | msp
> /msp Moser Treuhand #7740
= problem | TMP-TS1, TMP-TS2 | Why the terminal servers lose their sessions again and again: both reset at the lease renewal of a duplicate DHCP reservation
> zum 5. mal diese woche sitzungsabbrüche auf beiden TS, immer nur ein paar sekunden. einzelne tickets sind alle zu, ich will das muster
% Get-WinEvent -ComputerName TMP-TS1 -FilterHashtable @{LogName='Microsoft-Windows-TerminalServices-LocalSessionManager/Operational';Id=40} | group {$_.TimeCreated.ToString('dd HH:mm')} | sort Count -Desc | select -First 5
|  22 15 10:00
|  21 14 10:00
|  19 13 14:00
% Get-WinEvent -ComputerName TMP-TS2 -FilterHashtable @{LogName='System';Id=1014,4199} | select -First 4 TimeCreated, Message
| 15.04.2026 10:00:02  address conflict for IP address 10.60.0.22 with 3C-EC-EF
% Invoke-Command -ComputerName TMP-TS1,TMP-TS2 { Get-NetIPAddress -AddressFamily IPv4 | ft IPAddress, PrefixOrigin }
| 10.60.0.21 Dhcp
| 10.60.0.22 Dhcp
. Das Muster ist alle vier Stunden: TS2 bekommt bei der Erneuerung eine Adresse, die auch der neue Kopierer hat; der Teaming-Treiber setzt dabei beide zurück.
> klingt plausibel. gegenprobe 10:00?
~ 2h10m
% Get-WinEvent -ComputerName TMP-TS2 -FilterHashtable @{LogName='System';Id=4199;StartTime=(Get-Date).AddMinutes(-20)} | select TimeCreated
| 16.04.2026 10:00:01
. Bestätigt, wieder genau zur vollen Stunde.

@ 2026-04-16 06:50 | pavel | Lindqvist Labs | msp
> /msp Lindqvist Labs #7744
= incident | ll-k3s1 | Lab portal was down because containerd ran out of inodes; old images pruned, pods run
> portal 503, ll-git is fine
$ ssh ubuntu@ll-k3s1 "sudo kubectl get pods -A | grep -v Running"
| portal  portal-7c9  0/1  CrashLoopBackOff  41
$ ssh ubuntu@ll-k3s1 "sudo kubectl -n portal logs deploy/portal --tail 3; df -i / | tail -1"
| OSError: [Errno 28] No space left on device
| /dev/sda1 6553600 6553600 0 100% /
$60 ssh ubuntu@ll-k3s1 "sudo k3s crictl rmi --prune | tail -1; df -i / | tail -1"
| /dev/sda1 6553600 2210044 4343556 34% /
$ ssh ubuntu@ll-k3s1 "sudo kubectl -n portal rollout restart deploy/portal && sudo kubectl -n portal rollout status deploy/portal"
| deployment "portal" successfully rolled out
. 200 again.

@ 2026-04-16 07:30 | miriam | Hotel Seeblick | msp
> /msp Hotel Seeblick #7746
= service_request | hsb-pbx | Extension 245 for the new spa desk with voicemail to mail
> 3cx: neue nebenstelle 245 "Spa", voicemail an spa@seeblick.at bitte
$ curl -s -X POST https://hsb-pbx.seeblick.at:5001/xapi/v1/Users -H "Authorization: Bearer $TK" -d '{"Number":"245","FirstName":"Spa","EmailAddress":"spa@seeblick.at","VMEmailOptions":"Attachment"}'
| {"Id":91,"Number":"245"}
$ curl -s "https://hsb-pbx.seeblick.at:5001/xapi/v1/Users(91)/Pbx.GetProvisioning" -H "Authorization: Bearer $TK"
| {"Url":"https://hsb-pbx.seeblick.at/prov/245"}
. Nebenstelle 245 ist angelegt, Link zum Einrichten ist da.
= incident | hsb-pbx | Outgoing calls failed: the trunk registration was rejected after the provider moved; trunk points to the new proxy and registers
> und sie können seit 9 nicht nach aussen telefonieren?!
$ ssh root@hsb-pbx "grep -h 'trunk' /var/lib/3cxpbx/Instance1/Data/Logs/3CXGatewayService.log | tail -3"
| Trunk 10000 A1: REGISTER failed 503 Service moved to sip2.a1.net
$ ssh root@hsb-pbx "dig +short sip2.a1.net; systemctl restart 3CXGatewayService"
| 80.75.42.11
$ ssh root@hsb-pbx "grep -h REGISTER /var/lib/3cxpbx/Instance1/Data/Logs/3CXGatewayService.log | tail -1"
| Trunk 10000 A1: REGISTER 200 OK
. Der Trunk ist wieder angemeldet.
> anruf auf mein handy klappt

@ 2026-04-16 09:10 | pavel | Schreinerei Aebi | msp
> /msp Schreinerei Aebi
= maintenance | AEBI-NAS | Quarterly restore test: three folders restored from the NAS backup and compared
> quarterly restore test aebi, take 3 random folders
$ ssh admin@aebi-nas.aebi.lan "/var/packages/HyperBackup/target/bin/dsmbackup --list-tasks"
| 3 C2-taeglich  success  2026-04-16 02:40
$300 ssh admin@aebi-nas.aebi.lan "/var/packages/HyperBackup/target/bin/dsmrestore -t 3 -s Offerten/2024 -s Plaene/K12 -s Fotos/2019 -d /volume1/restoretest"
| 3 folders, 1841 files restored
$ ssh admin@aebi-nas.aebi.lan "diff -rq /volume1/Plaene/K12 /volume1/restoretest/Plaene/K12; rm -rf /volume1/restoretest"
. All identical. Restore test passed, 1841 files.
> log it in the sheet as q2

@ 2026-04-16 11:40 | jonas | Zahnarzt Oberholzer | msp
> /msp Zahnarzt Oberholzer #7751
= security | ZO-SRV1 | Findings of the security audit closed: NTLMv1, print spooler and SMBv1 switched off on the server
> audit bericht oberholzer: NTLMv1 erlaubt, spooler auf DC, smb1 an. bitte die drei findings schliessen. ZO-XRAY bleibt ausgenommen (hersteller)
% Invoke-Command -ComputerName ZO-SRV1 { Get-SmbServerConfiguration | select EnableSMB1Protocol; (gp HKLM:\SYSTEM\CurrentControlSet\Control\Lsa).LmCompatibilityLevel; Get-Service Spooler }
| True
| 1
| Running Spooler
% Invoke-Command -ComputerName ZO-SRV1 { Set-SmbServerConfiguration -EnableSMB1Protocol $false -Force; sp HKLM:\SYSTEM\CurrentControlSet\Control\Lsa LmCompatibilityLevel 5; Stop-Service Spooler; Set-Service Spooler -StartupType Disabled }
. Die drei Findings sind zu.
> nachweis?
% Invoke-Command -ComputerName ZO-SRV1 { Get-SmbServerConfiguration | select EnableSMB1Protocol; (gp HKLM:\SYSTEM\CurrentControlSet\Control\Lsa).LmCompatibilityLevel; (Get-Service Spooler).StartType }
| False
| 5
| Disabled
. Nachweis steht oben.

@ 2026-04-17 06:15 | miriam | - | normal
> /normal
= internal | - | Comparison of two RMM products for our own decision
> wir überlegen ob wir von ninja weg zu level.io gehen. vergleich für unsere GL, 1 tabelle: preis pro agent, mac, scripting
a general-purpose | compare rmm
/a NinjaOne about 3.50 per agent; Level 2 per agent; both run scripts on mac.
w /Users/miriam/intern/rmm-vergleich.md
+ | | Ninja | Level |
+ | Preis/Agent | 3.50 | 2.00 |
+ | Mac | ja | ja |
. Die Tabelle ist fertig.
> ok kommt auf die traktandenliste von montag

@ 2026-04-17 06:40 | pavel | Vercors Outdoor | msp
> /msp Vercors Outdoor #7760
= project | VO-ESX1 | Move from ESXi to Proxmox, wave 1: test VM exported from the old host and imported on the new one
> esxi exit project, wave 1: get the test vm (srv-test) off VO-ESX1 as ovf. new pve box has no name yet, its 10.33.0.9
$ ssh root@VO-ESX1 "vim-cmd vmsvc/getallvms | grep srv-test; vim-cmd vmsvc/power.shutdown 14"
| 14 srv-test [ds1] srv-test/srv-test.vmx
$380 ovftool vi://root@vo-esx1.vercors.local/srv-test /data/export/
| Transfer Completed
$ scp -r /data/export/srv-test root@10.33.0.9:/var/lib/vz/import/ && ssh root@10.33.0.9 "qm importovf 201 /var/lib/vz/import/srv-test/srv-test.ovf local-zfs"
| transferred 40.0 GiB of 40.0 GiB (100.00%)
$ ssh root@10.33.0.9 "qm set 201 --scsihw virtio-scsi-pci --boot order=sata0 && qm start 201"
. srv-test boots as 201 on the new host; drivers still SATA.
> fine, virtio swap is wave 1b
`
