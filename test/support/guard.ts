import type { GuardedPattern } from '../../src/guard/decide.ts'
import type { GuardContent, NamedAsset } from '../../src/guard-cache.ts'

export const SRV_OLD = '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0a01'

/** `Get-LocalUser` on SRV-OLD, as one failure and the command that then worked have taught. */
export const aPattern = (more: Partial<GuardedPattern> = {}): GuardedPattern => ({
  id: '0195f2c0-7a53-7d1e-9c1f-3f2a9c1e0b01',
  grain: 'program',
  key: 'program get-localuser',
  infrastructure_id: SRV_OLD,
  host: null,
  machine_id: null,
  system: null,
  percent: 92,
  places: 1,
  is_verified: false,
  at: new Date(Date.now() - 24 * 60 * 60_000).toISOString(),
  title: 'Get-LocalUser is not there: PowerShell 2.0',
  alternative: 'Get-WmiObject Win32_UserAccount',
  failed_in: null,
  ...more,
})

export const anAsset = (more: Partial<NamedAsset> = {}): NamedAsset => ({
  id: SRV_OLD,
  names: ['srv-old', 'srv-old.dataforth.local', '10.4.0.8'],
  system: 'windows server 2008',
  facts: {},
  vpn: null,
  ...more,
})

/** What the server says for a client. */
export const aGuard = (more: Partial<GuardContent> = {}): GuardContent => ({
  version: 'v1',
  patterns: [aPattern()],
  assets: [anAsset()],
  ...more,
})
