import { arch, release, userInfo } from 'node:os'
import { basename } from 'node:path'
import type { InputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { fingerprintOf, readIdentity } from './fingerprint.ts'

/** What `machines.register` takes: who this machine is and what it can do. */
export type Registration = InputOf<Contract['machines']['register']>

/** What is known without starting a program: enough to enrol the machine at once. The probe adds the rest. */
export function quickRegistration(agentVersion: string): Registration {
  const identity = readIdentity()
  return {
    hostname: identity.hostname,
    machine_fingerprint: fingerprintOf(identity),
    os_type: OS_TYPES[identity.platform] ?? 'linux',
    os_version: release(),
    arch: arch(),
    default_shell: defaultShell(process.env),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    agent_version: agentVersion,
  }
}

const OS_TYPES: Readonly<Record<string, Registration['os_type']>> = {
  win32: 'windows',
  darwin: 'darwin',
  linux: 'linux',
}

/** The shell that the user's terminal opens, by name. */
export function defaultShell(environment: NodeJS.ProcessEnv): string | null {
  const path = environment.SHELL ?? environment.ComSpec ?? loginShell()
  return path ? basename(path.replaceAll('\\', '/')) : null
}

/** The shell of the account. Some containers run as an account that the system does not list. */
function loginShell(): string | null {
  try {
    return userInfo().shell
  } catch {
    return null // Not listed, so it has no shell either.
  }
}
