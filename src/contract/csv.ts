/** How CSV is read, by the server and by who cuts a file for it. */

/** Options of csv-parse: what spreadsheets and other products write, which is seldom RFC 4180 to the letter. */
export const CSV_OPTIONS = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
} as const

const DELIMITERS = [',', ';', '\t']
const LONGEST_HEADER = 100_000

/** The delimiter that stands most often outside quotes in the header: comma, semicolon or tab. */
export function delimiterOf(text: string): string {
  const times = new Map<string, number>()
  let quoted = false
  for (const character of text.slice(0, LONGEST_HEADER)) {
    if (character === '"') quoted = !quoted
    else if (!quoted && /[\r\n]/.test(character)) break
    else if (!quoted && DELIMITERS.includes(character)) times.set(character, (times.get(character) ?? 0) + 1)
  }
  return DELIMITERS.reduce((best, other) => ((times.get(other) ?? 0) > (times.get(best) ?? 0) ? other : best))
}
