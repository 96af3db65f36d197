/** An entry as far as it claims time: half open, from its start to before its end. */
export interface Claim {
  id: string
  technician_id: string
  client_id: string
  started_at: string
  /** Null while its timer runs. */
  ended_at: string | null
}

export interface Overlap {
  technician_id: string
  first: Omit<Claim, 'technician_id'>
  second: Omit<Claim, 'technician_id'>
  overlap_seconds: number
}

/**
 * Pairs that claim the same time of one technician, in the order of the second one's start. Pure.
 *
 * @param claims ordered by technician, start and id: each is compared only with those that have not ended when it starts.
 * @param now until when a running timer claims.
 */
export function* overlapsIn(claims: Iterable<Claim>, now: string): Generator<Overlap> {
  const endOf = ({ ended_at }: Claim) => ended_at ?? now
  let open: Claim[] = []
  for (const claim of claims) {
    open = open.filter((other) => other.technician_id === claim.technician_id && endOf(other) > claim.started_at)
    // What has no length claims nothing.
    if (endOf(claim) <= claim.started_at) continue
    for (const other of open) yield overlap(other, claim, [endOf(other), endOf(claim)].sort()[0] as string)
    open.push(claim)
  }
}

function overlap({ technician_id, ...first }: Claim, { technician_id: _, ...second }: Claim, until: string): Overlap {
  const overlap_seconds = Math.floor((Date.parse(until) - Date.parse(second.started_at)) / 1_000)
  return { technician_id, first, second, overlap_seconds }
}
