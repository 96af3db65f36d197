import { type AddVerbs, example } from './register.ts'

/** `msp replay`. */
export const addReplayWork: AddVerbs = (program, world) => {
  program
    .command('replay')
    .description('play recorded work against an empty, throw-away server: what work, time and amounts come of it')
    .argument('<file>', 'one JSON object a line: machines, assets, rules of billing and events, in order')
    .addHelpText(
      'after',
      `
Lines:
  {"machine":"ANA-LT1","platform":"win32","shell":"powershell 5.1"}
  {"asset":"SRV-OLD","client":"Dataforth","os":"Windows Server 2008 R2"}
  {"rule":{"client":"Dataforth","incrementMinutes":15,"rounding":"up","minimumMinutes":0,"aggregation":"ticket_day",
           "timezone":"America/Phoenix","rateMinor":12000,"currency":"USD"}}
  {"at":"2026-01-12T09:03:11Z","technician":"ana","machine":"ANA-LT1","client":"Dataforth","mode":"msp","hook":{…}}
"hook" is what Claude Code gives a hook on stdin. A ticket comes from a prompt "/msp CLIENT #N".
With --json: {"workItems":[…],"time":[…],"sessions":[…]}. Nothing is read from or sent to your own server.
${example('msp replay work.jsonl', 'msp replay work.jsonl --json > account.json')}`,
    )
    .action(async (file: string) => {
      const { replayWork } = await import('./replay/work.ts')
      await replayWork(world, file)
    })
}
