import { z } from 'zod'
import { hostName } from './addresses.ts'
import { defineEntity } from './kernel.ts'
import { Day, EXAMPLE_ID, Instant, json, line, ref, strings, text } from './values.ts'

const Guid = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "must be the tenant's GUID")
const ACCESS_MODEL = ['gdap', 'dap', 'guest', 'direct', 'lighthouse'] as const

/** A client's Microsoft 365 tenant, and how we get into it. */
export const m365Tenant = defineEntity('M365 tenant', {
  plural: 'm365Tenants',
  belongs: 'client',
  fixed: { client_id: ref('clients'), tenant_id: Guid },
  editable: {
    display_name: line(200),
    default_domain: hostName(253).nullable(),
    onmicrosoft_domain: hostName(253).nullable(),
    cloud: z.enum(['global', 'gcc', 'gcc_high', 'dod', 'china']).default('global'),
    access_model: z.enum(ACCESS_MODEL).nullable(),
    gdap_relationship_id: line(100).nullable(),
    /** At most 730 days after it was granted. */
    gdap_expires_on: Day.nullable(),
    gdap_auto_extend: z.boolean().default(false),
    gdap_roles: strings.default([]),
    csp_customer_id: line(100).nullable(),
    /** Part number of a product → how many are enabled and consumed. */
    licence_summary: json.default({}),
    mfa_method: z.enum(['security_defaults', 'conditional_access', 'per_user', 'none']).nullable(),
    /** Percent of what is possible. */
    secure_score: z.int().min(0).max(100).nullable(),
    admin_upns: strings.default([]),
    break_glass_credential_id: ref('credentials').nullable(),
    app_registration_credential_id: ref('credentials').nullable(),
    hybrid: z.enum(['none', 'entra_connect', 'cloud_sync']).default('none'),
    last_synced_at: Instant.nullable(),
    notes: text().nullable(),
  },
  filter: { tenant_id: Guid, access_model: z.enum(ACCESS_MODEL) },
  sort: ['created_at', 'display_name', 'gdap_expires_on'],
  searched: ['display_name', 'default_domain', 'onmicrosoft_domain'],
  example: {
    client_id: EXAMPLE_ID,
    tenant_id: '7d2a4c1e-5b0f-4c8e-9a63-0c1f5e2b8d10',
    display_name: 'Dataforth Corporation',
    default_domain: 'dataforth.com',
    onmicrosoft_domain: 'dataforth.onmicrosoft.com',
  },
})
