/** What work is about: tags that are given by themselves. Data; looked for in what was asked and in commands. */
export interface Topic {
  /** Of the tag. */
  slug: string
  name: string
  sign: RegExp
}

const topic = (slug: string, name: string, sign: RegExp): Topic => ({ slug, name, sign })

export const TOPICS: readonly Topic[] = [
  topic(
    'active-directory',
    'Active Directory',
    /\b(?:active directory|dcdiag|repadmin|(?:Get|Set|New|Add|Remove|Enable|Disable|Unlock|Search)-AD\w+|gpupdate|gpresult)\b/i,
  ),
  topic(
    'backup',
    'Backup',
    /\b(?:backup\w*|veeam|wbadmin|vssadmin|restore test|VBR\w+|borg|restic|acronis|datto|sicherung\w*)\b/i,
  ),
  topic(
    'certificates',
    'Certificates',
    /\b(?:certbot|certutil|letsencrypt|openssl|certificate\w*|zertifikat\w*|certificaat|certificat|tls|ssl)\b/i,
  ),
  topic('containers', 'Containers', /\b(?:docker|podman|kubectl|helm|compose)\b/i),
  topic(
    'database',
    'Databases',
    /\b(?:sqlcmd|mysql\w*|maria\w+|psql|pg_\w+|postgres\w*|mssql|sql server|DBCC|Invoke-Sqlcmd|datenbank|database)\b/i,
  ),
  topic(
    'disk-space',
    'Disk space',
    /\b(?:disk (?:full|space)|low disk|Get-Volume|df -h|du -s|SizeRemaining|speicherplatz|schijfruimte|platte voll)\b/i,
  ),
  topic('dns', 'DNS', /\b(?:dns|nslookup|dig|Resolve-DnsName|dnscmd|DnsServer\w*|bind9|named)\b/i),
  topic(
    'email',
    'E-mail',
    /\b(?:postfix|mailq|postqueue|smtp|dkim|dmarc|spf|outlook|mail(?:s|box|server)?|e-?mail)\b/i,
  ),
  topic(
    'exchange-online',
    'Exchange Online',
    /\b(?:exchange online|(?:Get|Set|New|Add|Remove)-(?:Mailbox\w*|InboxRule|DistributionGroup\w*|RecipientPermission|TransportRule|EXO\w+)|shared mailbox)\b/i,
  ),
  topic(
    'file-server',
    'File servers',
    /\b(?:smb\w*|Get-Smb\w+|robocopy|icacls|file ?server|network share|freigabe\w*|DFS\w*)\b/i,
  ),
  topic(
    'firewall',
    'Firewalls',
    /\b(?:firewall\w*|forti\w+|pfsense|opnsense|sophos|iptables|nft|ufw|NetFirewall\w*|port.?forward\w*|nat rule)\b/i,
  ),
  topic('hyper-v', 'Hyper-V', /\b(?:hyper-?v|(?:Get|Set|New|Start|Stop|Restart)-VM\w*|vmms)\b/i),
  topic('linux', 'Linux', /\b(?:systemctl|journalctl|apt(?:-get)?|yum|dnf|sudo|debian|ubuntu)\b/i),
  topic(
    'microsoft-365',
    'Microsoft 365',
    /\b(?:m365|office 365|microsoft 365|entra|azure ad|Mg[A-Z]\w+|MsolUser|intune|teams|onedrive)\b/,
  ),
  topic('monitoring', 'Monitoring', /\b(?:zabbix|prtg|nagios|icinga|grafana|checkmk|snmp\w*)\b/i),
  topic(
    'networking',
    'Networking',
    /\b(?:vlan\w*|switch(?:port)?|dhcp\w*|subnet|route|wi-?fi|wlan|access point|NetAdapter|traceroute|tracert)\b/i,
  ),
  topic(
    'patching',
    'Patching',
    /\b(?:WindowsUpdate|dist-upgrade|apt(?:-get)? .*upgrade|patch\w*|updates?|aktualisierung\w*|mises? à jour)\b/i,
  ),
  topic('printing', 'Printing', /\b(?:print\w*|spooler|drucker\w*|druckt|imprim\w*|lpstat|cups)\b/i),
  topic(
    'remote-desktop',
    'Remote Desktop',
    /\b(?:rdp|rds|remote ?desktop|quser|qwinsta|TermService|session host|terminalserver)\b/i,
  ),
  topic('sharepoint', 'SharePoint', /\b(?:sharepoint|spmt\w*|SPO\w+|PnP\w+)\b/i),
  topic('sql-server', 'SQL Server', /\b(?:sqlcmd|mssql|MSSQLSERVER|sql server|DBCC|Invoke-Sqlcmd)\b/i),
  topic('storage', 'Storage', /\b(?:nas|raid|mdstat|smartctl|zfs|zpool|iscsi|lvm|synology|qnap)\b/i),
  topic(
    'user-accounts',
    'User accounts',
    /\b(?:New-ADUser|ADAccount\w*|password reset|useradd|New-MgUser|off.?boarding|on.?boarding|passwort zurück\w*|Add-ADGroupMember)\b/i,
  ),
  topic(
    'virus-protection',
    'Virus protection',
    /\b(?:defender|MpScan|antivir\w*|malware|clamscan|edr|sentinelone|ransom\w*)\b/i,
  ),
  topic('vmware', 'VMware', /\b(?:vmware|esxi|vcenter|esxcli|vim-cmd|powercli)\b/i),
  topic('vpn', 'VPN', /\b(?:vpn|wireguard|wg-quick|openvpn|ipsec|anyconnect|sslvpn)\b/i),
  topic('web-server', 'Web servers', /\b(?:nginx|apache2?|httpd|iis|IISReset|WebAppPool\w*|caddy)\b/i),
]

/** More tags say less. */
const MOST = 4
/** What is named once beside other things is not what it is about. */
const ASKED = 2

/** The topics of a piece of work, the most telling first. Pure. */
export function topicsOf(prompts: readonly string[], commands: readonly string[]): Topic[] {
  return TOPICS.map((one) => ({ one, weight: weightOf(one.sign, prompts, commands) }))
    .filter(({ weight }) => weight >= ASKED)
    .sort((a, b) => b.weight - a.weight || (a.one.slug < b.one.slug ? -1 : 1))
    .slice(0, MOST)
    .map(({ one }) => one)
}

function weightOf(sign: RegExp, prompts: readonly string[], commands: readonly string[]): number {
  const [first = '', ...rest] = prompts
  return (
    (sign.test(first) ? ASKED : 0) +
    rest.filter((prompt) => sign.test(prompt)).length +
    commands.filter((command) => sign.test(command)).length
  )
}
