/** Which of our rows a row of another system probably is. Pure; people confirm. */

/** Ends of company names that people leave out. */
const LEGAL_FORMS = new Set(
  'ag as ab bv bvba co company corp corporation cie eg ek ev gbr gmbh group holding inc incorporated kg kgaa limited llc llp lp ltd mbh nv ohg oy oyj plc pty sa sarl sas se spa srl ug'.split(
    ' ',
  ),
)

/** What stays of a company's name: `Dataforth Corp.` and `DATAFORTH` are the same. */
export function coreName(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const core = words.filter((word, at) => at === 0 || !(LEGAL_FORMS.has(word) || word === 'and'))
  return core.join(' ')
}

/** The first label of a host's name, and a serial number without what people type differently. */
export const coreHost = (name: string): string => (name.trim().toLowerCase().split('.')[0] ?? '').trim()
export const coreSerial = (serial: string | null): string => {
  const core = (serial ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')
  // What vendors of hardware leave in it.
  return core.length < 4 || /^(0+|123456.*|none|default.*|tobefilled.*|systemserial.*|notspecified)$/.test(core)
    ? ''
    : core
}

/**
 * Pairs those that share a key with exactly one on the other side.
 *
 * @param keysOf the stronger kind first; an empty key matches nothing
 */
export function pairs<T, O>(
  theirs: readonly T[],
  ours: readonly O[],
  keysOf: readonly [theirs: (one: T) => readonly string[], ours: (one: O) => readonly string[]][],
): { theirs: T; ours: O }[] {
  const found: { theirs: T; ours: O }[] = []
  const takenTheirs = new Set<T>()
  const takenOurs = new Set<O>()
  for (const [theirKeys, ourKeys] of keysOf) {
    const byTheirs = indexed(
      theirs.filter((one) => !takenTheirs.has(one)),
      theirKeys,
    )
    const byOurs = indexed(
      ours.filter((one) => !takenOurs.has(one)),
      ourKeys,
    )
    for (const [key, [one, another]] of byTheirs) {
      const [match, other] = byOurs.get(key) ?? []
      if (one === undefined || another !== undefined || match === undefined || other !== undefined) continue
      if (takenTheirs.has(one) || takenOurs.has(match)) continue
      takenTheirs.add(one)
      takenOurs.add(match)
      found.push({ theirs: one, ours: match })
    }
  }
  return found
}

function indexed<T>(items: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const index = new Map<string, T[]>()
  for (const item of items)
    for (const key of new Set(keysOf(item))) if (key !== '') index.set(key, [...(index.get(key) ?? []), item])
  return index
}
