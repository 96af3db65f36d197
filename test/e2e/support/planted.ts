import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Secrets that a test plants, by the place where they are. */
export type Planted = Readonly<Record<string, string>>

/** All ways in which a secret may lie in a file or a request: as written, and in the encodings that programs use. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const wide = Buffer.from(secret, 'utf16le')
  // Base64 of a text around it begins at any of three offsets; what is whole of it is the same each time.
  const base64 = [0, 1, 2].flatMap((offset) =>
    [bytes, wide].map((one) => {
      const text = Buffer.concat([Buffer.alloc(offset), one]).toString('base64')
      return text.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + one.length) * 4) / 3) - 1)
    }),
  )
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    wide.toString('latin1'),
    ...base64.filter((text) => text.length >= 10),
    ...base64.filter((text) => text.length >= 10).map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}

/** The names of the secrets that stand in a text, in whatever form. */
export function plantedIn(secrets: Planted, text: string): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
    .map(([name]) => name)
}

/** The names of the secrets that stand in any file of a folder, each with the file. */
export async function plantedInFiles(secrets: Planted, folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = await Promise.all(
    files.map(async (file) => plantedIn(secrets, await readFile(file, 'latin1')).map((name) => `${name} in ${file}`)),
  )
  return found.flat()
}
