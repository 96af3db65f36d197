import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileName } from '../sessions.ts'
import { wordsOfPrompt } from './mode-words.ts'
import { usage } from './output.ts'
import type { World } from './world.ts'

/** A typed prompt older than this is not the one that runs this command. */
const FRESH_MS = 60_000

/**
 * The words typed behind a slash command. The UserPromptSubmit hook has put the prompt into `cache/prompts/<session>.json`: in the
 * shell line of a slash command its words could not be quoted safely. They are taken once.
 *
 * @throws Failure when the hook has not left a prompt of that command
 */
export function takeTypedWords(world: World, command: string): string {
  const path = join(world.settings.paths.cache, 'prompts', `${fileName(world.sessionId())}.json`)
  const typed = readPrompt(path)
  rmSync(path, { force: true })
  const words = typed === null ? null : wordsOfPrompt(typed.prompt, command)
  const ageMs = world.now().getTime() - Date.parse(typed?.at ?? '')
  if (words !== null && ageMs > -FRESH_MS && ageMs < FRESH_MS) return words
  throw usage(
    `What was typed behind /${command} is not known: the plugin's UserPromptSubmit hook did not run. Look with "msp doctor", or run "msp mode ${command} …" yourself. Nothing was changed.`,
  )
}

function readPrompt(path: string): { prompt: string; at: string } | null {
  try {
    const { prompt, at } = JSON.parse(readFileSync(path, 'utf8')) as { prompt?: unknown; at?: unknown }
    return typeof prompt === 'string' && typeof at === 'string' ? { prompt, at } : null
  } catch {
    return null // No hook wrote it; the caller says so.
  }
}
