import { usage } from './output.ts'

/** What was asked for, before anything is looked up. */
export interface Wish {
  action: 'start' | 'end' | 'status'
  /** Words that name the client and, behind it, the project; empty when nothing was said. */
  words: string[]
  project: string | null
  /** Without the `#`. */
  ticket: string | null
}

export interface WishOptions {
  project?: string | undefined
  ticket?: string | undefined
}

/**
 * Reads the words behind `/msp`, `/dev` and `/normal`: `Dataforth #12345`, `switch Acme`, `end`, `status`. A name in quotes is one word.
 *
 * @throws Failure when it cannot be told which ticket is meant; nothing is guessed
 */
export function parseWish(text: string, options: WishOptions = {}): Wish {
  const words = split(text)
  const [verb, ...others] = words
  if (verb?.toLowerCase() === 'switch') return start(others, options)
  if (verb !== undefined && others.length === 0 && isVerb(verb)) {
    return { action: verb.toLowerCase() as 'end' | 'status', words: [], project: null, ticket: null }
  }
  return start(words, options)
}

/** The words of a typed `/msp Dataforth #1` or `/claudetools:msp …`; null when it is another command. */
export function wordsOfPrompt(prompt: string, command: string): string | null {
  const parts = /^\s*\/(?:[\w.-]+:)?([\w-]+)(?:\s+([\s\S]*))?$/.exec(prompt)
  return parts?.[1] === command ? (parts[2] ?? '').trim() : null
}

/** A ticket as it is written (`#12345`, `12345`) without its `#`. @throws Failure when it is none */
export function parseTicket(text: string): string {
  const ticket = text.trim().replace(/^#/, '')
  if (/^[\w./-]{1,99}$/.test(ticket)) return ticket
  throw usage(`"${text}" is not a ticket. Write its number behind a hash, as in #12345. Nothing was changed.`)
}

const isVerb = (word: string): boolean => /^(end|status)$/i.test(word)

function start(words: string[], options: WishOptions): Wish {
  const named = [
    ...words.filter((word) => word.startsWith('#')),
    ...(options.ticket === undefined ? [] : [options.ticket]),
  ]
  const tickets = [...new Set(named.map(parseTicket))]
  if (tickets.length > 1) {
    const which = tickets.map((ticket) => `#${ticket}`).join(' and ')
    throw usage(
      `${which} are two tickets, and a session is for one. Give the one you work on now. Nothing was changed.`,
    )
  }
  const rest = words.filter((word) => !word.startsWith('#'))
  return { action: 'start', words: rest, project: options.project ?? null, ticket: tickets[0] ?? null }
}

function split(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').trim())
    .filter(Boolean)
}
