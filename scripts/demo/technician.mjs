import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname, userInfo } from 'node:os'
import { join } from 'node:path'

/**
 * One person at one machine, with Claude Code played by us: every hook gets on stdin what the client would send, and every `msp`
 * is the real command line.
 */
export class Technician {
  #stage
  #place
  #session = randomUUID()
  #steps = 0

  constructor(stage, { name, email, machine }) {
    this.name = name
    this.email = email
    this.machine = machine.hostname
    this.password = randomBytes(15).toString('base64url')
    this.#stage = stage
    this.#place = stage.home(machine.hostname)
    this.cwd = join(this.#place.home, 'payroll')
    mkdirSync(this.cwd)
    this.#pretendToBe(machine)
  }

  /** Puts what the probe of the machine would have found where `msp login` looks for it. */
  #pretendToBe(machine) {
    const { home, env } = this.#place
    const told = [hostname(), userInfo().username, process.platform, home].join('|')
    const machine_fingerprint = createHash('sha256').update(told).digest('hex')
    const registration = { ...machine, machine_fingerprint, timezone: 'UTC', agent_version: 'demo' }
    const cache = join(env.MSP_HOME, 'cache')
    mkdirSync(cache, { recursive: true, mode: 0o700 })
    const record = { probed_at: new Date(this.#stage.now).toISOString(), registration }
    writeFileSync(join(cache, 'machine.json'), JSON.stringify(record), { mode: 0o600 })
  }

  /** Runs `msp`, in this Claude Code session. @returns what it printed. */
  msp(...args) {
    return this.#stage.run('msp.cjs', args, { env: this.#environment })
  }

  /** The same with a secret on stdin. */
  mspWith(input, ...args) {
    return this.#stage.run('msp.cjs', args, { env: this.#environment, input })
  }

  /** Signs in at the server of the stage, which enrols the machine. */
  login(password = this.password) {
    return this.mspWith(password, 'login', '--email', this.email, '--password-stdin', '--url', this.#stage.url)
  }

  get #environment() {
    return { ...this.#place.env, CLAUDE_CODE_SESSION_ID: this.#session, CLAUDE_PID: `${process.pid}` }
  }

  /** Calls the hook of an event. @returns what it would put into Claude's context; the empty string when it says nothing. */
  async hook(event, fields = {}) {
    const common = { session_id: this.#session, transcript_path: join(this.cwd, 'transcript.jsonl'), cwd: this.cwd }
    const input = JSON.stringify({ ...common, hook_event_name: event, ...fields })
    const output = await this.#stage.run('hook.cjs', [event], { env: this.#environment, input })
    return output === '' ? '' : (JSON.parse(output).hookSpecificOutput?.additionalContext ?? '')
  }

  /** A prompt. */
  prompt(prompt) {
    return this.hook('UserPromptSubmit', { prompt_id: randomUUID(), permission_mode: 'default', prompt })
  }

  /** A command in PowerShell that took `seconds` and printed `stdout`, or failed with `error`. */
  async command(command, { seconds, stdout = '', error }) {
    const call = { tool_name: 'PowerShell', tool_input: { command }, tool_use_id: this.#nextCall() }
    await this.hook('PreToolUse', call)
    const common = { ...call, duration_ms: seconds * 1_000 }
    if (error) return this.hook('PostToolUseFailure', { ...common, error, is_interrupt: false })
    return this.hook('PostToolUse', {
      ...common,
      tool_response: { stdout, stderr: '', interrupted: false, isImage: false },
    })
  }

  /** Writes a new file. */
  write(name, content) {
    const file_path = join(this.cwd, name)
    writeFileSync(file_path, content)
    const tool_response = {
      type: 'create',
      filePath: file_path,
      content,
      structuredPatch: [],
      originalFile: null,
      userModified: false,
    }
    return this.hook('PostToolUse', {
      tool_name: 'Write',
      tool_input: { file_path, content },
      tool_use_id: this.#nextCall(),
      tool_response,
      duration_ms: 9,
    })
  }

  #nextCall() {
    return `toolu_demo_${++this.#steps}_${this.#session.slice(0, 8)}`
  }
}
