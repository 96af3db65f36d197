/** As in the contract, which hooks must not load because it brings zod. A test keeps the two equal. */
export const EXCERPT_CHARS = 8_000
export const COMMAND_CHARS = 20_000
export const PROMPT_CHARS = 4_000
