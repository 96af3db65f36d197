import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Calls } from '../api/client.ts'
import { writeCacheFile } from '../durable.ts'

/** A client as it can be found without the server. */
export interface KnownClient {
  id: string
  name: string
  code: string | null
  domain: string | null
  aliases: string[]
}

const pathOf = (cache: string): string => join(cache, 'clients.json')

/** The clients of the last time the server was there; none when there was no such time. `cache` is `MSP_HOME/cache`. */
export function readKnownClients(cache: string): KnownClient[] {
  try {
    const known: unknown = JSON.parse(readFileSync(pathOf(cache), 'utf8'))
    return Array.isArray(known) ? (known as KnownClient[]).filter(({ id, name }) => Boolean(id && name)) : []
  } catch {
    return [] // Missing or damaged: it is a cache, and names are then kept as they were typed.
  }
}

/** Keeps the clients for a day without the server. */
export function writeKnownClients(cache: string, clients: readonly KnownClient[]): void {
  writeCacheFile(pathOf(cache), `${JSON.stringify(clients)}\n`)
}

/** The calls whose answers `knownFrom` reads. */
export const listingOf = (call: Calls) =>
  [call.clients.list({ limit: 200 }), call.clientAliases.list({ limit: 200 })] as const

type Listing = [Awaited<ReturnType<Calls['clients']['list']>>, Awaited<ReturnType<Calls['clientAliases']['list']>>]

/** @param kept what was known before: a page holds 200 clients, and the others stay known */
export function knownFrom([clients, aliases]: Listing, kept: readonly KnownClient[]): KnownClient[] {
  const fresh = clients.items.map(({ id, name, code, primary_domain }) => ({
    id,
    name,
    code,
    domain: primary_domain,
    aliases: aliases.items.filter((alias) => alias.client_id === id).map(({ alias }) => alias),
  }))
  if (clients.next_cursor === null) return fresh
  const ids = new Set(fresh.map(({ id }) => id))
  return [...fresh, ...kept.filter(({ id }) => !ids.has(id))]
}

/**
 * The clients that a text can mean, by the rules of `clients.resolve`: the whole name, code, alias or domain; else a beginning of
 * one; else a part of a name. One means that one.
 */
export function matchClient(text: string, known: readonly KnownClient[]): KnownClient[] {
  const wanted = fold(text)
  const names = ({ name, code, domain, aliases }: KnownClient) =>
    [name, code, domain, ...aliases].flatMap((one) => (one ? [fold(one)] : []))
  const tests = [
    (client: KnownClient) => client.id === wanted || names(client).includes(wanted),
    (client: KnownClient) => names(client).some((name) => name.startsWith(wanted)),
    (client: KnownClient) => fold(client.name).includes(wanted),
  ]
  for (const test of tests) {
    const found = known.filter(test)
    if (found.length > 0) return found
  }
  return []
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
