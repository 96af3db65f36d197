import { rmSync } from 'node:fs'
import { namesIn, writeFileAtomic } from '../durable.ts'
import { withLock } from '../lock.ts'
import { append } from './append.ts'
import { spoolErrorFrom } from './errors.ts'
import { deadLetterFolder, deadLetterPath, lockPath, streamFileName } from './folder.ts'
import { frame } from './frame.ts'
import { type DeadLetter, readDeadLetters, recordDelivered, settledKey } from './settled.ts'

/** Which dead letters: all, or those with one of these event ids (`cmd:toolu_1`, or `<stream>/cmd:toolu_1` where ids repeat). */
export type Choice = 'all' | readonly string[]

/** What a change did; `busy` when a delivery was running for longer than the wait. */
export type ChangeResult = { ended: 'done' | 'busy'; changed: number }

const WAIT_MS = 10_000

/** All dead letters, by stream and age. One that was given up twice is listed once, with its last reason. */
export function deadLetters(spoolDir: string): DeadLetter[] {
  return namesWithLetters(spoolDir).flatMap((name) => lettersOf(spoolDir, name))
}

export function deadLetterCount(spoolDir: string): number {
  return deadLetters(spoolDir).length
}

/** Puts dead letters back into the spool, to be sent with the next delivery. */
export function retryDeadLetter(spoolDir: string, choice: Choice): Promise<ChangeResult> {
  // Written to the spool before it leaves the list: killed in between, it is in both, and the delivery skips what is on the list.
  return change(spoolDir, choice, (letter) => append(spoolDir, letter.event))
}

/** Removes dead letters for good. Their ids stay known, so that transcript recovery does not bring them back. */
export function discardDeadLetter(spoolDir: string, choice: Choice): Promise<ChangeResult> {
  return change(spoolDir, choice, ({ event, crc }) => {
    const { stream, id } = event
    recordDelivered(spoolDir, streamFileName(stream), { stream, ids: [[id, crc]] })
  })
}

async function change(spoolDir: string, choice: Choice, act: (letter: DeadLetter) => void): Promise<ChangeResult> {
  try {
    const turn = await withLock(lockPath(spoolDir), { waitMs: WAIT_MS }, () => {
      const counts = namesWithLetters(spoolDir).map((name) => changeIn(spoolDir, name, choice, act))
      return counts.reduce((sum, count) => sum + count, 0)
    })
    return turn.held ? { ended: 'done', changed: turn.value } : { ended: 'busy', changed: 0 }
  } catch (error) {
    throw spoolErrorFrom(error, spoolDir, 'so the dead letters stay as they are')
  }
}

function changeIn(spoolDir: string, name: string, choice: Choice, act: (letter: DeadLetter) => void): number {
  const letters = lettersOf(spoolDir, name)
  const chosen = letters.filter((letter) => isChosen(letter, choice))
  if (chosen.length === 0) return 0
  for (const letter of chosen) act(letter)
  const left = letters.filter((letter) => !chosen.includes(letter))
  const path = deadLetterPath(spoolDir, name)
  if (left.length === 0) rmSync(path, { force: true })
  else writeFileAtomic(path, Buffer.concat(left.map((letter) => frame(JSON.stringify(letter)).bytes)))
  return chosen.length
}

function isChosen({ event }: DeadLetter, choice: Choice): boolean {
  return choice === 'all' || choice.includes(event.id) || choice.includes(`${event.stream}/${event.id}`)
}

function lettersOf(spoolDir: string, name: string): DeadLetter[] {
  const letters = new Map<string, DeadLetter>()
  for (const letter of readDeadLetters(spoolDir, name)) {
    letters.set(settledKey(letter.event.stream, letter.event.id, letter.crc), letter)
  }
  return [...letters.values()]
}

function namesWithLetters(spoolDir: string): string[] {
  return namesIn(deadLetterFolder(spoolDir))
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => file.slice(0, -'.jsonl'.length))
}
