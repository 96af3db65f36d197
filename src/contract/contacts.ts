import { z } from 'zod'
import { Email, Phone } from './addresses.ts'
import { defineEntity } from './kernel.ts'
import { EXAMPLE_ID, line, ref, strings, text } from './values.ts'

/** A person at a client. At most one is the primary one: marking another takes it from the first. */
export const contact = defineEntity('contact', {
  plural: 'contacts',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    site_id: ref('sites').nullable(),
    name: line(200),
    title: line(200).nullable(),
    email: Email.nullable(),
    phone: Phone.nullable(),
    mobile: Phone.nullable(),
    /** What to ask this person about: `primary`, `billing`, `technical`, … */
    roles: strings.default([]),
    is_primary: z.boolean().default(false),
    notes: text().nullable(),
  },
  managed: {
    /** What stands after the @: finds the client of a mailbox that nobody has written down. */
    email_domain: line(253).nullable(),
  },
  filter: { site_id: ref('sites'), is_primary: z.boolean(), email: Email },
  sort: ['created_at', 'name'],
  searched: ['name', 'title', 'email'],
  example: {
    client_id: EXAMPLE_ID,
    name: 'Joe Martinez',
    title: 'Plant manager',
    email: 'joe.martinez@dataforth.com',
    phone: '+15205551234',
    roles: ['technical'],
  },
})
