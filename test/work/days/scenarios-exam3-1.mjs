/** Exam 3, 8 to 10 June 2026. The marks at the starts of lines are explained in README.md. */
export const exam3Days1 = String.raw`
@ 2026-06-08 07:02 | rhys | Thornbury Primary School | msp
> /msp Thornbury Primary School #7301
= incident | TPS-PRN | Print jobs stuck behind a corrupt spool file on the print server; queue cleared and the report cards print again
> Morning. The school office rang, nothing has come out of any printer since they opened and report cards have to go home today. The queues all live on TPS-PRN.
% Invoke-Command -ComputerName TPS-PRN -ScriptBlock { Get-Service Spooler; Get-Printer | Select Name, PrinterStatus, JobCount }
| Running  Spooler
| Office-Colour   Error   41
| Staffroom-Mono  Error   17
% Invoke-Command -ComputerName TPS-PRN -ScriptBlock { Get-WinEvent -LogName 'Microsoft-Windows-PrintService/Admin' -MaxEvents 5 | fl Id, Message }
| Id : 372
| Message : The document reports_y4.pdf failed to print. Win32 error code returned by the print processor: 87.
. One PDF from Year 4 jams the print processor and everything queues up behind it. I would stop the spooler, delete the spool files and start it again.
> Go ahead, I'll tell them to send them again.
% Invoke-Command -ComputerName TPS-PRN -ScriptBlock { Stop-Service Spooler -Force; Remove-Item C:\Windows\System32\spool\PRINTERS\* -Force; Start-Service Spooler; (Get-Service Spooler).Status }
| Running
. Spooler is running with empty queues.
~ 4m30s
> Lovely, they're printing.
. Good, both queues take jobs.
= service_request | - | Shared mailbox for the summer fair created with access for three members of staff
> Mrs Pell also asks for a shared mailbox summerfair@thornburyprimary.sch.uk, with her, the bursar and Mr Okoro on it please
% Connect-ExchangeOnline -DelegatedOrganization thornburyprimary.onmicrosoft.com; New-Mailbox -Shared -Name 'Summer Fair' -PrimarySmtpAddress summerfair@thornburyprimary.sch.uk
| Summer Fair  SharedMailbox
% 'pell.j','bursar','okoro.d' | % { Add-MailboxPermission summerfair -User $_ -AccessRights FullAccess; Add-RecipientPermission summerfair -Trustee $_ -AccessRights SendAs -Confirm:$false }
| pell.j FullAccess
| bursar FullAccess
| okoro.d FullAccess
. The mailbox exists, all three can open it and send from it.

@ 2026-06-08 08:14 | ilka | Kessler Feinmechanik | msp
> /msp Kessler Feinmechanik
= maintenance | KFM-HV1, KFM-HV2 | Monatliche Windows-Updates auf beiden Hyper-V-Hosts nacheinander installiert, VMs per Live-Migration verschoben
> Patchday bei Kessler: beide Hosts nacheinander, erst KFM-HV2, vorher die VMs rüberschieben. KFM-ERP darf nicht ausfallen.
$ pwsh -c "Invoke-Command -ComputerName KFM-HV2 { Suspend-ClusterNode -Drain -Wait; Get-ClusterGroup | ft Name,OwnerNode,State }"
| KFM-ERP   KFM-HV1  Online
| KFM-DC    KFM-HV1  Online
$390 pwsh -c "Invoke-Command -ComputerName KFM-HV2 { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result }"
| KB5060526 Installed
| KB5054979 Installed
. KFM-HV2 ist aktualisiert und startet neu.
~ 8m10s
> ist er wieder da? dann HV1
$ pwsh -c "Invoke-Command -ComputerName KFM-HV2 { Resume-ClusterNode; (Get-ClusterNode).State }"
| Up
| Up
$ pwsh -c "Invoke-Command -ComputerName KFM-HV1 { Suspend-ClusterNode -Drain -Wait }"
$410 pwsh -c "Invoke-Command -ComputerName KFM-HV1 { Install-WindowsUpdate -AcceptAll -AutoReboot | ft KB,Result }"
| KB5060526 Installed
. Auch KFM-HV1 ist durch und startet neu.
~ 7m
> prüf bitte den Cluster
$ pwsh -c "Invoke-Command -ComputerName KFM-HV1 { Resume-ClusterNode; Get-ClusterNode | ft Name,State; Get-ClusterGroup | ? State -ne Online }"
| KFM-HV1 Up
| KFM-HV2 Up
. Beide Knoten sind oben, alle Gruppen online.

@ 2026-06-08 14:20 | maeve | Calloway Insurance | msp
> /msp Calloway Insurance #7304
= security | - | Phished account contained: sessions revoked, password reset, rogue MFA method and OAuth consent removed
> Dwayne at Calloway clicked a DocuSign mail and typed his password in, and now there's a sign-in from an address in Romania. Contain the account first, then see what they touched.
$ pwsh -c "Connect-MgGraph -TenantId callowayins.com; Get-MgAuditLogSignIn -Filter \"userPrincipalName eq 'dharris@callowayins.com'\" -Top 10 | ft CreatedDateTime,IpAddress,AppDisplayName"
| 6/8/2026 1:51:17 PM 86.120.4.77 Office 365 Exchange Online
| 6/8/2026 1:12:40 PM 73.50.11.6  Outlook
$ pwsh -c "Update-MgUser -UserId dharris@callowayins.com -AccountEnabled:0; Revoke-MgUserSignInSession -UserId dharris@callowayins.com"
| True
$ pwsh -c "Get-MgUserAuthenticationMethod -UserId dharris@callowayins.com; Get-MgUserOauth2PermissionGrant -UserId dharris@callowayins.com | fl ClientId,Scope"
| phone +1 312 555 0188
| microsoftAuthenticator  SM-A145  (added 6/8/2026 1:53 PM)
| Scope : Mail.Read offline_access  (eM Client)
. The account is blocked. The intruder added an authenticator on an SM-A145 and consented to eM Client with mail access. Both should go.
> Remove both and reset the password.
$ pwsh -c "Remove-MgUserAuthenticationMicrosoftAuthenticatorMethod -UserId dharris@callowayins.com -MicrosoftAuthenticatorAuthenticationMethodId 4c1f; Remove-MgOauth2PermissionGrant -OAuth2PermissionGrantId b81"
$ pwsh -c "Update-MgUser -UserId dharris@callowayins.com -PasswordProfile @{ForceChangePasswordNextSignIn=1;Password=(New-Pw)}"
$50 pwsh -c "Search-UnifiedAuditLog -UserIds dharris@callowayins.com -StartDate 6/8/2026 -EndDate 6/9/2026 | group Operations | ft Count,Name"
| 212 MailItemsAccessed
. Authenticator, consent and password are dealt with. They read 212 mails and sent none; Calloway has to judge the notification duty.
= service_request | CAL-DC1 | Account, groups and license for a new claims adjuster
> They've also got a new claims adjuster starting Wednesday, Keisha Boone, same groups as Tom Reyes, E3.
$ pwsh -c "Invoke-Command -ComputerName CAL-DC1 { New-ADUser -Name 'Keisha Boone' -SamAccountName kboone -Path 'OU=Claims,DC=callowayins,DC=local' -Enabled 1; (Get-ADUser treyes -Properties MemberOf).MemberOf | Add-ADGroupMember -Members kboone }"
$ pwsh -c "Invoke-Command -ComputerName CAL-DC1 { Get-ADPrincipalGroupMembership kboone | select Name }"
| Domain Users
| Claims-RW
| VPN-Users
$ pwsh -c "Set-MgUserLicense -UserId kboone@callowayins.com -AddLicenses @{SkuId='05e9a617'} -RemoveLicenses @()"
. kboone exists with Tom's groups and an E3 license.

@ 2026-06-08 22:41 | rhys | Wattle Creek Physio | msp
> /msp Wattle Creek Physio #7309
= incident | wcp-pbx | Phones unreachable because the SIP trunk could not register after a certificate expired; renewed and calls work
> on call: physio in brisbane has no phones at all this morning, callers get a dead line. pbx is wcp-pbx
$ ssh admin@wcp-pbx "sudo asterisk -rx 'pjsip show registrations'; sudo systemctl is-active asterisk"
|  trunk-main/sip:sip.telco.example   Rejected
| active
$ ssh admin@wcp-pbx "sudo tail -20 /var/log/asterisk/full | grep -i tls"
| ERROR: SSL peer certificate verify failed: certificate has expired
. The trunk is on TLS with a client certificate that expired last night.
> can you renew it
$ ssh admin@wcp-pbx "sudo certbot renew --cert-name pbx.wattlecreekphysio.com.au --force-renewal"
! 1
| Timeout during connect (likely firewall problem)
$ ssh admin@wcp-pbx "sudo nft add rule inet filter input tcp dport 80 accept; sudo certbot renew --cert-name pbx.wattlecreekphysio.com.au --force-renewal"
| Congratulations, all renewals succeeded
$ ssh admin@wcp-pbx "sudo asterisk -rx 'core restart now'; sleep 8; sudo asterisk -rx 'pjsip show registrations'"
|  trunk-main/sip:sip.telco.example   Registered
. Registered again. Inbound and outbound should work.
~ 3m
> test call fine, thx
. Good.

@ 2026-06-09 07:20 | ilka | - | dev | cwd=/home/ilka/src/dmarc-digest
> /dev
= development | - | DMARC digest: gzip reports are parsed and a failing test for namespaces fixed
> the dmarc digest tool chokes on gzipped reports with an xml namespace. add support and a test
$ git log --oneline -3
| 8e21c0a feat: zip attachments
w /home/ilka/src/dmarc-digest/tests/test_gzip.py
+ def test_gzip_with_namespace(sample):
+     assert parse(sample('ns.xml.gz')).org == 'google.com'
$9 pytest -q tests/test_gzip.py
! 1
| E   AttributeError: 'NoneType' object has no attribute 'text'
| 1 failed
e /home/ilka/src/dmarc-digest/dmarc_digest/parse.py
-     org = root.find('report_metadata/org_name').text
+     org = root.find('{*}report_metadata/{*}org_name').text
$9 pytest -q
| 23 passed
. Namespaced gzip reports are read now; all 23 tests pass.
> push it
$ git commit -qam "feat: gzip reports, namespaces" && git push -q
. Pushed.
> /normal
= internal | - | Our own on-call roster for July drawn up and put in the shared folder
> Draft our on-call roster for July: me, Rhys and Maeve, week by week. Maeve is on holiday from the 13th to the 24th.
w /home/ilka/office/oncall-2026-07.md
+ | Week | On call | Backup |
+ | 29 Jun | Maeve | Ilka |
+ | 6 Jul | Rhys | Maeve |
+ | 13 Jul | Ilka | Rhys |
+ | 20 Jul | Rhys | Ilka |
. Drafted with Maeve out from the 13th to the 24th.
> good, copy it to our team share
$ cp /home/ilka/office/oncall-2026-07.md /mnt/team/rosters/
. Done.

@ 2026-06-09 08:05 | rhys | Northgate Freight | msp | id=ngweb
> /msp Northgate Freight #7312
= problem | ng-web01, ng-db01 | Cause of the repeated evening outages of the tracking site: a report query without an index exhausts the database connections
> The tracking site at Northgate has fallen over four evenings in the last two weeks. Every time somebody restarted php-fpm on ng-web01 and it was fine until the next one. I don't want another restart, I want to know why it keeps happening.
$ ssh ops@ng-web01 "sudo grep -h 'max_children' /var/log/php8.1-fpm.log*"
| [26-May-2026 19:04:11] WARNING: [pool www] server reached pm.max_children setting (40)
| [29-May-2026 19:03:58] WARNING: [pool www] server reached pm.max_children setting (40)
| [02-Jun-2026 19:04:20] WARNING: [pool www] server reached pm.max_children setting (40)
| [05-Jun-2026 19:04:02] WARNING: [pool www] server reached pm.max_children setting (40)
. All four came at four past seven, Tuesdays and Fridays. That is a schedule, not load from visitors.
> What runs on those evenings?
$ ssh ops@ng-web01 "sudo grep -rn '19' /etc/cron.d /var/spool/cron/crontabs"
| /etc/cron.d/tracking:0 19 * * 2,5 www-data php /srv/tracking/artisan report:carrier
$ ssh ops@ng-db01 "sudo mysqldumpslow -s t -t 3 /var/log/mysql/slow.log"
| Count: 8  Time=611.20s  SELECT * FROM events JOIN shipments WHERE carrier_ref = 'S'
. The carrier report runs a join of ten minutes and locks the events table. Requests pile up until php-fpm has no workers left. It only happens since the table passed a size; I can compare when it runs tonight.
> Leave it for tonight then, and capture the process list while it runs.
$ ssh ops@ng-db01 "echo '55 18 * * 2 root /usr/local/bin/proclist-capture 20m' | sudo tee /etc/cron.d/proclist"
| 55 18 * * 2 root /usr/local/bin/proclist-capture 20m
. Captures tonight from 18:55 for twenty minutes.

@ 2026-06-09 08:16 | rhys | Bakkerij Oosterhof | msp
> /msp Bakkerij Oosterhof #7313
= service_request | OOS-SRV | Account en mailbox voor de nieuwe filiaalmanager met toegang tot de map Filialen
> Oosterhof heeft een nieuwe filiaalmanager in Zwolle, Marleen Dijkstra. Account, mailbox en rechten op de map Filialen, zoals Henk die heeft.
% Invoke-Command -ComputerName OOS-SRV -ScriptBlock { Get-ADUser hvos -Properties MemberOf | Select -Expand MemberOf }
| CN=Filialen_RW,OU=Groepen,DC=oosterhof,DC=local
% Invoke-Command -ComputerName OOS-SRV -ScriptBlock { New-ADUser -Name 'Marleen Dijkstra' -SamAccountName mdijkstra -Enabled $true -AccountPassword (Read-Host -AsSecureString); Add-ADGroupMember Filialen_RW mdijkstra }
% Set-MgUserLicense -UserId mdijkstra@bakkerijoosterhof.nl -AddLicenses @{SkuId='f245ecc8'} -RemoveLicenses @()
. Account en mailbox staan klaar, ze zit in Filialen_RW.
~ 5m
> top, wachtwoord heb ik doorgebeld
. Mooi.

@ 2026-06-09 14:05 | maeve | Larkspur Trust | msp | id=lkwave
> /msp Larkspur Trust #7266
= project | LK-LT03, LK-LT09 | Intune rollout, wave 2: two fundraising laptops enrolled with BitLocker and the compliance policy
> Intune rollout for Larkspur, wave 2 of 4. Today it's the two fundraising laptops LK-LT03 and LK-LT09, both move off the old local admin setup. Pilot group and profiles are there from wave 1.
$ pwsh -c "Connect-MgGraph -TenantId larkspurtrust.org; Get-MgGroup -Filter \"displayName eq 'Intune-Wave2'\" | ft Id,DisplayName"
| 77ab  Intune-Wave2
$ pwsh -c "New-MgGroupMember -GroupId 77ab -DirectoryObjectId (Get-MgDevice -Filter \"displayName eq 'LK-LT03'\").Id"
$ ssh admin@lk-lt03 "deviceenroller.exe /c /AutoEnrollMDM"
$ ssh admin@lk-lt03 "dsregcmd /status | findstr MdmUrl"
|  MdmUrl : https://enrollment.manage.microsoft.com/enrollmentserver/discovery.svc
. LK-LT03 is enrolled. LK-LT09 next.
$ pwsh -c "New-MgGroupMember -GroupId 77ab -DirectoryObjectId (Get-MgDevice -Filter \"displayName eq 'LK-LT09'\").Id"
$ ssh admin@lk-lt09 "deviceenroller.exe /c /AutoEnrollMDM"
! 1
| 0x80180026 MDM enrollment is blocked by a previous registration
> There's a leftover from the old MDM on that one, clear the enrollment key.
$ ssh admin@lk-lt09 "powershell Remove-Item 'HKLM:\SOFTWARE\Microsoft\Enrollments\*' -Recurse -Force; deviceenroller.exe /c /AutoEnrollMDM"
$ ssh admin@lk-lt09 "manage-bde -status C: | findstr Conversion"
|  Conversion Status:    Encryption in Progress
. Both laptops are in wave 2; LK-LT09 is still encrypting.

@ 2026-06-10 07:31 | rhys | Northgate Freight | msp | id=ngweb src=resume
= same | -
> Morning, the capture ran. What does it say?
$ ssh ops@ng-db01 "sudo cat /var/log/proclist/2026-06-09.txt | awk '{print \$6}' | sort | uniq -c"
| 812 Waiting for table metadata lock
|   1 Sending data
$ ssh ops@ng-db01 "sudo mysql -e 'EXPLAIN SELECT * FROM events JOIN shipments USING (shipment_id) WHERE carrier_ref=1\G' tracking | grep -E 'type|rows'"
|  type: ALL
|  rows: 18402211
. That settles it: carrier_ref has no index, the report scans 18 million rows and the nightly ALTER waits behind it with everyone else. An index fixes the cause. I would have it approved as a change.
> Agreed, write the cause up in the ticket and I'll get the index approved.
. The cause is recorded in #7312.
= service_request | NG-DC2 | Password reset and unlock for a dispatcher
> Ticket from dispatch: Paula Finch forgot her password over the holidays, reset it and unlock her please.
% Invoke-Command -ComputerName NG-DC2 -ScriptBlock { Unlock-ADAccount pfinch; Set-ADAccountPassword pfinch -Reset -NewPassword (Read-Host -AsSecureString); Set-ADUser pfinch -ChangePasswordAtLogon $true }
% Invoke-Command -ComputerName NG-DC2 -ScriptBlock { Get-ADUser pfinch -Properties LockedOut | Select Name, LockedOut }
| Paula Finch False
. Paula is unlocked and sets her own password at the next sign-in.

@ 2026-06-10 09:02 | ilka | Cabinet Delaunay | msp
> /msp Cabinet Delaunay #7318
= incident | CD-TSE | Ouverture de session impossible sur le serveur TSE, disque C plein de journaux ; espace libéré
> Le cabinet appelle : plus personne n'arrive à ouvrir de session sur CD-TSE depuis ce matin, écran noir puis déconnexion. C'est urgent, ils ont une clôture.
$ pwsh -c "Invoke-Command -ComputerName CD-TSE { Get-Volume C | ft SizeRemaining,Size; Get-WinEvent -LogName Application -MaxEvents 4 | fl Id,Message }"
| 0 MB  100 GB
| Id : 1542
| Message : Windows cannot load classes registry file. There is not enough space on the disk.
$25 pwsh -c "Invoke-Command -ComputerName CD-TSE { gci C:\inetpub\logs,C:\ProgramData -Directory | select FullName,@{n='GB';e={[int]((gci \$_ -r -File | measure Length -Sum).Sum/1GB)}} }"
| C:\ProgramData\SageTrace  58
. Le disque C est plein, 58 Go de traces Sage. Je propose de supprimer celles de plus de sept jours.
> oui vas-y
$ pwsh -c "Invoke-Command -ComputerName CD-TSE { gci C:\ProgramData\SageTrace -r -File | ? LastWriteTime -lt (Get-Date).AddDays(-7) | ri -Force; (Get-Volume C).SizeRemaining/1GB }"
| 54.2
. 54 Go libres, les sessions s'ouvrent à nouveau.
= documentation | CD-DC, CD-NAS | Fiche réseau et serveurs du cabinet mise à jour à partir de l'état réel
> Pendant que j'y suis, la fiche du cabinet dans notre wiki date de 2023. Relève les adresses, les rôles et les partages de CD-DC et du CD-NAS et réécris la page.
$ pwsh -c "Invoke-Command -ComputerName CD-DC { Get-NetIPAddress -AddressFamily IPv4 | ft IPAddress; Get-WindowsFeature | ? Installed | ft Name; Get-DhcpServerv4Scope }"
| 192.168.30.10
| AD-Domain-Services DNS DHCP
| 192.168.30.0 Active
$ ssh admin@cd-nas "cat /etc/VERSION; synoshare --enum ALL"
| productversion="7.1.1"
| Clients  Archives  Sauvegarde
w /home/ilka/wiki/cabinet-delaunay/infrastructure.md
+ # Cabinet Delaunay, infrastructure (juin 2026)
+ | Machine | Adresse | Rôle |
+ | CD-DC | 192.168.30.10 | AD, DNS, DHCP |
+ | CD-NAS | 192.168.30.20 | Clients, Archives, Sauvegarde |
. La page est réécrite avec les adresses, les rôles et les partages.

@ 2026-06-10 13:10 | maeve | - | normal
> /normal
= internal | - | Our own unbilled tickets of May reviewed and a summary made for the Monday meeting
> I need numbers for our Monday meeting: how many of our tickets in May were closed without time on them, per technician. Export is in ~/office.
$ python3 -c "import csv,collections; print(collections.Counter(r['tech'] for r in csv.DictReader(open('/Users/maeve/office/tickets-may.csv')) if r['minutes']=='0'))"
| Counter({'rhys': 14, 'ilka': 9, 'maeve': 3})
w /Users/maeve/office/meeting-2026-06-15.md
+ # Closed without time, May
+ Rhys 14, Ilka 9, Maeve 3
. Rhys 14, Ilka 9, Maeve 3. It is in the notes for Monday.
> Put a line in that we want this under five by July.
e /Users/maeve/office/meeting-2026-06-15.md
- Rhys 14, Ilka 9, Maeve 3
+ Rhys 14, Ilka 9, Maeve 3
+ Target for July: under 5 in total
. Added.
`
