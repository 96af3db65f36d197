import type { EventData, RecordedEvent } from '../../contract/events.ts'
import { recordedCall } from '../../hooks/calls.ts'
import { excerpt } from '../../hooks/excerpts.ts'
import { eventOf, type Fields, parseAgent, parseCommon, parseToolCall, text } from '../../hooks/input.ts'
import { PROMPT_CHARS } from '../../hooks/limits.ts'
import { isModeCommand, isSkipped } from '../../hooks/privacy.ts'
import { runData } from '../../hooks/subagents.ts'
import type { Redactor } from '../../redaction.ts'
import type { EventLine } from './lines.ts'

/** What the hooks would have recorded of lines of work, stretch by stretch. */

/** A stretch of one session: the same mode and client without a switch. */
interface Stretch {
  number: number
  mode: EventLine['mode']
  client: string | null
  lastAt: string
  isOpen: boolean
}

export interface Recorder {
  /** The events of one line, in order; none for what hooks do not record. */
  record(event: EventLine, clientId: string | null, redactor: Redactor): RecordedEvent[]
  /** Ends what the lines left open: at its last event, because nothing says that it went on. */
  end(): RecordedEvent[]
}

/**
 * @param tickets by session and client: it covers what was done for the client before it was named
 * @param shiftMs by which all events are earlier than they say: a server takes in nothing from its future
 */
export function createRecorder(tickets: ReadonlyMap<string, string>, shiftMs: number): Recorder {
  const sessions = new Map<string, Stretch>()
  const begun = new Map<string, Date>()
  const instant = (at: Date) => new Date(at.getTime() - shiftMs).toISOString()

  function closed(stream: string, stretch: Stretch, reason: EventData<'session.closed'>['reason']): RecordedEvent {
    stretch.isOpen = false
    const place = { stream, stretch: stretch.number, at: stretch.lastAt, source: 'hook' } as const
    return { ...place, id: `close:${stretch.number}`, kind: 'session.closed', data: { reason } }
  }

  function opened(stream: string, event: EventLine, clientId: string | null): RecordedEvent {
    const before = sessions.get(stream)
    const stretch = { number: (before?.number ?? 0) + 1, mode: event.mode, client: event.client }
    const at = instant(event.at)
    sessions.set(stream, { ...stretch, lastAt: at, isOpen: true })
    const ticket = tickets.get(ticketKey(stream, event.client))
    const cwd = text(event.hook.cwd)?.slice(0, 4_000)
    return {
      ...{ stream, stretch: stretch.number, at, source: 'hook', kind: 'session.opened', id: `open:${stretch.number}` },
      data: {
        ...{ mode: event.mode, trigger: 'command' },
        ...(clientId === null ? {} : { client_id: clientId }),
        ...(ticket === undefined ? {} : { ticket }),
        ...(cwd === undefined ? {} : { cwd }),
      },
    }
  }

  return {
    record(event, clientId, redactor) {
      const common = parseCommon(event.hook)
      if (!common) return []
      const stream = common.sessionId
      const kind = eventOf(event.hook)
      const known = sessions.get(stream)
      const isSame = known?.isOpen === true && known.mode === event.mode && known.client === event.client
      if (kind === 'SessionEnd' && !known?.isOpen) return []
      const found: RecordedEvent[] = []
      if (!isSame) {
        if (known?.isOpen) found.push(closed(stream, known, 'switch'))
        found.push(opened(stream, event, clientId))
      }
      const stretch = sessions.get(stream) as Stretch
      const at = instant(event.at)
      stretch.lastAt = at
      if (kind === 'PreToolUse') begun.set(callName(stream, event.hook), event.at)
      const told = kind === 'SessionEnd' ? undefined : recordedOf(kind, event, begun, redactor)
      if (told) found.push({ ...told, stream, stretch: stretch.number, at, source: 'hook' } as RecordedEvent)
      if (kind === 'SessionEnd') found.push(closed(stream, stretch, event.hook.reason === 'clear' ? 'clear' : 'exit'))
      return found
    },
    end: () => [...sessions].flatMap(([stream, stretch]) => (stretch.isOpen ? [closed(stream, stretch, 'crash')] : [])),
  }
}

const callName = (stream: string, hook: Fields): string => `${stream} ${parseToolCall(hook)?.id ?? ''}`

export const ticketKey = (stream: string, client: string | null): string => JSON.stringify([stream, client])

type Told = { id: string; kind: RecordedEvent['kind']; data: unknown }

/** One event without its place. What only tells that somebody is there (a tool about to run) is a turn without words. */
function recordedOf(
  kind: string | undefined,
  event: EventLine,
  begun: ReadonlyMap<string, Date>,
  redactor: Redactor,
): Told | undefined {
  const { hook, line } = event
  const agent = parseAgent(hook)
  switch (kind) {
    case 'UserPromptSubmit': {
      const prompt = text(hook.prompt) ?? ''
      if (prompt === '' || isModeCommand(prompt) || isSkipped(prompt)) return presence(line)
      return { id: `prompt:${line}`, kind: 'prompt', data: { text: excerpt(redactor, prompt, PROMPT_CHARS).text } }
    }
    case 'PostToolUse':
    case 'PostToolUseFailure': {
      const from = begun.get(callName(parseCommon(hook)?.sessionId ?? '', hook))
      const durationMs = from && event.at.getTime() - from.getTime()
      const timed =
        hook.duration_ms === undefined && durationMs !== undefined ? { ...hook, duration_ms: durationMs } : hook
      const call = parseToolCall(timed)
      const told = call && recordedCall(redactor, call)
      return told ? { ...told, id: `${told.id}:${line}` } : presence(line)
    }
    case 'SubagentStart':
    case 'SubagentStop': {
      if (!agent?.type) return presence(line)
      const report = kind === 'SubagentStop' ? text(hook.last_assistant_message) : undefined
      const data = runData({ redactor }, agent, report)
      return { id: `agent:${line}`, kind: kind === 'SubagentStart' ? 'agent.started' : 'agent.stopped', data }
    }
    case 'PreCompact':
      return {
        id: `compact:${line}`,
        kind: 'compaction',
        data: { trigger: (text(hook.trigger) ?? 'auto').slice(0, 50) },
      }
    case 'Stop': {
      const said = text(hook.last_assistant_message)
      const data = said === undefined ? {} : { text: excerpt(redactor, said).text }
      return { id: `turn:${line}`, kind: 'turn', data }
    }
    case undefined:
      return undefined
    default:
      return presence(line)
  }
}

const presence = (line: number): Told => ({ id: `turn:${line}`, kind: 'turn', data: {} })
