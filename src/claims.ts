import { closeSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FILE_MODE, makeFolder, namesIn } from './durable.ts'
import { fileName } from './sessions.ts'
import type { Paths } from './settings.ts'

/**
 * Who runs a command, as only the hook before it is told: a file under `MSP_HOME/auth/claims`, named to the command by an option
 * that the hook adds. `msp cred` shows it to get a token for that agent; without it, it refuses.
 */
export interface Claim {
  session_id: string
  /** `main` is the conversation itself. */
  agent_id: string
  agent_type: string
  /** ISO 8601. */
  at: string
}

/** Names the claim of a command: what the hook adds, and the variable that it becomes. */
export const CLAIM_OPTION = '--claim='
export const CLAIM_VARIABLE = 'MSP_CLAIM'
/** Agent id and type of the conversation itself. */
export const MAIN_AGENT = 'main'
/** Our agents: whatever they run of `msp` they run with a token of their own, and they run nothing else. The server knows what each of them may call. */
export const hasOwnToken = (agentType: string): boolean => agentType.startsWith('claudetools:')
/** A claim opens nothing after this long. */
const VALID_MS = 10 * 60_000

const NAME = /^[0-9a-f]{32}$/
const folderOf = (paths: Paths): string => join(paths.auth, 'claims')
const fileOf = (paths: Paths, name: string): string => join(folderOf(paths), `${name}.json`)

/**
 * Writes a claim and removes those that are too old.
 *
 * @returns its name, which nobody can guess
 * @throws the system's error when it cannot be written
 */
export function writeClaim(paths: Paths, claim: Claim): string {
  const name = randomName()
  makeFolder(folderOf(paths))
  sweep(paths, Date.parse(claim.at))
  writeFileSync(fileOf(paths, name), JSON.stringify(claim), { flag: 'wx', mode: FILE_MODE })
  return name
}

/** The claim of that name, or undefined when there is none that is still good. */
export function readClaim(paths: Paths, name: string, now: number): Claim | undefined {
  if (!NAME.test(name)) return undefined
  const claim = parse(fileOf(paths, name))
  const ageMs = now - Date.parse(claim?.at ?? '')
  return ageMs > -VALID_MS && ageMs < VALID_MS ? claim : undefined
}

/** Takes the name of a claim out of a command line of `msp`, where the hook puts it: behind the verb. What follows `--` is somebody else's. */
export function takeClaimName(argv: readonly string[]): { argv: string[]; name: string | undefined } {
  const end = argv.indexOf('--')
  const isNamed = (word: string) => word.startsWith(CLAIM_OPTION) && NAME.test(word.slice(CLAIM_OPTION.length))
  const at = argv.findIndex((word, index) => index > 0 && isNamed(word) && (end === -1 || index < end))
  if (at === -1) return { argv: [...argv], name: undefined }
  return { argv: argv.toSpliced(at, 1), name: argv[at]?.slice(CLAIM_OPTION.length) }
}

/** Forgets the claims of a session, or of one of its agents. */
export function removeClaims(paths: Paths, sessionId: string, agentId?: string): void {
  for (const name of namesIn(folderOf(paths))) {
    const path = join(folderOf(paths), name)
    const claim = parse(path)
    if (claim?.session_id === sessionId && (agentId === undefined || claim.agent_id === agentId))
      rmSync(path, { force: true })
  }
}

/** Where the token of an agent is kept until it ends; the file of its session's folder. */
export const agentTokenPath = (paths: Paths, sessionId: string, agentId: string): string =>
  join(agentFolder(paths, sessionId), `${fileName(agentId)}.json`)

/** Forgets the tokens of a session's agents, or of one of them. */
export function removeAgentTokens(paths: Paths, sessionId: string, agentId?: string): void {
  const path = agentId === undefined ? agentFolder(paths, sessionId) : agentTokenPath(paths, sessionId, agentId)
  rmSync(path, { recursive: true, force: true })
}

/** 16 random bytes, in hex. Loading node:crypto costs a hook as much as all the rest of its work, so the system is asked where it can be. */
function randomName(): string {
  if (process.platform === 'win32') return process.getBuiltinModule('node:crypto').randomBytes(16).toString('hex')
  const bytes = Buffer.alloc(16)
  const fd = openSync('/dev/urandom', 'r')
  try {
    if (readSync(fd, bytes) !== bytes.length) throw new Error('the system gives no random bytes')
  } finally {
    closeSync(fd)
  }
  return bytes.toString('hex')
}

const agentFolder = (paths: Paths, sessionId: string): string => join(paths.auth, 'agents', fileName(sessionId))

function sweep(paths: Paths, now: number): void {
  for (const name of namesIn(folderOf(paths))) {
    const path = join(folderOf(paths), name)
    // Another hook may have removed it meanwhile.
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs
    if (written !== undefined && now - written > VALID_MS) rmSync(path, { force: true })
  }
}

function parse(path: string): Claim | undefined {
  try {
    const claim = JSON.parse(readFileSync(path, 'utf8')) as Partial<Claim> | null
    const isWhole = [claim?.session_id, claim?.agent_id, claim?.agent_type, claim?.at].every(
      (one) => typeof one === 'string',
    )
    return isWhole ? (claim as Claim) : undefined
  } catch {
    return undefined // Gone or damaged: then there is no claim, and nothing is opened.
  }
}
