import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { namesIn } from '../durable.ts'
import { everyKnownValue } from '../known-values.ts'
import { claudeFolder } from '../machine/claude-config.ts'
import type { Finding } from '../redact/finding.ts'
import { tokensIn } from '../redact/index.ts'
import { openFiles, sealedFiles } from '../spool/folder.ts'
import { bad, type Check, good, unknown } from './checks.ts'
import { counted } from './layout.ts'
import type { World } from './world.ts'

const NAME = 'transcripts'
/** A person waits for the doctor. */
const LIMIT_MS = 3_000
/** Of one file so much is read from its end: what is newest still opens something. */
const MAX_BYTES = 8 * 1024 * 1024
/** What is searched at once, so that the clock is looked at in between. */
const PIECE_CHARS = 256 * 1024
const SHOWN_FILES = 5

interface TextFile {
  path: string
  writtenMs: number
  bytes: number
}

/**
 * Secrets that lie on this machine in plain text, where ClaudeTools cannot take them out: in the transcripts that Claude Code keeps, and in events
 * that wait. Looked for are the values that were handed out, and tokens that their shape alone gives away. Newest files first, for three seconds.
 */
export function checkTranscripts(world: World): Check {
  const files = textFiles(world).sort((one, other) => other.writtenMs - one.writtenMs)
  if (files.length === 0) return unknown(NAME, 'none on this machine')
  const known = everyKnownValue(world.settings.paths)
  const until = performance.now() + LIMIT_MS
  const counts = new Map<string, number>()
  let looked = 0
  for (const file of files) {
    if (performance.now() > until) break
    const count = secretsIn(file, known, until)
    if (count > 0) counts.set(file.path, count)
    looked += 1
  }
  return told(counts, looked, files.length)
}

function told(counts: ReadonlyMap<string, number>, looked: number, all: number): Check {
  const rest = looked < all ? ` Not looked at: ${counted(all - looked, 'older file')}.` : ''
  if (counts.size === 0) return good(NAME, `no known secret in ${counted(looked, 'file')}.${rest}`)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const shown = [...counts].slice(0, SHOWN_FILES).map(([path, count]) => `${path} (${count})`)
  const more = counts.size > SHOWN_FILES ? ` and ${counts.size - SHOWN_FILES} more` : ''
  return bad(
    NAME,
    `${counted(total, 'secret')} in plain text: ${shown.join(', ')}${more}. Rotate the credential ("msp cred rotate"), then delete the file.${rest}`,
  )
}

function textFiles(world: World): TextFile[] {
  const projects = join(claudeFolder(world.environment), 'projects')
  const spool = world.settings.paths.spool
  const transcripts = namesIn(projects).flatMap((project) => transcriptsUnder(join(projects, project)))
  const waiting = [...sealedFiles(spool), ...openFiles(spool)].map(({ path }) => path)
  return [...transcripts, ...waiting].flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats?.isFile() ? [{ path, writtenMs: stats.mtimeMs, bytes: stats.size }] : []
  })
}

/** `<session>.jsonl`, and those of its subagents two folders below. */
function transcriptsUnder(folder: string, depth = 0): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name)
    if (name.endsWith('.jsonl')) return [path]
    return depth < 2 && !name.includes('.') ? transcriptsUnder(path, depth + 1) : []
  })
}

/** How many different secrets a file holds; what cannot be read holds none that we could tell of. */
function secretsIn({ path, bytes }: TextFile, known: ((text: string) => Finding[]) | undefined, until: number): number {
  const values = new Set<string>()
  const text = textOf(path, bytes)
  for (let at = 0; at < text.length && performance.now() < until; ) {
    const end = text.indexOf('\n', at + PIECE_CHARS)
    const piece = text.slice(at, end === -1 ? text.length : end)
    for (const { start, end: stop } of [...(known?.(piece) ?? []), ...tokensIn(piece)])
      values.add(piece.slice(start, stop))
    at += Math.max(1, piece.length)
  }
  return values.size
}

/** The end of a file. */
function textOf(path: string, bytes: number): string {
  try {
    const fd = openSync(path, 'r')
    try {
      const tail = Buffer.alloc(Math.min(bytes, MAX_BYTES))
      const read = readSync(fd, tail, 0, tail.length, bytes - tail.length)
      return tail.toString('utf8', 0, read)
    } finally {
      closeSync(fd)
    }
  } catch {
    return '' // gone meanwhile, or not ours to read
  }
}
