import { z } from 'zod'
import { action, defineEntity } from './kernel.ts'
import { EXAMPLE_ID, Instant, line, ref, text } from './values.ts'

/** VERIS actions. */
const CATEGORIES = ['malware', 'hacking', 'social', 'misuse', 'physical', 'error', 'environmental'] as const
const SUBTYPES = ['phishing', 'bec', 'ransomware', 'account_compromise', 'data_exposure', 'lost_device'] as const
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
/** The phases of NIST SP 800-61. */
export const INCIDENT_STATUS = [
  'reported',
  'triaged',
  'contained',
  'eradicated',
  'recovered',
  'closed',
  'false_positive',
] as const
const IMPACT = z.enum(['none', 'low', 'high'])

export const securityIncident = defineEntity('security incident', {
  plural: 'securityIncidents',
  belongs: 'client',
  fixed: { client_id: ref('clients') },
  editable: {
    title: line(200),
    description: text().nullable(),
    category: z.enum(CATEGORIES),
    subtype: z.enum(SUBTYPES).nullable(),
    /** MITRE ATT&CK, like `T1566.001`. */
    attack_techniques: z
      .array(z.string().regex(/^T\d{4}(\.\d{3})?$/, 'must be an ATT&CK technique like T1566.001'))
      .max(100)
      .default([]),
    severity: z.enum(SEVERITIES).default('medium'),
    confidentiality_impact: IMPACT.default('none'),
    integrity_impact: IMPACT.default('none'),
    availability_impact: IMPACT.default('none'),
    /** Now, when it is not given. */
    detected_at: Instant.nullable(),
    occurred_at: Instant.nullable(),
    reporter: line(200).nullable(),
    lead_id: ref('users').nullable(),
    root_cause: text().nullable(),
    lessons: text().nullable(),
    /** People whose personal data it reached. */
    data_subjects_affected: z.int().min(0).max(10_000_000_000).nullable(),
    /** Why nobody has to be notified. */
    notification_waiver: text(2_000).nullable(),
    tlp: z.enum(['RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR']).default('AMBER'),
  },
  managed: {
    /** Year and running number within the client: `2026-0007`. */
    number: line(20),
    status: z.enum(INCIDENT_STATUS),
    triaged_at: Instant.nullable(),
    contained_at: Instant.nullable(),
    eradicated_at: Instant.nullable(),
    resolved_at: Instant.nullable(),
    closed_at: Instant.nullable(),
    /** 72 hours after detection where the law asks for it (GDPR, article 33). */
    notification_due_at: Instant.nullable(),
    notified_at: Instant.nullable(),
  },
  initial: { status: 'reported' },
  filter: {
    status: z.enum(INCIDENT_STATUS),
    severity: z.enum(SEVERITIES),
    category: z.enum(CATEGORIES),
    lead_id: ref('users'),
    number: line(20),
  },
  sort: ['created_at', 'detected_at', 'notification_due_at'],
  dated: 'detected_at',
  searched: ['title', 'description', 'number'],
  readers: 'technician',
  example: {
    client_id: EXAMPLE_ID,
    title: 'Phishing mail opened in accounting',
    category: 'social',
    subtype: 'phishing',
    severity: 'high',
  },
})

export const securityIncidents = {
  ...securityIncident.offers,
  triage: action(securityIncident, 'triage', 'Take an incident as real and say how severe it is', {
    input: { severity: z.enum(SEVERITIES).optional(), lead_id: ref('users').optional() },
    example: { severity: 'high' },
  }),
  contain: action(securityIncident, 'contain', 'The incident spreads no further'),
  eradicate: action(securityIncident, 'eradicate', 'The cause of an incident is removed'),
  recover: action(securityIncident, 'recover', 'What an incident reached works again'),
  close: action(securityIncident, 'close', 'Close an incident; refused while a notification is due', {
    input: { root_cause: text().optional(), lessons: text().optional() },
    example: { lessons: 'External mail is marked as such now.' },
    role: 'lead',
  }),
  reopen: action(securityIncident, 'reopen', 'Open a closed or dismissed incident again', { role: 'lead' }),
  dismiss: action(securityIncident, 'dismiss', 'An incident was none', {
    input: { reason: text(2_000).min(1) },
    example: { reason: 'The mail was a test of the insurer.' },
    role: 'lead',
  }),
  notify: action(securityIncident, 'notify', 'Those who have to be told of an incident have been', {
    input: { notified_at: Instant.optional() },
    role: 'lead',
  }),
}

/** What an incident touched: exactly one thing of those that can be named. */
export const incidentEntity = defineEntity('incident entity', {
  plural: 'incidentEntities',
  belongs: 'client',
  clientFrom: 'incident_id',
  fixed: {
    incident_id: ref('securityIncidents'),
    infrastructure_id: ref('infrastructure').nullable(),
    service_id: ref('services').nullable(),
    credential_id: ref('credentials').nullable(),
    m365_tenant_id: ref('m365Tenants').nullable(),
    session_id: ref('sessions').nullable(),
    machine_id: ref('machines').nullable(),
    user_id: ref('users').nullable(),
  },
  editable: {
    relation: z.enum(['affected', 'source', 'evidence']).default('affected'),
    note: text(2_000).nullable(),
  },
  managed: { client_id: ref('clients') },
  filter: {
    incident_id: ref('securityIncidents'),
    infrastructure_id: ref('infrastructure'),
    service_id: ref('services'),
    credential_id: ref('credentials'),
    m365_tenant_id: ref('m365Tenants'),
  },
  sort: ['created_at'],
  readers: 'technician',
  example: { incident_id: EXAMPLE_ID, infrastructure_id: EXAMPLE_ID },
})
