import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loginPath } from '../api/login-file.ts'
import { areNamesOld } from '../client-names.ts'
import { writeCacheFile } from '../durable.ts'
import { GUARD_PROMPT_FRESH_MS, guardedClient } from '../guard-cache.ts'
import { oneLine } from '../recall/clean.ts'
import { changeSession, fileName, type LocalSession, readSession } from '../sessions.ts'
import { startBackground } from './background-job.ts'
import { excerpt } from './excerpts.ts'
import { type Common, type Fields, parseCommon, text } from './input.ts'
import { PROMPT_CHARS } from './limits.ts'
import { answerToStop, type Stopped } from './overrides.ts'
import { pastedSecrets } from './pasted-secrets.ts'
import { isFromTheClient, isModeCommand, isSkipped } from './privacy.ts'
import type { promptRecall } from './prompt-recall.ts'
import { keep, openNext } from './record.ts'
import type { Reply } from './run.ts'
import type { Surroundings } from './surroundings.ts'
import { isToBeLearned } from './work-left.ts'
import { isWorthAsking } from './worth-asking.ts'

/**
 * Stops a prompt with a secret in it, and records any other. The first prompt of a session that belongs to nobody gets the block that the server
 * suggested for it. A prompt may let a command run that was stopped before it. For one that tells of an error, or names something of the client,
 * the server is asked what is known.
 *
 * @param recall loads what asks the server
 */
export async function userPromptSubmit(
  fields: Fields,
  surroundings: Surroundings,
  recall?: typeof promptRecall,
): Promise<Reply> {
  const common = parseCommon(fields)
  const prompt = text(fields.prompt)
  if (!common || prompt === undefined || isFromTheClient(prompt)) return {}
  if (isModeCommand(prompt)) {
    handToCommandLine(surroundings, common, prompt)
    return {}
  }
  const { block, notice } = pastedSecrets(surroundings, common.sessionId, prompt)
  if (block !== undefined) return { block }
  const released = answerToStop(surroundings.settings.paths, common.sessionId, prompt)
  if (isSkipped(prompt)) await skip(surroundings, common)
  const recorded = isSkipped(prompt) ? undefined : await recordPrompt(surroundings, common, prompt)
  if (isAnythingOld(surroundings, common.sessionId)) startBackground({ after: 'prompt', sessionId: common.sessionId })
  const known = recorded && (await ask(surroundings, common, recorded, recall))
  const context = [recorded?.suggestion, released && mayRun(released), known].filter(Boolean).join('\n')
  return { context, notice }
}

function isAnythingOld(surroundings: Surroundings, sessionId: string): boolean {
  if (isToBeLearned(surroundings, sessionId, GUARD_PROMPT_FRESH_MS)) return true
  const { paths } = surroundings.settings
  const clientId = guardedClient(readSession(paths, sessionId))
  return areNamesOld(paths, clientId, Date.parse(surroundings.now())) && existsSync(loginPath(paths.auth))
}

/** What is asked is what is recorded: without secrets, and without what the prompt says is private. */
async function ask(
  surroundings: Surroundings,
  { sessionId }: Common,
  { session, text }: Recorded,
  recall: typeof promptRecall | undefined,
): Promise<string | undefined> {
  if (recall === undefined || !isWorthAsking(surroundings.settings.paths, session, text)) return undefined
  return recall(surroundings, session, sessionId, text)
}

const mayRun = ({ title }: Stopped): string =>
  `ClaudeTools: the user lets the command run that was stopped (recorded: "${oneLine(title, TITLE_CHARS).replaceAll('"', "'")}"). Run it as it was; in this session it is not stopped again.`
const TITLE_CHARS = 110

/** The slash command's command line reads it right after: arguments of a slash command cannot be handed over safely in a shell line. */
function handToCommandLine({ settings, now, redactor }: Surroundings, { sessionId }: Common, prompt: string): void {
  const path = join(settings.paths.cache, 'prompts', `${fileName(sessionId)}.json`)
  writeCacheFile(path, `${JSON.stringify({ prompt: redactor.redact(prompt).text, at: now() })}\n`)
}

/** The answer to a prompt that is not to be recorded would tell what was asked: it is left out too. */
async function skip({ settings }: Surroundings, { sessionId, promptId }: Common): Promise<void> {
  await changeSession(settings.paths, sessionId, (session) => ({ ...session, skipped_prompt: promptId ?? null }))
}

/** A prompt as it was recorded. */
type Recorded = {
  text: string
  session: LocalSession
  /** What is shown with the first prompt of a session that belongs to nobody. */
  suggestion?: string | undefined
}

async function recordPrompt(surroundings: Surroundings, common: Common, prompt: string): Promise<Recorded> {
  const { paths } = surroundings.settings
  const at = surroundings.now()
  const data = { text: excerpt(surroundings.redactor, prompt, PROMPT_CHARS).text }
  const keepIn = ({ stretch }: LocalSession) => {
    const id = `prompt:${common.promptId ?? at}`
    keep(surroundings, { kind: 'prompt', id, stream: common.sessionId, stretch, at, source: 'hook', data })
  }
  const known = readSession(paths, common.sessionId)
  // Nearly every prompt: nothing changes but that there is one more.
  if (known?.open && known.suggestion === null) {
    keepIn(known)
    return { text: data.text, session: known }
  }
  let suggestion: string | undefined
  const session = await changeSession(paths, common.sessionId, (before) => {
    const session = before.open ? before : openNext(surroundings, common, before, at)
    keepIn(session)
    suggestion = isUnbound(session) ? session.suggestion?.text : undefined
    return { ...session, suggestion: null }
  })
  return { text: data.text, session, suggestion }
}

const isUnbound = ({ client, project }: LocalSession): boolean => client === null && project === null
