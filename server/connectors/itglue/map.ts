import type { Asset, Customer, Document } from '../connector.ts'
import type { Configuration, Document as DocumentRow, Organization } from './api.ts'

/** From IT Glue's rows to ours. Pure. */

export const customerOf = ({ id, attributes }: Organization): Customer => ({
  id,
  name: attributes.name ?? '(no name)',
  url: attributes['resource-url'] ?? null,
  archived: false,
})

export const assetOf = ({ id, attributes }: Configuration): Asset => ({
  id,
  customerId: attributes['organization-id'] ?? null,
  name: attributes.hostname ?? attributes.name ?? '(no name)',
  serial: attributes['serial-number'] ?? null,
  kind: attributes['configuration-type-name'] ?? null,
  url: attributes['resource-url'] ?? null,
})

export const documentOf = ({
  id,
  attributes,
}: DocumentRow & { attributes: { content?: string | null | undefined } }): Document => ({
  id,
  customerId: attributes['organization-id'] ?? null,
  title: attributes.name ?? '(no name)',
  // Only one document that is asked for by itself comes with its text.
  text: attributes.content == null ? null : plainText(attributes.content),
  url: attributes['resource-url'] ?? null,
  updatedAt: instantOf(attributes['updated-at']),
})

/** HTML as lines of text: what a person reads, without what a browser would run. */
export const plainText = (html: string): string =>
  html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<br\s*\/?>|<\/(?:p|div|li|tr|h[1-6])\s*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

const instantOf = (written: string | null | undefined): string | null => {
  const at = Date.parse(written ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
