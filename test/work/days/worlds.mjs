/** The two worlds: technicians with their machines, clients with their assets, and the billing rules that carry time zones. */

export const machine = (name, platform, shell, docker, vpn) => ({
  machine: name,
  platform,
  shell,
  capabilities: { docker, vpn },
})

export const assets = (client, rows) =>
  rows.map(([asset, os, powershell]) => ({
    asset,
    client,
    os,
    ...(powershell === undefined ? {} : { facts: { 'powershell.version': powershell } }),
  }))

export const rule = (client, timezone, rateMinor, currency, rest) => ({
  rule: {
    client,
    incrementMinutes: 15,
    rounding: 'up',
    minimumMinutes: 0,
    aggregation: 'entry',
    timezone,
    rateMinor,
    currency,
    ...rest,
  },
})

export const devWorld = {
  technicians: { ana: 'ANA-LT1', bram: 'BRAM-NB2', chloe: 'chloe-mbp' },
  clients: [
    'Harbourline',
    'Kestrel Dental',
    'Meridian Law',
    'Nordwind Logistik',
    'Lenoir',
    'Bluegum Farms',
    'Tulip Software',
    'Osprey Manufacturing',
  ],
  machines: [
    machine('ANA-LT1', 'win32', 'powershell 5.1', false, ['Harbourline', 'Meridian Law']),
    machine('BRAM-NB2', 'win32', 'pwsh 7.4', true, ['Nordwind Logistik', 'Osprey Manufacturing']),
    machine('chloe-mbp', 'darwin', 'zsh 5.9', true, ['Lenoir']),
  ],
  assets: [
    ...assets('Harbourline', [
      ['HL-DC01', 'Windows Server 2022', '5.1'],
      ['SRV-01', 'Windows Server 2019', '5.1'],
      ['HL-FS01', 'Windows Server 2019', '5.1'],
      ['HL-FW1', 'FortiOS 7.2'],
      ['HL-WS014', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Kestrel Dental', [
      ['SRV-01', 'Windows Server 2016', '5.1'],
      ['KD-PACS', 'Windows Server 2019', '5.1'],
      ['KD-NAS', 'Synology DSM 7.2'],
      ['KD-PC07', 'Windows 10 Pro', '5.1'],
    ]),
    ...assets('Meridian Law', [
      ['MER-DC1', 'Windows Server 2019', '5.1'],
      ['MER-SQL01', 'Windows Server 2019', '5.1'],
      ['MER-FW', 'Cisco ASA 9.16'],
      ['MER-LT22', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Nordwind Logistik', [
      ['NW-HV01', 'Windows Server 2022', '5.1'],
      ['NW-APP02', 'Windows Server 2019', '5.1'],
      ['NW-SQL01', 'Windows Server 2019', '5.1'],
      ['NW-VEEAM', 'Windows Server 2022', '5.1'],
      ['nw-web01', 'Debian 12'],
      ['NW-OLD', 'Windows Server 2008 R2', '2.0'],
    ]),
    ...assets('Lenoir', [
      ['LEN-SRV', 'Windows Server 2019', '5.1'],
      ['LEN-CAISSE1', 'Windows 10 IoT LTSC', '5.1'],
      ['LEN-NAS', 'QNAP QTS 5.1'],
    ]),
    ...assets('Bluegum Farms', [
      ['BG-DC01', 'Windows Server 2019', '5.1'],
      ['BG-RDS01', 'Windows Server 2019', '5.1'],
      ['bg-mon01', 'Ubuntu 22.04'],
      ['BG-SW1', 'Cisco IOS 15.2'],
    ]),
    ...assets('Tulip Software', [
      ['web01', 'Ubuntu 24.04'],
      ['db01', 'Ubuntu 22.04'],
      ['ci01', 'Debian 12'],
      ['mail01', 'Debian 11'],
    ]),
    ...assets('Osprey Manufacturing', [
      ['OSP-ERP01', 'Windows Server 2019', '5.1'],
      ['OSP-SQL01', 'Windows Server 2022', '5.1'],
      ['OSP-FS02', 'Windows Server 2016', '5.1'],
      ['OSP-FW1', 'FortiOS 7.0'],
      ['OSP-HMI3', 'Windows 7 Embedded', '2.0'],
    ]),
  ],
  rules: [
    rule('Harbourline', 'Europe/Amsterdam', 10500, 'EUR', { aggregation: 'ticket_day' }),
    rule('Kestrel Dental', 'Europe/London', 9500, 'GBP', { incrementMinutes: 6 }),
    rule('Meridian Law', 'America/New_York', 18000, 'USD', { incrementMinutes: 6, minimumMinutes: 12 }),
    rule('Nordwind Logistik', 'Europe/Berlin', 11500, 'EUR', { aggregation: 'day' }),
    rule('Lenoir', 'Europe/Paris', 8500, 'EUR', { incrementMinutes: 30, minimumMinutes: 30 }),
    rule('Bluegum Farms', 'Australia/Sydney', 16500, 'AUD', { aggregation: 'session' }),
    rule('Osprey Manufacturing', 'America/Chicago', 15000, 'USD', { rounding: 'nearest', aggregation: 'ticket' }),
  ],
}

export const asideWorld = {
  technicians: { deniz: 'DENIZ-X1', emma: 'emma-thinkpad', fritz: 'FRITZ-NB7' },
  clients: [
    'Alder Clinic',
    'Brightwater Hotels',
    'Castellan Bouw',
    'Delphi Notare',
    'Evergreen Schools',
    'Fjord Seafood',
    'Grand Canal Media',
    'Halcyon Wealth',
  ],
  machines: [
    machine('DENIZ-X1', 'win32', 'pwsh 7.5', false, ['Castellan Bouw', 'Alder Clinic']),
    machine('emma-thinkpad', 'linux', 'bash 5.2', true, ['Grand Canal Media', 'Fjord Seafood']),
    machine('FRITZ-NB7', 'win32', 'powershell 5.1', true, ['Delphi Notare']),
  ],
  assets: [
    ...assets('Alder Clinic', [
      ['SERVER1', 'Windows Server 2022', '5.1'],
      ['ALD-EMR', 'Windows Server 2019', '5.1'],
      ['ALD-FW', 'SonicOS 7'],
      ['ALD-RX3', 'Windows 11 Pro', '5.1'],
    ]),
    ...assets('Brightwater Hotels', [
      ['BWH-PMS', 'Windows Server 2016', '5.1'],
      ['BWH-DC02', 'Windows Server 2022', '5.1'],
      ['bwh-wifi', 'Ubuntu 20.04'],
      ['BWH-FW1', 'FortiOS 7.4'],
      ['BWH-FRONT2', 'Windows 10 Pro', '5.1'],
    ]),
    ...assets('Castellan Bouw', [
      ['SERVER1', 'Windows Server 2019', '5.1'],
      ['CB-RDS1', 'Windows Server 2022', '5.1'],
      ['CB-RDS2', 'Windows Server 2022', '5.1'],
      ['CB-NAS1', 'Synology DSM 7.1'],
    ]),
    ...assets('Delphi Notare', [
      ['DN-DC', 'Windows Server 2022', '5.1'],
      ['DN-FILE', 'Windows Server 2022', '5.1'],
      ['DN-EX16', 'Windows Server 2016', '5.1'],
      ['DN-BACKUP', 'Windows Server 2019', '5.1'],
    ]),
    ...assets('Evergreen Schools', [
      ['EGS-DC1', 'Windows Server 2019', '5.1'],
      ['EGS-PRINT', 'Windows Server 2019', '5.1'],
      ['egs-moodle', 'Ubuntu 22.04'],
      ['EGS-CORE', 'Cisco IOS XE 17.6'],
    ]),
    ...assets('Fjord Seafood', [
      ['fj-app1', 'Rocky Linux 9'],
      ['fj-app2', 'Rocky Linux 9'],
      ['fj-pg', 'Rocky Linux 9'],
      ['FJ-DC1', 'Windows Server 2022', '5.1'],
      ['FJ-SCALE9', 'Windows XP Embedded'],
    ]),
    ...assets('Grand Canal Media', [
      ['gcm-www', 'Ubuntu 24.04'],
      ['gcm-store', 'TrueNAS 24.04'],
      ['gcm-render1', 'Ubuntu 22.04'],
    ]),
    ...assets('Halcyon Wealth', [
      ['HW-DC1', 'Windows Server 2022', '5.1'],
      ['HW-SQL2', 'Windows Server 2022', '5.1'],
      ['HW-VPN', 'Cisco ASA 9.18'],
      ['HW-LT09', 'Windows 11 Enterprise', '5.1'],
    ]),
  ],
  rules: [
    rule('Alder Clinic', 'America/Denver', 17000, 'USD', { incrementMinutes: 6 }),
    rule('Brightwater Hotels', 'Europe/London', 9800, 'GBP', { minimumMinutes: 30 }),
    rule('Castellan Bouw', 'Europe/Amsterdam', 9900, 'EUR', { aggregation: 'ticket' }),
    rule('Delphi Notare', 'Europe/Vienna', 12500, 'EUR', { incrementMinutes: 30, aggregation: 'day' }),
    rule('Evergreen Schools', 'Pacific/Auckland', 14000, 'NZD', { aggregation: 'session', rounding: 'nearest' }),
    rule('Fjord Seafood', 'Europe/Oslo', 130000, 'NOK', { aggregation: 'ticket_day' }),
    rule('Halcyon Wealth', 'America/Los_Angeles', 21000, 'USD', { incrementMinutes: 1, minimumMinutes: 10 }),
  ],
}
