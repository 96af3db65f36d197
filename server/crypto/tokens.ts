import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { SignJWT } from 'jose'
import { z } from 'zod'
import { verifyCompact } from './compact.ts'
import { boundTo, open, seal } from './seal.ts'

/** Tokens that the server signs (EdDSA, RFC 9068), and random ones that it keeps the hash of. */

export const ACCESS_SECONDS = 3_600
export const AGENT_SECONDS = 900
export const REFRESH_DAYS = 30
const LEEWAY_SECONDS = 30
const ALGORITHM = 'EdDSA'

export interface AccessClaims {
  /** User. */
  sub: string
  /** Login: every token of it dies with it. */
  sid: string
  /** The user's epoch when it was made: a change of rights ends it. */
  epoch: number
  scope: string
  /** Machine. */
  mid?: string | undefined
}

/** What a subagent's token says (RFC 8693 calls `act` who acts for the subject). What the database holds of it counts. */
export interface AgentClaims extends AccessClaims {
  act: { agent_id: string; type: string }
  /** Client; null: of a session for none. */
  cl: string | null
  /** Credentials; empty: any of the client's. */
  cr: readonly string[]
  ops: readonly string[]
  max_uses: number
}

export interface SigningKey {
  kid: string
  privateKey: KeyObject
  publicKey: KeyObject
}

/** A new Ed25519 key as PKCS #8 bytes, to be wrapped and stored. */
export function newSigningKey(): Buffer {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' })
}

export function readSigningKey(kid: string, pkcs8: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  return { kid, privateKey, publicKey: createPublicKey(privateKey) }
}

/** An access token: type `at+jwt`, one hour. */
export const signAccessToken = (
  key: SigningKey,
  issuer: string,
  { sub, ...claims }: AccessClaims,
  now: Date,
  jti: string,
): Promise<string> => sign(key, issuer, ACCESS, { sub, jti, now, seconds: ACCESS_SECONDS }, claims)

/** A token of one agent: type `agent+jwt`, so that neither is taken for the other. */
export const signAgentToken = (
  key: SigningKey,
  issuer: string,
  { sub, ...claims }: AgentClaims,
  standing: { now: Date; seconds: number; jti: string },
): Promise<string> => sign(key, issuer, AGENT, { sub, ...standing }, claims)

function sign(
  key: SigningKey,
  issuer: string,
  { typ }: Kind,
  { sub, jti, now, seconds }: { sub: string; jti: string; now: Date; seconds: number },
  claims: object,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1_000)
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: ALGORITHM, typ, kid: key.kid })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(issuer)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .setJti(jti)
    .sign(key.privateKey)
}

const StandardClaims = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  sid: z.string(),
  jti: z.string(),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
  scope: z.string(),
  epoch: z.int(),
})
type StandardClaims = z.infer<typeof StandardClaims>

interface Kind {
  typ: 'at+jwt' | 'agent+jwt'
  seconds: number
}
const ACCESS: Kind = { typ: 'at+jwt', seconds: ACCESS_SECONDS }
const AGENT: Kind = { typ: 'agent+jwt', seconds: AGENT_SECONDS }
const KINDS = [ACCESS, AGENT]

/** Why a token was not taken. Only `expired` is told to whoever sent it, so that a client knows to refresh. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken'
  readonly why: 'invalid' | 'expired' | 'early'
  constructor(why: InvalidToken['why'] = 'invalid') {
    super(why === 'expired' ? 'The access token has expired.' : 'The access token is not valid.')
    this.why = why
  }
}

/** A token whose signature and times are right. Whether it still stands is for the database to say. */
export interface Verified {
  kind: Kind['typ']
  claims: StandardClaims
}
type Remembered = Verified & { key: SigningKey; issuer: string }

/** Tokens that were found good, by the hash of all their text: a signature costs more than what most requests do. The oldest goes first. */
const remembered = new Map<string, Remembered>()
const MOST_REMEMBERED = 1_000

/**
 * Checks length, canonical form, algorithm, key, signature, type and claims, in this order (RFC 8725). A token that was good is not checked
 * again while its key and its time last.
 *
 * @throws InvalidToken
 */
export async function verifyToken(
  keys: readonly SigningKey[],
  issuer: string,
  token: string,
  now: Date,
): Promise<Verified> {
  const name = hashToken(token)
  const known = remembered.get(name)
  if (known && isStillGood(known, keys, issuer, now)) return known
  const found = await verify(keys, issuer, token, now)
  if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string)
  remembered.set(name, found)
  return found
}

function isStillGood({ key, claims, ...known }: Remembered, keys: readonly SigningKey[], issuer: string, now: Date) {
  const seconds = now.getTime() / 1_000
  return known.issuer === issuer && keys.includes(key) && claims.iat <= seconds && seconds < claims.exp
}

async function verify(keys: readonly SigningKey[], issuer: string, token: string, now: Date): Promise<Remembered> {
  const { header, payload, key } = await verifyCompact(token, keys, ALGORITHM).catch(() => {
    throw new InvalidToken()
  })
  const kind = KINDS.find(({ typ }) => typ === header.typ)
  // Ours have these three and nothing that would ask for another reading of the rest (`crit`, `b64`).
  if (!kind || Object.keys(header).length !== 3) throw new InvalidToken()
  return { key, issuer, kind: kind.typ, claims: claimsOf(payload, kind, issuer, now) }
}

function claimsOf(payload: Uint8Array, kind: Kind, issuer: string, now: Date): StandardClaims {
  const parsed = StandardClaims.safeParse(jsonOf(payload))
  if (!parsed.success) throw new InvalidToken()
  const claims = parsed.data
  if (claims.iss !== issuer || claims.aud !== issuer) throw new InvalidToken()
  if (claims.exp <= claims.iat || claims.exp - claims.iat > kind.seconds) throw new InvalidToken()
  const seconds = now.getTime() / 1_000
  if (Math.max(claims.iat, claims.nbf) > seconds + LEEWAY_SECONDS) throw new InvalidToken('early')
  if (claims.exp + LEEWAY_SECONDS <= seconds) throw new InvalidToken('expired')
  return claims
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new InvalidToken()
  }
}

const random = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`

/** A refresh token: 256 random bits. */
export const newRefreshToken = (): string => random('rt_')

export const API_KEY_PREFIX = 'ctk_'
/** An API key: 256 random bits. */
export const newApiKey = (): string => random(API_KEY_PREFIX)

/** What shows that a person has just proved to be there: 256 random bits. */
export const newStepUp = (): string => random('su_')

const RECOVERY_ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const RECOVERY_CHARS = 16

/** A recovery code: 79 random bits, without letters and digits that look alike, in groups of four. */
export function newRecoveryCode(): string {
  const characters: string[] = []
  while (characters.length < RECOVERY_CHARS)
    // What is beyond the last whole multiple is drawn again, or the first letters would come more often.
    for (const byte of randomBytes(RECOVERY_CHARS))
      if (byte < 256 - (256 % RECOVERY_ALPHABET.length))
        characters.push(RECOVERY_ALPHABET[byte % RECOVERY_ALPHABET.length] as string)
  return (characters.slice(0, RECOVERY_CHARS).join('').match(/.{4}/g) as string[]).join('-')
}

/** One SHA-256 is enough to store what has as many random bits as these: there is nothing to guess, which a slow hash would hinder. */
export const hashToken = (token: string): string => hash('sha256', token)

/** The successor of a refresh token, readable only with the old token and the rotation id that asked for it. */
export function sealSuccessor(oldToken: string, rotationId: string, successor: string): Buffer {
  return seal(successorKey(oldToken, rotationId), Buffer.from(successor), boundTo('refresh-successor', rotationId))
}

/** @throws CannotOpenSecret when token and rotation id do not belong together. */
export function openSuccessor(oldToken: string, rotationId: string, sealed: Uint8Array): string {
  return Buffer.from(
    open(successorKey(oldToken, rotationId), sealed, boundTo('refresh-successor', rotationId)),
  ).toString()
}

const successorKey = (token: string, rotationId: string) =>
  new Uint8Array(hkdfSync('sha256', token, rotationId, 'claudetools refresh successor', 32))
