import { z } from 'zod'
import { defineEntity } from './kernel.ts'
import { Day, EXAMPLE_ID, line, ref, text } from './values.ts'

const KIND = ['subscription', 'perpetual', 'volume', 'oem', 'trial'] as const

/** A software licence or subscription of a client. Its key is a credential. */
export const licence = defineEntity('licence', {
  plural: 'licences',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    name: line(200),
    vendor: line(200).nullable(),
    kind: z.enum(KIND).default('subscription'),
    service_id: ref('services').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    m365_tenant_id: ref('m365Tenants').nullable(),
    credential_id: ref('credentials').nullable(),
    seats: z.int().nonnegative().nullable(),
    seats_used: z.int().nonnegative().nullable(),
    purchased_on: Day.nullable(),
    expires_on: Day.nullable(),
    auto_renew: z.boolean().default(false),
    /** What it costs in one `cost_period`. */
    cost_minor: z.int().nonnegative().nullable(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code like EUR')
      .nullable(),
    cost_period: z.enum(['once', 'month', 'year']).nullable(),
    order_ref: line(200).nullable(),
    notes: text().nullable(),
  },
  filter: {
    kind: z.enum(KIND),
    service_id: ref('services'),
    infrastructure_id: ref('infrastructure'),
    m365_tenant_id: ref('m365Tenants'),
  },
  sort: ['created_at', 'name', 'expires_on'],
  searched: ['name', 'vendor', 'order_ref'],
  example: {
    client_id: EXAMPLE_ID,
    name: 'Veeam Backup Essentials',
    vendor: 'Veeam',
    seats: 10,
    expires_on: '2026-06-30',
  },
})
