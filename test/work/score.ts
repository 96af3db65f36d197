/** How well an account of recorded work agrees with what is true about it. Pure. */

export interface Truth {
  minutes: { client: string; technician: string; date: string; activeMinutes: number }[]
  pieces: {
    session: string
    client: string | null
    startedAt: string
    endedAt: string
    category: string
    assets: string[]
    summary: string
  }[]
}

export interface Account {
  workItems: {
    session: string
    client: string | null
    category: string
    assets: string[]
    title: string
    startedAt: string | null
    endedAt: string | null
  }[]
  time: { client: string | null; technician: string; date: string; activeMinutes: number }[]
}

export interface Score {
  /** The largest deviation of a client's minutes from the truth, in percent. */
  worstClientPercent: number
  clients: { client: string; truth: number; found: number }[]
  categoryPercent: number
  /** Machines found of those that are true, and true of those that were found; F1 of both. */
  assetsRecallPercent: number
  assetsPrecisionPercent: number
  assetsF1Percent: number
  misses: string[]
}

export function scoreOf(truth: Truth, account: Account): Score {
  const clients = clientsOf(truth, account)
  const misses: string[] = []
  let [right, hits, extra, missing] = [0, 0, 0, 0]
  for (const piece of truth.pieces) {
    const found = closest(piece, account)
    const isRight = found?.category === piece.category
    right += isRight ? 1 : 0
    if (!isRight) misses.push(`category ${piece.category}, found ${found?.category ?? 'nothing'}: ${piece.summary}`)
    const [wanted, got] = [namesOf(piece.assets), namesOf(found?.assets ?? [])]
    const unseen = [...wanted].filter((name) => !got.has(name))
    const wrong = [...got].filter((name) => !wanted.has(name))
    hits += wanted.size - unseen.length
    missing += unseen.length
    extra += wrong.length
    if (unseen.length + wrong.length > 0)
      misses.push(`assets missing [${unseen.join()}], wrong [${wrong.join()}]: ${piece.summary}`)
  }
  const percent = (part: number, whole: number) => (whole === 0 ? 100 : Math.round((1_000 * part) / whole) / 10)
  return {
    worstClientPercent: Math.max(
      0,
      ...clients.map((one) => (one.truth === 0 ? 0 : Math.abs(percent(one.found, one.truth) - 100))),
    ),
    clients,
    categoryPercent: percent(right, truth.pieces.length),
    assetsRecallPercent: percent(hits, hits + missing),
    assetsPrecisionPercent: percent(hits, hits + extra),
    assetsF1Percent: percent(2 * hits, 2 * hits + missing + extra),
    misses,
  }
}

const namesOf = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()))

function clientsOf(truth: Truth, account: Account): Score['clients'] {
  const sum = (rows: readonly { client: string | null; activeMinutes: number }[], client: string) =>
    rows.filter((row) => row.client === client).reduce((total, { activeMinutes }) => total + activeMinutes, 0)
  const names = new Set([
    ...truth.minutes.map(({ client }) => client),
    ...account.time.flatMap(({ client }) => client ?? []),
  ])
  return [...names]
    .sort()
    .map((client) => ({ client, truth: sum(truth.minutes, client), found: sum(account.time, client) }))
}

/** The work item of the same session and client that shares most time with a piece; of none that shares any, the nearest beginning. */
function closest(piece: Truth['pieces'][number], { workItems }: Account): Account['workItems'][number] | undefined {
  const common = ({ startedAt, endedAt }: Account['workItems'][number]) =>
    Math.min(Date.parse(endedAt ?? ''), Date.parse(piece.endedAt)) -
    Math.max(Date.parse(startedAt ?? ''), Date.parse(piece.startedAt))
  return workItems
    .filter((item) => item.session === piece.session && item.client === piece.client)
    .sort((a, b) => common(b) - common(a))[0]
}
