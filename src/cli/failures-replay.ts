import { type AddVerbs, example } from './register.ts'

/** `msp failures replay`. */
export const addReplay: AddVerbs = (failures, world) => {
  failures
    .command('replay')
    .description('play recorded work against an empty, throw-away server: what would have been stopped, and why')
    .argument('<file>', 'one JSON object a line: machines, assets and events, in the order in which they happened')
    .addHelpText(
      'after',
      `
Lines:
  {"machine":"ANA-LT1","platform":"win32","shell":"powershell 5.1","capabilities":{"docker":false,"vpn":["Dataforth"]}}
  {"asset":"SRV-OLD","client":"Dataforth","os":"Windows Server 2008 R2","facts":{"powershell.version":"2.0"},"vpn":true}
  {"at":"2026-01-12T09:03:11Z","technician":"ana","machine":"ANA-LT1","client":"Dataforth","mode":"msp","hook":{…}}
"hook" is what Claude Code gives a hook on stdin. Who and what is not described is made when an event names it.
With --json, a line {"line","decision","patternId","reason","alternative"} is printed for each PreToolUse.
Nothing is read from or sent to your own server.
${example('msp failures replay work.jsonl', 'msp failures replay work.jsonl --json > decisions.jsonl')}`,
    )
    .action(async (file: string) => {
      const { replay } = await import('./replay/replay.ts')
      await replay(world, file)
    })
}
