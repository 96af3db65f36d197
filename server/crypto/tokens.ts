import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
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

/**
 * Checks length, canonical form, algorithm, type, key, signature and claims, in this order (RFC 8725). Whether the login
 * still stands is for the database to say.
 *
 * @throws InvalidToken
 */
export async function verifyAccessToken(
  keys: readonly SigningKey[],
  issuer: string,
  token: string,
  now: Date,
): Promise<AccessClaims> {
  if (token.length > MAX_TOKEN_CHARS || !CANONICAL.test(token) || !isCanonicalBase64(token)) throw new InvalidToken()
  try {
    const { payload } = await jwtVerify(token, (header) => keyNamed(keys, header.kid), {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer,
      audience: issuer,
      currentDate: now,
      clockTolerance: LEEWAY_SECONDS,
      requiredClaims: ['sub', 'sid', 'jti', 'iat', 'nbf', 'exp', 'scope', 'epoch'],
      maxTokenAge: ACCESS_SECONDS,
    })
    return claimsOf(payload)
  } catch (error) {
    throw new InvalidToken(error instanceof errors.JWTExpired)
  }
}

function keyNamed(keys: readonly SigningKey[], kid: string | undefined): KeyObject {
  const key = keys.find((candidate) => candidate.kid === kid)
  if (!key) throw new InvalidToken()
  return key.publicKey
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

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

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
