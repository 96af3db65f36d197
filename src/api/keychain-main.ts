// Speaks to the system's keychain: `node keychain.cjs`, a request as JSON on stdin, the answer as JSON on stdout. A process of its own, because
// a locked keychain may never answer, native code that waits cannot be interrupted, and what it breaks must not be a hook.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { KeychainAnswer, KeychainRequest } from './keychain.ts'

declare const __filename: string
declare const __dirname: string

const SERVICE = 'claudetools'
/** Of the two stores of Linux, the kernel's forgets everything when the computer restarts: a login must not lie there. */
const OPTIONS = { linux: { store: 'secret-service' } }

interface Entry {
  getPassword(): string | null
  setPassword(secret: string): void
  deletePassword(): boolean
}
type NewEntry = new (service: string, name: string, options: typeof OPTIONS) => Entry

/** The addon beside this file, as `scripts/build.mjs` names it. */
function addonName(): string {
  const report = process.platform === 'linux' ? (process.report.getReport() as Report) : undefined
  const musl = report && report.header?.glibcVersionRuntime === undefined ? '-musl' : ''
  return `${process.platform}-${process.arch}${musl}.node`
}
type Report = { header?: { glibcVersionRuntime?: string } }

function answer({ read = [], set = [], remove = [] }: KeychainRequest): KeychainAnswer {
  const load = createRequire(__filename)
  const { Entry } = load(join(__dirname, 'keyring', addonName())) as { Entry: NewEntry }
  const entry = (name: string) => new Entry(SERVICE, name, OPTIONS)
  for (const { name, secret } of set) entry(name).setPassword(secret)
  for (const name of remove) entry(name).deletePassword()
  return { read: read.map((name) => entry(name).getPassword()) }
}

function main(): KeychainAnswer {
  try {
    return answer(JSON.parse(readFileSync(0, 'utf8')) as KeychainRequest)
  } catch (error) {
    return { error: (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '' }
  }
}

process.stdout.write(JSON.stringify(main()))
