import type { Home } from './home.ts'
import type { Office } from './office.ts'

interface Line {
  readonly type?: string
  readonly promptId?: string
  readonly isMeta?: boolean
  readonly message?: { readonly content?: string | readonly Block[] }
}
interface Block {
  readonly type: string
  readonly id?: string
  readonly name?: string
  readonly text?: string
}

const PREFIX: Readonly<Record<string, string>> = { Bash: 'cmd', Edit: 'file', Write: 'file' }

/**
 * The events that the client's own transcript of a session calls for: one for each command, edit and prompt in it. It is read here in the
 * plainest way and apart from the code that recovers sessions, so that the two check each other. Slash commands are no prompts.
 */
export async function toldByTranscript(home: Home, sessionId: string): Promise<string[]> {
  const lines = (await home.transcript(sessionId)) as Line[]
  return lines.flatMap(({ type, message, promptId, isMeta }) => {
    const content = message?.content ?? []
    if (typeof content === 'string')
      return type === 'user' && promptId && !isMeta && !content.startsWith('<') ? [`prompt:${promptId}`] : []
    return content.flatMap(({ type: kind, name = '', id }) =>
      kind === 'tool_use' && PREFIX[name] ? [`${PREFIX[name]}:${id}`] : [],
    )
  })
}

/** The events that the server has of a session's commands, edits and prompts. */
export const recorded = (office: Office, sessionId: string): string[] =>
  office.log(sessionId).flatMap(({ event_id }) => (/^(cmd|file|prompt):/.test(event_id) ? event_id : []))

/** Ends all hooks and their jobs at once, as a power cut does. */
export async function killHooks(home: Home): Promise<void> {
  await home.sh("ps -e -o pid,args | awk '/dist\\/hook(-session)?\\.cjs/ && !/awk/ { print $1 }' | xargs -r kill -9")
}
