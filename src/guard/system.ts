/** Names of systems as far as commands differ between them: the product and its version, without edition, build and kernel. Data only. */
const SYSTEMS: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [/windows\s+server\s+(\d{4})(\s+r2)?/, ([, year, r2]) => `windows server ${year}${r2 ? ' r2' : ''}`],
  [/windows\s+(7|8\.1|8|10|11|xp|vista)\b/, ([, version]) => `windows ${version}`],
  [/(?:macos|mac os x|os x|darwin)\D{0,20}(\d+)/, ([, version]) => `macos ${version}`],
  [/(ubuntu|alpine|linux mint)\D{0,20}(\d+\.\d+)/, ([, name, version]) => `${name} ${version}`],
  [
    /(debian|rocky|alma|centos|red hat|rhel|fedora|oracle linux|suse|raspbian|proxmox)\D{0,40}(\d+)/,
    ([, name, version]) => `${name === 'red hat' ? 'rhel' : name} ${version}`,
  ],
  [
    /(routeros|fortios|dsm|readynas os|qts|esxi|junos|pan-os|pfsense|opnsense|unifi os|arubaos|ios(?:-xe)?|nx-os)\D{0,20}(\d+(?:\.\d+)?)/,
    ([, name, version]) => `${name} ${version}`,
  ],
]

/**
 * The system of a machine in a form in which equal ones are equal; null where nothing is said. What is not known by name is kept as it is, without numbers
 * beyond the first.
 *
 * @example systemName('Microsoft Windows Server 2008 R2 Standard 6.1.7601')   // windows server 2008 r2
 * @example systemName('Ubuntu 22.04.5 LTS (5.15.0-91-generic)')               // ubuntu 22.04
 */
export function systemName(told: string | null | undefined): string | null {
  const text = (told ?? '').toLowerCase().replace(/\s+/g, ' ').trim()
  if (text === '') return null
  for (const [pattern, name] of SYSTEMS) {
    const found = pattern.exec(text)
    if (found) return name(found)
  }
  return /^[^\d(]{0,60}(?:\d+(?:\.\d+)?)?/.exec(text)?.[0].trim() || text.slice(0, 60)
}
