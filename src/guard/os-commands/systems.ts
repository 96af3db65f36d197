/** The systems of the table of commands, and what people call them. Data and a lookup; the first that fits wins. */

export const SYSTEMS = [
  { id: 'ps51', title: 'Windows PowerShell 5.1 (Windows 10 and 11, Server 2016 to 2025)' },
  { id: 'ps7', title: 'PowerShell 7 on Windows' },
  { id: 'ps2', title: 'Windows PowerShell 2.0 to 4.0 (Windows 7 and 8, Server 2008 to 2012 R2)' },
  { id: 'cmd', title: 'Windows command prompt (cmd)' },
  { id: 'macos', title: 'macOS' },
  { id: 'debian', title: 'Debian and Ubuntu' },
  { id: 'rhel', title: 'RHEL, Rocky, Alma and Fedora' },
  { id: 'alpine', title: 'Alpine Linux' },
  { id: 'cisco', title: 'Cisco IOS and IOS XE' },
  { id: 'fortios', title: 'FortiOS (FortiGate)' },
  { id: 'routeros', title: 'MikroTik RouterOS' },
  { id: 'unifi', title: 'UniFi (SSH on a console, switch or access point)' },
  { id: 'dsm', title: 'Synology DSM' },
  { id: 'readynas', title: 'ReadyNAS OS 6' },
  { id: 'qnap', title: 'QNAP QTS' },
  { id: 'esxi', title: 'VMware ESXi' },
  { id: 'pfsense', title: 'pfSense' },
  { id: 'opnsense', title: 'OPNsense' },
  { id: 'aruba', title: 'HP/Aruba switch (ArubaOS-Switch)' },
] as const
export type SystemId = (typeof SYSTEMS)[number]['id']
export interface System {
  id: SystemId
  title: string
}

/** Words in lower case, and the systems that they mean: several where they do not say which. */
const NAMES: readonly (readonly [RegExp, readonly SystemId[]])[] = [
  [/\b(?:pwsh|ps ?[67]|powershell[ -]?(?:core|[67]\b|7\.\d))/, ['ps7']],
  [/\b(?:ps ?[234]\b|powershell[ -]?v?[234]\b)/, ['ps2']],
  [/\b(?:ps ?51?\b|ps ?5\.1|powershell[ -]?v?5)/, ['ps51']],
  [/\b(?:cmd|command prompt|dos|batch|opdrachtprompt|eingabeaufforderung)\b/, ['cmd']],
  [/\b(?:server|windows|win|w) ?-?(?:20|2k)?0?(?:3|8|12)\b|\b(?:windows|win) ?-?(?:vista|xp|7|8(?:\.1)?)\b/, ['ps2']],
  [/\bcisco|\bcatalyst\b|\bios([ -]?xe)?\b/, ['cisco']],
  [/\bforti/, ['fortios']],
  [/\bmikrotik|\brouter ?(?:os|board)\b|\bchr\b/, ['routeros']],
  [/\bunifi|\bubiquiti|\bubnt\b|\b(?:udm|usw|uap|usg)\b/, ['unifi']],
  [/\bsynology|\bdsm\b|\bdisk ?station|\brack ?station/, ['dsm']],
  [/\breadynas|\bnetgear/, ['readynas']],
  [/\bqnap|\bqts\b|\bquts/, ['qnap']],
  [/\besxi?\b|\bvmware|\bvsphere/, ['esxi']],
  [/\bpfsense/, ['pfsense']],
  [/\bopnsense/, ['opnsense']],
  [/\baruba|\bprocurve|\bprovision\b|\bhpe? ?(?:switch|\d{4})/, ['aruba']],
  [/\bnas\b/, ['dsm', 'readynas', 'qnap']],
  [/\bswitch\b/, ['cisco', 'aruba', 'unifi']],
  [/\bfirewall\b/, ['fortios', 'pfsense', 'opnsense']],
  [/\bmac(?:os|book|s|mini)?\b|\bos ?x\b|\bdarwin\b|\b(?:monterey|ventura|sonoma|sequoia|tahoe)\b/, ['macos']],
  [
    /\b(?:debian|ubuntu|linux ?mint|mint|raspbian|raspberry|kali|proxmox|pve|pop.?os|bullseye|bookworm|trixie|jammy|noble)\b/,
    ['debian'],
  ],
  [
    /\b(?:rhel|red ?hat|rocky|alma(?:linux)?|centos|fedora|oracle linux|ol[789]|el[789]|amazon linux|amzn|scientific)\b/,
    ['rhel'],
  ],
  [/\balpine\b|\bbusybox\b/, ['alpine']],
  [/\blinux\b/, ['debian', 'rhel', 'alpine']],
  [/\bpowershell\b|\bps\b/, ['ps51', 'ps7', 'ps2']],
  [/\bwin(?:dows)?[ -]?(?:1[01]|nt|32|64)?\b|\bserver ?(?:20)?(?:16|19|22|25)\b|\bmicrosoft\b/, ['ps51']],
]

/** The systems that a text means ("server 2008", "rocky", "macos 15", "fortigate"): one, several that fit, or none. */
export function systemsMeant(text: string): System[] {
  const words = text.trim().toLowerCase().replaceAll('_', ' ')
  const exact = SYSTEMS.filter(({ id, title }) => id === words || title.toLowerCase() === words)
  if (exact.length > 0) return exact
  const ids = NAMES.find(([pattern]) => pattern.test(words))?.[1] ?? []
  return SYSTEMS.filter(({ id }) => ids.includes(id))
}
