import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'
import { ambiguous } from './names.ts'
import { EXIT, Failure } from './output.ts'
import type { World } from './world.ts'

export type Asset = OutputOf<Contract['infrastructure']['get']>

/**
 * The machine of a client that a text means: by host name, full name, address or asset tag, else a beginning or a part of a name. Undefined when
 * there is none.
 *
 * @param clientId of this client only; of all that may be seen when not given
 * @throws Failure (exit 5) with the candidates when it can be several
 */
export async function findAsset(world: World, text: string, clientId: string | undefined): Promise<Asset | undefined> {
  const of = clientId === undefined ? {} : { client_id: clientId }
  const [label = ''] = text.split('.')
  const [asked, byLabel] = await world.api.batch((call) => [
    call.infrastructure.list({ ...of, q: text, limit: 200 }),
    call.infrastructure.list({ ...of, q: label || text, limit: 200 }),
  ])
  if (asked.status === 'rejected') throw asked.reason
  if (byLabel.status === 'rejected') throw byLabel.reason
  const found = matching(text, [...asked.value.items, ...byLabel.value.items])
  if (found.length > 1) throw several(text, found)
  return found[0]
}

/** @throws Failure (exit 5) when it is none, or several */
export async function getAsset(world: World, text: string, clientId: string | undefined): Promise<Asset> {
  const asset = await findAsset(world, text, clientId)
  if (asset !== undefined) return asset
  throw new Failure(
    EXIT.notFound,
    `No machine of a client is called "${text}", or you have no access to it. Check the name, or say for which client with --client.`,
  )
}

/** The host names of machines, by id; a machine that cannot be seen is left out. */
export async function hostNames(
  world: World,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string | null, string>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  const names = new Map<string | null, string>()
  for (let at = 0; at < wanted.length; at += CALLS_AT_ONCE) {
    const some = wanted.slice(at, at + CALLS_AT_ONCE)
    const answers = await world.api.batch((call) => some.map((id) => call.infrastructure.get({ id })))
    for (const answer of answers) if (answer.status === 'fulfilled') names.set(answer.value.id, answer.value.hostname)
  }
  return names
}

/** What the server takes in one request. */
const CALLS_AT_ONCE = 20

function matching(text: string, known: readonly Asset[]): Asset[] {
  const wanted = text.toLowerCase()
  const all = [...new Map(known.map((asset) => [asset.id, asset])).values()]
  const names = (asset: Asset) =>
    [asset.hostname, asset.fqdn, asset.primary_ip, asset.asset_tag].flatMap((name) =>
      name ? [name.toLowerCase()] : [],
    )
  const tests = [
    (asset: Asset) => names(asset).includes(wanted),
    // `srv-old.dataforth.local`, where only `SRV-OLD` is on record. The first part of an address is no name.
    (asset: Asset) =>
      asset.fqdn === null && !/^[\d.:]+$/.test(wanted) && wanted.startsWith(`${asset.hostname.toLowerCase()}.`),
    (asset: Asset) => names(asset).some((name) => name.startsWith(wanted)),
    (asset: Asset) => names(asset).some((name) => name.includes(wanted)),
  ]
  return tests.map((test) => all.filter(test)).find((found) => found.length > 0) ?? []
}

const several = (text: string, found: readonly Asset[]): Failure =>
  ambiguous(
    text,
    found.map(({ id, hostname, primary_ip, os_name }) => ({
      id,
      name: [hostname, primary_ip, os_name].filter(Boolean).join(', '),
    })),
  )
