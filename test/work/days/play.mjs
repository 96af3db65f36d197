/** Plays one scenario session: the event lines Claude Code's hooks would have sent, and the pieces of work in them. */

const SWITCH = /^\/(msp|dev|normal)\b\s*(.*)$/

/** A seeded generator of numbers in [0, 1): mulberry32 over the hash of a text. */
export function random(text) {
  let state = 2166136261
  for (const char of text) state = Math.imul(state ^ char.codePointAt(0), 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const hex = (next, length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join('')
const uuid = (next) => [hex(next, 8), hex(next, 4), `4${hex(next, 3)}`, `a${hex(next, 3)}`, hex(next, 12)].join('-')
const instant = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

function folder(machine, session, slug) {
  const home = machine.platform === 'win32' ? `C:\\Users\\${session.technician}` : `/Users/${session.technician}`
  const separator = machine.platform === 'win32' ? '\\' : '/'
  const cwd = session.settings.cwd ?? [home, 'clients', slug].join(separator)
  return {
    cwd,
    transcripts: [home, '.claude', 'projects', cwd.replace(/[^A-Za-z0-9]/g, '-')].join(separator),
    separator,
  }
}

/** The client a `/msp …` prompt names, or undefined. */
function named(argument, clients) {
  const wanted = argument
    .replace(/#\S+.*$/, '')
    .trim()
    .toLowerCase()
  return clients.find((client) => client.toLowerCase() === wanted)
}

export function play(session, world) {
  const next = random(session.header)
  const between = (low, high) => low + Math.floor(next() * (high - low + 1))
  const machine = world.machines.find(
    (row) => row.machine === (session.settings.on ?? world.technicians[session.technician]),
  )
  const id = uuid(random(`session ${session.settings.id ?? session.header}`))
  const place = folder(machine, session, (session.client ?? 'lab').toLowerCase().replace(/[^a-z0-9]+/g, '-'))
  const state = {
    at: Date.parse(`${session.start.replace(' ', 'T')}:00Z`) / 1000 + between(0, 50),
    client: session.client,
  }
  const lines = []
  const pieces = []
  let mode = session.mode
  let piece = null
  let agent = null
  let promptId = null
  let turnOpen = false
  let paused = null

  const wait = (low, high) => {
    state.at += paused ?? between(low, high)
    paused = null
  }
  const emit = (name, fields) => {
    const common = {
      session_id: id,
      transcript_path: `${place.transcripts}${place.separator}${id}.jsonl`,
      cwd: place.cwd,
    }
    const prompt =
      promptId === null || name === 'SessionStart' ? {} : { prompt_id: promptId, permission_mode: 'acceptEdits' }
    const inside = agent === null ? {} : { agent_id: agent.id, agent_type: agent.type }
    const at = state.at
    lines.push({
      at: instant(at),
      technician: session.technician,
      machine: machine.machine,
      client: state.client,
      mode,
      hook: { ...common, ...prompt, ...inside, hook_event_name: name, ...fields },
    })
    if (piece !== null && !name.startsWith('Session')) {
      piece.first ??= at
      piece.last = at
      piece.events.push(lines.length - 1)
    }
  }
  const stop = (text, low, high) => {
    wait(low, high)
    emit('Stop', {
      effort: { level: 'medium' },
      stop_hook_active: false,
      last_assistant_message: text,
      background_tasks: [],
      session_crons: [],
    })
    turnOpen = false
  }
  const toolDone = (name, input, response, toolUse, seconds) =>
    emit('PostToolUse', {
      tool_name: name,
      tool_input: input,
      tool_response: response,
      tool_use_id: toolUse,
      duration_ms: Math.max(12, Math.round(seconds * 1000 - next() * 900)),
      effort: { level: 'medium' },
    })

  const steps = {
    piece(step) {
      piece = { ...step, session: id, client: state.client, technician: session.technician, events: [] }
      pieces.push(piece)
    },
    pause(step) {
      paused = step.seconds
    },
    prompt(step) {
      const change = SWITCH.exec(step.text)
      if (change === null) wait(...(turnOpen ? [6, 25] : next() < 0.12 ? [185, 400] : [20, 125]))
      else wait(4, 14)
      promptId = uuid(next)
      if (change !== null && change[2] !== 'end') {
        const client = change[1] === 'msp' ? named(change[2], world.clients) : null
        if (client === undefined) throw new Error(`no such client: ${step.text}`)
        state.client = client
        mode = change[1]
        piece = null
      }
      emit('UserPromptSubmit', { prompt: step.text })
      turnOpen = true
      if (change !== null)
        stop(
          change[2] === 'end'
            ? 'The session is summarised and closed.'
            : `Mode ${mode}${state.client ? `, ${state.client}` : ''}.`,
          2,
          6,
        )
    },
    stop(step) {
      stop(step.text, 5, 22)
    },
    command(step, crashed) {
      wait(4, 19)
      const toolUse = `toolu_01${hex(next, 22)}`
      const input = { command: step.command, description: step.command.split(/\s+/).slice(0, 3).join(' ') }
      emit('PreToolUse', { tool_name: step.tool, tool_input: input, tool_use_id: toolUse, effort: { level: 'medium' } })
      if (crashed) return
      const seconds = step.seconds ?? between(1, 9)
      state.at += seconds
      const output = step.output.join('\n')
      if (step.exit === 0) {
        toolDone(
          step.tool,
          input,
          { stdout: output, stderr: '', interrupted: false, isImage: false, noOutputExpected: false },
          toolUse,
          seconds,
        )
        return
      }
      const error = `Exit code ${step.exit}${output === '' ? '' : `\n${output}`}`
      emit('PostToolUseFailure', {
        tool_name: step.tool,
        tool_input: input,
        tool_use_id: toolUse,
        error,
        is_interrupt: step.exit === 130,
        duration_ms: seconds * 1000 - 211,
        effort: { level: 'medium' },
      })
    },
    edit(step) {
      wait(8, 35)
      const [oldString, newString] = [step.before.join('\n'), step.after.join('\n')]
      const patch = { oldStart: between(1, 80), oldLines: step.before.length, newLines: step.after.length }
      const diff = [...step.before.map((line) => `-${line}`), ...step.after.map((line) => `+${line}`)]
      const input = { file_path: step.path, old_string: oldString, new_string: newString, replace_all: false }
      const response = {
        filePath: step.path,
        oldString,
        newString,
        originalFile: null,
        structuredPatch: [{ ...patch, newStart: patch.oldStart, lines: diff }],
        userModified: false,
        replaceAll: false,
      }
      toolDone('Edit', input, response, `toolu_01${hex(next, 22)}`, 1)
    },
    write(step) {
      wait(12, 45)
      const content = `${step.after.join('\n')}\n`
      const response = {
        type: 'create',
        filePath: step.path,
        content,
        structuredPatch: [],
        originalFile: null,
        userModified: false,
      }
      toolDone('Write', { file_path: step.path, content }, response, `toolu_01${hex(next, 22)}`, 1)
    },
    agent(step) {
      wait(5, 15)
      agent = { id: `a${hex(next, 16)}`, type: step.type, started: state.at }
      emit('SubagentStart', {})
    },
    agentDone(step) {
      wait(6, 20)
      const transcript = `${place.transcripts}${place.separator}${id}${place.separator}subagents${place.separator}agent-${agent.id}.jsonl`
      emit('SubagentStop', {
        stop_hook_active: false,
        agent_transcript_path: transcript,
        last_assistant_message: step.text,
        background_tasks: [],
        session_crons: [],
      })
      agent = null
    },
    compact() {
      wait(5, 20)
      emit('PreCompact', { trigger: 'auto', custom_instructions: '' })
      state.at += between(25, 60)
      emit('SessionStart', { source: 'compact', model: 'claude-opus-5-5' })
    },
  }

  const source = session.settings.src ?? 'startup'
  const resumed =
    source === 'resume'
      ? {
          seconds_since_last_response: 41000,
          context_tokens: 38211,
          prompt_cache_likely_expired: true,
          estimated_cache_write_usd: 0.24,
        }
      : {}
  if (source !== 'none') emit('SessionStart', { source, ...resumed })
  session.steps.forEach((step, index) => {
    steps[step.kind](step, session.settings.crash !== undefined && index === session.steps.length - 1)
  })
  if (session.settings.crash === undefined && session.settings.end !== 'none') {
    wait(8, 110)
    emit('SessionEnd', { reason: session.settings.end ?? 'prompt_input_exit' })
  }
  return { lines, pieces }
}
