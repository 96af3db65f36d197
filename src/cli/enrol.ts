import { version } from '../../package.json'
import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { quickRegistration } from '../machine/quick.ts'
import { isStale, readRecord } from '../machine/record.ts'
import { updateConfig } from '../settings.ts'
import type { World } from './world.ts'

export type Machine = OutputOf<Contract['machines']['register']>

/**
 * Makes this machine known to the server, or recognised by it, and keeps its id. What the last probe found is told too; when it is
 * old, a new probe is started in the background.
 */
export async function enrol(world: World): Promise<Machine> {
  const { settings } = world
  const record = readRecord(settings.paths.cache)
  const isOld = isStale(record, world.now().getTime())
  const registration = record !== null && !isOld ? record.registration : quickRegistration(version)
  const machine = await world.api.machines.register(registration)
  if (settings.machineId !== machine.id) {
    updateConfig(settings.paths, { machineId: machine.id })
    world.forgetSettings()
  }
  if (isOld) await probeInBackground(world)
  return machine
}

/** Starts `msp machine refresh` and does not wait for it. */
export async function probeInBackground(world: World): Promise<void> {
  const { spawn } = await import('node:child_process')
  const [script] = process.argv.slice(1)
  if (script === undefined) return
  const child = spawn(process.execPath, [script, 'machine', 'refresh', '--quiet'], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    env: world.environment,
  })
  child.on('error', (error) => world.output.note(`What this machine can do was not probed: ${error.message}`))
  child.unref()
}
