import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { boundTo, open, seal } from './seal.ts'

export const ACCESS_SECONDS = 3_600
export const REFRESH_DAYS = 30
const LEEWAY_SECONDS = 30
const MAX_TOKEN_CHARS = 4_096
const TYPE = 'at+jwt'
/** Three parts of unpadded base64url, nothing else: some decoders take re-encoded variants of a valid token. */
const CANONICAL = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

export interface AccessClaims {
  /** User. */
  sub: string
  /** Login: every token of it dies with it. */
  sid: string
  /** The user's epoch when it was made: a change of rights ends it. */
  epoch: number
  scope: string
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

/** An access token: EdDSA, type `at+jwt` (RFC 9068), one hour. */
export function signAccessToken(
  key: SigningKey,
  issuer: string,
  claims: AccessClaims,
  now: Date,
  jti: string,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1_000)
  return new SignJWT({ sid: claims.sid, epoch: claims.epoch, scope: claims.scope })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: key.kid })
    .setSubject(claims.sub)
    .setIssuer(issuer)
    .setAudience(issuer)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + ACCESS_SECONDS)
    .setJti(jti)
    .sign(key.privateKey)
}

/** Why a token was not taken: only `expired` is told apart, so that a client knows to refresh. */
export class InvalidToken extends Error {
  override readonly name = 'InvalidToken'
  readonly expired: boolean
  constructor(expired = false) {
    super(expired ? 'The access token has expired.' : 'The access token is not valid.')
    this.expired = expired
  }
}

interface Verified {
  key: SigningKey
  issuer: string
  claims: AccessClaims
  /** Seconds since 1970. */
  issuedAt: number
  expiresAt: number
}

/** Tokens that were found good, by their hash: a signature costs more than what most requests do. The oldest goes first. */
const verified = new Map<string, Verified>()
const MOST_VERIFIED = 1_000

/**
 * Checks length, canonical form, algorithm, type, key, signature and claims, in this order (RFC 8725). Whether the login
 * still stands is for the database to say. A token that was good is not checked again while its key and its time last.
 *
 * @throws InvalidToken
 */
export async function verifyAccessToken(
  keys: readonly SigningKey[],
  issuer: string,
  token: string,
  now: Date,
): Promise<AccessClaims> {
  if (token.length > MAX_TOKEN_CHARS) throw new InvalidToken()
  const name = hashToken(token)
  const known = verified.get(name)
  if (known && isStillGood(known, keys, issuer, now)) return known.claims
  const found = await verify(keys, issuer, token, now)
  if (verified.size >= MOST_VERIFIED) verified.delete(verified.keys().next().value as string)
  verified.set(name, found)
  return found.claims
}

function isStillGood(
  { key, issuedAt, expiresAt, ...known }: Verified,
  keys: readonly SigningKey[],
  issuer: string,
  now: Date,
): boolean {
  const seconds = now.getTime() / 1_000
  return known.issuer === issuer && keys.includes(key) && issuedAt <= seconds && seconds < expiresAt
}

async function verify(keys: readonly SigningKey[], issuer: string, token: string, now: Date): Promise<Verified> {
  if (!CANONICAL.test(token) || !isCanonicalBase64(token)) throw new InvalidToken()
  try {
    const { payload, protectedHeader } = await jwtVerify(token, (header) => keyNamed(keys, header.kid).publicKey, {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer,
      audience: issuer,
      currentDate: now,
      clockTolerance: LEEWAY_SECONDS,
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'nbf', 'exp', 'scope', 'epoch'],
      maxTokenAge: ACCESS_SECONDS,
    })
    const { iat, exp } = payload as { iat: number; exp: number }
    return {
      key: keyNamed(keys, protectedHeader.kid),
      issuer,
      claims: claimsOf(payload),
      issuedAt: iat,
      expiresAt: exp,
    }
  } catch (error) {
    throw new InvalidToken(error instanceof errors.JWTExpired)
  }
}

function keyNamed(keys: readonly SigningKey[], kid: string | undefined): SigningKey {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (!key) throw new InvalidToken()
  return key
}

function claimsOf(payload: Record<string, unknown>): AccessClaims {
  const { sub, sid, epoch, scope, iat, exp } = payload
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof epoch !== 'number' || typeof scope !== 'string')
    throw new InvalidToken()
  if ((exp as number) - (iat as number) > ACCESS_SECONDS) throw new InvalidToken()
  return { sub, sid, epoch, scope }
}

const isCanonicalBase64 = (token: string) =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)

/** A refresh token: 256 random bits. */
export const newRefreshToken = (): string => `rt_${randomBytes(32).toString('base64url')}`

export const API_KEY_PREFIX = 'ctk_'
/** An API key: 256 random bits. */
export const newApiKey = (): string => `${API_KEY_PREFIX}${randomBytes(32).toString('base64url')}`

/** One SHA-256 is enough to store what has 256 random bits: there is nothing to guess, which a slow hash would hinder. */
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
