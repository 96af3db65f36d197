/** The part of an asset's notes that is kept by the server: what is known of it, in the words of its insights. */

const BEGIN = 'Learned by ClaudeTools (this part is renewed by itself):'
const END = '(End of what ClaudeTools learned.)'
/** Of the whole part, with its first and last line. */
export const DIGEST_CHARS = 1_500

/**
 * Notes with a new digest of these statements, the most important first; those that do not fit are left out. What people wrote before and behind it stays.
 *
 * @param most characters that the notes may have; the digest gives way
 * @returns null for empty notes
 */
export function withDigest(notes: string | null, statements: readonly string[], most: number): string | null {
  const { before, after } = parted(notes ?? '')
  const people = [before, after].filter(Boolean)
  const room = Math.min(DIGEST_CHARS, most - people.join('\n').length - 2)
  const lines: string[] = []
  let length = BEGIN.length + END.length + 2
  for (const statement of new Set(statements)) {
    const line = `- ${statement.replace(/\s+/g, ' ').trim()}`
    if (length + line.length + 1 > room) continue
    lines.push(line)
    length += line.length + 1
  }
  const digest = lines.length === 0 ? '' : [BEGIN, ...lines, END].join('\n')
  return [before, digest, after].filter(Boolean).join('\n') || null
}

/** What people wrote, and the statements of the digest. */
export function partsOfNotes(notes: string): { written: string; learned: string[] } {
  const { before, digest, after } = parted(notes)
  return {
    written: [before, after].filter(Boolean).join('\n'),
    learned: digest.split('\n').flatMap((line) => /^- (.+)$/.exec(line)?.[1] ?? []),
  }
}

function parted(notes: string): { before: string; digest: string; after: string } {
  const start = notes.indexOf(BEGIN)
  const end = start < 0 ? -1 : notes.indexOf(END, start)
  // With one of the two lines deleted nobody can tell whose text it is: it stays.
  if (end < 0) return { before: notes.trim(), digest: '', after: '' }
  return {
    before: notes.slice(0, start).trim(),
    digest: notes.slice(start + BEGIN.length, end),
    after: notes.slice(end + END.length).trim(),
  }
}
