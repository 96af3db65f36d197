// The cache of the guard of commands as it is after years: ten thousand patterns of many programs, machines and hosts, four hundred machines.
import { writeGuard } from '../../src/guard-cache-writing.ts'
import { pathsOf } from '../../src/settings.ts'

export const PATTERNS = 10_000
const ASSETS = 400
const PROGRAMS = 'systemctl docker get-localuser mount nmap curl mysql netsh wmic kubectl apt-get robocopy'.split(' ')
const HOUR_MS = 3_600_000

/** The one command of those that are measured of which a pattern is: the longest way through the guard. */
export const STOPPED_COMMAND = "ssh root@srv-7 'docker ps'"

/** Puts the cache into a home. */
export function guarded(home, { client, machine }) {
  const id = (kind, number) => `0195f2c0-7a53-7d1e-${kind}-${String(number).padStart(12, '0')}`
  const asset = (number) => id('a000', number % ASSETS)
  const places = [
    (number) => ({ infrastructure_id: asset(number) }),
    (number) => ({ host: `host-${number}` }),
    () => ({ machine_id: machine }),
    () => ({ system: 'windows server 2008 r2' }),
  ]
  const patterns = Array.from({ length: PATTERNS }, (_, number) => ({
    ...{ id: id('b000', number), infrastructure_id: null, host: null, machine_id: null, system: null },
    ...{ grain: 'exact', key: `exact ${PROGRAMS[number % PROGRAMS.length]} restart thing-${number} --flag` },
    ...places[number % places.length](number),
    ...{ percent: 92, places: 1, is_verified: false, at: new Date(Date.now() - number * HOUR_MS).toISOString() },
    ...{
      title: `thing-${number} cannot be restarted so: unknown flag`,
      alternative: `service thing-${number} restart`,
    },
    ...{ failed_in: null },
  }))
  patterns[7] = {
    ...patterns[0],
    ...{ id: id('c000', 7), infrastructure_id: asset(7), grain: 'program', key: 'program docker' },
  }
  const assets = Array.from({ length: ASSETS }, (_, number) => ({
    ...{
      id: asset(number),
      names: [`srv-${number}`, `srv-${number}.client.local`, `10.0.${number >> 8}.${number & 255}`],
    },
    ...{ system: 'windows server 2008 r2', facts: { 'powershell.version': '2.0' }, vpn: null },
  }))
  writeGuard(pathsOf({ MSP_HOME: home.home }), client, { version: 'v1', patterns, assets })
  return home
}
