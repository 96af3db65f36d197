import type { EngineInterface, Register } from 'claude-code'

// Keeps secrets from the model where no command hook can replace what it reads: the output of a command that failed, a file that a prompt
// names with @ or that changed on the disk, what a person typed while the model worked. Claude Code runs this file itself, in a process without
// Node, so the looking is done by `dist/hook.cjs`: one start of Node for each such row, and none for any other.
//
// A client that does not know this kind of hook, or has it switched off, works on without it: `msp doctor` lists what is not covered then.

type Block = { type: string; [field: string]: unknown }
type Row = { door: string; message: { name?: string; role?: string; content: readonly Block[] } }

/** Rows that are the client's own words, written at every start and turn. */
const OWN_WORDS = new Set(
  `environment model date auto_mode session_context prompt_snapshot remote_session_change deferred_tools_delta agent_listing_delta
   mcp_instructions_delta skill_listing silent_turn_reminder todo_reminder task_reminder output_style plan_mode token_usage`.split(
    /\s+/,
  ),
)
/** What the model said itself, what hooks said, the copy of the queue that no request carries, and prompts, which UserPromptSubmit looks at. */
const OTHER_DOORS = new Set(['response', 'hook-context', 'queue', 'prompt', 'compaction', 'notice'])

const WITHHELD =
  '[ClaudeTools withheld this text: it could not be searched for secrets. Tell the user; "msp doctor" looks for the cause, and installing the plugin again repairs damaged files.]'

/** What no redactor may let pass. */
const CANARY = 'cK7vR2mXq9Zt4LpW'

/** Enough for all calls that run at the same time. */
const MOST_CALLS = 100
const LIMIT_MS = 20_000

type Call = { tool: string; input: unknown }
const calls = new Map<string, Call>()
let guard: Promise<boolean> | undefined

export const register: Register = (on) => {
  on('session.start', ($, e, next) => {
    void isGuarded($)
    return next(e)
  })

  on('classic.PreToolUse', (_, e, next) => {
    calls.set(e.tool_use_id, { tool: e.tool, input: e })
    for (const id of calls.keys()) if (calls.size > MOST_CALLS) calls.delete(id)
    return next(e)
  })

  on('session.append', async ($, e, next) => {
    if (!mayHoldSecrets(e) || (isAnswered(e) && (await isGuarded($)))) return next(e)
    let content: readonly Block[]
    try {
      content = await looked($, e.message.content, callsOf(e))
    } catch {
      content = e.message.content.map(withheld)
    }
    return next({ ...e, message: { ...e.message, content: [...content] } })
  })
}

/** Does the hook that looks at every output work at all? Asked once, while the model is asked for the first time. */
function isGuarded($: EngineInterface): Promise<boolean> {
  guard ??= looked($, [{ type: 'text', text: `mysql --password=${CANARY} -h db1` }], {}).then(
    (blocks) => !JSON.stringify(blocks).includes(CANARY),
    () => false,
  )
  return guard
}

const mayHoldSecrets = ({ door, message }: Row): boolean =>
  !OTHER_DOORS.has(door) &&
  message.role !== undefined &&
  message.content.length > 0 &&
  !OWN_WORDS.has(message.name ?? '')

/** The result of a call that went well: the PostToolUse hook has looked at it. */
const isAnswered = ({ door, message }: Row): boolean =>
  door === 'tool-result' && !message.content.some((block) => block.is_error === true)

function callsOf({ message }: Row): Record<string, unknown> {
  const ids = message.content.map((block) => `${block.tool_use_id ?? ''}`)
  return Object.fromEntries(ids.flatMap((id) => (calls.has(id) ? [[id, calls.get(id)]] : [])))
}

/** The blocks without their secrets. Rejects when the hook says nothing, or something else than as many blocks. */
async function looked(
  $: EngineInterface,
  content: readonly Block[],
  commands: Record<string, unknown>,
): Promise<Block[]> {
  const env = await $.process.hookEnv()
  const program = `${env.CLAUDE_PLUGIN_ROOT}/dist/hook.cjs`
  const stdin = JSON.stringify({ session_id: env.CLAUDE_CODE_SESSION_ID, content, commands })
  const { exitCode, stdout } = await $.process.run(['node', program, 'ConversationRow'], {
    stdin,
    env,
    timeoutMs: LIMIT_MS,
  })
  const said: { content?: unknown } = exitCode === 0 ? JSON.parse(stdout) : {}
  if (!Array.isArray(said.content) || said.content.length !== content.length) throw new Error('no answer')
  return said.content
}

function withheld(block: Block): Block {
  if (block.type === 'text') return { ...block, text: WITHHELD }
  return block.type === 'tool_result' ? { ...block, content: WITHHELD } : block
}
