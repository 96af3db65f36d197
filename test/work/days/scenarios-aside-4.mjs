/** Set aside, more of both weeks: short pieces and interleaved sessions. */
export const asideDays4 = String.raw`
@ 2026-10-19 15:10 | emma | Halcyon Wealth | msp
> /msp Halcyon Wealth #7314
= change | HW-SQL2 | Memory limit of the database server raised after the machine got more memory
> HW-SQL2 got 64 GB more, set sql max memory to 112 gb as in change 7314
$ pwsh -c "Invoke-Command HW-SQL2 { sqlcmd -Q \"EXEC sp_configure 'show advanced options',1; RECONFIGURE; EXEC sp_configure 'max server memory (MB)',114688; RECONFIGURE\" }"
| Configuration option 'max server memory (MB)' changed from 49152 to 114688.
$ pwsh -c "Invoke-Command HW-SQL2 { sqlcmd -Q \"SELECT value_in_use FROM sys.configurations WHERE name like 'max server%'\" }"
| 114688
. The limit is 112 GB and in use.

@ 2026-10-20 09:40 | deniz | Evergreen Schools | msp
> /msp Evergreen Schools #7325
= service_request | EGS-DC1 | Passwords of a school class reset and printed list prepared for the teacher
> evergreen: reset passwords of class 9B (26 pupils), teacher gets the list tomorrow
% Invoke-Command EGS-DC1 { Get-ADUser -Filter * -SearchBase 'OU=9B,OU=Pupils,DC=egs,DC=school' | measure }
| Count : 26
% Invoke-Command EGS-DC1 { Get-ADUser -Filter * -SearchBase 'OU=9B,OU=Pupils,DC=egs,DC=school' | % { Set-ADAccountPassword $_ -Reset -NewPassword (New-PupilWord) ; Set-ADUser $_ -ChangePasswordAtLogon $true } }
. 26 passwords are reset, each pupil sets a new one.

@ 2026-10-20 15:20 | emma | Alder Clinic | msp
> /msp Alder Clinic #7328
= incident | ALD-RX3 | Prescription computer froze on a failing update; update removed and service paused
> ALD-RX3 is looping in "undoing changes", its back in windows for now
$ pwsh -c "Invoke-Command ALD-RX3 { Get-HotFix | sort InstalledOn | select -Last 2; Get-Content C:\\Windows\\Logs\\CBS\\CBS.log -Tail 2 }"
| KB5066835
| Failed to pin deployment [HRESULT = 0x800f0922]
$90 pwsh -c "Invoke-Command ALD-RX3 { Dism /Online /Cleanup-Image /RestoreHealth; wusa /uninstall /kb:5066835 /quiet /norestart; Get-Volume C | select SizeRemaining }"
| The restore operation completed successfully.
. The component store is repaired and the broken update removed.
> it booted fine. thanks

@ 2026-10-21 09:30 | deniz | Fjord Seafood | msp
> /msp Fjord Seafood #7338
= change | FJ-DC1 | DHCP scope of the plant network widened and lease time shortened
> fjord: dhcp scope plant (10.90.4.0) is full, extend to .250 and lease 8h on FJ-DC1, approved by their it lead
% Invoke-Command FJ-DC1 { Get-DhcpServerv4ScopeStatistics 10.90.4.0 | fl Free, InUse }
| Free : 4
| InUse : 146
% Invoke-Command FJ-DC1 { Set-DhcpServerv4Scope -ScopeId 10.90.4.0 -StartRange 10.90.4.50 -EndRange 10.90.4.250 -LeaseDuration 0.08:00:00; (Get-DhcpServerv4ScopeStatistics 10.90.4.0).Free }
| 54
. The range ends at .250 now, leases last 8 hours.

@ 2026-10-21 14:20 | fritz | Grand Canal Media | msp
> /msp Grand Canal Media #7342
= incident | gcm-render1 | Render jobs hung because the GPU driver did not match the kernel; driver module rebuilt
> gcm-render1: blender jobs stehen seit dem neustart, nvidia-smi geht nicht
$ ssh root@gcm-render1 "nvidia-smi"
! 9
| NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.
$120 ssh root@gcm-render1 "apt-get install -y linux-headers-$(uname -r); dkms autoinstall; modprobe nvidia; nvidia-smi | head -3"
! 1
| modprobe: FATAL: Module nvidia not found in directory /lib/modules/5.15.0-157-generic
$90 ssh root@gcm-render1 'apt-get install -y linux-headers-$(uname -r) && dkms autoinstall && modprobe nvidia && nvidia-smi | head -3'
| NVIDIA-SMI 570.133  Driver Version: 570.133
. Die Kernel-Header fehlten, der Treiber ist geladen.
> jobs laufen

@ 2026-10-22 13:20 | deniz | Delphi Notare | msp
> /msp Delphi Notare #7352
= problem | DN-EX16 | Root cause of the repeated full system disk on the mail server found: diagnostic logs without a limit
> DN-EX16: platte C voll war jetzt das vierte mal in zwei monaten. wir räumen immer nur auf. bitte ursache suchen, noch nichts ändern
% Invoke-Command DN-EX16 { gci 'C:\Program Files\Microsoft\Exchange Server\V15\Logging' -Directory | % { [pscustomobject]@{ N=$_.Name; GB=[math]::Round((gci $_.FullName -Recurse -File | measure Length -Sum).Sum/1GB,1) } } | sort GB -Desc | select -First 3 }
| Diagnostics 31.4
| HttpProxy 6.2
% Invoke-Command DN-EX16 { Select-String 'MaxTotalSizeInBytes' 'C:\Program Files\Microsoft\Exchange Server\V15\Bin\Microsoft.Exchange.Diagnostics.Service.exe.config' }
| <add Name="DailyPerformanceLogs" MaxSize="100000MB" />
. Ursache: der Diagnosedienst darf 100 GB schreiben, vier Vorfälle im Abstand von 14 Tagen passen dazu.
> als bekannten fehler aufschreiben
w C:\Users\deniz\clients\delphi-notare\known-errors\ex16-disk.md
+ Ursache: DailyPerformanceLogs mit 100 GB Grenze. Vorschlag: 5 GB, als Change einplanen.
. Aufgeschrieben.

@ 2026-10-22 14:05 | emma | Castellan Bouw | msp
> /msp Castellan Bouw #7353
= service_request | CB-RDS2 | Office language pack Polish installed for the planning team
> castellan: poolse taal in office op CB-RDS2 voor de planners
$110 pwsh -c "Invoke-Command CB-RDS2 { Start-Process C:\\odt\\setup.exe -ArgumentList '/configure C:\\odt\\pl-pl.xml' -Wait; Get-ItemProperty HKLM:\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration | select ClientCulture }"
| ClientCulture : nl-nl
$ pwsh -c "Invoke-Command CB-RDS2 { Test-Path 'C:\\Program Files\\Microsoft Office\\root\\Office16\\1045' }"
| True
. Pools staat erop, te kiezen in de opties.

@ 2026-10-23 08:20 | fritz | Evergreen Schools | msp
> /msp Evergreen Schools #7356
= project | EGS-DC1 | Rollout of the new domain controller: preparation of forest and first replication test
> projekt dc-tausch evergreen, schritt 1: forest vorbereiten auf EGS-DC1, replikation testen
%120 Invoke-Command EGS-DC1 { D:\support\adprep\adprep.exe /forestprep /silent; D:\support\adprep\adprep.exe /domainprep /silent }
| Adprep successfully updated the forest-wide information.
% Invoke-Command EGS-DC1 { repadmin /replsummary; (Get-ADObject (Get-ADRootDSE).schemaNamingContext -Properties objectVersion).objectVersion }
| fails/total 0 / 10
| 91
. Schema 91, keine Fehler in der Replikation.
> im projektplan abhaken
e C:\Users\fritz\clients\evergreen-schools\projects\dc-swap\plan.md
- [ ] 1 forest prep
+ [x] 1 forest prep (schema 91, 23 Oct)
. Abgehakt.

@ 2026-10-27 09:15 | emma | Brightwater Hotels | msp
> /msp Brightwater Hotels #7382
= change | BWH-FW1 | Separate guest bandwidth limit configured on the firewall
> brightwater wants guests limited to 20 mbit each, BWH-FW1, shaper per ip
$ ssh admin@BWH-FW1 'config firewall shaper per-ip-shaper; edit guest20; set max-bandwidth 20000; end'
$ ssh admin@BWH-FW1 'config firewall policy; edit 14; set per-ip-shaper guest20; end; show firewall policy 14 | grep shaper'
| set per-ip-shaper "guest20"
. Policy 14 limits each guest to 20 Mbit/s.

@ 2026-10-27 15:30 | deniz | Grand Canal Media | msp | end=other
> /msp Grand Canal Media #7386
= security | gcm-www | Leaked deploy key replaced on the web server and its use checked in the logs
> their intern pushed the deploy private key to a public repo. rotate on gcm-www and check if someone used it
% ssh root@gcm-www "last -i deploy | head -4; journalctl -u ssh --since -2d | grep 'Accepted publickey for deploy' | awk '{print $11}' | sort | uniq -c"
| 14 198.51.100.7
% ssh-keygen -t ed25519 -f deploy_new -N '' ; scp deploy_new.pub root@gcm-www:/home/deploy/.ssh/authorized_keys
| Your public key has been saved in deploy_new.pub
. Only the known address used the key; the old one no longer opens anything.

@ 2026-10-29 13:10 | emma | Alder Clinic | msp
> /msp Alder Clinic #7398
= maintenance | SERVER1 | Monthly check of the clinic's server: backup restore test, disks, event log
> monthly check + restore test on SERVER1 of alder
$ pwsh -c "Invoke-Command SERVER1 { wbadmin get versions | Select -Last 3; Get-PhysicalDisk | ft FriendlyName,HealthStatus }"
| Backup time: 10/28/2026 11:00 PM
| PERC Healthy
$200 pwsh -c "Invoke-Command SERVER1 { wbadmin start recovery -version:10/29/2026-05:00 -itemType:File -items:D:\\Test\\probe.docx -recoveryTarget:C:\\restore -quiet | Select -Last 1 }"
| The recovery operation completed.
. Backups are current, the restored file opens.
`
