import type { DateOrder } from '../../../src/contract/data.ts'

/** Days and instants as other products write them. */

type Read = { value: string } | { problem: string }

// 2026-04-03, with a time after it or not.
const ISO_DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]|$)/
// 3/4/2026, 03.04.26, 2026/04/03.
const THREE_NUMBERS = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ ,]|$)/

/** A day. Two figures of a year mean this century. */
export function dayIn(text: string, order: DateOrder | undefined): Read {
  const typed = text.trim()
  const iso = ISO_DAY.exec(typed)
  if (iso) return { value: `${iso[1]}-${iso[2]}-${iso[3]}` }
  const numbers = THREE_NUMBERS.exec(typed)?.slice(1)
  if (!numbers) return { problem: `"${typed.slice(0, 40).toWellFormed()}" is no date. Write it as 2026-04-03` }
  const chosen = order ?? (numbers[0]?.length === 4 ? 'ymd' : undefined)
  if (chosen === undefined)
    return {
      problem: `"${typed}" can mean two days. Say the order of the dates in the file (date_order: dmy or mdy), or write 2026-04-03`,
    }
  const part = (letter: string) => (numbers[chosen.indexOf(letter)] as string).padStart(2, '0')
  const year = part('y')
  return { value: `${year.length === 2 ? `20${year}` : year}-${part('m')}-${part('d')}` }
}

/** An instant; without a zone it is taken for UTC. */
export function instantIn(text: string, order: DateOrder | undefined): Read {
  const typed = text.trim()
  const zoned = typed.replace(/ UTC$/, 'Z').replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T')
  const said = /(Z|[+-]\d{2}:?\d{2})$/.test(zoned) || !zoned.includes('T') ? zoned : `${zoned}Z`
  if (/^\d{4}-\d{2}-\d{2}T/.test(said)) {
    const at = new Date(said)
    return Number.isNaN(at.getTime()) ? { problem: `"${typed}" is no instant` } : { value: at.toISOString() }
  }
  const day = dayIn(typed, order)
  return 'value' in day ? { value: `${day.value}T00:00:00.000Z` } : day
}
