import { oneLine } from '../recall/clean.ts'
import { getAsset } from './assets.ts'
import { type PlaceOptions, placeFor } from './knowledge-place.ts'
import { shortId } from './layout.ts'
import { choice } from './options.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

const KINDS = ['fact', 'gotcha', 'preference', 'pattern', 'command', 'pointer', 'decision'] as const

interface NoteOptions extends PlaceOptions {
  kind: string
  host?: string
  relevance?: string
  supersedes?: string
}

/** `msp note`. */
export const addNote: AddVerbs = (program, world) => {
  program
    .command('note')
    .description('write down something small that is to be remembered; without a client it is only yours')
    .argument('<text>', 'one or two sentences')
    .option('--kind <kind>', KINDS.join(', '), 'fact')
    .option('--host <host>', 'about this machine of the client')
    .option('--relevance <number>', '0 to 100; the higher, the sooner a session begins with it (default: 50)')
    .option('--supersedes <id>', 'the note that this one takes the place of')
    .option('--client <client>', 'about this client (default: that of this session)')
    .option('--project <project>', 'about this project, instead of a client')
    .addHelpText(
      'after',
      example(
        'msp note "The scanner sends mail over port 25 only" --kind gotcha --client Dataforth',
        'msp note "Runs the ERP: call Bert before a restart" --host SRV-OLD',
      ),
    )
    .action((text: string, options: NoteOptions) => note(world, text, options))
}

async function note(world: World, text: string, options: NoteOptions): Promise<void> {
  const kind = choice('--kind', options.kind, KINDS)
  const relevance = options.relevance === undefined ? {} : { relevance: percent(options.relevance) }
  const place = await placeOf(world, options)
  const made = await world.api.contextSnippets.create({ text, kind, ...relevance, ...place })
  const old = options.supersedes
  if (old !== undefined) await world.api.contextSnippets.supersede({ id: old, superseded_by_id: made.id })
  const instead = old === undefined ? '' : `, instead of ${old.slice(-8)}`
  const whose = made.client_id === null ? ', for you only' : ''
  world.output.show(made, `✓ Noted ${shortId(made.id)} (${kind}${instead}${whose}): ${oneLine(text, 120)}`)
}

/** Where it belongs: to what was named, else to what the note was about whose place it takes, else to this session's client. */
async function placeOf(world: World, options: NoteOptions) {
  const { supersedes, host, client, project } = options
  const isNamed = host !== undefined || client !== undefined || project !== undefined
  if (supersedes !== undefined) {
    // Looked for first, so that nothing is written when there is no such note.
    const { client_id, project_id, infrastructure_id, service_id } = await world.api.contextSnippets.get({
      id: supersedes,
    })
    if (!isNamed) return { client_id, project_id, infrastructure_id, service_id }
  }
  const { client_id, project_id } = await placeFor(world, options)
  if (host === undefined) return { client_id, project_id }
  const asset = await getAsset(world, host, client_id ?? undefined)
  return { client_id: asset.client_id, project_id: null, infrastructure_id: asset.id }
}

function percent(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 100) return number
  throw usage(`--relevance is a number from 0 to 100, not "${text}".`)
}
