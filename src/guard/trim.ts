import { CHANGE_FOLDER, PAGERS } from './vocabulary.ts'

/** Without the `cd` in front, the `| head` behind and loose line ends. */
export function trimmed(pieces: readonly string[]): string[] {
  let start = 0
  let end = pieces.length
  for (let before = -1; before !== end - start; ) {
    before = end - start
    while (end > start && pieces[end - 1] === ';') end -= 1
    end = beforePager(pieces, start, end)
    start = afterChangeOfFolder(pieces, start, end)
  }
  return pieces.slice(start, end)
}

const isPlain = (piece: string | undefined) =>
  piece !== undefined && !/^[;|&(){}<>$\d*]*[;|&(){}<>]$|^\$\($/.test(piece)

function beforePager(pieces: readonly string[], start: number, end: number): number {
  let at = end - 1
  while (at >= start && isPlain(pieces[at])) at -= 1
  return at > start && pieces[at] === '|' && PAGERS.has(pieces[at + 1] ?? '') ? at : end
}

function afterChangeOfFolder(pieces: readonly string[], start: number, end: number): number {
  if (!CHANGE_FOLDER.has(pieces[start] ?? '')) return start
  let at = start + 1
  while (at < end && isPlain(pieces[at])) at += 1
  return at + 1 < end && (pieces[at] === '&&' || pieces[at] === ';') ? at + 1 : start
}
