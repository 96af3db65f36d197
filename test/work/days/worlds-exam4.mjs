/** The world of the fourth examination: again other technicians, clients and machines. */
import { assets, machine, rule } from './worlds.mjs'

export const exam4World = {
  technicians: { hanneke: 'HANNEKE-E14', oskar: 'oskar-mbp14', yannick: 'yannick-fw16' },
  clients: [
    'Fenwick Joinery',
    'Apotheek Zuidpoort',
    'Trautmann Ingenieure',
    'Domaine de Valcroze',
    'Kawartha Hearing',
    'Tasman Marine',
    'Rochat Notaires',
    'Skagen Byg',
  ],
  machines: [
    machine('HANNEKE-E14', 'win32', 'pwsh 7.5', false, ['Apotheek Zuidpoort', 'Kawartha Hearing']),
    machine('oskar-mbp14', 'darwin', 'zsh 5.9', true, ['Trautmann Ingenieure', 'Skagen Byg']),
    machine('yannick-fw16', 'linux', 'bash 5.2', true, ['Domaine de Valcroze', 'Tasman Marine']),
  ],
  assets: [
    ...assets('Fenwick Joinery', [
      ['FNJ-DC01', 'Windows Server 2022', '5.1'],
      ['FNJ-FS02', 'Windows Server 2019', '5.1'],
      ['FNJ-CAD07', 'Windows 11 Pro', '5.1'],
      ['FNJ-UDM', 'UniFi OS 4.1'],
    ]),
    ...assets('Apotheek Zuidpoort', [
      ['AZP-SRV01', 'Windows Server 2022', '5.1'],
      ['AZP-BALIE2', 'Windows 11 Pro', '5.1'],
      ['AZP-NAS', 'Synology DSM 7.2'],
      ['AZP-FGT', 'FortiOS 7.4'],
    ]),
    ...assets('Trautmann Ingenieure', [
      ['TRA-HV01', 'Windows Server 2022', '5.1'],
      ['TRA-LIC', 'Windows Server 2019', '5.1'],
      ['TRA-FS', 'Windows Server 2022', '5.1'],
      ['TRA-WS19', 'Windows 11 Pro', '5.1'],
      ['TRA-XGS', 'Sophos SFOS 21'],
    ]),
    ...assets('Domaine de Valcroze', [
      ['VAL-SRV', 'Windows Server 2019', '5.1'],
      ['VAL-RDS', 'Windows Server 2022', '5.1'],
      ['VAL-CHAI1', 'Windows 10 Pro', '5.1'],
      ['VAL-SYNO', 'Synology DSM 7.2'],
    ]),
    ...assets('Kawartha Hearing', [
      ['KH-DC1', 'Windows Server 2022', '5.1'],
      ['KH-TS1', 'Windows Server 2019', '5.1'],
      ['KH-TS2', 'Windows Server 2022', '5.1'],
      ['KH-SQL', 'Windows Server 2019', '5.1'],
    ]),
    ...assets('Tasman Marine', [
      ['tm-web', 'Ubuntu 24.04'],
      ['tm-db', 'Ubuntu 22.04'],
      ['tm-pve', 'Proxmox VE 8.4'],
      ['TM-DC2', 'Windows Server 2022', '5.1'],
      ['TM-CORE', 'ArubaOS-CX 10.13'],
    ]),
    ...assets('Rochat Notaires', [
      ['ROC-LT04', 'Windows 11 Pro', '5.1'],
      ['ROC-LT09', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Skagen Byg', [
      ['SKB-ERP', 'Windows Server 2022', '5.1'],
      ['SKB-SQL01', 'Windows Server 2022', '5.1'],
      ['SKB-VBR', 'Windows Server 2022', '5.1'],
      ['SKB-FW', 'OPNsense 25.1'],
      ['skb-mon', 'Debian 12'],
    ]),
  ],
  rules: [
    rule('Fenwick Joinery', 'Europe/London', 8600, 'GBP', { incrementMinutes: 6 }),
    rule('Apotheek Zuidpoort', 'Europe/Amsterdam', 9700, 'EUR', { aggregation: 'ticket' }),
    rule('Trautmann Ingenieure', 'Europe/Berlin', 12000, 'EUR', { aggregation: 'day' }),
    rule('Domaine de Valcroze', 'Europe/Paris', 8200, 'EUR', { incrementMinutes: 30, minimumMinutes: 30 }),
    rule('Kawartha Hearing', 'America/Toronto', 16000, 'CAD', { aggregation: 'ticket_day' }),
    rule('Tasman Marine', 'Pacific/Auckland', 15500, 'NZD', { aggregation: 'session' }),
    rule('Skagen Byg', 'Europe/Copenhagen', 85000, 'DKK', { rounding: 'nearest' }),
  ],
}
