import { describe, expect, test } from 'vitest'
import { changesMadeBy, deploymentMadeBy } from '../../../server/domains/work/changes-made.ts'

const kindsOf = (command: string) => changesMadeBy(command).map(({ category }) => category)

describe('what a command changes', () => {
  test.each([
    ['dns', 'Add-DnsServerResourceRecordA -Name www -ZoneName a.local -IPv4Address 10.0.0.1 -ComputerName DC01'],
    ['dns', 'dnscmd DC01 /RecordAdd a.local www A 10.0.0.1'],
    ['dns', 'az network dns record-set a add-record -g rg -z a.com -n www -a 1.2.3.4'],
    ['firewall', 'ssh root@srv1 "ufw allow 443/tcp"'],
    ['firewall', 'netsh advfirewall firewall add rule name="RDP" dir=in action=allow protocol=TCP localport=3389'],
    ['firewall', 'ssh admin@fw1 "config firewall policy"'],
    ['firewall', "ssh srv1 'firewall-cmd --permanent --add-port=8443/tcp'"],
    ['user_account', 'Invoke-Command -ComputerName DC01 { New-ADUser -Name "J. Smit" -Enabled $true }'],
    ['user_account', 'Invoke-Command DC01 { Unlock-ADAccount jsmit }'],
    ['user_account', 'net user jsmit * /add /domain'],
    ['user_account', 'Set-Mailbox jsmit -Type Shared'],
    ['permission', 'Add-MailboxPermission info -User jsmit -AccessRights FullAccess'],
    ['permission', String.raw`icacls \\FS01\projects /grant "Sales:(OI)(CI)M"`],
    ['permission', 'Add-ADGroupMember VPN-Users -Members jsmit -Server DC01'],
    ['certificate', 'ssh web1 "certbot renew --force-renewal"'],
    ['certificate', 'Invoke-Command EX01 { Enable-ExchangeCertificate -Thumbprint AA -Services SMTP }'],
    ['patch', 'Invoke-Command -ComputerName SRV1 { Install-WindowsUpdate -AcceptAll }'],
    ['patch', 'ssh srv1 "apt-get -y dist-upgrade"'],
    ['software_install', 'ssh srv1 "sudo apt-get install -y nginx"'],
    ['software_install', 'Invoke-Command PRN01 { Add-PrinterDriver -Name "HP Universal" }'],
    ['software_remove', 'Invoke-Command PC7 { Uninstall-Package "Old VPN" }'],
    ['software_remove', 'ssh srv1 "dnf remove -y telnet"'],
    ['backup', 'Invoke-Command BK01 { Set-VBRJobSchedule -Job Daily -Daily }'],
    ['storage', 'Invoke-Command FS01 { Resize-Partition -DriveLetter D -Size 2TB }'],
    ['storage', 'ssh srv1 "lvextend -r -L +20G /dev/vg0/data"'],
    ['virtualisation', 'Invoke-Command HV01 { Set-VM -Name APP1 -MemoryStartupBytes 16GB }'],
    ['network', 'ssh srv1 "ip route add 10.9.0.0/16 via 10.0.0.254"'],
    [
      'network',
      'Invoke-Command DC01 { Add-DhcpServerv4Reservation -ScopeId 10.0.0.0 -IPAddress 10.0.0.9 -ClientId AA }',
    ],
    ['config', "ssh srv1 'systemctl enable --now nginx'"],
    ['config', 'Invoke-Command PRN01 { Set-Service Spooler -StartupType Automatic }'],
    ['config', String.raw`reg add \\SRV1\HKLM\Software\X /v A /d 1 /f`],
    ['database', 'mysql -h db1 crm -e "alter table orders add index_hint int"'],
    ['database', 'Invoke-Sqlcmd -ServerInstance SQL01 -Query "UPDATE dbo.Users SET active = 0 WHERE id = 7"'],
  ])('%s: %s', (category, command) => {
    expect(kindsOf(command)).toEqual([category])
  })

  test.each([
    'Get-DnsServerResourceRecord -ZoneName a.local -ComputerName DC01',
    'dnscmd DC01 /EnumZones',
    'nslookup www.a.local dc01',
    'netsh advfirewall firewall show rule name=all',
    'Get-NetFirewallRule -CimSession SRV1',
    'ssh root@srv1 "ufw status numbered"',
    'ssh root@srv1 "iptables -L -n"',
    'Get-ADUser jsmit -Properties * -Server DC01',
    'net user jsmit /domain',
    'net user',
    'Get-MailboxPermission info',
    String.raw`icacls \\FS01\projects`,
    'certbot certificates',
    'ssh web1 "certbot renew --dry-run"',
    'Get-WindowsUpdate -ComputerName SRV1',
    'ssh srv1 "apt list --upgradable"',
    'ssh srv1 "apt-get -s install nginx"',
    'ssh srv1 "rpm -qa"',
    'ssh srv1 "dpkg -l"',
    'Invoke-Command PC7 { Get-Package }',
    'wbadmin get versions',
    'vssadmin list shadows',
    'Get-VBRJob',
    'Get-Volume -CimSession FS01',
    'ssh srv1 "fdisk -l"',
    'ssh srv1 lsblk',
    'Get-VM -ComputerName HV01',
    'ssh srv1 "ip route show"',
    'ipconfig /all',
    'Get-DhcpServerv4Lease -ComputerName DC01 -ScopeId 10.0.0.0',
    "ssh srv1 'systemctl status nginx'",
    'Get-Service Spooler -ComputerName PRN01',
    'sc query spooler',
    'schtasks /query /fo list',
    'crontab -l',
    'ssh srv1 "sed -n 1,20p /etc/hosts"',
    'Remove-Item C:\\temp\\x -WhatIf',
    'Invoke-Command DC01 { New-ADUser -Name x -WhatIf }',
    'mysql -h db1 crm -e "select * from updates"',
    'Invoke-Sqlcmd -ServerInstance SQL01 -Query "SELECT create_date FROM sys.databases"',
    'mysqldump -h db1 crm',
    'echo "New-ADUser x"',
  ])('nothing: %s', (command) => {
    expect(kindsOf(command)).toEqual([])
  })

  test('each machine that is named is changed', () => {
    const [change] = changesMadeBy(
      'Invoke-Command -ComputerName APP02,SQL01 -ScriptBlock { Install-WindowsUpdate -AcceptAll }',
    )

    expect(change?.hosts).toEqual(['app02', 'sql01'])
  })

  test('a statement tells its kind, its engine and its object', () => {
    const [change] = changesMadeBy('Invoke-Sqlcmd -ServerInstance SQL01 -Query "DROP TABLE dbo.Old"')

    expect(change).toMatchObject({ changeType: 'ddl_drop', engine: 'mssql', objectName: 'dbo.Old', hosts: ['sql01'] })
  })
})

describe('a deployment', () => {
  test.each([
    ['git push production main', 'production'],
    ['git push staging main', 'staging'],
    ['ssh deploy@web1 "cd /srv/app && docker compose up -d"', 'production'],
    ['kubectl --context prod apply -f k8s/', 'production'],
    ['kubectl set image deploy/api api=reg/api:2.4.0 -n staging', 'staging'],
    ['helm upgrade --install api ./chart', 'production'],
    ['npm publish', 'production'],
  ])('%s goes to %s', (command, environment) => {
    expect(deploymentMadeBy(command)?.environment).toBe(environment)
  })

  test.each([
    'git push origin main',
    'git push',
    'docker compose up -d',
    'docker compose ps',
    'kubectl get pods',
    'kubectl apply --dry-run=client -f k8s/',
    'kubectl --context minikube apply -f k8s/',
    'helm list',
    'npm publish --dry-run',
    'npm install',
    'terraform plan',
  ])('%s is none', (command) => {
    expect(deploymentMadeBy(command)).toBeNull()
  })

  test('the tag of the image is the version', () => {
    expect(deploymentMadeBy('kubectl set image deploy/api api=reg/api:2.4.0')?.version).toBe('2.4.0')
  })
})

test.each(['docker compose up ', 'sed -i ', 'psql -c grant a ', 'mysql -e update a ', 'iptables -n ', 'cd a; '])(
  'twenty thousand characters of "%s" are read in no time',
  (piece) => {
    const before = process.cpuUsage().user
    changesMadeBy(piece.repeat(20_000 / piece.length))
    deploymentMadeBy(piece.repeat(20_000 / piece.length))

    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(1_000)
  },
)
