import type { TaskText } from './task.ts'

const WMIC = 'wmic is missing from Windows 11 24H2 and Server 2025'

/** Disks, volumes and their health. */
export const STORAGE: readonly TaskText[] = [
  {
    id: 'disks',
    title: 'List disks',
    also: 'drives, hard disks, partitions, schijven, harde schijven, lijst schijven, festplatten, laufwerke, partitionen, disques, lister les disques',
    on: {
      ps: 'Get-Disk | Select-Object Number, FriendlyName, Size, PartitionStyle, HealthStatus',
      ps2: 'Get-WmiObject Win32_DiskDrive | Select-Object DeviceID, Model, Size, Status',
      cmd: `wmic diskdrive get DeviceID,Model,Size,Status ## ${WMIC}`,
      macos: 'diskutil list',
      'debian rhel readynas': 'lsblk -o NAME,SIZE,TYPE,FSTYPE,MOUNTPOINT,MODEL',
      'alpine dsm qnap': 'sudo fdisk -l',
      bsd: 'geom disk list',
      cisco: 'show file systems',
      fortios: 'diagnose hardware deviceinfo disk',
      routeros: '/disk print',
      esxi: 'esxcli storage core device list',
    },
  },
  {
    id: 'free-space',
    title: 'Free space on the disks',
    also: 'disk space, df, disk full, vrije schijfruimte, schijfruimte, schijf vol, freier speicherplatz, speicherplatz, espace disque, espace libre',
    on: {
      'ps ps2': 'Get-PSDrive -PSProvider FileSystem',
      cmd: `wmic logicaldisk get Caption,FreeSpace,Size ## ${WMIC}: fsutil volume diskfree <drive>:`,
      'unix esxi': 'df -h',
      cisco: 'show file systems',
      routeros: '/system resource print',
      aruba: 'show flash',
    },
  },
  {
    id: 'mounts',
    title: 'Mounted volumes',
    also: 'mount points, volumes, file systems, gekoppelde volumes, koppelpunten, eingehängte laufwerke, mountpunkte, volumes montés, points de montage',
    on: {
      ps: 'Get-Volume',
      'ps2 cmd': 'mountvol',
      'macos alpine nas bsd unifi': 'mount',
      'debian rhel': 'findmnt',
      esxi: 'esxcli storage filesystem list',
    },
  },
  {
    id: 'raid-status',
    title: 'RAID: state of the array',
    also: 'raid health, degraded array, storage pool, mdadm, raid status, raid-zustand, speicherpool, état du raid, grappe',
    on: {
      ps: 'Get-VirtualDisk | Select-Object FriendlyName, ResiliencySettingName, OperationalStatus, HealthStatus ## Storage Spaces; a controller has its own program',
      ps2: "^'list volume' | diskpart ## software RAID; a controller has its own program",
      cmd: '^echo list volume | diskpart ## software RAID; a controller has its own program',
      macos: 'diskutil appleRAID list',
      'linux nas': 'cat /proc/mdstat',
      bsd: 'zpool status',
    },
  },
  {
    id: 'smart-status',
    title: 'SMART: health of a disk',
    also: 'disk health, failing disk, smartctl, schijfgezondheid, gezondheid schijf, festplattenzustand, smart-werte, état du disque, santé du disque',
    on: {
      ps: '^Get-PhysicalDisk | Get-StorageReliabilityCounter | Select-Object DeviceId, Wear, Temperature, ReadErrorsTotal, PowerOnHours',
      ps2: '^Get-WmiObject -Namespace root\\wmi -Class MSStorageDriver_FailurePredictStatus',
      cmd: `wmic diskdrive get Model,Status ## ${WMIC}`,
      macos: 'diskutil info <disk> | grep SMART',
      'linux readynas bsd': 'sudo smartctl -a /dev/<disk> ## package smartmontools',
      dsm: 'sudo smartctl -a -d sat /dev/<disk>',
      qnap: '^get_hd_smartinfo -d <number>',
      esxi: 'esxcli storage core device smart get -d <device>',
    },
  },
  {
    id: 'filesystem-check',
    title: 'Check a file system, without repairing it',
    also: 'chkdsk, fsck, disk errors, bestandssysteem controleren, schijf controleren, dateisystem prüfen, vérifier le système de fichiers',
    on: {
      ps: '^Repair-Volume -DriveLetter <letter> -Scan',
      'ps2 cmd': '^chkdsk <letter>:',
      macos: 'diskutil verifyVolume <volume>',
      linux: 'sudo fsck -n /dev/<device> ## unmounted, or the answer may be wrong',
      readynas: '^btrfs device stats /<volume>',
      dsm: 'sudo btrfs device stats /<volume>',
      esxi: '^voma -m vmfs -f check -d /vmfs/devices/disks/<device> ## with its machines off',
      bsd: 'zpool status',
    },
  },
  {
    id: 'disk-encryption',
    title: 'Is the disk encrypted',
    also: 'bitlocker, filevault, luks, encryption status, schijfversleuteling, versleuteld, festplattenverschlüsselung, verschlüsselt, chiffrement du disque',
    on: {
      ps: '^Get-BitLockerVolume',
      'ps2 cmd': '^manage-bde -status',
      macos: 'fdesetup status',
      'debian rhel': 'lsblk -o NAME,TYPE,FSTYPE,MOUNTPOINT ## crypto_LUKS is encrypted',
      alpine: '^blkid ## crypto_LUKS is encrypted',
      esxi: 'esxcli system settings encryption get',
    },
  },
]
