/** What a correct reading of the events finds: the minutes by the definition of activity, and the pieces as intended. */

/** Seconds between two events that count; a longer gap counts nothing at all. */
const LONGEST_GAP = 600

const seconds = (line) => Date.parse(line.at) / 1000

function calendar(zone) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return (at) => format.format(new Date(at * 1000))
}

/** Counted seconds of one session's lines, by `day(client, at)` key; a gap over local midnight is cut there. */
export function activity(lines, zoneOf) {
  const counted = []
  for (let index = 1; index < lines.length; index += 1) {
    const [before, after] = [lines[index - 1], lines[index]]
    const [from, to] = [seconds(before), seconds(after)]
    if (to - from > LONGEST_GAP || before.client !== after.client) continue
    const dayOf = calendar(zoneOf(after.client))
    let cut = from
    if (dayOf(from) !== dayOf(to)) while (dayOf(cut) === dayOf(from)) cut += 1
    if (cut > from) counted.push({ client: after.client, mode: after.mode, date: dayOf(from), seconds: cut - from })
    counted.push({ client: after.client, mode: after.mode, date: dayOf(to), seconds: to - cut })
  }
  return counted
}

const minutes = (total) => Math.round((total / 60) * 100) / 100

/** Rows of counted time of all sessions, added up by what `key` leaves of each. */
export function minuteRows(sessions, zoneOf, key) {
  const sums = new Map()
  for (const { technician, lines } of sessions)
    for (const row of activity(lines, zoneOf)) {
      const group = key({ ...row, technician })
      if (group === null || row.seconds === 0) continue
      const name = JSON.stringify(group)
      sums.set(name, (sums.get(name) ?? 0) + row.seconds)
    }
  return [...sums]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, total]) => ({ ...JSON.parse(name), activeSeconds: total, activeMinutes: minutes(total) }))
}

/** A piece as truth.json has it; its time is that of the gaps between its own events. */
export function pieceRow(piece, lines, zoneOf) {
  const own = piece.events.map((index) => lines[index])
  const total = activity(own, zoneOf).reduce((sum, row) => sum + row.seconds, 0)
  return {
    session: piece.session,
    client: piece.client,
    technician: piece.technician,
    startedAt: own[0].at,
    endedAt: own.at(-1).at,
    activeMinutes: minutes(total),
    category: piece.category,
    assets: piece.assets,
    summary: piece.summary,
  }
}
