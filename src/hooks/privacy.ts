const MODE_COMMAND = /^\/(?:claudetools:)?(?:msp|dev|normal)(?:\s|$)/

/** `/msp …`, `/dev …`, `/normal …`, also with the plugin's name: the command line of these does the recording. */
export function isModeCommand(prompt: string): boolean {
  return MODE_COMMAND.test(prompt)
}

/** What Claude Code puts in as a prompt by itself, and what it writes of its own commands: nobody typed that. */
const FROM_THE_CLIENT =
  /^\s*<(?:task-notification|system-reminder|command-(?:name|message|args)|local-command-|bash-(?:input|stdout|stderr)|teammate-message)/

export function isFromTheClient(prompt: string): boolean {
  return FROM_THE_CLIENT.test(prompt)
}

/** The person does not want this recorded: `#skip` as a word of its own. */
export function isSkipped(text: string): boolean {
  return /(?:^|\s)#skip(?=\s|$|[.,;:!?)"'])/.test(text)
}
