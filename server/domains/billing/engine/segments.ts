import { partsOf } from './calendars.ts'
import { billableMinutes, checkSeconds, shared } from './minutes.ts'
import { modifiersFor } from './modifiers.ts'
import type { Settled } from './settle.ts'
import { inOrder, type Modifier, type Terms } from './terms.ts'

/** A part of an entry to which the same modifiers apply, with its share of the minutes that are billed for its group. */
export interface Segment {
  settled: Settled
  group: Group
  seconds: number
  minutes: number
  modifiers: readonly Modifier[]
}

export interface Group {
  key: string
  entries: number
  raw_seconds: number
  billable_minutes: number
  /** Of these minutes, those that stand on locked entries. */
  locked_minutes: number
}

/**
 * Counts what is counted together, rounds it once and gives each part its share, in proportion to its seconds. Locked entries keep theirs;
 * the others share what is left.
 */
export function segmentsOf(settled: readonly Settled[], terms: Terms): Segment[] {
  for (const { work } of settled) checkSeconds(work.raw_seconds)
  const sorted = [...settled].sort((a, b) => inOrder(a.work, b.work))
  const isFirst = firstOnTicketDay()
  return [...Map.groupBy(sorted, ({ key }) => key).values()].flatMap((members) => {
    const group = counted(members, isFirst)
    const open = members.filter(({ work }) => work.lockedMinutes === null)
    const parts = open.flatMap((member) =>
      partsOf(member.work, modifiersFor(terms.modifiers, member.work), terms).map((part) => ({ member, ...part })),
    )
    const left = Math.max(0, group.billable_minutes - group.locked_minutes)
    const minutes = shared(
      left,
      parts.map(({ seconds }) => seconds),
    )
    return parts.map(({ member, seconds, modifiers }, index) => ({
      ...{ settled: member, group, seconds, modifiers },
      minutes: minutes[index] as number,
    }))
  })
}

function counted(members: readonly Settled[], isFirst: (settled: Settled) => boolean): Group {
  const [first] = members as [Settled]
  const raw_seconds = members.reduce((sum, { work }) => sum + work.raw_seconds, 0)
  const locked = members.map(({ work }) => work.lockedMinutes ?? 0)
  const hasMinimum = raw_seconds > 0 && (first.rounding.minimum_applies === 'each' || isFirst(first))
  const rule = hasMinimum ? first.rounding : { ...first.rounding, minimum_minutes: 0 }
  return {
    key: first.key,
    entries: members.length,
    raw_seconds,
    billable_minutes: billableMinutes(raw_seconds, rule),
    locked_minutes: locked.reduce((sum, minutes) => sum + minutes, 0),
  }
}

/** Is this the first that is counted on its ticket and day by its rule? What has no ticket always is. */
function firstOnTicketDay(): (settled: Settled) => boolean {
  const seen = new Set<string>()
  return ({ work, rule, outcome }) => {
    if (work.ticket === null) return true
    const place = `${work.ticket} ${work.work_date} ${rule?.id} ${outcome}`
    const isNew = !seen.has(place)
    seen.add(place)
    return isNew
  }
}
