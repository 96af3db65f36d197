/** The mark at the end of a command by which a person lets it run although it is known to fail; why, may stand behind it. */
export const ALLOW_MARK = /\s*#\s*msp:allow(?:\s[^\n"'\\`]*)?$/
