import type { TaskText } from './task.ts'

/** Virtual machines, containers and backups. */
export const VIRTUAL: readonly TaskText[] = [
  {
    id: 'virtual-machines',
    title: 'List virtual machines',
    also: 'vms, hyper-v, guests, virtuele machines, lijst vms, virtuelle maschinen, machines virtuelles',
    on: {
      ps: '^Get-VM ## Hyper-V',
      ps2: '^Get-WmiObject -Namespace root\\virtualization -Class Msvm_ComputerSystem | Select-Object ElementName, EnabledState ## 2012 and later: root\\virtualization\\v2',
      macos: 'VBoxManage list vms ## VirtualBox; Parallels: prlctl list -a',
      linux: 'sudo virsh list --all ## Proxmox: qm list',
      esxi: 'vim-cmd vmsvc/getallvms',
    },
  },
  {
    id: 'virtual-machine-start',
    title: 'Start a virtual machine',
    also: 'power on vm, start vm, virtuele machine starten, vm starten, virtuelle maschine starten, démarrer une machine virtuelle',
    changes: true,
    on: {
      ps: "^Start-VM -Name '<vm>' ## Hyper-V",
      ps2: '^(Get-WmiObject -Namespace root\\virtualization -Class Msvm_ComputerSystem -Filter "ElementName=\'<vm>\'").RequestStateChange(2)',
      macos: "VBoxManage startvm '<vm>' --type headless ## VirtualBox",
      linux: "sudo virsh start '<vm>' ## Proxmox: qm start <number>",
      esxi: '^vim-cmd vmsvc/power.on <number> ## the number: vim-cmd vmsvc/getallvms',
    },
  },
  {
    id: 'virtual-machine-snapshots',
    title: 'Snapshots of a virtual machine',
    also: 'checkpoints, vm snapshots, momentopnamen, snapshots tonen, prüfpunkte, snapshots anzeigen, instantanés',
    on: {
      ps: "^Get-VMSnapshot -VMName '<vm>' ## Hyper-V",
      macos: "VBoxManage snapshot '<vm>' list ## VirtualBox",
      linux: "sudo virsh snapshot-list '<vm>' ## Proxmox: qm listsnapshot <number>",
      esxi: 'vim-cmd vmsvc/get.snapshotinfo <number>',
    },
  },
  {
    id: 'containers',
    title: 'List containers',
    also: 'docker ps, podman, running containers, containers tonen, container auflisten, conteneurs, lister les conteneurs',
    on: {
      'ps cmd macos': 'docker ps -a',
      'debian alpine dsm': 'sudo docker ps -a',
      rhel: 'podman ps -a ## with Docker: sudo docker ps -a',
      qnap: 'docker ps -a ## with Container Station',
      routeros: '/container print',
    },
  },
  {
    id: 'container-logs',
    title: 'Log of a container',
    also: 'docker logs, container output, log van een container, container-protokoll, journal d’un conteneur',
    on: {
      'ps cmd macos qnap': 'docker logs --tail 100 <container>',
      'debian alpine dsm': 'sudo docker logs --tail 100 <container>',
      rhel: 'podman logs --tail 100 <container>',
    },
  },
  {
    id: 'container-restart',
    title: 'Restart a container',
    also: 'docker restart, container herstarten, container neu starten, redémarrer un conteneur',
    changes: true,
    on: {
      'ps cmd macos qnap': 'docker restart <container>',
      'debian alpine dsm': 'sudo docker restart <container>',
      rhel: 'podman restart <container>',
    },
  },
  {
    id: 'backups',
    title: 'Which backups are there',
    also: 'backup status, last backup, list backups, back-ups, laatste back-up, sicherungen, letzte sicherung, sauvegardes, dernière sauvegarde',
    on: {
      ps: '^Get-WBSummary ## Windows Server Backup',
      'ps2 cmd': '^wbadmin get versions ## Windows Server Backup',
      macos: 'tmutil listbackups',
      linux: 'restic -r <repository> snapshots ## or what the host uses: borg list, proxmox-backup-client list',
      cisco: 'show archive',
      fortios: 'execute revision list config',
    },
  },
  {
    id: 'backup-start',
    title: 'Start a backup now',
    also: 'run backup, make a backup, back-up starten, back-up maken, sicherung starten, lancer une sauvegarde',
    changes: true,
    on: {
      win: '^wbadmin start backup -backupTarget:<drive>: -allCritical -vssFull -quiet ## Windows Server Backup',
      macos: 'tmutil startbackup',
      linux: 'restic -r <repository> backup <folder> ## or what the host uses',
      routeros: '^/system backup save name=<name>',
      dsm: 'sudo synoconfbkp export --filepath=<file> ## the configuration only; name it *.dss',
    },
  },
  {
    id: 'volume-snapshots',
    title: 'Snapshots and shadow copies of the volumes',
    also: 'vss, vssadmin, shadow copy, previous versions, schaduwkopieën, vorige versies, schattenkopien, vorgängerversionen, clichés instantanés',
    on: {
      win: '^vssadmin list shadows',
      macos: 'tmutil listlocalsnapshots /',
      linux: 'sudo lvs ## LVM; Btrfs: sudo btrfs subvolume list -s /',
      'dsm readynas': 'sudo btrfs subvolume list -s <volume>',
      bsd: 'zfs list -t snapshot',
    },
  },
]
