import { acceptCheckpoint, keepCheckpoint, keptCheckpoint } from '../checkpoint-kept.ts'
import { bad, type Check, good } from './checks.ts'
import { runOnHost, wordsOf } from './host.ts'
import { facts } from './layout.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

const several = (value: string, before: string[] = []) => [...before, value]

/** `msp audit`: who did what, and the proof that nobody changed it. */
export const addAudit: AddVerbs = (program, world) => {
  const audit = program.command('audit').description('prove that nobody changed the log of who did what')
  const run = (name: string, options: object) =>
    runOnHost(world, ['audit', name, ...wordsOf({ ...options, json: world.output.isJson })])
  audit
    .command('checkpoint')
    .description('the newest signed state of the log, and the one that this machine keeps')
    .option('--accept', 'the server went back for a known reason: keep its present state from now on')
    .addHelpText('after', example('msp audit checkpoint', 'msp audit checkpoint --json'))
    .action((options: { accept?: boolean }) => showCheckpoint(world, options))
  audit
    .command('verify')
    .description('read the whole log on the server’s host: 0 whole, 1 changed, 2 its end is not covered')
    .option('--chain <chain>', 'only this chain: client:<id>, system or auth')
    .option('--from <number>', 'begin at this entry of the chain')
    .option(
      '--checkpoints <file>',
      'signed states that were kept outside (default: the configured places); several',
      several,
    )
    .option('--escrow <file>', 'the key that "msp audit escrow" wrote: checks the MACs of earlier days too')
    .option('--escrow-key-file <file>', 'the age identity that opens it')
    .option('--vault', 'also compare every stored secret with what was written about it')
    .addHelpText('after', example('msp audit verify', 'msp audit verify --checkpoints /mnt/usb/audit.jsonl --vault'))
    .action((options: object) => run('verify', options))
  audit
    .command('escrow')
    .description('encrypt the log’s present key for people who keep it away from the server (on its host)')
    .requiredOption('--recipient <age1…>', 'who may open it, as "age-keygen" prints it; several', several)
    .requiredOption('--out <file>', 'a file that does not exist yet')
    .addHelpText('after', example('msp audit escrow --recipient age1qx… --recipient age1u3… --out audit-key.age'))
    .action((options: object) => run('escrow', options))
  audit
    .command('grants')
    .description('SQL for an account that can add to the log but not change it (on the server’s host)')
    .option('--account <name@host>', 'the account (default: msp_app@%)')
    .addHelpText('after', example('msp audit grants --account msp_app@10.0.0.5'))
    .action((options: object) => run('grants', options))
}

/** One line of `msp doctor`: does the server still have what this machine saw of its audit? */
export function checkAudit(world: World): Check[] {
  const kept = keptCheckpoint(world.settings.paths)
  if (!kept || kept.url !== world.settings.apiUrl) return []
  if (kept.wentBack) return [bad('audit', `${kept.wentBack} When that is settled: "msp audit checkpoint --accept".`)]
  return [good('audit', `${kept.checkpoint.entries} entries were signed on ${kept.checkpoint.created_at}`)]
}

async function showCheckpoint(world: World, { accept }: { accept?: boolean }): Promise<void> {
  const { checkpoint, public_key } = await world.api.audit.checkpoint({})
  if (accept && checkpoint) acceptCheckpoint(world.settings, checkpoint)
  else if (checkpoint) keepCheckpoint(world.settings, checkpoint)
  const kept = keptCheckpoint(world.settings.paths)
  const text = facts([
    [
      'server',
      checkpoint ? `${checkpoint.entries} entries, signed ${checkpoint.created_at}` : 'nothing was signed yet',
    ],
    ['kept here', kept ? `${kept.checkpoint.entries} entries, signed ${kept.checkpoint.created_at}` : 'nothing'],
    ['signed by', public_key],
    ['warning', kept?.wentBack ?? null],
  ])
  world.output.show({ checkpoint, public_key, kept: kept?.checkpoint ?? null, went_back: kept?.wentBack ?? null }, text)
}
