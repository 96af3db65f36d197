/**
 * What every connector offers, whatever its vendor calls it. The rest of the server knows these words only; a vendor's own shapes stay in
 * `server/connectors/<vendor>/`.
 *
 * To add a vendor, take `syncro/` as the pattern:
 * - `api.ts`: its rules (`VendorRules`: hosts, limits, how it signs in, which answer means which error) and one function per call, each
 *   with a strict zod schema of the answer that lets unknown fields pass;
 * - `map.ts`: pure, from the vendor's rows to the types below and back;
 * - `sync.ts`: `define…(): Vendor` whose `connect` gives the functions. What a connector declares in `capabilities` it has a function for,
 *   and nothing else (the contract suite compares them);
 * - a line in `registry.ts`; a fake in `test/support/vendors/`, and a test that runs `test/server/connectors/contract.ts` over it.
 *
 * Every function throws `VendorError` and nothing else. Ids are text. Instants are ISO text of 24 characters, minutes and seconds whole.
 * Texts come as the vendor has them: who shows them cleans them (`text.ts`).
 */
import type { Account } from './account.ts'
import type { VendorRules } from './transport/rules.ts'

/** What an account at a vendor can do, as far as the connector knows. What is not named it cannot. */
export interface Capabilities {
  tickets?: boolean
  /** Whom a note can be shown to. */
  noteInternal?: boolean
  notePortal?: boolean
  noteMailed?: boolean
  time?: boolean
  /** Takes the bytes of a file. */
  attachUpload?: boolean
  /** Fetches a file itself, from an address that it can reach. */
  attachByUrl?: boolean
  /** Can attach so that only colleagues see it. Without this a file goes there only when a person says that the customer may see it. */
  attachInternal?: boolean
  status?: boolean
  customers?: boolean
  assets?: boolean
  backupStatus?: boolean
  /** Documents can be read. */
  documents?: boolean
  alerts?: boolean
  notify?: boolean
}

/** Who sees a note: colleagues; the customer who looks; the customer, in their mailbox. */
export const AUDIENCES = ['internal', 'portal', 'mailed'] as const
export type Audience = (typeof AUDIENCES)[number]

/** A ticket as a list shows it. */
export interface Ticket {
  id: string
  /** As people say it; null where a vendor has none. */
  number: string | null
  subject: string
  status: string | null
  priority: string | null
  /** Whose it is over there; null for a ticket without a customer. */
  customerId: string | null
  customerName: string | null
  contactName: string | null
  assignee: string | null
  url: string | null
  createdAt: string | null
  updatedAt: string | null
}

export interface Note {
  id: string
  author: string | null
  /** Null where the vendor does not say. */
  audience: Audience | null
  subject: string | null
  body: string
  createdAt: string | null
}

export interface TicketQuery {
  text?: string | undefined
  /** Exactly this number. */
  number?: string | undefined
  customerId?: string | undefined
  status?: string | undefined
  /** ISO instant: changed since then. */
  updatedSince?: string | undefined
}

/**
 * A write. `marker` (`[ref:…]`) names it for good: it stands in the text over there, so that a second try finds what the first made.
 * `again`: an earlier try may have arrived, so the connector looks before every step that must not happen twice.
 */
export interface Write {
  marker: string
  again: boolean
  /** When it was asked for first: nothing older needs to be looked at. */
  since: string
}

export interface NewNote extends Write {
  ticketId: string
  body: string
  audience: Audience
}

export interface NewTime extends Write {
  ticketId: string
  /** Worked, not rounded: the vendor rounds by its own rules. */
  minutes: number
  startAt: string
  note: string
  /** Whether the customer pays for it. */
  billable: boolean
  /** What our user is called over there, where that is known. */
  userId?: string | undefined
  /** The vendor's kind of labour, where it is known. */
  workTypeId?: string | undefined
}

export interface NewAttachment extends Write {
  ticketId: string
  audience: Audience
  name: string
  mediaType: string
  content: { bytes: Uint8Array } | { url: string }
}

export interface NewStatus {
  ticketId: string
  /** One of `statuses()`, in the account's own writing. */
  status: string
}

/** What a write made over there, or found made by an earlier try. */
export interface Made {
  /** Null where the vendor names nothing that it made. */
  id: string | null
  url: string | null
}

export interface MadeTime extends Made {
  /** What the vendor will bill; null where it does not say. */
  billableMinutes: number | null
}

export interface Customer {
  id: string
  name: string
  url: string | null
  archived: boolean
}

export interface Asset {
  id: string
  customerId: string | null
  name: string
  serial: string | null
  /** `Server`, `Windows Desktop`, as the vendor calls it. */
  kind: string | null
  url: string | null
}

export interface Tested {
  /** Whom the vendor takes us for, to be shown to an admin. */
  account: string
  capabilities: Capabilities
}

/** A card for people: title, facts, one link. */
export interface Notice {
  title: string
  text: string
  facts: readonly { name: string; value: string }[]
  url?: string | undefined
}

/**
 * An account at a vendor, ready for calls. Lists are read while they are walked, page by page, so that who has enough ends it;
 * walked to the end they hold everything, or throw.
 */
export interface Connector {
  readonly type: string
  readonly capabilities: Capabilities
  /** Reads who we are there. */
  test(): Promise<Tested>

  searchTickets?(query: TicketQuery): AsyncIterable<Ticket>
  /** @throws VendorError `not_found` */
  ticket?(id: string): Promise<Ticket>
  /** Newest first. */
  notes?(ticketId: string): AsyncIterable<Note>
  addNote?(note: NewNote): Promise<Made>
  addTime?(time: NewTime): Promise<MadeTime>
  attach?(file: NewAttachment): Promise<Made>
  /** Statuses of this account, in its own writing. */
  statuses?(): Promise<string[]>
  setStatus?(change: NewStatus): Promise<void>

  customers?(): AsyncIterable<Customer>
  assets?(customerId?: string): AsyncIterable<Asset>

  /** Rows as `backup_plan_status` wants them, of every plan there is; `raw` is the vendor's row. */
  backupPlans?(): AsyncIterable<BackupPlan>
  /** Titles; the text of one comes with `document`. */
  documents?(customerId: string): AsyncIterable<Document>
  /** @throws VendorError `not_found` */
  document?(id: string): Promise<Document>
  /** What a monitor has found and nobody has resolved. */
  alerts?(customerId?: string): AsyncIterable<Alert>
  /** Tells people something. */
  notify?(notice: Notice): Promise<void>
}

/** The newest run of one backup plan on one computer. Null: the vendor does not say. Bytes and files are whole numbers. */
export interface BackupPlan {
  planId: string | null
  planName: string
  /** As in `backup_plan_status.plan_type`. */
  planType: string
  computer: string
  hid: string | null
  companyId: string | null
  companyName: string | null
  userName: string | null
  storageType: string | null
  buildVersion: string | null
  status: 'success' | 'overdue' | 'error' | 'running' | 'unknown' | 'interrupted' | 'unexpectedly_closed' | 'warning'
  lastStart: string | null
  nextStart: string | null
  durationSeconds: number | null
  error: string | null
  filesScanned: number | null
  filesToBackup: number | null
  filesCopied: number | null
  filesFailed: number | null
  bytesToBackup: number | null
  bytesCopied: number | null
  bytesTotal: number | null
  reportUrl: string | null
  raw: Record<string, unknown>
}

export interface Document {
  id: string
  customerId: string | null
  title: string
  /** Plain; null in a list. */
  text: string | null
  url: string | null
  updatedAt: string | null
}

export interface Alert {
  id: string
  /** As the vendor calls it. */
  priority: string | null
  text: string
  assetId: string | null
  assetName: string | null
  customerId: string | null
  raisedAt: string | null
}

/** A kind of external system. */
export interface Vendor {
  type: string
  rules: VendorRules
  /** What a connector of this vendor can do at most. */
  capabilities: Capabilities
  connect(account: Account): Connector
}

/** Which function stands behind which capability. */
export const FUNCTION_OF: Readonly<Record<keyof Capabilities, keyof Connector>> = {
  tickets: 'searchTickets',
  noteInternal: 'addNote',
  notePortal: 'addNote',
  noteMailed: 'addNote',
  time: 'addTime',
  attachUpload: 'attach',
  attachByUrl: 'attach',
  attachInternal: 'attach',
  status: 'setStatus',
  customers: 'customers',
  assets: 'assets',
  backupStatus: 'backupPlans',
  documents: 'documents',
  alerts: 'alerts',
  notify: 'notify',
}
