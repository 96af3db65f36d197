import { ipKey } from '../../../src/contract/ip-ranges.ts'

/** What a text from a log, a ticket or a browser names. */
export interface TechnicalName {
  kind: 'ip' | 'email' | 'url' | 'host'
  /** The address, where it is one. */
  ip?: string
  email?: string
  /** The host, and each domain above it that has a dot, the longest first. */
  domains: string[]
}

/** Pure. `https://joe@mail.dataforth.com:8443/owa` → a URL with mail.dataforth.com and dataforth.com. */
export function readTechnicalName(text: string): TechnicalName {
  const typed = text.trim().toLowerCase()
  const url = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/?#]*@)?(\[[^\]]*\]|[^:/?#]*)/.exec(typed)
  if (url) return { ...ofHost(url[1] as string), kind: 'url' }
  const email = /^(?:mailto:)?([^\s@/]+)@([^\s@/]+)$/.exec(typed)
  if (email) return { kind: 'email', email: `${email[1]}@${email[2]}`, domains: withParents(email[2] as string) }
  const bare = ofHost(typed)
  if (bare.kind === 'ip') return bare
  // With a port or a path after it, as people copy it.
  return ofHost(typed.replace(/[/?#].*$/, '').replace(/:\d+$/, ''))
}

function ofHost(host: string): TechnicalName {
  const name = host.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return ipKey(name) ? { kind: 'ip', ip: name, domains: [] } : { kind: 'host', domains: withParents(name) }
}

const MOST_LABELS = 20

function withParents(host: string): string[] {
  const labels = host.split('.').slice(-MOST_LABELS)
  const parents = labels.map((_, index) => labels.slice(index).join('.')).filter((domain) => domain.includes('.'))
  return [...new Set([host, ...parents])]
}

/** Mail providers at which people of every client have a mailbox: that a contact is there says nothing about another mailbox. */
export const OPEN_MAIL_PROVIDERS: ReadonlySet<string> = new Set([
  'aol.com',
  'gmail.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hotmail.com',
  'icloud.com',
  'live.com',
  'mail.com',
  'me.com',
  'msn.com',
  'outlook.com',
  'proton.me',
  'protonmail.com',
  't-online.de',
  'web.de',
  'yahoo.com',
])
