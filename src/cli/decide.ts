import { oneLine } from '../recall/clean.ts'
import { type PlaceOptions, placeFor } from './knowledge-place.ts'
import { shortId } from './layout.ts'
import { usage } from './output.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

interface DecideOptions extends PlaceOptions {
  because: string
  decision?: string
  insteadOf?: string
  general?: boolean
}

/** `msp decide`. What was decided is written down when somebody says so; it is never guessed from what was talked about. */
export const addDecide: AddVerbs = (program, world) => {
  program
    .command('decide')
    .description('write down a decision; sessions for the same client or project begin with it')
    .argument('<title>', 'what was decided, in one line')
    .requiredOption('--because <text>', 'why it had to be decided')
    .option('--decision <text>', 'the decision with its details, Markdown (default: the title)')
    .option('--instead-of <id>', 'the decision that this one takes the place of; it is kept as history')
    .option('--client <client>', 'for this client (default: that of this session)')
    .option('--project <project>', 'for this project, instead of a client')
    .option('--general', 'for nobody in particular: everyone sees it')
    .addHelpText(
      'after',
      example(
        'msp decide "Mail goes to Exchange Online" --because "The local licence ends in March" --client Dataforth',
        'msp decide "Mail goes to Google Workspace" --because "The price" --instead-of 3f2a9c1e',
      ),
    )
    .action((title: string, options: DecideOptions) => decide(world, title, options))
}

async function decide(world: World, title: string, options: DecideOptions): Promise<void> {
  const { because: context, decision = title, insteadOf, general } = options
  const words = { title, context, decision }
  const isNamed = options.client !== undefined || options.project !== undefined || general === true
  if (insteadOf !== undefined) {
    if (isNamed)
      throw usage(
        'A decision that takes the place of another is for whom that was. Leave out --client, --project and --general.',
      )
    const made = await world.api.decisions.supersede({ id: insteadOf, ...words })
    return world.output.show(
      made,
      `✓ Decided ${shortId(made.id)}, instead of ${insteadOf.slice(-8)}: ${oneLine(title, 120)}`,
    )
  }
  if (general && (options.client !== undefined || options.project !== undefined))
    throw usage('--general is for nobody in particular. Leave it out, or leave out --client and --project.')
  const place = general ? { client_id: null, project_id: null } : await placeFor(world, options)
  if (place.client_id === null && !general)
    throw usage(
      'For whom was it decided? Name the client with --client, a project with --project, or say --general: then everyone sees it.',
    )
  const { id } = await world.api.decisions.create({ ...words, ...place })
  const made = await world.api.decisions.accept({ id })
  world.output.show(made, `✓ Decided ${shortId(made.id)}: ${oneLine(title, 120)}`)
}
