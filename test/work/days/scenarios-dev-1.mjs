/** Dev set, 2 and 3 March 2026. The marks at the starts of lines are explained in README.md. */
export const devDays1 = String.raw`
@ 2026-03-02 07:22 | ana | Harbourline | msp
> /msp Harbourline #48101
= incident | HL-DC01 | DNS server service had stopped after a failed zone load; zone file restored and name resolution works again
> users at harbourline cannot open anything by name since 8, ip works. dns on the DC i guess, pls look
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { Get-Service DNS, Netlogon, NTDS | Select Name, Status }
| DNS       Stopped
| Netlogon  Running
| NTDS      Running
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { Get-WinEvent -LogName 'DNS Server' -MaxEvents 5 | fl TimeCreated, Id, Message }
| TimeCreated : 3/2/2026 6:41:12 AM
| Id          : 1003
| Message     : The DNS server could not open the file harbourline.local.dns for zone harbourline.local.
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { Start-Service DNS }
! 1
| Failed to start service 'DNS Server (DNS)'.
. The DNS service does not start: the zone file of harbourline.local is unreadable. I suggest taking it from the copy in the backup folder.
> yes do that
% Invoke-Command -ComputerName HL-DC01 -ScriptBlock { Copy-Item C:\Windows\System32\dns\backup\harbourline.local.dns C:\Windows\System32\dns\ -Force; Start-Service DNS; (Get-Service DNS).Status }
| Running
% nslookup hl-fs01.harbourline.local hl-dc01.harbourline.local
| Server:  hl-dc01.harbourline.local
| Address:  10.11.0.10
| Name:    hl-fs01.harbourline.local
. DNS runs again and answers for the internal zone.
~ 6m20s
> ok users confirm. close it
. Noted: cause was an unreadable zone file, service started at 08:41.

@ 2026-03-02 08:05 | bram | Nordwind Logistik | msp
> /msp Nordwind Logistik
= maintenance | NW-APP02, NW-SQL01 | Monthly Windows updates installed on the application and database servers, both restarted and checked
> monatliche updates für NW-APP02 und NW-SQL01, wartungsfenster ist bis 10 uhr
% Invoke-Command -ComputerName NW-APP02,NW-SQL01 -ScriptBlock { Get-WindowsUpdate -MicrosoftUpdate | Select KB, Size, Title }
| KB5053594 412MB 2026-02 Cumulative Update for Windows Server 2019
| KB5052000  71MB 2026-02 .NET Framework update
%420 Invoke-Command -ComputerName NW-APP02 -ScriptBlock { Install-WindowsUpdate -AcceptAll -AutoReboot }
| NW-APP02 KB5053594 Installed
| NW-APP02 KB5052000 Installed
%485 Invoke-Command -ComputerName NW-SQL01 -ScriptBlock { Install-WindowsUpdate -AcceptAll -AutoReboot }
| NW-SQL01 KB5053594 Installed
. Beide Server sind aktualisiert und starten neu.
~ 7m
> sind sie wieder oben?
% Invoke-Command -ComputerName NW-APP02,NW-SQL01 -ScriptBlock { (Get-CimInstance Win32_OperatingSystem).LastBootUpTime; Get-Service MSSQLSERVER -ErrorAction SilentlyContinue }
| Monday, March 2, 2026 9:31:02 AM
| Monday, March 2, 2026 9:40:44 AM
| Running MSSQLSERVER
. Ja, beide laufen, SQL Server ist gestartet.

@ 2026-03-02 08:31 | chloe | Lenoir | msp
> /msp Lenoir
= service_request | LEN-SRV | New user account for Camille Roux with mailbox access group and home folder
> nouvelle vendeuse chez lenoir : Camille Roux, compte + dossier perso comme les autres vendeuses svp
$ ssh admin@len-srv powershell -c "Get-ADUser -Filter * -SearchBase 'OU=Vente,DC=lenoir,DC=local' -Properties MemberOf | select Name,MemberOf"
| Julie Martin  {CN=G_Vente,OU=Groupes,DC=lenoir,DC=local}
$ ssh admin@len-srv powershell -c "New-ADUser -Name 'Camille Roux' -SamAccountName croux -Path 'OU=Vente,DC=lenoir,DC=local' -Enabled 1; Add-ADGroupMember G_Vente croux"
$ ssh admin@len-srv powershell -c "New-Item -ItemType Directory D:\Perso\croux; icacls D:\Perso\croux /grant 'LENOIR\croux:(OI)(CI)M'"
| processed file: D:\Perso\croux
| Successfully processed 1 files; Failed processing 0 files
. Le compte croux existe, membre de G_Vente, avec son dossier D:\Perso\croux.

@ 2026-03-02 09:40 | ana | Kestrel Dental | msp
> /msp kestrel dental #48107
= incident | KD-PACS | X-ray images could not be stored because the data disk was full; old exports moved and storage works
> kestrel calls: x-rays dont get saved, error in the imaging software. something with KD-PACS?
% Invoke-Command -ComputerName KD-PACS -ScriptBlock { Get-Volume | ft DriveLetter, SizeRemaining, Size; Get-Service *pacs* }
| C  41 GB  120 GB
| D  12 MB  2 TB
| Running  OrthancPACS
. D: is full. I look for what grew.
> go on
%35 Invoke-Command -ComputerName KD-PACS -ScriptBlock { gci D:\ -Directory | % { [pscustomobject]@{ N=$_.Name; GB=[int]((gci $_.FullName -Recurse -File | measure Length -Sum).Sum/1GB) } } }
| Images   1390
| Export    610
% Invoke-Command -ComputerName KD-PACS -ScriptBlock { gci D:\Export | sort LastWriteTime | select -First 5 Name, LastWriteTime }
| dump-2024-11  11/30/2024
| dump-2024-12  12/31/2024
%510 robocopy \\KD-PACS\D$\Export E:\kestrel-offload /E /MOVE /R:1 /W:1 /NFL
| Total Copied Skipped Mismatch FAILED
| Bytes: 590.112 g 590.112 g 0 0 0
. 590 GB moved away, D: has space again.
> test picture stored, they are happy
. Good. I noted that the export folder needs a clean-up rule.

@ 2026-03-02 10:24 | bram | Osprey Manufacturing | msp
> /msp Osprey Manufacturing #48110
= change | OSP-FW1 | Port forward for the supplier's EDI gateway limited to their two addresses and moved to port 8443
> osprey asked us to restrict the EDI forward on the firewall OSP-FW1 to 198.51.100.20 and .21, and move it to 8443. change is approved
$ ssh admin@OSP-FW1 "show firewall vip edi-gw"
| config firewall vip
|     edit "edi-gw"
|         set extport 443
|         set mappedip "10.40.1.30"
$ ssh admin@OSP-FW1 "config firewall vip; edit edi-gw; set extport 8443; set src-filter 198.51.100.20 198.51.100.21; next; end"
! 1
| node_check_object fail! for src-filter 198.51.100.20
| Command fail. Return code -651
$ ssh admin@OSP-FW1 "config firewall vip; edit edi-gw; set extport 8443; set src-filter 198.51.100.20/32 198.51.100.21/32; next; end"
$ ssh admin@OSP-FW1 "show firewall vip edi-gw"
|         set extport 8443
|         set src-filter "198.51.100.20/32" "198.51.100.21/32"
. The forward listens on 8443 and takes only the two addresses.

@ 2026-03-02 12:44 | chloe | Bluegum Farms | msp
> /msp Bluegum Farms
= maintenance | bg-mon01 | Ubuntu packages updated on the monitoring server, old kernels removed, services checked
> bluegum patch night, start with bg-mon01: apt upgrade, clean up old kernels. its almost midnight over there so go ahead
$160 ssh ops@bg-mon01 "sudo apt-get update -q && sudo DEBIAN_FRONTEND=noninteractive apt-get -y upgrade | tail -4"
| 61 upgraded, 0 newly installed, 0 to remove and 4 not upgraded.
$40 ssh ops@bg-mon01 "sudo apt-get -y autoremove --purge | tail -3"
| Removing linux-image-5.15.0-119-generic ...
. Upgraded, three old kernels are gone. A reboot is needed.
> reboot it
$ ssh ops@bg-mon01 "sudo systemctl reboot"
! 255
| Connection to bg-mon01 closed by remote host.
~ 4m10s
> up again?
$ ssh ops@bg-mon01 "uptime; systemctl --failed; systemctl is-active zabbix-server grafana-server"
|  00:01:11 up 2 min,  1 user,  load average: 0.41
| 0 loaded units listed.
| active
| active
. It is up, no failed units.
= maintenance | BG-DC01, BG-RDS01 | Windows updates installed on the domain controller and the session host, restart checked
> now the two windows boxes, DC first
$300 ssh admin@bg-dc01 powershell -c "Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result"
| KB5053594 Installed
$ ssh admin@bg-rds01 powershell -c "quser"
| No User exists for *
$280 ssh admin@bg-rds01 powershell -c "Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result"
| KB5053594 Installed
. Both installed and restarting.
~ 8m
> check them pls
$ ssh admin@bg-dc01 powershell -c "dcdiag /q; Get-Service NTDS,DNS,Netlogon"
| Running NTDS
| Running DNS
| Running Netlogon
$ ssh admin@bg-rds01 powershell -c "Get-Service TermService,UmRdpService"
| Running TermService
| Running UmRdpService
. dcdiag is clean, remote desktop services run.

@ 2026-03-02 13:10 | ana | Meridian Law | msp
> /msp Meridian Law #48115
= security | MER-DC1 | Suspicious sign-ins from Lagos on a partner's account; sessions revoked, password reset, forwarding rule removed
> meridian: risky sign in alert for jholloway@meridianlaw.com, two logins from nigeria tonight. treat as compromised
% Connect-MgGraph -TenantId meridianlaw.com; Get-MgAuditLogSignIn -Filter "userPrincipalName eq 'jholloway@meridianlaw.com'" -Top 20 | ft CreatedDateTime,IpAddress,@{n='loc';e={$_.Location.City}}
| 3/2/2026 4:12:09 AM 102.89.33.17 Lagos
| 3/2/2026 4:10:51 AM 102.89.33.17 Lagos
| 3/1/2026 9:03:33 PM 74.101.8.9   New York
% Revoke-MgUserSignInSession -UserId jholloway@meridianlaw.com
| True
% Get-InboxRule -Mailbox jholloway@meridianlaw.com | fl Name,ForwardTo,DeleteMessage
| Name          : ..
| ForwardTo     : {"acct.recv@proton.example"}
| DeleteMessage : True
. There is a hidden rule that forwards and deletes. I remove it and reset the password on the DC.
> do it, and tell me which mails went out
% Remove-InboxRule -Mailbox jholloway@meridianlaw.com -Identity '..' -Confirm:$false
% Invoke-Command -ComputerName MER-DC1 -ScriptBlock { Set-ADAccountPassword jholloway -Reset -NewPassword (Read-Host -AsSecureString); Set-ADUser jholloway -ChangePasswordAtLogon $true }
%55 Search-UnifiedAuditLog -StartDate 3/1/2026 -EndDate 3/3/2026 -UserIds jholloway@meridianlaw.com -Operations Send,New-InboxRule | ft CreationDate,Operations
| 3/2/2026 4:15:20 AM New-InboxRule
. The account is closed to the intruder: sessions revoked, rule gone, new password at next sign-in. No mail was sent by them, the rule existed 9 hours.
> ok mfa re-registration is done with him on the phone
. Noted.

@ 2026-03-02 14:02 | bram | - | dev | cwd=C:\Users\bram\src\backup-dashboard
> /dev
= development | - | Backup dashboard: export of failed jobs as CSV, with a test
> add a csv export button for the failed jobs list, tests too
$ git status -sb
| ## main...origin/main
e C:\Users\bram\src\backup-dashboard\src\jobs\list.ts
- export const columns = ['client', 'job', 'status']
+ export const columns = ['client', 'job', 'status', 'lastError']
w C:\Users\bram\src\backup-dashboard\src\jobs\export.ts
+ export function toCsv(rows: Job[]): string {
+   return rows.map((row) => columns.map((name) => quote(row[name])).join(',')).join('\n')
+ }
$14 npm test -- export
! 1
| FAIL test/export.test.ts > quotes a comma
| expected 'a,b' to be '"a,b"'
e C:\Users\bram\src\backup-dashboard\src\jobs\export.ts
- rows.map((row) => columns
+ rows.filter((row) => row.status === 'failed').map((row) => columns
$12 npm test -- export
| Tests  6 passed (6)
. Export works, six tests pass.
> commit
$ git commit -qam "feat(jobs): failed jobs can be exported as CSV"
. Committed.

@ 2026-03-02 15:12 | chloe | Tulip Software | msp
> /msp Tulip Software #48120
= change | web01 | TLS certificate for the new api.tulipsoft.nl name issued and nginx configured to serve it
> tulip wants api.tulipsoft.nl served from web01 with its own certificate, backend on 127.0.0.1:4000
$ ssh deploy@web01 "ls /etc/nginx/sites-enabled; nginx -v"
| app.tulipsoft.nl  www.tulipsoft.nl
| nginx version: nginx/1.24.0
w /Users/chloe/clients/tulip-software/web01/api.tulipsoft.nl.conf
+ server { listen 443 ssl; server_name api.tulipsoft.nl; location / { proxy_pass http://127.0.0.1:4000; } }
$ scp web01/api.tulipsoft.nl.conf deploy@web01:/tmp/ && ssh deploy@web01 "sudo mv /tmp/api.tulipsoft.nl.conf /etc/nginx/sites-available/"
$18 ssh deploy@web01 "sudo certbot certonly --nginx -d api.tulipsoft.nl -n"
! 1
| Challenge failed for domain api.tulipsoft.nl
| DNS problem: NXDOMAIN looking up A for api.tulipsoft.nl
. The name does not exist in DNS yet. Ask the client to add the A record.
~ 8m40s
> record is there now
$22 ssh deploy@web01 "sudo certbot certonly --nginx -d api.tulipsoft.nl -n"
| Successfully received certificate.
$ ssh deploy@web01 "sudo ln -s /etc/nginx/sites-available/api.tulipsoft.nl.conf /etc/nginx/sites-enabled/ && sudo nginx -t && sudo systemctl reload nginx"
| nginx: configuration file /etc/nginx/nginx.conf test is successful
. api.tulipsoft.nl answers with its own certificate.

@ 2026-03-03 07:40 | ana | Nordwind Logistik | msp
> /msp Nordwind Logistik #48131
= incident | NW-VEEAM, NW-HV01 | Nightly Veeam backup of the Hyper-V host failed on a stuck VSS writer; writer restarted, job ran through
> veeam job HV-Daily ist heute nacht auf fehler gelaufen, bitte anschauen
% Invoke-Command -ComputerName NW-VEEAM -ScriptBlock { Get-VBRJob -Name HV-Daily | Get-VBRJobLastSession; Get-VBRSession -Last | fl Result, Reason }
! 1
| The term 'Get-VBRJobLastSession' is not recognized as the name of a cmdlet
% Invoke-Command -ComputerName NW-VEEAM -ScriptBlock { Connect-VBRServer; (Get-VBRBackupSession | ? JobName -eq 'HV-Daily' | sort EndTime | select -Last 1).GetDetails() }
| Error: Failed to create snapshot (Microsoft Hyper-V VSS Writer) VSS_WS_FAILED_AT_PREPARE_SNAPSHOT
% Invoke-Command -ComputerName NW-HV01 -ScriptBlock { vssadmin list writers | Select-String -Context 0,3 'Hyper-V' }
| Writer name: 'Microsoft Hyper-V VSS Writer'
|    State: [8] Failed
|    Last error: Retryable error
. Der VSS-Writer auf NW-HV01 hängt. Ein Neustart von vmms behebt das, die VMs laufen weiter.
> mach
% Invoke-Command -ComputerName NW-HV01 -ScriptBlock { Restart-Service vmms; Start-Sleep 10; vssadmin list writers | Select-String -Context 0,3 'Hyper-V' }
|    State: [1] Stable
%540 Invoke-Command -ComputerName NW-VEEAM -ScriptBlock { Start-VBRJob -Job (Get-VBRJob -Name HV-Daily) | fl Result }
| Result : Success
. Der Job ist durchgelaufen.
`
