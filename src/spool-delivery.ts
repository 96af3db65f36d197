import { version } from '../package.json'
import type { Api } from './api/client.ts'
import { ApiError } from './api/errors.ts'
import { asSendError, sendThrough } from './api/send-events.ts'
import { keepCheckpoint } from './checkpoint-kept.ts'
import type { Checkpoint } from './contract/audit.ts'
import { quickRegistration } from './machine/quick.ts'
import { readRecord } from './machine/record.ts'
import { type Settings, updateConfig } from './settings.ts'
import type { Send } from './spool/batch.ts'
import { type DeliverOptions, type DeliveryReport, deliver } from './spool/deliver.ts'

export type SpoolDelivery = Pick<DeliverOptions, 'force' | 'waitForLockMs' | 'onProgress'>

/** For one batch, in milliseconds. */
const BATCH_DEADLINE_MS = 20_000

/**
 * Delivers the spool to the server. A machine that the server does not know is enrolled first, because every event says which machine it
 * comes from.
 *
 * @throws SpoolError when the spool folder itself cannot be read or written. A server that cannot be reached or refuses is told in the report.
 */
export function deliverSpool(settings: Settings, api: Api, options: SpoolDelivery = {}): Promise<DeliveryReport> {
  return deliver({ spoolDir: settings.paths.spool, send: sendingTo(settings, api), ...options })
}

function sendingTo(settings: Settings, api: Api): Send {
  let machineId = settings.machineId
  const send: Send = async (events) => {
    machineId ??= await enrol(settings, api)
    const onCheckpoint = (checkpoint: Checkpoint) => keepCheckpoint(settings, checkpoint)
    return sendThrough({ api, machineId, deadlineMs: () => BATCH_DEADLINE_MS, onCheckpoint })(events)
  }
  return async (events) => {
    try {
      return await send(events)
    } catch (error) {
      if (machineId === undefined || !isUnknownMachine(error)) throw error
      // The server has another database than the one that gave the id: the machine is enrolled there.
      machineId = undefined
      return send(events)
    }
  }
}

const isUnknownMachine = (error: unknown): boolean =>
  error instanceof Error && error.cause instanceof ApiError && error.cause.code === 'NOT_FOUND'

/** @throws SendError, so that the spool waits and tries again */
async function enrol(settings: Settings, api: Api): Promise<string> {
  try {
    const { id } = await api.machines.register(
      readRecord(settings.paths.cache)?.registration ?? quickRegistration(version),
    )
    updateConfig(settings.paths, { machineId: id })
    return id
  } catch (error) {
    throw error instanceof ApiError ? asSendError(error) : error
  }
}
