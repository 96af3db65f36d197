/**
 * What a machine signs to refresh a login that is bound to its key (Ed25519, RFC 8032). The rotation id is new with each refresh and the token
 * serves once, so a signature is worth nothing elsewhere; no time is in it, because the clocks of laptops are wrong by years.
 *
 * @param tokenHash SHA-256 of the refresh token, lower-case hex
 */
export const refreshMessage = (tokenHash: string, rotationId: string): string =>
  `claudetools refresh\n${tokenHash}\n${rotationId}`
