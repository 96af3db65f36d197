/** The worlds of the two examinations: other authors, other clients, other machines. */
import { assets, machine, rule } from './worlds.mjs'

export const examWorld = {
  technicians: { jonas: 'JONAS-T14', miriam: 'miriam-mbp', pavel: 'pavel-xps' },
  clients: [
    'Zahnarzt Oberholzer',
    'Schreinerei Aebi',
    'Hotel Seeblick',
    'Kita Sonnenhof',
    'Moser Treuhand',
    'Vercors Outdoor',
    'Baumann Transporte',
    'Lindqvist Labs',
  ],
  machines: [
    machine('JONAS-T14', 'win32', 'pwsh 7.4', false, ['Moser Treuhand', 'Baumann Transporte']),
    machine('miriam-mbp', 'darwin', 'zsh 5.9', true, ['Vercors Outdoor', 'Hotel Seeblick']),
    machine('pavel-xps', 'linux', 'bash 5.2', true, ['Lindqvist Labs']),
  ],
  assets: [
    ...assets('Zahnarzt Oberholzer', [
      ['ZO-SRV1', 'Windows Server 2022', '5.1'],
      ['ZO-XRAY', 'Windows 10 Pro', '5.1'],
      ['ZO-PC03', 'Windows 11 Pro', '5.1'],
      ['ZO-USG', 'UniFi OS 3.2'],
    ]),
    ...assets('Schreinerei Aebi', [
      ['AEBI-DC', 'Windows Server 2019', '5.1'],
      ['AEBI-NAS', 'Synology DSM 7.2'],
      ['AEBI-CNC2', 'Windows 7 Professional', '2.0'],
      ['AEBI-SW1', 'ArubaOS-S 16.11'],
    ]),
    ...assets('Hotel Seeblick', [
      ['HSB-PMS01', 'Windows Server 2019', '5.1'],
      ['HSB-DC1', 'Windows Server 2022', '5.1'],
      ['HSB-FW', 'Sophos SFOS 20'],
      ['hsb-pbx', 'Debian 12'],
      ['HSB-REC1', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Kita Sonnenhof', [
      ['KITA-NB01', 'Windows 11 Pro', '5.1'],
      ['KITA-NB07', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Moser Treuhand', [
      ['TMP-DC02', 'Windows Server 2022', '5.1'],
      ['TMP-TS1', 'Windows Server 2019', '5.1'],
      ['TMP-TS2', 'Windows Server 2019', '5.1'],
      ['TMP-SQL', 'Windows Server 2019', '5.1'],
      ['TMP-FW1', 'FortiOS 7.4'],
    ]),
    ...assets('Vercors Outdoor', [
      ['vo-web1', 'Debian 12'],
      ['vo-db1', 'Debian 12'],
      ['VO-AD1', 'Windows Server 2019', '5.1'],
      ['VO-ESX1', 'VMware ESXi 7.0'],
    ]),
    ...assets('Baumann Transporte', [
      ['BT-HV1', 'Windows Server 2022', '5.1'],
      ['BT-HV2', 'Windows Server 2022', '5.1'],
      ['BT-APP', 'Windows Server 2016', '5.1'],
      ['BT-PRN', 'Windows Server 2019', '5.1'],
      ['BT-VEEAM', 'Windows Server 2022', '5.1'],
    ]),
    ...assets('Lindqvist Labs', [
      ['ll-git', 'Ubuntu 22.04'],
      ['ll-px1', 'Proxmox VE 8.2'],
      ['ll-px2', 'Proxmox VE 8.2'],
      ['ll-k3s1', 'Ubuntu 24.04'],
    ]),
  ],
  rules: [
    rule('Zahnarzt Oberholzer', 'Europe/Zurich', 16000, 'CHF', { incrementMinutes: 5 }),
    rule('Schreinerei Aebi', 'Europe/Zurich', 15500, 'CHF', { aggregation: 'ticket' }),
    rule('Hotel Seeblick', 'Europe/Vienna', 11000, 'EUR', { aggregation: 'ticket_day' }),
    rule('Moser Treuhand', 'Europe/Zurich', 17500, 'CHF', { incrementMinutes: 6, minimumMinutes: 12 }),
    rule('Vercors Outdoor', 'Europe/Paris', 9000, 'EUR', { aggregation: 'day' }),
    rule('Baumann Transporte', 'Europe/Berlin', 12000, 'EUR', { aggregation: 'session' }),
    rule('Lindqvist Labs', 'Europe/Stockholm', 120000, 'SEK', { rounding: 'nearest' }),
  ],
}

export const exam2World = {
  technicians: { sofie: 'SOFIE-LAT', gareth: 'gareth-fw13', noor: 'NOOR-P1' },
  clients: [
    'De Wilg Makelaars',
    'Pemberton Vets',
    'Boulangerie Garnier',
    'Van Houtte Logistics',
    'Ashdown Architects',
    'Praxis Yilmaz',
    'Stichting Het Baken',
    'Riverbend Brewing',
  ],
  machines: [
    machine('SOFIE-LAT', 'win32', 'powershell 5.1', false, ['Van Houtte Logistics', 'De Wilg Makelaars']),
    machine('gareth-fw13', 'linux', 'bash 5.2', true, ['Riverbend Brewing', 'Ashdown Architects']),
    machine('NOOR-P1', 'win32', 'pwsh 7.5', true, ['Praxis Yilmaz']),
  ],
  assets: [
    ...assets('De Wilg Makelaars', [
      ['DW-DC01', 'Windows Server 2022', '5.1'],
      ['DW-RDS', 'Windows Server 2022', '5.1'],
      ['DW-PRT', 'Windows Server 2016', '5.1'],
      ['DW-LT11', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Pemberton Vets', [
      ['PV-SRV01', 'Windows Server 2019', '5.1'],
      ['PV-NAS', 'QNAP QTS 5.1'],
      ['PV-RECEP2', 'Windows 10 Pro', '5.1'],
      ['PV-RTR', 'DrayOS 4.4'],
    ]),
    ...assets('Boulangerie Garnier', [
      ['GAR-SRV', 'Windows Server 2016', '5.1'],
      ['GAR-CAISSE1', 'Windows 10 IoT', '5.1'],
      ['GAR-CAISSE2', 'Windows 10 IoT', '5.1'],
    ]),
    ...assets('Van Houtte Logistics', [
      ['VH-HV01', 'Windows Server 2022', '5.1'],
      ['VH-WMS', 'Windows Server 2019', '5.1'],
      ['VH-SQL1', 'Windows Server 2022', '5.1'],
      ['VH-CORE', 'Cisco IOS XE 17.9'],
      ['vh-scan', 'Debian 11'],
    ]),
    ...assets('Ashdown Architects', [
      ['ASH-DC1', 'Windows Server 2022', '5.1'],
      ['ASH-FS1', 'Windows Server 2022', '5.1'],
      ['ASH-FW', 'WatchGuard Fireware 12'],
      ['ash-lic', 'Ubuntu 22.04'],
    ]),
    ...assets('Praxis Yilmaz', [
      ['PY-SRV', 'Windows Server 2019', '5.1'],
      ['PY-EMPFANG', 'Windows 11 Pro', '5.1'],
      ['PY-ARZT1', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Stichting Het Baken', [
      ['HB-LT05', 'Windows 11 Pro', '5.1'],
      ['HB-LT12', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Riverbend Brewing', [
      ['rb-web', 'Ubuntu 22.04'],
      ['rb-db', 'Ubuntu 22.04'],
      ['RB-POS1', 'Windows 11 Pro', '5.1'],
      ['RB-EDGE', 'pfSense 2.7'],
      ['rb-pve', 'Proxmox VE 8.1'],
    ]),
  ],
  rules: [
    rule('De Wilg Makelaars', 'Europe/Amsterdam', 9800, 'EUR', { aggregation: 'ticket' }),
    rule('Pemberton Vets', 'Europe/London', 8800, 'GBP', { incrementMinutes: 6 }),
    rule('Boulangerie Garnier', 'Europe/Paris', 8000, 'EUR', { incrementMinutes: 30, minimumMinutes: 30 }),
    rule('Van Houtte Logistics', 'Europe/Brussels', 11500, 'EUR', { aggregation: 'day' }),
    rule('Ashdown Architects', 'Europe/London', 10500, 'GBP', { aggregation: 'ticket_day' }),
    rule('Praxis Yilmaz', 'Europe/Berlin', 11000, 'EUR', { rounding: 'nearest' }),
    rule('Riverbend Brewing', 'America/Denver', 15500, 'USD', { aggregation: 'session' }),
  ],
}

export const exam3World = {
  technicians: { rhys: 'RHYS-X1', maeve: 'maeve-mba', ilka: 'ilka-tux' },
  clients: [
    'Thornbury Primary School',
    'Kessler Feinmechanik',
    'Calloway Insurance',
    'Wattle Creek Physio',
    'Northgate Freight',
    'Bakkerij Oosterhof',
    'Cabinet Delaunay',
    'Larkspur Trust',
  ],
  machines: [
    machine('RHYS-X1', 'win32', 'pwsh 7.4', true, ['Thornbury Primary School', 'Northgate Freight']),
    machine('maeve-mba', 'darwin', 'zsh 5.9', true, ['Calloway Insurance', 'Larkspur Trust']),
    machine('ilka-tux', 'linux', 'bash 5.2', false, ['Kessler Feinmechanik']),
  ],
  assets: [
    ...assets('Thornbury Primary School', [
      ['TPS-DC01', 'Windows Server 2019', '5.1'],
      ['TPS-PRN', 'Windows Server 2019', '5.1'],
      ['TPS-FS01', 'Windows Server 2016', '5.1'],
      ['TPS-CORE', 'ArubaOS-CX 10.13'],
      ['TPS-OFFICE2', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Kessler Feinmechanik', [
      ['KFM-HV1', 'Windows Server 2022', '5.1'],
      ['KFM-HV2', 'Windows Server 2022', '5.1'],
      ['KFM-ERP', 'Windows Server 2019', '5.1'],
      ['KFM-BKP', 'Windows Server 2022', '5.1'],
      ['KFM-FW', 'OPNsense 24.7'],
    ]),
    ...assets('Calloway Insurance', [
      ['CAL-DC1', 'Windows Server 2022', '5.1'],
      ['CAL-FS1', 'Windows Server 2019', '5.1'],
      ['CAL-SQL1', 'Windows Server 2019', '5.1'],
      ['CAL-LT22', 'Windows 11 Pro', '5.1'],
      ['CAL-FGT', 'FortiOS 7.4'],
    ]),
    ...assets('Wattle Creek Physio', [
      ['WCP-SRV', 'Windows Server 2022', '5.1'],
      ['WCP-REC1', 'Windows 11 Pro', '5.1'],
      ['WCP-NAS', 'Synology DSM 7.2'],
      ['wcp-pbx', 'Debian 12'],
    ]),
    ...assets('Northgate Freight', [
      ['ng-web01', 'Ubuntu 22.04'],
      ['ng-db01', 'Ubuntu 22.04'],
      ['NG-RDS1', 'Windows Server 2019', '5.1'],
      ['NG-RDS2', 'Windows Server 2022', '5.1'],
      ['NG-DC2', 'Windows Server 2022', '5.1'],
      ['NG-ESX3', 'VMware ESXi 8.0'],
    ]),
    ...assets('Bakkerij Oosterhof', [
      ['OOS-SRV', 'Windows Server 2022', '5.1'],
      ['OOS-KASSA1', 'Windows 10 IoT', '5.1'],
      ['OOS-KASSA2', 'Windows 10 IoT', '5.1'],
    ]),
    ...assets('Cabinet Delaunay', [
      ['CD-DC', 'Windows Server 2019', '5.1'],
      ['CD-TSE', 'Windows Server 2019', '5.1'],
      ['CD-PC04', 'Windows 11 Pro', '5.1'],
      ['CD-NAS', 'Synology DSM 7.1'],
    ]),
    ...assets('Larkspur Trust', [
      ['LK-LT03', 'Windows 11 Pro', '5.1'],
      ['LK-LT09', 'Windows 11 Pro', '5.1'],
    ]),
  ],
  rules: [
    rule('Thornbury Primary School', 'Europe/London', 7800, 'GBP', { aggregation: 'ticket' }),
    rule('Kessler Feinmechanik', 'Europe/Berlin', 11800, 'EUR', { incrementMinutes: 15 }),
    rule('Calloway Insurance', 'America/Chicago', 16500, 'USD', { aggregation: 'ticket_day' }),
    rule('Wattle Creek Physio', 'Australia/Brisbane', 18500, 'AUD', { incrementMinutes: 6, minimumMinutes: 12 }),
    rule('Northgate Freight', 'Europe/London', 9500, 'GBP', { aggregation: 'session' }),
    rule('Bakkerij Oosterhof', 'Europe/Amsterdam', 9200, 'EUR', { aggregation: 'day' }),
    rule('Cabinet Delaunay', 'Europe/Paris', 8800, 'EUR', { rounding: 'nearest' }),
  ],
}
