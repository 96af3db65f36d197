/** What must hold of a set before it may measure anything; throws with the first place that is wrong. */

const CATEGORIES = new Set(
  'incident service_request problem change maintenance project security documentation development internal'.split(' '),
)

function refuse(wrong, text) {
  if (wrong) throw new Error(text)
}

function checkPiece(piece, lines, world) {
  const where = `${piece.session} "${piece.summary}"`
  refuse(!CATEGORIES.has(piece.category), `${where}: category ${piece.category}`)
  refuse(piece.events.length < 3, `${where}: hardly any events`)
  refuse((piece.summary ?? '') === '', `${where}: no summary`)
  const done = piece.events
    .map((index) => lines[index].hook.tool_input)
    .filter((input) => input !== undefined)
    .map((input) => `${input.command ?? ''} ${input.file_path ?? ''}`.toLowerCase())
  const asked = piece.events.map((index) => (lines[index].hook.prompt ?? '').toLowerCase())
  for (const host of piece.assets) {
    const known = world.assets.some((asset) => asset.asset === host && asset.client === piece.client)
    refuse(!known, `${where}: ${piece.client} has no ${host}`)
    refuse(
      ![...done, ...asked].some((text) => text.includes(host.toLowerCase())),
      `${where}: nothing is done on ${host}`,
    )
  }
}

function checkTimes(lines) {
  for (let index = 1; index < lines.length; index += 1) {
    const gap = (Date.parse(lines[index].at) - Date.parse(lines[index - 1].at)) / 1000
    const where = `${lines[index].at} ${lines[index].technician}`
    refuse(gap < 1, `${where}: two events in one second`)
    refuse(gap > 560 && gap < 640, `${where}: a gap of ${gap} s is too near the limit`)
    const crossed = lines[index].client !== lines[index - 1].client
    refuse(crossed && gap > 20 && gap < 640, `${where}: ${gap} s between two clients`)
  }
}

/** No technician has two sessions for the same client open at once: whether such time counts twice is not this set's question. */
function checkOverlaps(sessions) {
  const spans = sessions.flatMap(({ lines, technician }) =>
    lines.slice(1).map((line, index) => ({
      technician,
      client: line.client,
      session: line.hook.session_id,
      from: lines[index].at,
      to: line.at,
    })),
  )
  const near = spans.filter((span) => Date.parse(span.to) - Date.parse(span.from) <= 600000)
  near.sort((one, other) => (one.from < other.from ? -1 : 1))
  for (let index = 1; index < near.length; index += 1)
    for (let back = index - 1; back >= 0 && back > index - 12; back -= 1) {
      const [one, other] = [near[back], near[index]]
      const alike = one.technician === other.technician && one.client === other.client && one.session !== other.session
      refuse(alike && one.to > other.from, `${other.from}: ${one.technician} twice at ${one.client}`)
    }
}

export function check(sessions, world) {
  for (const { lines, pieces } of sessions) {
    checkTimes(lines)
    for (const piece of pieces) checkPiece(piece, lines, world)
  }
  checkOverlaps(sessions)
}
