import type { TaskText } from './task.ts'

/** Shared folders and printers. */
export const SHARES: readonly TaskText[] = [
  {
    id: 'shares',
    title: 'List the shares of this machine',
    also: 'shared folders, smb shares, net share, gedeelde mappen, lijst shares, freigaben, freigegebene ordner, partages, dossiers partagés',
    on: {
      ps: 'Get-SmbShare',
      ps2: 'Get-WmiObject Win32_Share | Select-Object Name, Path, Description',
      cmd: 'net share',
      macos: 'sharing -l',
      'linux readynas': 'testparm -s ## Samba',
      dsm: 'sudo synoshare --enum ALL',
      qnap: 'cat /etc/config/smb.conf',
      esxi: 'esxcli storage nfs list',
    },
  },
  {
    id: 'shares-of-host',
    title: 'List the shares of another machine',
    also: 'net view, smbclient, browse shares, shares van een server, gedeelde mappen op server, freigaben eines servers, partages d’un serveur',
    on: {
      win: 'net view \\\\<host> /all',
      macos: 'smbutil view //<user>@<host>',
      linux: 'smbclient -L //<host> -U <user> ## package smbclient (Debian), samba-client (RHEL, Alpine); SMB1: -m NT1',
    },
  },
  {
    id: 'share-mount',
    title: 'Mount a share',
    also: 'map network drive, net use, mount cifs, netwerkschijf koppelen, share koppelen, netzlaufwerk verbinden, freigabe einbinden, monter un partage, connecter un lecteur réseau',
    changes: true,
    on: {
      ps: "New-PSDrive -Name <letter> -PSProvider FileSystem -Root '\\\\<host>\\<share>' -Persist -Credential (Get-Credential)",
      'ps2 cmd': 'net use <letter>: "\\\\<host>\\<share>" /user:<user> * ## asks for the password',
      macos: 'mkdir -p ~/<share>; mount_smbfs //<user>@<host>/<share> ~/<share>',
      'linux dsm readynas':
        "sudo mount -t cifs '//<host>/<share>' '<folder>' -o username=<user> ## package cifs-utils; asks for the password",
      esxi: '^esxcli storage nfs add -H <host> -s <share> -v <name> ## NFS',
    },
  },
  {
    id: 'share-mount-smb1',
    title: 'Mount a share of an old device that speaks only SMB1',
    also: 'smb1, cifs vers 1.0, nt1, old nas, windows xp share, oude nas, smb1 share koppelen, alte nas, smb1-freigabe einbinden, partage smb1, ancien nas',
    changes: true,
    on: {
      ps: '^Enable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol-Client -NoRestart ## then restart and mount as usual; unsafe, so disable it afterwards',
      cmd: '^dism /online /enable-feature /featurename:SMB1Protocol-Client /norestart ## then restart and mount as usual; unsafe, so disable it afterwards',
      ps2: 'net use <letter>: "\\\\<host>\\<share>" /user:<user> * ## speaks SMB1 unless somebody switched it off',
      macos:
        'mkdir -p ~/<share>; mount_smbfs //<user>@<host>/<share> ~/<share> ## SMB1 is spoken unless nsmb.conf says protocol_vers_map=6; very old devices need minauth=ntlm there',
      'linux readynas':
        "sudo mount -t cifs '//<host>/<share>' '<folder>' -o username=<user>,vers=1.0 ## devices that want sec=ntlm need a kernel before 5.15",
      dsm: "sudo mount -t cifs '//<host>/<share>' '<folder>' -o username=<user>,vers=1.0",
    },
  },
  {
    id: 'smb-protocol',
    title: 'Which versions of SMB are spoken, is SMB1 on',
    also: 'smb version, smb1 status, dialect, smb versie, smb-version, smb1 aktiv, version smb',
    on: {
      ps: '^Get-SmbServerConfiguration | Select-Object EnableSMB1Protocol, EnableSMB2Protocol ## of connections: Get-SmbConnection',
      ps2: "Get-ItemProperty 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters' | Select-Object SMB1, SMB2 ## empty or 1: on",
      cmd: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters ## no SMB1, or 1: on',
      macos: 'smbutil statshares -a',
      'linux readynas': "testparm -s --parameter-name='server min protocol'",
      dsm: 'grep -i protocol /etc/samba/smb.conf',
      qnap: 'grep -i protocol /etc/config/smb.conf',
    },
  },
  {
    id: 'share-unmount',
    title: 'Disconnect a share',
    also: 'unmap network drive, umount, net use delete, netwerkschijf verbreken, netzlaufwerk trennen, déconnecter un lecteur réseau',
    changes: true,
    on: {
      win: 'net use <letter>: /delete',
      macos: "umount '<folder>'",
      'linux dsm readynas': "sudo umount '<folder>'",
      esxi: '^esxcli storage nfs remove -v <name>',
    },
  },
  {
    id: 'printers',
    title: 'List printers',
    also: 'printer status, print queues, printers tonen, lijst printers, drucker auflisten, drucker, imprimantes, lister les imprimantes',
    on: {
      ps: 'Get-Printer | Select-Object Name, PrinterStatus, PortName, DriverName',
      ps2: 'Get-WmiObject Win32_Printer | Select-Object Name, PrinterStatus, PortName, DriverName',
      cmd: 'wmic printer get Name,PrinterStatus,PortName,DriverName ## wmic is missing from Windows 11 24H2 and Server 2025',
      'macos linux': 'lpstat -t ## CUPS',
    },
  },
  {
    id: 'print-queue-clear',
    title: 'Clear the print queue',
    also: 'spooler, stuck print job, cancel print jobs, afdrukwachtrij legen, printopdrachten verwijderen, druckwarteschlange leeren, druckaufträge löschen, vider la file d’impression',
    changes: true,
    on: {
      'ps ps2':
        '^Stop-Service Spooler; Remove-Item "$env:SystemRoot\\System32\\spool\\PRINTERS\\*" -Force; Start-Service Spooler',
      cmd: '^net stop spooler & del /q "%SystemRoot%\\System32\\spool\\PRINTERS\\*" & net start spooler',
      'macos linux': 'cancel -a <printer> ## CUPS',
    },
  },
]
