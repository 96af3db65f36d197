import { z } from 'zod'
import { action, defineEntity, mutation, query } from './kernel.ts'
import { EXAMPLE_ID, IdOrShort, line, ref, text } from './values.ts'

/** A database takes a value in one packet of 16 MB, in which each byte may be written as two digits. */
export const MAX_ATTACHMENT_BYTES = 5 * 1024 * 1024
const MAX_BASE64_CHARACTERS = Math.ceil(MAX_ATTACHMENT_BYTES / 3) * 4

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits')
const MediaType = z
  .string()
  .max(100)
  .regex(/^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/, 'must be a media type like application/pdf')
const SCAN_STATES = ['unscanned', 'clean', 'infected'] as const

/** What a file belongs to: exactly one of these. */
const owners = {
  session_id: ref('sessions').nullable(),
  work_item_id: ref('workItems').nullable(),
  infrastructure_id: ref('infrastructure').nullable(),
  task_id: ref('tasks').nullable(),
  security_incident_id: ref('securityIncidents').nullable(),
}

/** A file, kept once for every content. */
export const attachment = defineEntity('attachment', {
  plural: 'attachments',
  belongs: 'client-or-author',
  editable: { name: line(255), description: text(2_000).nullable() },
  managed: {
    client_id: ref('clients').nullable(),
    ...owners,
    media_type: MediaType,
    size_bytes: z.int().nonnegative(),
    sha256: Sha256,
    scan_state: z.enum(SCAN_STATES),
  },
  initial: { scan_state: 'unscanned' },
  filter: {
    session_id: ref('sessions'),
    work_item_id: ref('workItems'),
    infrastructure_id: ref('infrastructure'),
    task_id: ref('tasks'),
    security_incident_id: ref('securityIncidents'),
    sha256: Sha256,
    scan_state: z.enum(SCAN_STATES),
  },
  sort: ['created_at', 'name', 'size_bytes'],
  dated: 'created_at',
  searched: ['name', 'description'],
  operations: ['list', 'get', 'update', 'archive', 'restore'],
  example: {
    client_id: EXAMPLE_ID,
    infrastructure_id: EXAMPLE_ID,
    name: 'rack.png',
    media_type: 'image/png',
    size_bytes: 0,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
})

export const attachments = {
  ...attachment.offers,
  create: mutation({
    input: z.strictObject({
      name: line(255),
      description: text(2_000).nullable().optional(),
      media_type: MediaType,
      base64: z.string().max(MAX_BASE64_CHARACTERS, `must hold at most ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB`),
      session_id: owners.session_id.optional(),
      work_item_id: owners.work_item_id.optional(),
      infrastructure_id: owners.infrastructure_id.optional(),
      task_id: owners.task_id.optional(),
      security_incident_id: owners.security_incident_id.optional(),
    }),
    output: attachment.row,
    rest: { method: 'POST', path: '/attachments' },
    summary: 'Attach a file to a session, work item, device, task or incident',
    example: { infrastructure_id: EXAMPLE_ID, name: 'note.txt', media_type: 'text/plain', base64: 'aGVsbG8K' },
    errors: ['NOT_FOUND', 'TOO_LARGE'],
    // The file and the names around it.
    maxBodyBytes: MAX_BASE64_CHARACTERS + 64 * 1024,
  }),
  content: query({
    input: z.strictObject({ id: IdOrShort }),
    output: z.object({ name: z.string(), media_type: z.string(), scan_state: z.enum(SCAN_STATES), base64: z.string() }),
    rest: { method: 'GET', path: '/attachments/:id/content' },
    summary: 'The content of an attached file; refused when it is infected',
    example: { id: EXAMPLE_ID },
    errors: ['NOT_FOUND', 'CONFLICT'],
  }),
  setScanState: action(attachment, 'setScanState', 'What a malware scanner found, for every file of the same content', {
    input: { scan_state: z.enum(SCAN_STATES) },
    example: { scan_state: 'clean' },
    scope: 'msp:admin',
    role: 'admin',
  }),
}
