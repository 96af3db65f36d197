import type { OutputOf } from '../../api/client.ts'
import type { RecordedEvent } from '../../contract/events.ts'
import type { Contract } from '../../contract/index.ts'
import { ALLOW, type Decision, type GuardedPattern } from '../../guard/decide.ts'
import type { OpenGuard } from '../../guard-cache.ts'
import { isShell, recordedCall } from '../../hooks/calls.ts'
import { eventOf, object, parseCommon, parseToolCall, text } from '../../hooks/input.ts'
import { judged, MOST_CHARS, nameOf } from '../../hooks/known-failures.ts'
import { answerToStop, isAllowed, isLetThrough, noteStopped } from '../../hooks/overrides.ts'
import { type Redactor, redactorHere } from '../../redaction.ts'
import type { EventLine } from './lines.ts'
import type { People, Seat } from './people.ts'

type Answer = OutputOf<Contract['failurePatterns']['guard']>

/** What a player is told of a session so far. */
interface Session {
  stretch: number
  mode: EventLine['mode']
  client: string | null
}

/** What was decided of a command that was about to run. */
export interface Played extends Decision {
  line: number
}

/** Plays events one after the other, as hooks and server would have met them. */
export interface Player {
  /** @returns what the guard decided, for an event that asks it. */
  play(event: EventLine): Promise<Played | undefined>
}

/**
 * @param shiftMs by which all events are earlier than they say: a server takes in nothing from its future
 */
export function createPlayer(people: People, shiftMs: number): Player {
  const sessions = new Map<string, Session>()
  const redactors = new Map<string, Redactor>()
  const guards = new Map<string, { answer: Answer; guard: OpenGuard; asOf: number }>()
  /** How often something was taken in: what was asked before that may have changed. */
  let taken = 0
  const timeOf = ({ at }: EventLine) => new Date(at.getTime() - shiftMs)

  async function guardOf(event: EventLine, { api }: Seat): Promise<OpenGuard> {
    const client_id = people.clientId(event)
    const name = JSON.stringify([event.technician, event.machine, client_id])
    const kept = guards.get(name)
    if (kept?.asOf === taken) return kept.guard
    const answer = await api.failurePatterns.guard({
      ...(client_id === null ? {} : { client_id }),
      ...(kept === undefined ? {} : { version: kept.answer.version }),
    })
    const fresh =
      kept !== undefined && answer.is_unchanged
        ? { ...kept, asOf: taken }
        : { answer, guard: opened(answer, timeOf(event)), asOf: taken }
    guards.set(name, fresh)
    return fresh.guard
  }

  async function decided(event: EventLine, seat: Seat): Promise<Decision> {
    const tool = text(event.hook.tool_name) ?? ''
    const command = text(object(event.hook.tool_input)?.command)
    if (!isShell(tool) || command === undefined || isAllowed(command)) return ALLOW
    const shell = tool === 'PowerShell' ? 'powershell' : 'bash'
    const guard = await guardOf(event, seat)
    const sessionId = parseCommon(event.hook)?.sessionId
    const asked = { shell, sessionId: sessionId ?? null, now: timeOf(event) } as const
    const { decision } = judged(seat.settings, guard, command.slice(0, MOST_CHARS), asked)
    if (decision.decision === 'allow' || sessionId === undefined) return decision
    const id = nameOf(decision)
    if (isLetThrough(seat.settings.paths, sessionId, id)) return ALLOW
    if (decision.decision === 'deny') noteStopped(seat.settings.paths, sessionId, { id, title: decision.reason ?? '' })
    return decision
  }

  async function record(event: EventLine, seat: Seat): Promise<void> {
    const common = parseCommon(event.hook)
    const call = parseToolCall(event.hook)
    const { paths, machineId } = seat.settings
    const redactor = redactors.get(machineId) ?? redactorHere(paths)
    redactors.set(machineId, redactor)
    const recorded = call && recordedCall(redactor, call)
    if (!common || !recorded) return
    const before = sessions.get(common.sessionId)
    const isSame = before?.mode === event.mode && before.client === event.client
    const session = isSame ? before : { stretch: (before?.stretch ?? 0) + 1, mode: event.mode, client: event.client }
    sessions.set(common.sessionId, session)
    const client_id = people.clientId(event)
    const place = { stream: common.sessionId, stretch: session.stretch, at: timeOf(event).toISOString() }
    const opening: RecordedEvent = {
      ...place,
      id: `open:${session.stretch}`,
      source: 'hook',
      kind: 'session.opened',
      data: { mode: event.mode, trigger: 'command', ...(client_id === null ? {} : { client_id }) },
    }
    const events: RecordedEvent[] = [...(isSame ? [] : [opening]), { ...recorded, ...place, source: 'hook' }]
    await send(seat, event.line, events)
    taken += 1
  }

  return {
    async play(event) {
      const seat = people.seat(event)
      switch (eventOf(event.hook)) {
        case 'PreToolUse':
          return { line: event.line, ...(await decided(event, seat)) }
        case 'PostToolUse':
        case 'PostToolUseFailure':
          await record(event, seat)
          return undefined
        case 'UserPromptSubmit': {
          const sessionId = parseCommon(event.hook)?.sessionId
          if (sessionId !== undefined) answerToStop(seat.settings.paths, sessionId, text(event.hook.prompt) ?? '')
          return undefined
        }
        default:
          return undefined
      }
    },
  }
}

async function send({ api, settings }: Seat, line: number, events: RecordedEvent[]): Promise<void> {
  const { outcomes } = await api.ingest.events({
    machine_id: settings.machineId,
    sent_at: new Date().toISOString(),
    events: events.map((event, seq) => ({ epoch: `replay:${line}`, seq, event })),
  })
  const refused = outcomes.find(({ outcome }) => outcome === 'refused')
  if (refused) throw new Error(`line ${line} was refused: ${refused.message}`)
}

/** What the server answered, to be looked up as the hook does it on the disk. */
function opened({ version, patterns, assets }: Answer, asked: Date): OpenGuard {
  const byKey = new Map<string, GuardedPattern[]>()
  for (const pattern of patterns) byKey.set(pattern.key, [...(byKey.get(pattern.key) ?? []), pattern])
  const byName = new Map(assets.flatMap((asset) => asset.names.map((name) => [name, asset] as const)))
  return {
    version,
    checkedAt: asked.toISOString(),
    patterns: (key) => byKey.get(key) ?? [],
    asset: (name) => byName.get(name),
    close: () => undefined,
  }
}
