import type { Api } from '../../api/client.ts'

/** What a replay of work printed: see `msp replay --help`. Minutes to two places, instants as they are in the file. */
export interface WorkAccount {
  workItems: WorkItemLine[]
  time: TimeLine[]
  sessions: SessionLine[]
}

interface WorkItemLine {
  client: string | null
  project: string | null
  title: string
  category: string
  tags: string[]
  assets: string[]
  startedAt: string | null
  endedAt: string | null
  activeMinutes: number
  session: string
}

interface TimeLine {
  client: string | null
  technician: string
  date: string
  activeMinutes: number
  billableMinutes: number | null
  amountMinor?: number
  currency?: string
}

interface SessionLine {
  session: string
  client: string | null
  technician: string
  mode: string
  ticket: string | null
  startedAt: string
  endedAt: string | null
  status: string
  activeMinutes: number
  title: string | null
}

/** Reads everything that the server made of the lines. */
export async function readAccount(admin: Api, shiftMs: number): Promise<WorkAccount> {
  const sessions = await allOf((cursor) => admin.sessions.list({ limit: 200, sort: 'started_at', ...cursor }))
  const items = await allOf((cursor) => admin.workItems.list({ limit: 200, sort: 'started_at', ...cursor }))
  const entries = await allOf((cursor) => admin.billableTime.list({ limit: 200, sort: 'work_date', ...cursor }))
  const names = await readNames(admin)
  const assets = await assetsOf(admin)
  const tags = await tagsOf(admin)
  const inFile = (at: string | null) => (at === null ? null : new Date(Date.parse(at) + shiftMs).toISOString())
  const streams = new Map(sessions.map((one) => [one.id, one.claude_session_id]))
  const unowned = sessions.filter(({ client_id }) => client_id === null)
  const reports = await Promise.all(unowned.map(({ id }) => admin.sessions.report({ id })))
  return {
    workItems: [
      ...items.map((one) => ({
        client: names.clients.get(one.client_id) ?? null,
        project: one.project_id === null ? null : (names.projects.get(one.project_id) ?? null),
        ...{ title: one.title, category: one.category, tags: tags.get(one.id) ?? [], assets: assets.get(one.id) ?? [] },
        ...{ startedAt: inFile(one.started_at), endedAt: inFile(one.ended_at) },
        activeMinutes: minutes(one.active_seconds ?? 0),
        session: streams.get(one.session_id) ?? one.session_id,
      })),
      ...reports.flatMap(({ pieces, session, project_name }) =>
        pieces.map((one) => ({
          ...{
            client: null,
            project: project_name,
            title: one.title,
            category: one.category,
            tags: one.tags,
            assets: [],
          },
          ...{ startedAt: inFile(one.started_at), endedAt: inFile(one.ended_at) },
          activeMinutes: minutes(one.active_seconds),
          session: session.claude_session_id,
        })),
      ),
    ],
    time: timeOf(
      [
        ...entries.map((one) => ({
          ...{ client: names.clients.get(one.client_id) ?? null, technician: names.users.get(one.technician_id) ?? '' },
          date: dayInFile(one.work_date ?? '', shiftMs),
          ...{
            seconds: one.raw_seconds ?? 0,
            billable: one.billable_minutes,
            amount: one.amount_minor,
            currency: one.currency,
          },
        })),
        ...reports.map(({ session, time }) => ({
          ...{ client: null, technician: names.users.get(session.technician_id) ?? '' },
          date: (inFile(session.started_at) ?? '').slice(0, 10),
          ...{ seconds: time.active_seconds, billable: 0, amount: null, currency: null },
        })),
      ].filter(({ seconds }) => seconds > 0),
    ),
    sessions: sessions.map((one) => ({
      session: one.claude_session_id,
      client: one.client_id === null ? null : (names.clients.get(one.client_id) ?? null),
      technician: names.users.get(one.technician_id) ?? '',
      ...{ mode: one.mode, ticket: one.ticket, status: one.status, title: one.title },
      ...{ startedAt: inFile(one.started_at) ?? '', endedAt: inFile(one.ended_at) },
      activeMinutes: minutes(one.active_seconds ?? 0),
    })),
  }
}

const minutes = (seconds: number) => Math.round((seconds / 60) * 100) / 100

/** Events are moved by whole days. */
const dayInFile = (day: string, shiftMs: number) =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + shiftMs).toISOString().slice(0, 10)

interface Entry {
  client: string | null
  technician: string
  date: string
  seconds: number
  billable: number | null
  amount: number | null
  currency: string | null
}

/** One line for each client, technician and local day. */
function timeOf(entries: readonly Entry[]): TimeLine[] {
  const groups = Map.groupBy(entries, ({ client, technician, date }) => JSON.stringify([date, client, technician]))
  return [...groups.keys()].sort().map((key) => {
    const all = groups.get(key) as Entry[]
    const { client, technician, date } = all[0] as Entry
    const sum = (of: (one: Entry) => number | null) =>
      all.some((one) => of(one) !== null) ? all.reduce((total, one) => total + (of(one) ?? 0), 0) : null
    const amountMinor = sum(({ amount }) => amount)
    const currency = all.find((one) => one.currency !== null)?.currency ?? null
    return {
      ...{ client, technician, date },
      activeMinutes: minutes(all.reduce((total, { seconds }) => total + seconds, 0)),
      billableMinutes: sum(({ billable }) => billable),
      ...(amountMinor === null ? {} : { amountMinor }),
      ...(currency === null ? {} : { currency }),
    }
  })
}

interface Page<T> {
  items: T[]
  next_cursor: string | null
}

async function allOf<T>(read: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = []
  for (let cursor: string | null = null; ; ) {
    const page: Page<T> = await read(cursor === null ? {} : { cursor })
    found.push(...page.items)
    cursor = page.next_cursor
    if (cursor === null) return found
  }
}

async function readNames(admin: Api) {
  const named = (rows: readonly { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]))
  return {
    clients: named(await allOf((cursor) => admin.clients.list({ limit: 200, ...cursor }))),
    projects: named(await allOf((cursor) => admin.projects.list({ limit: 200, ...cursor }))),
    users: named(await allOf((cursor) => admin.users.list({ limit: 200, ...cursor }))),
  }
}

async function assetsOf(admin: Api): Promise<Map<string, string[]>> {
  const machines = await allOf((cursor) => admin.infrastructure.list({ limit: 200, ...cursor }))
  const hosts = new Map(machines.map(({ id, hostname }) => [id, hostname]))
  const found = new Map<string, string[]>()
  for (const one of await allOf((cursor) => admin.workItemAssets.list({ limit: 200, ...cursor })))
    found.set(one.work_item_id, [
      ...(found.get(one.work_item_id) ?? []),
      ...(one.infrastructure_id === null ? [] : [hosts.get(one.infrastructure_id) ?? one.infrastructure_id]),
    ])
  return found
}

async function tagsOf(admin: Api): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const { slug } of await allOf((cursor) => admin.tags.list({ limit: 200, sort: 'slug', ...cursor })))
    for (const { id } of await allOf((cursor) => admin.workItems.list({ tag: slug, limit: 200, ...cursor })))
      found.set(id, [...(found.get(id) ?? []), slug])
  return found
}
