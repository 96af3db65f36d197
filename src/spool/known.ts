import type { RecordedEvent } from '../contract/events.ts'
import { openPath, sealedFiles, streamFileName } from './folder.ts'
import { readRecords } from './read.ts'
import { readDeadLetters, readDelivered } from './settled.ts'

/**
 * The ids of a stream's events that are spooled, delivered or dead letters. Transcript recovery records only what is not among them.
 * Read in the direction in which events move (open, sealed, settled), so that an event that moves meanwhile is still met.
 */
export function knownIds(spoolDir: string, stream: string): Set<string> {
  const name = streamFileName(stream)
  const ids = new Set<string>()
  const add = (event: Pick<RecordedEvent, 'id' | 'stream'>) => {
    if (event.stream === stream) ids.add(event.id)
  }
  const addRecords = (path: string) => {
    for (const part of readRecords(path)) if (part.kind === 'record') add(part.event)
  }
  addRecords(openPath(spoolDir, name))
  for (const file of sealedFiles(spoolDir)) if (file.name === name) addRecords(file.path)
  for (const letter of readDeadLetters(spoolDir, name)) add(letter.event)
  for (const delivered of readDelivered(spoolDir, name))
    for (const [id] of delivered.ids) add({ id, stream: delivered.stream })
  return ids
}
