import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordedEvent } from '../contract/events.ts'
import { appendDurable, namesIn } from '../durable.ts'
import { isDiskFull } from './errors.ts'
import { deadLetterPath, deliveredFolder, deliveredPath } from './folder.ts'
import { frame } from './frame.ts'
import { readFrames } from './read.ts'

/** Why an event was given up: the server's word about it, or that it is too large to be sent. */
export type DeadLetterReason = 'refused' | 'conflict' | 'too_large'

/** An event that will not be sent again by itself. */
export type DeadLetter = {
  at: string
  reason: DeadLetterReason
  message: string
  epoch: string
  seq: number
  crc: string
  event: RecordedEvent
}

/** One frame of a `.ids` file: what one answer of the server confirmed, or a person discarded. */
export type DeliveredFrame = { stream: string; ids: [id: string, crc: string][] }

const DELIVERED_KEPT_MS = 30 * 24 * 60 * 60_000

/** Stands for one event and its exact content: the same id with another content is not settled, the server has to judge it. */
export function settledKey(stream: string, id: string, crc: string): string {
  return JSON.stringify([stream, id, crc])
}

/** Keys of the events of a stream's file that need not be sent any more. */
export function readSettled(spoolDir: string, name: string): Set<string> {
  const keys = new Set<string>()
  for (const { stream, ids } of readDelivered(spoolDir, name)) {
    for (const [id, crc] of ids) keys.add(settledKey(stream, id, crc))
  }
  for (const { event, crc } of readDeadLetters(spoolDir, name)) keys.add(settledKey(event.stream, event.id, crc))
  return keys
}

/** What the server confirmed for a stream's file name, in the last 30 days at least. */
export function* readDelivered(spoolDir: string, name: string): Generator<DeliveredFrame> {
  for (const value of readFrames(deliveredPath(spoolDir, name))) yield value as DeliveredFrame
}

/** The dead letters of a stream's file name, oldest first. */
export function* readDeadLetters(spoolDir: string, name: string): Generator<DeadLetter> {
  for (const value of readFrames(deadLetterPath(spoolDir, name))) yield value as DeadLetter
}

/** Remembers what the server confirmed, or what a person discarded. A full disk is no obstacle: without the note an event is only sent once more. */
export function recordDelivered(spoolDir: string, name: string, delivered: DeliveredFrame): void {
  try {
    appendDurable(deliveredPath(spoolDir, name), frame(JSON.stringify(delivered)).bytes)
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

/** Keeps an event that the server does not take. Must be on the disk before its spool file goes, so a full disk is an error here. */
export function recordDeadLetter(spoolDir: string, name: string, letter: DeadLetter): void {
  appendDurable(deadLetterPath(spoolDir, name), frame(JSON.stringify(letter)).bytes)
}

/** Removes the notes of streams that have had nothing confirmed for 30 days: nobody resumes their transcripts any more. */
export function pruneDelivered(spoolDir: string, nowMs: number): void {
  for (const file of namesIn(deliveredFolder(spoolDir))) {
    const path = join(deliveredFolder(spoolDir), file)
    if (nowMs - statSync(path).mtimeMs > DELIVERED_KEPT_MS) rmSync(path, { force: true })
  }
}
