import { createHash } from 'node:crypto'
import { attachment, MAX_ATTACHMENT_BYTES } from '../../../src/contract/attachments.ts'
import { AppError, notFound } from '../../../src/contract/errors.ts'
import type { RowOf } from '../../../src/contract/kernel.ts'
import type { Context, Handlers } from '../../context.ts'
import { clientOf } from '../../crud/references.ts'
import { rows } from '../../crud/rows.ts'
import { standardHandlers } from '../../crud/standard.ts'

type Attachment = RowOf<typeof attachment>

/** Nothing is kept of an empty file. */
const EMPTY = Buffer.alloc(0)

export const attachments = {
  ...standardHandlers(attachment),
  create: async (context, { base64, ...input }) => {
    const [field, id] = ownerOf(input)
    const content = decoded(base64)
    const sha256 = createHash('sha256').update(content).digest('hex')
    const known = await keptBefore(context, sha256)
    const row = await rows(context, attachment).insert({
      ...(input as Partial<Attachment>),
      client_id: await clientOf(context, attachment, field, id),
      size_bytes: content.length,
      sha256,
      scan_state: known?.scan_state ?? 'unscanned',
    })
    // Last, so that nothing is kept for who may not attach it.
    if (!known && content.length > 0) await keep(context, sha256, content)
    return row
  },
  content: async (context, { id }) => {
    const { name, media_type, scan_state, size_bytes, sha256 } = await rows(context, attachment).get(id)
    if (scan_state === 'infected')
      throw new AppError('CONFLICT', `${name} is infected: its content is not given out. Archive it.`)
    const content = size_bytes === 0 ? EMPTY : await keptContent(context, sha256)
    if (!content) throw notFound('The content of', name)
    return { name, media_type, scan_state, base64: content.toString('base64') }
  },
  setScanState: async (context, { id, scan_state }) => {
    const found = await rows(context, attachment).get(id)
    await context.db
      .updateTable('attachments')
      .set((eb) => ({ scan_state, row_version: eb('row_version', '+', 1), updated_at: context.clock().toISOString() }))
      .where('sha256', '=', found.sha256)
      .where('scan_state', '<>', scan_state)
      .execute()
    return rows(context, attachment).get(found.id)
  },
} satisfies Handlers['attachments']

const OWNERS = ['session_id', 'work_item_id', 'infrastructure_id', 'task_id', 'security_incident_id'] as const

type Owners = { [K in (typeof OWNERS)[number]]?: string | null | undefined }

/** The one field that says what a file belongs to. */
export function ownerOf(owners: Owners): [field: string, id: string] {
  const named = OWNERS.flatMap((field): [string, string][] => {
    const id = owners[field]
    return typeof id === 'string' ? [[field, id]] : []
  })
  const [owner] = named
  if (named.length === 1 && owner) return owner
  throw new AppError('INVALID_INPUT', `A file belongs to one thing: give exactly one of ${OWNERS.join(', ')}.`)
}

/** Strictly base64 (RFC 4648, section 4): what is lax in it would come back otherwise than it was sent. */
export function decoded(base64: string): Buffer {
  const content = Buffer.from(base64, 'base64')
  if (content.toString('base64') !== base64)
    throw new AppError(
      'INVALID_INPUT',
      'base64 is not well formed. Send standard base64 with padding and no line breaks.',
    )
  if (content.length > MAX_ATTACHMENT_BYTES)
    throw new AppError('TOO_LARGE', `A file holds at most ${MAX_ATTACHMENT_BYTES / 1024 / 1024} MB.`)
  return content
}

const keptBefore = (context: Context, sha256: string) =>
  context.db.selectFrom('attachments').select('scan_state').where('sha256', '=', sha256).limit(1).executeTakeFirst()

/** The content that has this hash. */
export async function keptContent(context: Pick<Context, 'db'>, sha256: string): Promise<Buffer | undefined> {
  const found = await context.db.selectFrom('blobs').select('content').where('sha256', '=', sha256).executeTakeFirst()
  return found && Buffer.from(found.content)
}

async function keep(context: Context, sha256: string, content: Buffer): Promise<void> {
  const values = { sha256, size_bytes: content.length, content, created_at: context.clock().toISOString() }
  // Somebody may keep the same at this moment.
  await context.db.insertInto('blobs').ignore().values(values).execute()
}
