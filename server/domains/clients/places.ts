import { site } from '../../../src/contract/clients.ts'
import { contact } from '../../../src/contract/contacts.ts'
import { ipRange } from '../../../src/contract/ip-ranges.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { handlersWithOnePrimary } from './primary.ts'

const ofSites = handlersWithOnePrimary(site)

export const sites = {
  ...ofSites,
  create: async (context, input) => keepPublicRanges(context, await ofSites.create(context, input)),
  update: async (context, input) => {
    const changed = await ofSites.update(context, input)
    return input.public_ips === undefined ? changed : keepPublicRanges(context, changed)
  },
} satisfies Handlers['sites']

const ofContacts = handlersWithOnePrimary(contact)

export const contacts = {
  ...ofContacts,
  create: (context, input) => ofContacts.create(context, { ...input, email_domain: domainOf(input.email) }),
  update: (context, input) =>
    ofContacts.update(context, input.email === undefined ? input : { ...input, email_domain: domainOf(input.email) }),
} satisfies Handlers['contacts']

const domainOf = (email: string | null | undefined) => email?.replace(/^.*@/, '') ?? null

/** Keeps `site_public_ranges` in step with the list that people write. What is no address in it finds nothing. */
async function keepPublicRanges(context: Context, changed: RowOf<typeof site>): Promise<RowOf<typeof site>> {
  const ranges = changed.public_ips.flatMap((text) => ipRange(text) ?? [])
  const of = { site_id: changed.id, client_id: changed.client_id }
  await context.db.deleteFrom('site_public_ranges').where('site_id', '=', changed.id).execute()
  if (ranges.length > 0)
    await context.db
      .insertInto('site_public_ranges')
      .ignore()
      .values(ranges.map(({ start, end }) => ({ ...of, range_start: start, range_end: end })))
      .execute()
  return changed
}
