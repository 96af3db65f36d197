/** The world of the fifth examination: another author, other clients, other machines. */
import { assets, machine, rule } from './worlds.mjs'

export const exam5World = {
  technicians: { oskar: 'OSKAR-P14S', amelie: 'amelie-mbp14', tomasz: 'tomasz-deb' },
  clients: [
    'Gasthof Rauchkogl',
    'Huisartsen De Linde',
    'Institut Saint-Aubin',
    'Fenwick Solicitors',
    'Saguaro Orthodontics',
    'Marlow Print Works',
    'Hollenbach Gartenbau',
    'Tamarack Outfitters',
  ],
  machines: [
    machine('OSKAR-P14S', 'win32', 'pwsh 7.4', true, ['Gasthof Rauchkogl', 'Marlow Print Works']),
    machine('amelie-mbp14', 'darwin', 'zsh 5.9', true, ['Institut Saint-Aubin', 'Saguaro Orthodontics']),
    machine('tomasz-deb', 'linux', 'bash 5.2', true, ['Huisartsen De Linde', 'Fenwick Solicitors']),
  ],
  assets: [
    ...assets('Gasthof Rauchkogl', [
      ['RKG-HV', 'Windows Server 2022', '5.1'],
      ['RKG-DC', 'Windows Server 2022', '5.1'],
      ['RKG-PMS', 'Windows Server 2019', '5.1'],
      ['RKG-RTR', 'MikroTik RouterOS 7.15'],
      ['rkg-unifi', 'Debian 12'],
    ]),
    ...assets('Huisartsen De Linde', [
      ['LIN-SRV1', 'Windows Server 2022', '5.1'],
      ['LIN-HIS', 'Windows Server 2019', '5.1'],
      ['LIN-BALIE1', 'Windows 11 Pro', '5.1'],
      ['LIN-NAS', 'Synology DSM 7.2'],
    ]),
    ...assets('Institut Saint-Aubin', [
      ['ISA-DC1', 'Windows Server 2019', '5.1'],
      ['ISA-FS1', 'Windows Server 2019', '5.1'],
      ['ISA-IMP', 'Windows Server 2016', '5.1'],
      ['ISA-SWA', 'Cisco IOS XE 17.9'],
      ['isa-moodle', 'Ubuntu 22.04'],
    ]),
    ...assets('Fenwick Solicitors', [
      ['FWK-DC01', 'Windows Server 2022', '5.1'],
      ['FWK-FS01', 'Windows Server 2022', '5.1'],
      ['FWK-TS01', 'Windows Server 2019', '5.1'],
      ['FWK-FG', 'FortiOS 7.4'],
      ['FWK-LT14', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Saguaro Orthodontics', [
      ['SAG-SRV', 'Windows Server 2022', '5.1'],
      ['SAG-IMG', 'Windows Server 2019', '5.1'],
      ['SAG-FRONT1', 'Windows 11 Pro', '5.1'],
      ['SAG-SW1', 'ArubaOS-S 16.11'],
    ]),
    ...assets('Marlow Print Works', [
      ['MPW-ESX1', 'VMware ESXi 8.0'],
      ['MPW-ERP', 'Windows Server 2019', '5.1'],
      ['MPW-VBR', 'Windows Server 2022', '5.1'],
      ['mpw-rip', 'Ubuntu 22.04'],
    ]),
    ...assets('Hollenbach Gartenbau', [
      ['HBG-DC', 'Windows Server 2022', '5.1'],
      ['HBG-KASSE2', 'Windows 10 IoT', '5.1'],
      ['hbg-mail', 'Debian 12'],
      ['HBG-OPN', 'OPNsense 25.1'],
    ]),
    ...assets('Tamarack Outfitters', [
      ['tam-web1', 'Ubuntu 24.04'],
      ['tam-web2', 'Ubuntu 24.04'],
      ['tam-db', 'Ubuntu 22.04'],
      ['tam-pve1', 'Proxmox VE 8.3'],
      ['TAM-POS3', 'Windows 11 Pro', '5.1'],
    ]),
  ],
  rules: [
    rule('Gasthof Rauchkogl', 'Europe/Vienna', 10800, 'EUR', { aggregation: 'ticket' }),
    rule('Huisartsen De Linde', 'Europe/Amsterdam', 10200, 'EUR', { incrementMinutes: 5 }),
    rule('Institut Saint-Aubin', 'Europe/Brussels', 8600, 'EUR', { aggregation: 'day' }),
    rule('Fenwick Solicitors', 'Europe/Dublin', 12500, 'EUR', { incrementMinutes: 6, minimumMinutes: 12 }),
    rule('Saguaro Orthodontics', 'America/Phoenix', 16000, 'USD', { aggregation: 'ticket_day' }),
    rule('Marlow Print Works', 'Europe/London', 9000, 'GBP', { aggregation: 'session' }),
    rule('Tamarack Outfitters', 'America/Toronto', 14500, 'CAD', { rounding: 'nearest' }),
  ],
}
