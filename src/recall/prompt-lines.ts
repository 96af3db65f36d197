import { age, ago } from './ages.ts'
import { code, oneLine } from './clean.ts'

/**
 * What is said of one thing for a prompt: one line each, with the id by which it can be fetched. Pure. Recorded text is others' words, so
 * every part of it goes through `oneLine` (or `code`) before it stands in a line.
 */

const CHARS = { title: 90, body: 220, name: 60 }

/** The last eight characters of an id, as the session's block and the command line print them. */
const shortId = (id: string): string => id.slice(-8)

export interface SolutionFact {
  id: string
  client_id: string | null
  title: string
  solution: string
  times_applied: number
  times_succeeded: number
  last_applied_at: string | null
  created_at: string
  superseded_by_id: string | null
}

export function solutionLine(one: SolutionFact, now: Date): string {
  const tried =
    one.times_applied === 0 ? 'not tried again yet' : `worked ${one.times_succeeded} of ${one.times_applied} times`
  const facts = [tried, age(one.last_applied_at ?? one.created_at, now), one.client_id === null && 'general']
  const old = one.superseded_by_id === null ? '' : ` (superseded by [${shortId(one.superseded_by_id)}])`
  const title = oneLine(one.title, CHARS.title)
  return `- Solved before${old}: ${title}: ${oneLine(one.solution, CHARS.body)} (${facts.filter(Boolean).join(', ')}) [${shortId(one.id)}]`
}

export interface InsightFact {
  id: string
  statement: string
  is_current: boolean
  last_confirmed_at: string | null
  valid_from: string
}

export function insightLine({ id, statement, is_current, ...known }: InsightFact, now: Date): string {
  const since = age(known.last_confirmed_at ?? known.valid_from, now)
  return `- ${is_current ? 'Fact' : 'Was so, is no more'}: ${oneLine(statement, CHARS.body)} (${since}) [${shortId(id)}]`
}

export interface SnippetFact {
  id: string
  kind: string
  text: string
  created_at: string
  superseded_by_id: string | null
}

export function snippetLine({ id, kind, text, created_at, superseded_by_id }: SnippetFact, now: Date): string {
  const old = superseded_by_id === null ? '' : ' (superseded)'
  return `- Noted (${kind})${old}: ${oneLine(text, CHARS.body)} (${age(created_at, now)}) [${shortId(id)}]`
}

export interface WorkFact {
  id: string
  title: string
  outcome: string
  done: string | null
  at: string
}

export function workLine({ id, title, outcome, done, at }: WorkFact, now: Date): string {
  const what = done === null ? '' : `: ${oneLine(done, CHARS.body)}`
  const came = outcome === 'unknown' ? '' : `${outcome}, `
  return `- Like work: ${oneLine(title, CHARS.title)}${what} (${came}${ago(at, now)}) [${shortId(id)}]`
}

export interface FailsFact {
  id: string
  title: string
  recommended_alternative: string | null
  last_seen_at: string
}

/** @param where as the prompt named it */
export function failsLine({ id, title, recommended_alternative, last_seen_at }: FailsFact, where: string, now: Date) {
  const instead = recommended_alternative === null ? '' : `; instead: ${code(recommended_alternative, CHARS.body)}`
  return `- ${oneLine(where, CHARS.name)}: fails: ${oneLine(title, CHARS.title)}${instead} (${ago(last_seen_at, now)}) [${shortId(id)}]`
}

export interface HostNotes {
  id: string
  hostname: string
  system: string | null
  limitations: readonly string[]
  environmental_notes: string | null
}

/** Undefined where nothing is to be minded. */
export function hostLine({ id, hostname, system, limitations, environmental_notes }: HostNotes): string | undefined {
  const notes = [...limitations, environmental_notes ?? ''].map((note) => oneLine(note, CHARS.body)).filter(Boolean)
  if (notes.length === 0) return undefined
  const on = system === null ? '' : ` (${oneLine(system, CHARS.name)})`
  return `- ${oneLine(hostname, CHARS.name)}${on}: ${oneLine(notes.join('; '), CHARS.body)} [${shortId(id)}]`
}

/** A service or a person with what is noted of it. */
export function notesLine(one: { id: string; name: string; about: string | null; notes: string }): string {
  const about = one.about === null ? '' : ` (${oneLine(one.about, CHARS.name)})`
  return `- ${oneLine(one.name, CHARS.name)}${about}: ${oneLine(one.notes, CHARS.body)} [${shortId(one.id)}]`
}

export interface LastWork {
  id: string
  title: string
  at: string
  technician: string
}

export function lastWorkLine({ id, title, at, technician }: LastWork, where: string, now: Date): string {
  return `- ${oneLine(where, CHARS.name)}, last work: ${oneLine(title, CHARS.title)} (${oneLine(technician, CHARS.name)}, ${ago(at, now)}) [${shortId(id)}]`
}
