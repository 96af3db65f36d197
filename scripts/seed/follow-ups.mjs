// What sessions leave behind: tasks, tags, accounts, solutions, known failures.
import { iso, MS_PER_DAY } from './calendar.mjs'
import { sha256, standard } from './rows.mjs'

const OPEN_DAYS = 120

/** `[table, rows]` of one session. `about`: the session with its rows and who worked for whom. */
export function followUps(about, world) {
  const { random } = about
  const item = random.pick(world.tags)
  const failed = about.runs.find((run) => run.resolved_by_id !== null)
  return [
    ['session_tags', [{ session_id: about.row.id, ...tagging(item, about) }]],
    ['work_item_tags', [{ work_item_id: about.item.id, ...tagging(item, about) }]],
    ['tasks', random.chance(0.3) ? [taskRow(about, world)] : []],
    ['conversation_contexts', random.chance(0.5) ? [accountRow(about)] : []],
    ['problem_solutions', failed && random.chance(0.05) ? [solutionRow(about, failed)] : []],
    ['failure_patterns', failed && random.chance(0.05) ? newPattern(about, failed, world) : []],
  ]
}

/** One pattern for a kind of command and a place: that it fails again only counts. */
function newPattern(about, failed, world) {
  const place = `${failed.infrastructure_id ?? failed.client_id} ${failed.command_fingerprint}`
  if (world.patterns.has(place)) return []
  world.patterns.add(place)
  return [patternRow(about, failed, world)]
}

const tagging = (tag, { endsAt }) => ({ tag_id: tag.id, source: 'auto', created_at: iso(endsAt) })

function taskRow({ random, technician, client, place, item, row, endsAt }, { until }) {
  const open = until - endsAt < OPEN_DAYS * MS_PER_DAY ? random.chance(0.5) : random.chance(0.01)
  const kind = random.chance(0.5) ? 'task' : 'pending'
  const doneAt = endsAt + random.between(1, 20) * MS_PER_DAY
  return {
    ...standard(random.uuid(endsAt), endsAt, technician.id),
    ...{ client_id: client.id, kind, session_id: place.session_id, work_item_id: item.id, project_id: row.project_id },
    ...{ infrastructure_id: random.pick(client.hosts).id, title: `Look again: ${item.title}` },
    ...{ reason: kind === 'pending' ? 'follow_up' : null, priority: `p${1 + random.below(5)}` },
    ...{ assignee_id: technician.id, due_at: iso(endsAt + 7 * MS_PER_DAY), status: open ? 'todo' : 'done' },
    completed_at: open ? null : iso(doneAt),
  }
}

function accountRow({ random, technician, client, row, title, runs, endsAt }) {
  const id = random.uuid(endsAt)
  const failures = runs.filter((run) => !run.success).length
  return {
    ...standard(id, endsAt, technician.id),
    ...{ session_id: row.id, client_id: client.id, project_id: row.project_id, machine_id: row.machine_id },
    ...{
      kind: 'session_end',
      title: row.title,
      dense_summary: `${title}: ${runs.length} commands, ${failures} failed.`,
    },
    ...{ key_points: JSON.stringify([title]), open_questions: '[]', importance: random.between(2, 8) },
    ...{ token_estimate: 40, source_hash: sha256(`account ${id}`) },
  }
}

const solutionRow = ({ random, technician, client, item, title, runs, endsAt }, failed) => ({
  ...standard(random.uuid(endsAt), endsAt, technician.id),
  ...{
    client_id: client.id,
    work_item_id: item.id,
    title,
    symptom: failed.stderr_excerpt,
    error_text: failed.stderr_excerpt,
  },
  ...{ error_signature: sha256(failed.stderr_excerpt), root_cause: failed.failure_category },
  ...{ solution: `Use: ${runs.find((run) => run.id === failed.resolved_by_id).command}`, applies_to: '{}' },
  ...{ confidence: 'high', times_applied: 3, times_succeeded: 2 },
})

const patternRow = ({ random, client, runs, endsAt }, failed, { until }) => ({
  ...standard(random.uuid(endsAt), endsAt),
  ...{ scope: failed.infrastructure_id ? 'infrastructure' : 'client', client_id: client.id },
  ...{ infrastructure_id: failed.infrastructure_id, signature: failed.command_fingerprint },
  ...{ title: `${failed.tool}: ${failed.failure_category}`, category: 'compatibility', severity: 'medium' },
  ...{ occurrences: random.between(2, 9), distinct_sessions: 2, first_seen_at: iso(endsAt - 30 * MS_PER_DAY) },
  ...{ last_seen_at: iso(endsAt), example_command_id: failed.id, root_cause: failed.stderr_excerpt },
  ...{ recommended_alternative: runs.find((run) => run.id === failed.resolved_by_id).command },
  ...{ confidence_percent: 80, status: until - endsAt < 180 * MS_PER_DAY ? 'active' : 'obsolete' },
})
