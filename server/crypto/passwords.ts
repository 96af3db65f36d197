import { hash, verify } from '@node-rs/argon2'

/** `Algorithm.Argon2id`: a const enum, which isolated modules cannot import. */
const ARGON2ID = 2
/** OWASP's floor is 19 MiB and 2 passes; this takes about 150 ms on a small server (RFC 9106). */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32 } as const

/** What one check costs: `memoryCost` in KiB. */
export type PasswordCost = { memoryCost: number; timeCost: number }

/** 64 MiB each: more at once than this would let strangers exhaust the memory by signing in. */
const RUNNING = 2
const WAITING = 32

/** Too many passwords are being checked at this moment. */
export class TooManyAtOnce extends Error {
  override readonly name = 'TooManyAtOnce'
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** False for a wrong password; takes as long when `stored` is undefined (no such user). */
  verify(stored: string | undefined, password: string): Promise<boolean>
}

/**
 * Argon2id with a pepper that is not in the database.
 *
 * @param pepper 32 bytes.
 * @param cost other than the one that a stolen database is protected by; for tests, most of which are not about passwords
 * @throws TooManyAtOnce from both functions when more than 34 calls are under way.
 */
export async function createPasswords(pepper: Uint8Array, cost?: PasswordCost): Promise<Passwords> {
  const secret = Buffer.from(pepper)
  const limited = limiter()
  const options = { ...PARAMETERS, ...cost, secret }
  const nobody = await hash('no user has this password', options)
  return {
    hash: (password) => limited(() => hash(password, options)),
    verify: (stored, password) =>
      limited(async () => (await verify(stored ?? nobody, password, { secret })) && stored !== undefined),
  }
}

function limiter(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running >= RUNNING) {
      if (waiting.length >= WAITING) throw new TooManyAtOnce()
      // The place is handed over by whoever finishes, so `running` stays as it is.
      await new Promise<void>((resume) => waiting.push(resume))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
