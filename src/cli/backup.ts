import { runOnHost, wordsOf } from './host.ts'
import { type AddVerbs, example } from './register.ts'

const several = (value: string, before: string[] = []) => [...before, value]

/** `msp backup`: of the server's own data, on its host. */
export const addBackup: AddVerbs = (program, world) => {
  const backup = program.command('backup').description("backups of the server's own data (on its host)")
  const run = (name: string, words: readonly string[], options: object) =>
    runOnHost(world, ['backup', name, ...words, ...wordsOf({ ...options, json: world.output.isJson })])
  backup
    .command('create')
    .description('copy the database while it is in use, and encrypt the copy')
    .option('--to <folder>', 'where to (default: MSP_BACKUP_DIR)')
    .option(
      '--recipient <age1…>',
      'who may open it, as "age-keygen" prints it; several (default: MSP_BACKUP_RECIPIENTS)',
      several,
    )
    .option('--plain', 'not encrypted: only where the folder is')
    .addHelpText('after', example('msp backup create --to /backup --recipient age1qx… --recipient age1u3…'))
    .action((options: object) => run('create', [], options))
  backup
    .command('verify')
    .description('restore it into a database that is thrown away, and open its keys')
    .argument('<file>', 'the backup; its .json lies beside it')
    .option('--identity <file>', 'a secret key of "age-keygen"; several', several)
    .option('--into <url>', 'an empty database to do it in (needed for MariaDB)')
    .addHelpText('after', example('msp backup verify /backup/claudetools-20260112T020000Z.db.age --identity key.txt'))
    .action((file: string, options: object) => run('verify', [file], options))
  backup
    .command('restore')
    .description('make a new database of it')
    .argument('<file>', 'the backup; its .json lies beside it')
    .requiredOption('--into <url>', 'sqlite:PATH of a file that does not exist, or an empty MariaDB database')
    .option('--identity <file>', 'a secret key of "age-keygen"; several', several)
    .addHelpText('after', example('msp backup restore claudetools.db.age --identity key.txt --into sqlite:/srv/new.db'))
    .action((file: string, options: object) => run('restore', [file], options))
}
