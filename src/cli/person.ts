import { ApiError } from '../api/errors.ts'
import { askHidden } from './ask.ts'
import { askCode, needsCode } from './code.ts'
import { EXIT, Failure, usage } from './output.ts'
import type { World } from './world.ts'

/** Is it the model that runs this? Then nothing here may be told to it, and nobody is there to agree to anything. */
export function isUnderClaude({ environment }: Pick<World, 'environment'>): boolean {
  return Boolean(environment.CLAUDECODE || environment.CLAUDE_CODE_SESSION_ID || environment.AI_AGENT)
}

/** @throws Failure where no person sits at a terminal: `command` is what they have to run there */
export function needPerson(world: World, command: string): void {
  if (isUnderClaude(world))
    throw new Failure(
      EXIT.notAllowed,
      `This is for a person, not for Claude. Ask the user to run it in a terminal of their own: ${command}`,
    )
  if (world.output.isJson || !process.stdin.isTTY || !process.stdout.isTTY)
    throw usage(`This is for a person at a terminal, without pipes and --json. Run it there: ${command}`)
}

/** Asks for the password, and for a code where there is an authenticator. What it returns stays in the memory of this process. */
export async function stepUp(world: World): Promise<string> {
  const instead = 'Run this yourself, in a terminal.'
  const password = await askHidden('Your ClaudeTools password: ', instead)
  const prove = async (code?: string) =>
    (await world.api.auth.stepUp(code === undefined ? { password } : { password, code })).step_up
  try {
    return await prove()
  } catch (error) {
    if (!needsCode(error)) throw error
    return prove(await askCode())
  }
}

/** Did the server refuse because somebody has to agree first? */
export function needsApproval(error: unknown): error is ApiError {
  return error instanceof ApiError && (error.details as { needs?: unknown } | null | undefined)?.needs === 'approval'
}
