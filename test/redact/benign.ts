import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findSecrets } from '../../src/redact/find.ts'

/** What the redactor hits in a file of ordinary output, which holds no secret. */
export interface Touched {
  file: string
  lines: number
  chars: number
  /** Each hit, and the line it begins in. */
  hits: { what: string; line: string }[]
  hitChars: number
}

/** Measures each file of a folder. */
export const measureBenign = (folder: string): Touched[] =>
  readdirSync(folder).map((file) => touched(file, readFileSync(join(folder, file), 'utf8')))

function touched(file: string, text: string): Touched {
  const found = findSecrets(text)
  return {
    file,
    lines: text.split('\n').length - 1,
    chars: text.length,
    hits: found.map(({ start, end, kind }) => ({
      what: `${kind}: ${text.slice(start, end)}`,
      line: text.slice(text.lastIndexOf('\n', start - 1) + 1).split('\n', 1)[0] as string,
    })),
    hitChars: found.reduce((sum, { start, end }) => sum + end - start, 0),
  }
}

export const sumOf = (files: readonly Touched[], count: (file: Touched) => number): number =>
  files.reduce((sum, file) => sum + count(file), 0)

// node test/redact/benign.ts [FOLDER]: each hit, then the figures.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const files = measureBenign(process.argv[2] ?? join(import.meta.dirname, 'benign'))
  for (const { file, hits } of files)
    for (const { what, line } of hits) console.log(`${file}: ${JSON.stringify(what)} in ${JSON.stringify(line)}`)
  const lines = sumOf(files, (file) => file.lines)
  const hits = sumOf(files, (file) => file.hits.length)
  const share = sumOf(files, (file) => file.hitChars) / sumOf(files, (file) => file.chars)
  console.log(
    `${hits} hits in ${lines} lines (${Math.floor(lines / 2000)} allowed), ${(share * 100).toFixed(2)} % touched`,
  )
}
