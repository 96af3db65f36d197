import type { Notice } from '../connector.ts'

/** A notice as an Adaptive Card. Pure. */

/** Workflows take 28 KB; some relays cut earlier. */
export const MOST_BYTES = 25_000
const MOST_FACTS = 20
const CUT = '\n\n(cut: more than a card holds)'

/** The message for a notice, never longer than `MOST_BYTES` as JSON: of a longer one the text is cut, and it says so. */
export function messageOf(notice: Notice): unknown {
  const whole = withText(notice, notice.text)
  if (bytesOf(whole) <= MOST_BYTES) return whole
  let [fits, tooLong] = [0, notice.text.length]
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2)
    if (bytesOf(withText(notice, notice.text.slice(0, middle) + CUT)) <= MOST_BYTES) fits = middle
    else tooLong = middle
  }
  return withText(notice, notice.text.slice(0, fits) + CUT)
}

const bytesOf = (message: unknown) => Buffer.byteLength(JSON.stringify(message))

function withText({ title, facts, url }: Notice, text: string): unknown {
  const link = url !== undefined && /^https:\/\//i.test(url)
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'TextBlock', size: 'Medium', weight: 'Bolder', text: plain(title).slice(0, 300), wrap: true },
            ...(text === '' ? [] : [{ type: 'TextBlock', text: plain(text), wrap: true }]),
            ...(facts.length === 0
              ? []
              : [
                  {
                    type: 'FactSet',
                    facts: facts.slice(0, MOST_FACTS).map(({ name, value }) => ({
                      title: plain(name).slice(0, 100),
                      value: plain(value).slice(0, 500),
                    })),
                  },
                ]),
          ],
          ...(link ? { actions: [{ type: 'Action.OpenUrl', title: 'Open', url }] } : {}),
          msteams: { width: 'Full' },
        },
      },
    ],
  }
}

/** Cards show links of Markdown and mentions: what others wrote makes neither. */
export const plain = (text: string): string =>
  text
    .replace(/[\p{Cf}]/gu, '')
    .replace(/<\/?at>/gi, '')
    .replace(/\]\(/g, ') (')
    .replace(/[[\]]/g, (bracket) => (bracket === '[' ? '(' : ')'))
