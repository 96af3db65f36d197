import type { TaskText } from './task.ts'

/** Host firewalls and certificates. */
export const SECURITY: readonly TaskText[] = [
  {
    id: 'firewall-status',
    title: 'Is the firewall on',
    also: 'firewall state, firewall profiles, firewallstatus, staat de firewall aan, ist die firewall aktiv, firewall-zustand, état du pare-feu',
    on: {
      ps: 'Get-NetFirewallProfile | Select-Object Name, Enabled, DefaultInboundAction, DefaultOutboundAction',
      'ps2 cmd': 'netsh advfirewall show allprofiles state',
      macos: '/usr/libexec/ApplicationFirewall/socketfilterfw --getglobalstate',
      debian: 'sudo ufw status verbose ## without ufw: sudo nft list ruleset',
      rhel: 'sudo firewall-cmd --state',
      alpine: 'rc-service nftables status',
      bsd: '^pfctl -s info',
      esxi: 'esxcli network firewall get',
      dsm: 'sudo iptables -L -n',
    },
  },
  {
    id: 'firewall-rules',
    title: 'List firewall rules',
    also: 'firewall policy, iptables, access list, firewallregels tonen, lijst firewallregels, firewallregeln anzeigen, règles du pare-feu',
    on: {
      ps: 'Get-NetFirewallRule -Enabled True -Direction Inbound | Select-Object DisplayName, Action, Profile',
      'ps2 cmd': 'netsh advfirewall firewall show rule name=all',
      macos: 'sudo pfctl -sr ## of applications: /usr/libexec/ApplicationFirewall/socketfilterfw --listapps',
      debian: 'sudo ufw status numbered ## without ufw: sudo nft list ruleset',
      rhel: 'sudo firewall-cmd --list-all',
      alpine: '^nft -a list ruleset',
      'nas unifi': 'sudo iptables -L -n -v',
      bsd: '^pfctl -sr',
      cisco: 'show access-lists',
      fortios: 'show firewall policy',
      routeros: '/ip firewall filter print',
      esxi: 'esxcli network firewall ruleset list',
      aruba: 'show access-list',
    },
  },
  {
    id: 'firewall-add',
    title: 'Add a firewall rule that opens a port',
    also: 'open port in firewall, allow port, new firewall rule, firewallregel toevoegen, poort openzetten, firewallregel hinzufügen, port freigeben, ajouter une règle de pare-feu, ouvrir un port',
    changes: true,
    on: {
      ps: "^New-NetFirewallRule -DisplayName '<name>' -Direction Inbound -Protocol TCP -LocalPort <port> -Action Allow",
      'ps2 cmd': '^netsh advfirewall firewall add rule name="<name>" dir=in action=allow protocol=TCP localport=<port>',
      macos: "sudo /usr/libexec/ApplicationFirewall/socketfilterfw --add '<program>' ## by program, not by port",
      debian: 'sudo ufw allow <port>/tcp',
      rhel: 'sudo firewall-cmd --permanent --add-port=<port>/tcp && sudo firewall-cmd --reload',
      alpine:
        '^nft add rule inet filter input tcp dport <port> accept ## until the next start; for good: /etc/nftables.d',
      cisco: '^configure terminal\nip access-list extended <acl>\npermit tcp any any eq <port>\nend',
      fortios:
        '^config firewall policy\nedit 0\nset name "<name>"\nset srcintf <interface>\nset dstintf <interface>\nset srcaddr <source>\nset dstaddr <target>\nset service <service>\nset schedule always\nset action accept\nnext\nend',
      routeros:
        '^/ip firewall filter add chain=input protocol=tcp dst-port=<port> action=accept place-before=0 comment="<name>"',
      esxi: '^esxcli network firewall ruleset set -r <ruleset> -e true',
      pfsense: '^easyrule pass <interface> tcp <source> <target> <port>',
    },
  },
  {
    id: 'firewall-remove',
    title: 'Remove a firewall rule',
    also: 'close port, delete firewall rule, firewallregel verwijderen, poort sluiten, firewallregel löschen, port schließen, supprimer une règle de pare-feu, fermer un port',
    changes: true,
    on: {
      ps: "^Remove-NetFirewallRule -DisplayName '<name>'",
      'ps2 cmd': '^netsh advfirewall firewall delete rule name="<name>"',
      macos: "sudo /usr/libexec/ApplicationFirewall/socketfilterfw --remove '<program>'",
      debian: 'sudo ufw delete allow <port>/tcp',
      rhel: 'sudo firewall-cmd --permanent --remove-port=<port>/tcp && sudo firewall-cmd --reload',
      alpine: '^nft delete rule inet filter input handle <handle> ## the handle: nft -a list ruleset',
      cisco: '^configure terminal\nip access-list extended <acl>\nno permit tcp any any eq <port>\nend',
      fortios: '^config firewall policy\ndelete <number>\nend',
      routeros: '^/ip firewall filter remove [find comment="<name>"]',
      esxi: '^esxcli network firewall ruleset set -r <ruleset> -e false',
    },
  },
  {
    id: 'certificates',
    title: 'List the certificates of this machine',
    also: 'ssl certificates, certificate store, expiring certificates, certificaten, certificaten tonen, zertifikate, zertifikate anzeigen, lister les certificats',
    on: {
      'ps ps2': 'Get-ChildItem Cert:\\LocalMachine\\My | Select-Object Subject, NotAfter, Thumbprint',
      cmd: 'certutil -store My',
      macos: 'security find-certificate -a /Library/Keychains/System.keychain',
      linux:
        "sudo find '<folder>' -name '*.pem' -exec openssl x509 -noout -subject -enddate -in {} \\; ## Let's Encrypt: /etc/letsencrypt/live",
      cisco: 'show crypto pki certificates',
      fortios: 'get vpn certificate local details',
      routeros: '/certificate print detail',
      dsm: 'sudo openssl x509 -in /usr/syno/etc/certificate/system/default/cert.pem -noout -subject -enddate',
      esxi: 'openssl x509 -in /etc/vmware/ssl/rui.crt -noout -subject -enddate',
    },
  },
  {
    id: 'certificate-of-host',
    title: 'Certificate that a remote host shows',
    also: 'check ssl certificate, tls certificate of website, openssl s_client, certificate expiry of a host, certificaat van een server, certificaat controleren, zertifikat eines servers, zertifikat prüfen, certificat d’un serveur',
    on: {
      'ps ps2':
        "$tcp = New-Object Net.Sockets.TcpClient('<host>', <port>); $tls = New-Object Net.Security.SslStream($tcp.GetStream(), $false, ({ $true } -as [Net.Security.RemoteCertificateValidationCallback])); $tls.AuthenticateAsClient('<host>'); New-Object Security.Cryptography.X509Certificates.X509Certificate2($tls.RemoteCertificate) | Format-List Subject, Issuer, NotBefore, NotAfter",
      unix: 'echo | openssl s_client -connect <host>:<port> -servername <host> 2>/dev/null | openssl x509 -noout -subject -issuer -dates',
    },
  },
]
