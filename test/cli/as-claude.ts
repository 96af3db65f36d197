import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { CLAUDE_SESSION, type CliHome } from './home.ts'

const root = join(import.meta.dirname, '..', '..')

export interface Told {
  code: number
  /** What Claude sees of the command. */
  seen: string
}

/** Runs a command as Claude Code runs one of its shell tool: the hook first, then what the hook made of it, in its environment. */
export async function asClaude(
  home: CliHome,
  url: string,
  command: string,
  agent?: { agent_id: string; agent_type: string },
): Promise<Told> {
  const env = {
    PATH: `${process.env.PATH}:${join(root, 'bin')}`,
    ...{ HOME: home.dir, MSP_HOME: home.paths.home, MSP_API_URL: url, MSP_KEYCHAIN: 'off' },
    ...{ CLAUDECODE: '1', CLAUDE_CODE_SESSION_ID: CLAUDE_SESSION, AI_AGENT: 'claude-code_agent' },
  }
  const event = { session_id: CLAUDE_SESSION, cwd: home.work, ...agent, tool_name: 'Bash', tool_input: { command } }
  const hook = await run(
    [process.execPath, join(root, 'dist/hook.cjs'), 'PreToolUse'],
    env,
    home.work,
    JSON.stringify(event),
  )
  const { permissionDecisionReason: denied, updatedInput } = JSON.parse(hook.stdout || '{}').hookSpecificOutput ?? {}
  if (denied) return { code: -1, seen: denied }
  const { code, stdout, stderr } = await run(['bash', '-c', updatedInput?.command ?? command], env, home.work, '')
  return { code, seen: stdout + stderr }
}

function run([program = '', ...args]: string[], env: NodeJS.ProcessEnv, cwd: string, input: string) {
  const child = spawn(program, args, { env, cwd })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('latin1').on('data', (chunk) => (output.stdout += chunk))
  child.stderr.setEncoding('latin1').on('data', (chunk) => (output.stderr += chunk))
  child.stdin.on('error', () => undefined).end(input)
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? -1, ...output }))
  })
}
