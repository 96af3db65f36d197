/** Writes dev/, aside/, exam/, exam2/, exam3/, exam4/ and exam5/: recorded days with known truth. `node test/work/days/generate.mjs`; same input, same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { check } from './check.mjs'
import { play } from './play.mjs'
import { asideScenarios } from './scenarios-aside.mjs'
import { devScenarios } from './scenarios-dev.mjs'
import { examScenarios } from './scenarios-exam.mjs'
import { exam2Scenarios } from './scenarios-exam2.mjs'
import { exam3Scenarios } from './scenarios-exam3.mjs'
import { exam4Scenarios } from './scenarios-exam4.mjs'
import { exam5Scenarios } from './scenarios-exam5.mjs'
import { read } from './script.mjs'
import { minuteRows, pieceRow } from './truth.mjs'
import { asideWorld, devWorld } from './worlds.mjs'
import { exam2World, exam3World, examWorld } from './worlds-exam.mjs'
import { exam4World } from './worlds-exam4.mjs'
import { exam5World } from './worlds-exam5.mjs'

/** Sessions with the same id (a resumed one) joined, in order of time. */
function joined(parts) {
  const sessions = new Map()
  for (const { lines, pieces } of parts) {
    const id = lines[0].hook.session_id
    const session = sessions.get(id) ?? { id, technician: lines[0].technician, lines: [], pieces: [] }
    const offset = session.lines.length
    session.lines.push(...lines)
    for (const piece of pieces) {
      const events = piece.events.map((index) => index + offset)
      if (piece.category === 'same') session.pieces.at(-1).events.push(...events)
      else session.pieces.push({ ...piece, events })
    }
    sessions.set(id, session)
  }
  return [...sessions.values()]
}

function build(name, world, scenarios) {
  const played = scenarios.flatMap(read).sort((one, other) => (one.start < other.start ? -1 : 1))
  const sessions = joined(played.map((session) => play(session, world)))
  check(sessions, world)
  const zones = new Map(world.rules.map(({ rule }) => [rule.client, rule.timezone]))
  const zoneOf = (client) => zones.get(client) ?? 'UTC'
  const events = sessions
    .flatMap((session) => session.lines)
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
  const pieces = sessions.flatMap(({ lines, pieces }) => pieces.map((piece) => pieceRow(piece, lines, zoneOf)))
  pieces.sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1))
  const truth = {
    minutes: minuteRows(sessions, zoneOf, ({ client, technician, date }) =>
      client === null ? null : { client, technician, date },
    ),
    minutesWithoutClient: minuteRows(sessions, zoneOf, ({ client, technician, date, mode }) =>
      client === null ? { technician, date, mode } : null,
    ),
    pieces,
  }
  const target = new URL(`${name}/`, import.meta.url)
  mkdirSync(target, { recursive: true })
  const lines = [...world.machines, ...world.assets, ...world.rules, ...events]
  writeFileSync(new URL('events.jsonl', target), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`)
  writeFileSync(new URL('truth.json', target), formatted(truth))
  report(name, sessions.length, events.length, truth)
}

/** JSON as the formatter of this repository wants it: short lists of names on one line. */
function formatted(value) {
  const text = JSON.stringify(value, null, 2)
  return `${text.replace(/\[\n\s+("[^\]]*")\n\s+\]/g, (_, names) => `[${names.replace(/\n\s+/g, ' ')}]`)}\n`
}

function report(name, sessions, events, truth) {
  const counts = {}
  for (const piece of truth.pieces) counts[piece.category] = (counts[piece.category] ?? 0) + 1
  const total = truth.minutes.reduce((sum, row) => sum + row.activeMinutes, 0)
  const without = truth.minutesWithoutClient.reduce((sum, row) => sum + row.activeMinutes, 0)
  const figures = {
    sessions,
    events,
    pieces: truth.pieces.length,
    minutes: Math.round(total),
    minutesWithoutClient: Math.round(without),
  }
  process.stdout.write(`${name} ${JSON.stringify({ ...figures, ...counts })}\n`)
}

build('dev', devWorld, devScenarios)
build('aside', asideWorld, asideScenarios)
build('exam', examWorld, examScenarios)
build('exam2', exam2World, exam2Scenarios)
build('exam3', exam3World, exam3Scenarios)
build('exam4', exam4World, exam4Scenarios)
build('exam5', exam5World, exam5Scenarios)
