import { z } from 'zod'
import { DomainName, hostName } from './addresses.ts'
import { defineEntity } from './kernel.ts'
import { Day, EXAMPLE_ID, line, ref, strings, text } from './values.ts'

/** A registered domain of a client. */
export const domain = defineEntity('domain', {
  plural: 'domains',
  belongs: 'client',
  fixed: { client_id: ref('clients'), name: DomainName },
  editable: {
    m365_tenant_id: ref('m365Tenants').nullable(),
    registrar: line(200).nullable(),
    dns_provider: line(200).nullable(),
    mail_provider: line(200).nullable(),
    nameservers: strings.default([]),
    registered_on: Day.nullable(),
    expires_on: Day.nullable(),
    auto_renew: z.boolean().default(false),
    /** The login at the registrar. */
    credential_id: ref('credentials').nullable(),
    notes: text().nullable(),
  },
  filter: { name: DomainName, m365_tenant_id: ref('m365Tenants'), auto_renew: z.boolean() },
  sort: ['created_at', 'name', 'expires_on'],
  searched: ['name', 'registrar'],
  example: { client_id: EXAMPLE_ID, name: 'dataforth.com', registrar: 'Namecheap', expires_on: '2026-11-30' },
})

/** A TLS or signing certificate. Its private key is a credential. */
export const certificate = defineEntity('certificate', {
  plural: 'certificates',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    common_name: hostName(253),
    subject_alt_names: strings.default([]),
    domain_id: ref('domains').nullable(),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    credential_id: ref('credentials').nullable(),
    issuer: line(200).nullable(),
    serial_number: line(100).nullable(),
    fingerprint_sha256: z
      .string()
      .trim()
      .toLowerCase()
      .overwrite((typed) => typed.replaceAll(':', ''))
      .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 fingerprint: 64 hexadecimal digits')
      .nullable(),
    key_algorithm: line(50).nullable(),
    issued_on: Day.nullable(),
    expires_on: Day.nullable(),
    auto_renew: z.boolean().default(false),
    notes: text().nullable(),
  },
  filter: { domain_id: ref('domains'), infrastructure_id: ref('infrastructure'), service_id: ref('services') },
  sort: ['created_at', 'common_name', 'expires_on'],
  searched: ['common_name', 'subject_alt_names', 'issuer'],
  example: { client_id: EXAMPLE_ID, common_name: 'mail.dataforth.com', issuer: 'DigiCert', expires_on: '2026-03-14' },
})
