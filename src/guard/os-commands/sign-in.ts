import type { TaskText } from './task.ts'

/** Remote sessions and the domain. */
export const SIGN_IN: readonly TaskText[] = [
  {
    id: 'remote-sessions',
    title: 'Remote desktop sessions',
    also: 'rdp sessions, terminal server sessions, qwinsta, externe bureaubladsessies, rdp sessies, remotedesktopsitzungen, rdp-sitzungen, sessions bureau à distance',
    on: {
      win: 'qwinsta /server:<host> ## without /server: of this machine; not in Home editions',
      macos: 'netstat -an -p tcp | grep .5900',
      'debian rhel': 'loginctl list-sessions',
      alpine: 'who',
      cisco: 'show users',
    },
  },
  {
    id: 'session-end',
    title: 'Log a session off',
    also: 'logoff user, disconnect session, kick user, sessie afmelden, gebruiker afmelden, sitzung abmelden, benutzer abmelden, fermer une session',
    changes: true,
    on: {
      win: '^logoff <session> /server:<host> ## the number from qwinsta',
      macos: 'sudo launchctl bootout user/<uid>',
      'debian rhel': 'sudo loginctl terminate-session <session>',
      alpine: '^pkill -KILL -u <user>',
      cisco: '^clear line <line>',
      fortios: '^execute disconnect-admin-session <session>',
    },
  },
  {
    id: 'domain-status',
    title: 'Is the machine in a domain',
    also: 'domain join status, joined, workgroup, active directory, entra, azure ad, domeinstatus, lid van domein, domäne, domänenmitglied, état du domaine, membre du domaine',
    on: {
      ps: 'Get-CimInstance Win32_ComputerSystem | Select-Object Name, Domain, PartOfDomain ## Entra: dsregcmd /status',
      ps2: 'Get-WmiObject Win32_ComputerSystem | Select-Object Name, Domain, PartOfDomain',
      cmd: 'wmic computersystem get Name,Domain,PartOfDomain ## where wmic is missing: dsregcmd /status',
      macos: 'dsconfigad -show',
      'debian rhel': 'realm list ## package realmd',
      'alpine readynas': 'sudo net ads testjoin',
      esxi: '/usr/lib/vmware/likewise/bin/domainjoin-cli query',
    },
  },
  {
    id: 'domain-join',
    title: 'Join a domain',
    also: 'add to domain, active directory join, lid maken van domein, domein toevoegen, domäne beitreten, joindre un domaine',
    changes: true,
    on: {
      'ps51 ps2': "^Add-Computer -DomainName <domain> -Credential '<domain>\\<user>' ## from the next start",
      ps7: '^powershell.exe -Command "Add-Computer -DomainName <domain> -Credential <user>" ## PowerShell 7 has no Add-Computer',
      cmd: '^netdom join %COMPUTERNAME% /domain:<domain> /userd:<user> /passwordd:* ## on servers; asks for the password',
      macos: 'sudo dsconfigad -add <domain> -username <user> ## asks for the password',
      'debian rhel': 'sudo realm join -U <user> <domain> ## packages realmd and sssd',
      esxi: '^/usr/lib/vmware/likewise/bin/domainjoin-cli join <domain> <user>',
    },
  },
]
