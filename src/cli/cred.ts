import type { Command } from 'commander'
import type { AddOptions } from './cred/add.ts'
import type { ExecOptions } from './cred/exec.ts'
import type { FindOptions } from './cred/find.ts'
import type { LogOptions } from './cred/log.ts'
import type { PolicyOptions } from './cred/policy.ts'
import type { RevealOptions } from './cred/reveal.ts'
import { type AddVerbs, example } from './register.ts'
import type { World } from './world.ts'

const CLIENT = '--client <client>'
const WHICH = 'its id, the last 8 characters of that, or its name'
const OF_CLIENT = 'look at this client only'

/** `msp cred find|show|add|rotate|exec|totp|reveal|policy|log|versions|approvals|approve|refuse|resume`. */
export const addCred: AddVerbs = (program, world) => {
  const cred = program
    .command('cred')
    .description('credentials: found by anybody, used by commands, shown to people only')
  addLooking(cred, world)
  addStoring(cred, world)
  addUsing(cred, world)
  addDeciding(cred, world)
}

function addLooking(cred: Command, world: World): void {
  cred
    .command('find')
    .description('credentials by name, user name or address; never their secrets')
    .argument('[text]', 'what to look for; all of them without it')
    .option(CLIENT, OF_CLIENT)
    .option('--limit <number>', 'at most so many, up to 200', '30')
    .addHelpText('after', example('msp cred find "SQL" --client Dataforth'))
    .action(async (text: string | undefined, options: FindOptions) =>
      (await import('./cred/find.ts')).find(world, text, options),
    )
  cred
    .command('show')
    .description('what is known of a credential, and which fields it holds')
    .argument('<credential>', WHICH)
    .option(CLIENT, OF_CLIENT)
    .addHelpText('after', example('msp cred show 3f2a9c1e'))
    .action(async (text: string, options: FindOptions) => (await import('./cred/find.ts')).show(world, text, options))
  cred
    .command('versions')
    .description('the versions of a credential, and where else its secret is used')
    .argument('<credential>', WHICH)
    .option(CLIENT, OF_CLIENT)
    .addHelpText('after', example('msp cred versions 3f2a9c1e'))
    .action(async (text: string, options: FindOptions) =>
      (await import('./cred/find.ts')).versions(world, text, options),
    )
  cred
    .command('log')
    .description('who did what with a credential, or with all of them (leads)')
    .argument('[credential]', WHICH)
    .option(CLIENT, OF_CLIENT)
    .option('--user <e-mail>', 'what this user did, also one who is disabled')
    .option('--since <day>', 'from this day on, as in 2026-01-31')
    .option('--limit <number>', 'at most so many, up to 200', '30')
    .addHelpText('after', example('msp cred log 3f2a9c1e', 'msp cred log --user ana@example.com --since 2026-01-01'))
    .action(async (text: string | undefined, options: LogOptions) =>
      (await import('./cred/log.ts')).log(world, text, options),
    )
}

const withSecret = (command: Command): Command =>
  command
    .option('--secret-stdin', 'read the secret from stdin; asked at a terminal otherwise, without showing it')
    .option('--secret-json-stdin', 'read several fields from stdin, as JSON')
    .option('--field <field>', 'which field the secret is (default: the main one of the type)')

function addStoring(cred: Command, world: World): void {
  withSecret(
    cred
      .command('add')
      .description('store a credential; the secret is typed or piped in, never an argument')
      .argument('<name>', 'what it is called, at most 200 characters')
      .requiredOption('--type <type>', 'password, api_key, ssh_key, bearer_token, totp, snmp_community, …')
      .option(CLIENT, "whose it is (default under Claude Code: the session's; else the MSP's own)")
      .option('--username <name>', 'the account')
      .option('--url <url>', 'where it is used')
      .option('--host <host>', 'the machine that it opens')
      .option('--sensitivity <word>', 'normal, high or break_glass')
      .option('--policy <word>', 'open, reason_required or approval_required')
      .option('--expires <day>', 'when it ends, as in 2027-01-31')
      .option('--rotate-every <days>', 'when a new one is due'),
  )
    .addHelpText(
      'after',
      example(
        "msp cred add 'SQL sa' --client Dataforth --type password --username sa --host SQL01",
        "msp cred add 'Deploy key' --client Dataforth --type ssh_key --secret-stdin < id_ed25519",
      ),
    )
    .action(async (name: string, options: AddOptions) => (await import('./cred/add.ts')).add(world, name, options))
  withSecret(
    cred
      .command('rotate')
      .description('give a credential a new secret; the old one stays readable as a version')
      .argument('<credential>', WHICH)
      .option(CLIENT, OF_CLIENT)
      .option('--reason <text>', 'why'),
  )
    .addHelpText('after', example('msp cred rotate 3f2a9c1e --reason "Ana has left"'))
    .action(async (text: string, options: AddOptions & { reason?: string }) =>
      (await import('./cred/add.ts')).rotate(world, text, options),
    )
}

const because = (command: Command): Command =>
  command.option('--reason <text>', 'what for').option('--ticket <ticket>', 'for which ticket')
const collect = (one: string, all: string[] = []): string[] => [...all, one]

function addUsing(cred: Command, world: World): void {
  because(
    cred
      .command('exec')
      .description('run a command that is given a secret; what it prints is masked, and its exit code is passed on')
      .argument('<credential>', WHICH)
      .argument('<command...>', 'the program and its arguments, behind --')
      .option('--env <NAME=field>', 'in a variable of its environment; may be repeated', collect)
      .option('--stdin <field>', 'on its standard input')
      .option('--file <NAME=field>', 'in a file that only you may read; {NAME} in the command is its path', collect)
      .option('--ssh-agent <field>', 'a private key, in an SSH agent of its own')
      .option(CLIENT, OF_CLIENT),
  )
    .addHelpText(
      'after',
      example(
        'msp cred exec 3f2a9c1e --env MYSQL_PWD=password -- mariadb -h db1 -u root -e "show processlist"',
        'msp cred exec 3f2a9c1e --ssh-agent private_key -- ssh admin@web1 uptime',
        'msp cred exec 3f2a9c1e --file H=bearer:token -- curl -H @{H} https://api.example.com/v1/me',
      ),
    )
    .action(async (text: string, command: string[], options: ExecOptions) =>
      (await import('./cred/exec.ts')).exec(world, text, command, options),
    )
  because(cred.command('totp').description('the one-time code of this moment, at your own terminal'))
    .argument('<credential>', WHICH)
    .option(CLIENT, OF_CLIENT)
    .addHelpText('after', example('msp cred totp 3f2a9c1e'))
    .action(async (text: string, options: RevealOptions) =>
      (await import('./cred/reveal.ts')).totp(world, text, options),
    )
  because(cred.command('reveal').description('show secrets, at your own terminal and after your password'))
    .argument('<credential>', WHICH)
    .option(CLIENT, OF_CLIENT)
    .option('--field <field>', 'this field only')
    .option('--version <number>', 'of an older version')
    .option('--clipboard', 'put it on the clipboard for 30 seconds instead of showing it')
    .addHelpText('after', example('msp cred reveal 3f2a9c1e --field password --clipboard'))
    .action(async (text: string, options: RevealOptions) =>
      (await import('./cred/reveal.ts')).reveal(world, text, options),
    )
}

function addDeciding(cred: Command, world: World): void {
  cred
    .command('policy')
    .description('which programs, hosts and people may have a secret (leads)')
    .argument('<credential>', WHICH)
    .option(CLIENT, OF_CLIENT)
    .option('--program <name>', 'a program that may have it; may be repeated, and replaces the list', collect)
    .option('--host <host>', 'a host that it may go to; may be repeated, and replaces the list', collect)
    .option('--any-program', 'no list of programs: the usual ones')
    .option('--any-host', 'no list of hosts: those of its address and machine')
    .option('--access <word>', 'open, reason_required or approval_required')
    .option('--sensitivity <word>', 'normal, high or break_glass')
    .addHelpText(
      'after',
      example('msp cred policy 3f2a9c1e --program mariadb --host db1.dataforth.com --access reason_required'),
    )
    .action(async (text: string, options: PolicyOptions) =>
      (await import('./cred/policy.ts')).setPolicy(world, text, options),
    )
  cred
    .command('approvals')
    .description('what waits for a yes of yours, or was asked for by you')
    .option('--status <word>', 'pending, approved, refused, used, expired or all', 'pending')
    .addHelpText('after', example('msp cred approvals'))
    .action(async (options: { status?: string }) => (await import('./cred/approvals.ts')).list(world, options))
  cred
    .command('approve')
    .description('agree to one use of a credential, at your own terminal and after your password')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp cred approve 9b1d4e02'))
    .action(async (text: string) => (await import('./cred/approvals.ts')).approve(world, text))
  cred
    .command('refuse')
    .description('refuse what is asked for, at your own terminal')
    .argument('<id>', 'id or its last 8 characters')
    .addHelpText('after', example('msp cred refuse 9b1d4e02'))
    .action(async (text: string) => (await import('./cred/approvals.ts')).refuse(world, text))
  cred
    .command('resume')
    .description('let the agents of a session go on that used too many secrets, at your own terminal')
    .argument('<session>', "the Claude Code session's id, as the refusal names it")
    .addHelpText('after', example('msp cred resume 4f9d1c60-0b5a-4a55-9f43-2f2a7f1f1a01'))
    .action(async (session: string) => (await import('./cred/approvals.ts')).resume(world, session))
}
