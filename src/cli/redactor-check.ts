import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bad, type Check, good, unknown } from './checks.ts'
import { EXIT, Failure } from './output.ts'
import { packageRoot } from './package-root.ts'
import { isUnderClaude } from './person.ts'
import type { World } from './world.ts'

/** What no redactor may let pass. Made up for this one purpose. */
const CANARY = 'cK7vR2mXq9Zt4LpW'
const LIMIT_MS = 10_000

/**
 * Does the hook that takes secrets out of outputs work? Asked of the hook itself, as Claude Code runs it: another copy of the rules, in this
 * program, would say nothing about its file.
 */
function hookRedacts(environment: NodeJS.ProcessEnv): boolean {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'hook.cjs')
  const program = existsSync(beside) ? beside : join(packageRoot(), 'dist', 'hook.cjs')
  const input = JSON.stringify({ content: [{ type: 'text', text: `mysql --password=${CANARY} -h db1` }] })
  // As a hook is started: the first node on the PATH.
  const { status, stdout } = spawnSync('node', [program, 'ConversationRow'], {
    ...{ input, env: environment, encoding: 'utf8', timeout: LIMIT_MS, windowsHide: true },
  })
  return status === 0 && stdout.includes('mysql') && !stdout.includes(CANARY)
}

/** @throws Failure under Claude Code where nobody would take the secret out of what the program prints */
export function needRedactor(world: World): void {
  if (!isUnderClaude(world) || hookRedacts(world.environment)) return
  throw new Failure(
    EXIT.failed,
    'No secret is given out: the hook that keeps secrets from Claude does not work on this machine. Let the user run "msp doctor" and install the plugin again.',
  )
}

/** Whether secrets are taken out of what Claude reads and of what is recorded. */
export function checkRedactor(world: World): Check[] {
  const works = hookRedacts(world.environment)
    ? good('redaction', 'works: a planted secret was found')
    : bad(
        'redaction',
        'A planted secret was not found. Claude is shown no outputs until it is. Install the plugin again.',
      )
  return [works, unknown('not covered', `secrets stay readable in: ${NOT_COVERED.join('; ')}`)]
}

/** The ways on which a secret can get past us, as far as we know. Each was tried with the real client. */
export const NOT_COVERED: readonly string[] = [
  'what Claude itself writes (the text of a command that was allowed, of a file that it makes): it has read that already',
  "Claude Code's own transcripts on this machine: calls of tools, and the raw form of outputs of failing commands and of files named with @",
  'the files of background commands in the temporary folder, until Claude reads them',
  'pictures, PDF pages and other binary data',
  'a prompt with #allow, and one that only looks like it holds a password',
  'other plugins: their hooks see everything, and what they say to Claude is not searched',
  'clients without hooks modules (before 2.1.287, or with hooks switched off): outputs of failing commands, files named with @, prompts typed while Claude works',
  'what a program does with a secret that it was given, other than printing it',
]
