import { type AddVerbs, example } from './register.ts'

/** What is booked on, beside a client. */
export interface BookOptions {
  client?: string
  project?: string
  ticket?: string
  type?: string
  at?: string
  date?: string
  note?: string
  internal?: string
  classification?: string
  reason?: string
}
export interface ListOptions {
  client?: string
  project?: string
  technician?: string
  mine?: boolean
  status?: string
  since?: string
  until?: string
  month?: string
  limit?: string
}

const ID = 'id or its last 8 characters'

/** `msp time list|add|edit|submit|start|stop|pause|resume|approve|reject|overlaps`. */
export const addTime: AddVerbs = (program, world) => {
  const time = program.command('time').description('worked time: book it, correct it, hand it in, approve it')
  const verbs = () => import('./time-verbs.ts')
  time
    .command('list')
    .description('time entries by day: worked beside billed, with totals')
    .option('--client <client>', 'of this client only')
    .option('--project <project>', 'of this project only')
    .option('--technician <technician>', 'of this technician only: name, e-mail or id')
    .option('--mine', 'your own only')
    .option('--status <status>', 'running, draft, submitted, approved, exported, invoiced or written_off')
    .option('--month <month>', 'as in 2026-01 (default: this month)')
    .option('--since <day>', 'the first day')
    .option('--until <day>', 'the last day')
    .option('--limit <number>', 'at most so many, up to 200', '100')
    .addHelpText(
      'after',
      example('msp time list --client Dataforth --month 2026-01', 'msp time list --status submitted'),
    )
    .action(async (options: ListOptions) => (await verbs()).list(world, options))
  booking(
    time.command('add').description('book time that was worked').argument('<duration>', '1h30, 90m, 1:30 or 1.5h'),
  )
    .addHelpText(
      'after',
      example(
        'msp time add 45m --client Dataforth --note "Restarted the print spooler"',
        'msp time add 1h30 --client Dataforth --date 2026-01-12 --at 09:00 --type "On site" --ticket 12345',
      ),
    )
    .action(async (duration: string, options: BookOptions) => (await verbs()).add(world, duration, options))
  booking(time.command('edit').description('correct a draft').argument('<id>', ID), 'edit')
    .option('--duration <duration>', '1h30, 90m, 1:30 or 1.5h')
    .addHelpText('after', example('msp time edit 3f2a9c1e --duration 50m --note "Printer in the warehouse"'))
    .action(async (id: string, options: BookOptions & { duration?: string }) =>
      (await verbs()).edit(world, id, options),
    )
  for (const [verb, description, all] of [
    ['submit', 'hand in drafts for approval', 'every draft of yours'],
    ['approve', "approve submitted time; one's own needs somebody else, or an admin", 'every submitted entry'],
  ] as const)
    time
      .command(verb)
      .description(description)
      .argument('[ids...]', ID)
      .option('--all', `${all} of a client or month`)
      .option('--client <client>', 'with --all: of this client only')
      .option('--month <month>', 'with --all: of this month, as in 2026-01 (default: this month)')
      .addHelpText(
        'after',
        example(`msp time ${verb} 3f2a9c1e`, `msp time ${verb} --all --client Dataforth --month 2026-01`),
      )
      .action(async (ids: string[], options: ListOptions & { all?: boolean }) =>
        (await verbs()).handOn(world, verb, ids, options),
      )
  time
    .command('reject')
    .description('give submitted or approved time back to its technician')
    .argument('<id>', ID)
    .requiredOption('--reason <text>', 'what has to be corrected')
    .addHelpText('after', example('msp time reject 3f2a9c1e --reason "Which ticket was this?"'))
    .action(async (id: string, { reason }: { reason: string }) => (await verbs()).reject(world, id, reason))
  booking(time.command('start').description('start a timer on this machine'), 'start')
    .addHelpText('after', example('msp time start --client Dataforth'))
    .action(async (options: BookOptions) => (await verbs()).start(world, options))
  for (const [verb, description] of [
    ['pause', 'let the timer of this machine stand still'],
    ['resume', 'let it run on'],
  ] as const)
    time
      .command(verb)
      .description(description)
      .argument('[id]', `${ID} (default: the timer of this machine)`)
      .addHelpText('after', example(`msp time ${verb}`))
      .action(async (id?: string) => (await verbs()).turn(world, verb, id))
  time
    .command('stop')
    .description('stop the timer of this machine; its time is a draft then')
    .argument('[id]', `${ID} (default: the timer of this machine)`)
    .option('--at <time>', 'when the work ended, for a timer that was forgotten: 17:30')
    .addHelpText('after', example('msp time stop', 'msp time stop --at 17:30'))
    .action(async (id: string | undefined, { at }: { at?: string }) => (await verbs()).stop(world, id, at))
  time
    .command('overlaps')
    .description('pairs of entries of one technician that claim the same time; at most 92 days')
    .option('--client <client>', 'where one of them is of this client')
    .option('--technician <technician>', 'of this technician only')
    .option('--month <month>', 'as in 2026-01 (default: this month)')
    .option('--since <day>', 'the first day')
    .option('--until <day>', 'the last day')
    .addHelpText('after', example('msp time overlaps --month 2026-01'))
    .action(async (options: ListOptions) => (await verbs()).overlaps(world, options))
}

function booking(command: ReturnType<Parameters<AddVerbs>[0]['command']>, verb = 'add') {
  command
    .option(
      '--client <client>',
      verb === 'edit' ? 'whose project or ticket is meant' : 'for whom (default: the client of this session)',
    )
    .option('--project <project>', 'on this project')
    .option('--ticket <number>', 'on this linked ticket')
    .option('--type <work type>', 'what kind of work: its name or code')
    .option('--note <text>', 'what stands on the invoice')
  if (verb === 'start') return command
  return command
    .option('--date <day>', 'the day it was worked, as in 2026-01-12 (default: today)')
    .option('--at <time>', "when it began by this machine's clock: 09:30")
    .option('--internal <text>', 'a note that the client never sees')
    .option('--classification <kind>', 'billable, non_billable, no_charge or covered')
    .option('--reason <code>', 'why it is not billed: internal, training, rework, goodwill, sales, admin, …')
}
