// What Claude Code sends to each hook: the common fields, those of the event, and about 1.3 KB altogether.
export const SESSION = '4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'
const BYTES = 1_300

const bash = (number) => ({
  tool_name: 'Bash',
  tool_use_id: `toolu_bench${number}`,
  tool_input: {
    command: `systemctl status print-spooler-${number} --no-pager | head -20`,
    description: 'Check the spooler',
  },
})

/** The fields of each event beside the common ones, and the name of one whose text is lengthened. */
const EVENTS = {
  SessionStart: () => ({ source: 'startup', model: 'claude-opus-5-5' }),
  UserPromptSubmit: (number, filler) => ({
    prompt_id: `p${number}`,
    prompt: `Please look into the spooler. ${filler}`,
  }),
  PreToolUse: (number, filler) => ({
    ...bash(number),
    tool_input: { ...bash(number).tool_input, description: filler },
  }),
  PostToolUse: (number, filler) => ({
    ...bash(number),
    tool_response: { stdout: filler, stderr: '', interrupted: false, isImage: false },
    duration_ms: 240,
  }),
  PostToolUseFailure: (number, filler) => ({
    ...bash(number),
    error: `Exit code 3\n${filler}`,
    is_interrupt: false,
    duration_ms: 240,
  }),
  SubagentStart: (number) => ({ agent_id: `a${number}`, agent_type: 'general-purpose' }),
  SubagentStop: (number, filler) => ({
    agent_id: `a${number}`,
    agent_type: 'general-purpose',
    last_assistant_message: filler,
  }),
  PreCompact: (_number, filler) => ({ trigger: 'manual', custom_instructions: filler }),
  Stop: (number, filler) => ({ prompt_id: `p${number}`, stop_hook_active: false, last_assistant_message: filler }),
  SessionEnd: () => ({ reason: 'prompt_input_exit' }),
}

export const EVENT_NAMES = Object.keys(EVENTS)

/** The stdin of a hook. `number` makes it another prompt, tool call or agent each time; `typed` is a shell's command, where it matters. */
export function hookInput(event, number, { transcript, cwd, typed }) {
  const common = {
    session_id: SESSION,
    transcript_path: transcript,
    cwd,
    hook_event_name: event,
    permission_mode: 'default',
  }
  const fields = (filler) => {
    const own = EVENTS[event](number, filler)
    return typed === undefined ? own : { ...own, tool_input: { ...own.tool_input, command: typed } }
  }
  const made = (filler) => `${JSON.stringify({ ...common, ...fields(filler) })}\n`
  const line = 'print-spooler.service - active (running) since Mon 2026-01-12 09:03:11 UTC; '
  return made(line.repeat(20).slice(0, Math.max(0, BYTES - made('').length)))
}
