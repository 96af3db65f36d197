import { z } from 'zod'

/** Texts as vectors, made by a server of the same people (Ollama, llama.cpp, vLLM: `POST /v1/embeddings`). Optional: without one the search goes by words alone. */
export interface Embeddings {
  /** Vectors of different models cannot be compared. */
  model: string
  /** One vector for each text, of length 1. @throws Error when the server does not answer in time, or not as it should */
  embed(texts: readonly string[]): Promise<Float32Array[]>
}

export interface EmbeddingsPlace {
  url: string
  model: string
}

/** A search does not wait longer: it goes by words then. */
const DEADLINE_MS = 2_000
const TEXT_CHARACTERS = 2_000

const Answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1).max(8_192) })),
})

export function createEmbeddings({ url, model }: EmbeddingsPlace): Embeddings {
  return {
    model,
    async embed(texts) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ model, input: texts.map((text) => text.slice(0, TEXT_CHARACTERS)) }),
        signal: AbortSignal.timeout(DEADLINE_MS),
        redirect: 'error',
      })
      if (!response.ok) throw new Error(`The embeddings server answers ${response.status}.`)
      const { data } = Answer.parse(await response.json())
      const inOrder = data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => unit(embedding))
      if (inOrder.length !== texts.length)
        throw new Error('The embeddings server answered for another number of texts.')
      return inOrder
    },
  }
}

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1
  return Float32Array.from(numbers, (number) => number / length)
}

/** How alike two texts are, by their vectors: -1 to 1. */
export function likeness(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0
  let sum = 0
  for (const [at, number] of a.entries()) sum += number * (b[at] as number)
  return sum
}
