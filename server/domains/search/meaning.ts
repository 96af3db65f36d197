import { createHash } from 'node:crypto'
import type { Context } from '../../context.ts'
import { inOwnTransaction } from '../../crud/own-transaction.ts'
import { type Embeddings, likeness } from '../../search/embeddings.ts'
import type { Ranked } from '../../search/ranking.ts'
import { type FoundPassage, readShown } from './queries.ts'

/**
 * What words found, put in order by words and meaning together, where the server has embeddings. The vectors of passages are made when they are
 * first needed and kept. When anything about it fails, the order of the words stays.
 */

/** So many of the best are looked at: what no word found is not found by meaning either. */
const LOOKED_AT = 50
/** Measured on paraphrased questions: the words keep most of the say. */
const OF_MEANING = 0.3

export async function byMeaning(
  context: Context,
  text: string,
  ranked: readonly Ranked<FoundPassage>[],
): Promise<Ranked<FoundPassage>[]> {
  const { embeddings } = context
  const best = ranked.slice(0, LOOKED_AT)
  if (!embeddings || best.length < 2) return [...ranked]
  try {
    const [asked] = await embeddings.embed([text])
    const vectors = await vectorsOf(context, embeddings, best)
    const alike = best.map(({ passage }) =>
      likeness(asked as Float32Array, vectors.get(passage.number) as Float32Array),
    )
    const [least, most] = [Math.min(...alike), Math.max(...alike)]
    const top = Math.max(...best.map(({ score }) => score))
    const weighed = best.map((one, at) => {
      const share = most === least ? 0 : ((alike[at] as number) - least) / (most - least)
      return { ...one, score: (1 - OF_MEANING) * one.score + OF_MEANING * top * share }
    })
    return [...weighed, ...ranked.slice(LOOKED_AT)].sort((a, b) => b.score - a.score)
  } catch (error) {
    context.log.warn({ error }, 'the embeddings server did not help: the search goes by words alone')
    return [...ranked]
  }
}

async function vectorsOf(
  context: Context,
  embeddings: Embeddings,
  best: readonly Ranked<FoundPassage>[],
): Promise<Map<number, Float32Array>> {
  const hashes = new Map(best.map(({ passage }) => [passage.number, hashOf(embeddings.model, passage.terms)]))
  const kept = await context.db
    .selectFrom('search_vectors')
    .select(['number', 'of_text', 'vector'])
    .where('number', 'in', [...hashes.keys()])
    .execute()
  const vectors = new Map<number, Float32Array>()
  for (const { number, of_text, vector } of kept)
    if (hashes.get(Number(number)) === of_text) vectors.set(Number(number), numbersIn(vector))
  const missing = [...hashes.keys()].filter((number) => !vectors.has(number))
  if (missing.length === 0) return vectors
  const texts = await readShown(context, missing)
  const textOf = (number: number) => `${texts.get(number)?.title ?? ''}\n${texts.get(number)?.body ?? ''}`
  const made = await embeddings.embed(missing.map(textOf))
  for (const [at, number] of missing.entries()) vectors.set(number, made[at] as Float32Array)
  await inOwnTransaction(context, async ({ db }) => {
    await db.deleteFrom('search_vectors').where('number', 'in', missing).execute()
    await db
      .insertInto('search_vectors')
      .ignore()
      .values(
        missing.map((number) => ({
          number,
          of_text: hashes.get(number) as string,
          vector: Buffer.from((vectors.get(number) as Float32Array).buffer),
        })),
      )
      .execute()
  })
  return vectors
}

/** A passage that has changed, or another model, has another one. */
const hashOf = (model: string, terms: string) => createHash('sha256').update(`${model}\n${terms}`).digest('hex')

/** A copy: the bytes of a buffer may lie where no number can be read. */
const numbersIn = (bytes: Uint8Array) => new Float32Array(Uint8Array.from(bytes).buffer)
