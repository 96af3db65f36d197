/** What a person can mend: the message says what is wrong, then what to do. Printed without a stack trace. */
export class StartError extends Error {
  name = 'StartError'

  /** @param exit the exit code: 1 failed, 2 wrong usage. */
  constructor(message, exit = 1) {
    super(message)
    this.exit = exit
  }
}
