import { oneLine } from '../../../src/recall/clean.ts'
import type { Context } from '../../context.ts'
import { inEnglish } from '../../search/glossary.ts'
import {
  expanded,
  OUTDATED,
  type Question,
  questionOf,
  type Ranked,
  type RankingMode,
  rank,
  waysToFind,
} from '../../search/ranking.ts'
import { NOTHING_COUNTED, readStatistics, type Statistics } from '../../search/statistics.ts'
import { termsOf } from '../../search/terms.ts'
import { type TimeAsked, timeAsked } from '../../search/times.ts'
import { excerptOf } from './excerpt.ts'
import { byMeaning } from './meaning.ts'
import {
  clientsAsked,
  type FoundPassage,
  findCandidates,
  findNewest,
  readOrder,
  readPassages,
  readShown,
  readSuccessors,
  type Where,
} from './queries.ts'

/**
 * The one way to what is remembered, for `msp search`, `msp problems match` and what is recalled for a prompt: candidates by their words inside
 * what the caller may see, put in order by `server/search/ranking.ts`.
 */

export interface Asked extends Where {
  text: string
  mode: RankingMode
  limit: number
  /** Where "yesterday" is said; UTC without it. */
  timezone?: string | undefined
  /** A host that the question is about: what belongs to it comes first. */
  about_infrastructure_id?: string | undefined
  /** Of several passages of one row only the best is wanted. */
  onePerRow?: boolean
}

export interface Found {
  passage: FoundPassage
  score: number
  /** The share of the question that the passage itself has: 0 to 1. */
  coverage: number
  words: string[]
  title: string
  excerpt: string
  client_name: string | null
  project_id: string | null
  /** Why it stands where it stands. */
  why: string
}

/** So many of the best get the passages before and after them. */
const WITH_NEIGHBOURS = 40
const NEIGHBOURS = [-2, -1, 1, 2]
/** With a time these ask for all work of it. */
const OF_ANY_WORK = new Set(
  termsOf(
    'work worked works happened happen fix fixed did done make made changed open left gemacht gearbeitet passiert erledigt gedaan gewerkt gebeurd fait travail',
  ),
)
const OF_THE_HOST = 1.3
const TITLE_CHARACTERS = 80

/** @returns the best first; nothing where the question has no word that says anything, and no time */
export async function find(context: Context, asked: Asked): Promise<Found[]> {
  if (asked.kinds.length === 0) return []
  const time = timeOf(context, asked)
  const text = time?.rest ?? asked.text
  const words = termsOf(text).filter((word) => !time || !OF_ANY_WORK.has(word))
  if (words.length === 0) return show(context, asked, [], await newest(context, asked, time))
  const found = await answers(context, asked, time, questionOf(words, termsOf(inEnglish(text).join(' '))))
  const inTime = found.filter(({ passage: { at } }) => !time || (at >= time.since && at <= time.until))
  const known = new Set(inTime.map(({ passage }) => passage.number))
  // Who names a time or a tag and asks in words that nobody used wants to see what there is.
  const beside = inTime.length < asked.limit ? await newest(context, asked, time) : []
  const others = beside.filter(({ passage }) => !known.has(passage.number))
  const outside = time ? found.filter(({ passage }) => !known.has(passage.number)) : []
  return show(context, asked, words, [...inTime, ...others, ...outside])
}

/** The time in the question, unless it comes with one of its own, or is a pasted error. */
const timeOf = (context: Context, { since, until, mode, text, timezone }: Asked): TimeAsked | undefined =>
  since === undefined && until === undefined && mode === 'context'
    ? timeAsked(text, context.clock(), timezone)
    : undefined

async function answers(
  context: Context,
  asked: Asked,
  time: TimeAsked | undefined,
  question: Question,
): Promise<Ranked<FoundPassage>[]> {
  const clients = await clientsAsked(context, asked)
  const statistics = await statisticsFor(context, clients, [...question.weights.keys()])
  const ways = waysToFind(question, statistics)
  const candidates = new Map<number, FoundPassage>()
  const inTime = time ? [{ ...asked, since: time.since, until: time.until }] : []
  for (const where of [asked, ...inTime])
    for (const groups of ways)
      for (const passage of await findCandidates(context, groups, where, clients))
        candidates.set(passage.number, candidates.get(passage.number) ?? passage)
  const ranked =
    asked.mode === 'context'
      ? await rankWithNeighbours(context, asked, question, [...candidates.values()], statistics)
      : await rankAgain(context, clients, question, [...candidates.values()], statistics)
  const ofHost = ({ infrastructure_id: id }: FoundPassage) => id !== null && id === asked.about_infrastructure_id
  const weighed = ranked.map((one) => (ofHost(one.passage) ? { ...one, score: one.score * OF_THE_HOST } : one))
  return withSuccessors(context, asked, await byMeaning(context, asked.text, weighed.sort(byScore)))
}

const byScore = (a: { score: number }, b: { score: number }) => b.score - a.score

/** Something that is out of date is found with what took its place, which stands where it would have stood. */
async function withSuccessors(
  context: Context,
  asked: Asked,
  ranked: readonly Ranked<FoundPassage>[],
): Promise<Ranked<FoundPassage>[]> {
  const outdated = ranked.slice(0, WITH_NEIGHBOURS).filter(({ passage }) => !passage.is_current)
  if (outdated.length === 0) return [...ranked]
  const successors = await readSuccessors(
    context,
    outdated.map(({ passage }) => passage),
    asked,
  )
  const found = new Map(ranked.map((one) => [one.passage.number, one]))
  for (const old of outdated) {
    const next = successors.get(old.passage.number)
    if (!next) continue
    const score = old.score / OUTDATED
    const own = found.get(next.number)
    if (!own || own.score < score)
      found.set(next.number, { ...(own ?? { ...old, words: [], coverage: 0 }), passage: next, score })
  }
  return [...found.values()].sort(byScore)
}

/** Rarities over clients that the caller may not see would tell of them. */
function statisticsFor(
  { db, caller }: Context,
  clients: readonly (string | null)[] | undefined,
  words: readonly string[],
): Promise<Statistics> | Statistics {
  if (clients === undefined && !caller.allClients) return NOTHING_COUNTED
  return readStatistics(db, clients ?? 'everyone', [...new Set(words)])
}

/** The newest of the time, or of what has the tag or belongs to the host; nothing where there is neither. */
async function newest(context: Context, asked: Asked, time: TimeAsked | undefined): Promise<Ranked<FoundPassage>[]> {
  if (!time && asked.tag_id === undefined && asked.infrastructure_id === undefined) return []
  const span = time ? { since: time.since, until: time.until } : {}
  const passages = await findNewest(context, { ...asked, ...span }, asked.limit)
  return passages.map((passage) => ({ passage, score: 0, coverage: 0, words: [] }))
}

/** Once more, with the words of the best answers. */
async function rankAgain(
  context: Context,
  clients: readonly (string | null)[] | undefined,
  question: Question,
  candidates: readonly FoundPassage[],
  statistics: Statistics,
): Promise<Ranked<FoundPassage>[]> {
  const now = context.clock()
  const wider = expanded(question, rank(question, candidates, statistics, 'problem', now))
  const added = [...wider.weights.keys()].filter((word) => !question.weights.has(word))
  const counted = await statisticsFor(context, clients, added)
  const having = new Map([...statistics.having, ...counted.having])
  return rank(wider, candidates, { ...statistics, having }, 'problem', now)
}

async function rankWithNeighbours(
  context: Context,
  asked: Asked,
  question: Question,
  candidates: readonly FoundPassage[],
  statistics: Statistics,
): Promise<Ranked<FoundPassage>[]> {
  const now = context.clock()
  const first = rank(question, candidates, statistics, 'context', now).slice(0, WITH_NEIGHBOURS)
  const sessions = new Set(first.flatMap(({ passage }) => passage.session_id ?? []))
  const order = Map.groupBy(await readOrder(context, [...sessions]), ({ session_id }) => session_id)
  const ordinals = new Map<number, number>()
  for (const all of order.values()) for (const [ordinal, { number }] of all.entries()) ordinals.set(number, ordinal)
  const known = new Set(candidates.map(({ number }) => number))
  const missing = new Set<number>()
  for (const { passage } of first) {
    const all = order.get(passage.session_id ?? '')
    const ordinal = ordinals.get(passage.number)
    if (!all || ordinal === undefined) continue
    for (const distance of NEIGHBOURS) {
      const near = all[ordinal + distance]?.number
      if (near !== undefined && !known.has(near)) missing.add(near)
    }
  }
  const neighbours = await readPassages(context, [...missing], asked)
  const placed = [...candidates, ...neighbours]
  for (const passage of placed) passage.ordinal = ordinals.get(passage.number) ?? null
  return rank(question, placed, statistics, 'context', now)
}

async function show(
  context: Context,
  asked: Asked,
  words: readonly string[],
  ranked: readonly Ranked<FoundPassage>[],
): Promise<Found[]> {
  const seen = new Set<string>()
  const isFirst = ({ passage: { entity, entity_id } }: Ranked<FoundPassage>) => {
    const key = `${entity} ${entity_id}`
    return !seen.has(key) && seen.add(key)
  }
  const wanted = (asked.onePerRow ? ranked.filter(isFirst) : ranked).slice(0, asked.limit)
  const shown = await readShown(
    context,
    wanted.map(({ passage }) => passage.number),
  )
  return wanted.flatMap((one) => {
    const texts = shown.get(one.passage.number)
    if (!texts) return []
    const { title, client_name, project_id, body } = texts
    // A session that has no name yet is known by what was said in it.
    return {
      ...one,
      title: title || oneLine(body, TITLE_CHARACTERS),
      client_name,
      project_id,
      excerpt: excerptOf(body, words),
      why: why(one),
    }
  })
}

/** "80 % of the words (spooler, 1053), out of date". */
function why({ passage, coverage, words, score }: Ranked<FoundPassage>): string {
  if (score === 0) return 'of the time or with the tag or host that was asked for'
  const some = words.slice(0, 5).map((word) => word.replace(/_+$/, ''))
  const share =
    words.length === 0
      ? 'beside what has the words'
      : `${Math.round(coverage * 100)} % of the words (${some.join(', ')})`
  return passage.is_current ? share : `${share}, out of date`
}
