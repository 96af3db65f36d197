import type { externalIntegration, integrationCredential } from '../../src/contract/integrations.ts'
import type { RowOf } from '../../src/contract/kernel.ts'
import type { Acting } from '../audit/entries.ts'
import type { Deps } from '../context.ts'
import { misconfigured } from './errors.ts'

export type Integration = RowOf<typeof externalIntegration>
export type SignInKind = RowOf<typeof integrationCredential>['kind']

/** What a connection signs in with, as the vault opened it. Held in memory only. */
export interface SignIn {
  /** Of the row of `integration_credentials`. */
  id: string
  kind: SignInKind
  clientId: string | null
  /** Of the credential; user names are no secrets there. */
  username: string | null
  /** Field → value. */
  secrets: Readonly<Record<string, string>>
}

/** Opens what a connection signs in with, once the audit knows of it. The domain of credentials gives it. */
export type OpenSignIn = (
  deps: Deps,
  acting: Acting,
  integration: Integration,
  kinds: readonly SignInKind[],
  host: string,
) => Promise<SignIn>

/** An account at a vendor: the row that says where it is, and what calls it. */
export interface Account {
  deps: Deps
  /** For whom it is called, for the audit. */
  acting: Acting
  integration: Integration
  /** Without a slash at its end. */
  baseUrl: string
  /** One call, its repetitions included, does not take longer. Milliseconds. */
  deadlineMs: number
  /** When all of them are over, by `performance.now()`: somebody waits for the answer. */
  endsAtMs: number
  /** Also called while the integration is disabled: an admin tests it. */
  evenDisabled: boolean
  /** @throws VendorError `auth_failed` when none of these kinds is connected */
  signIn(kinds: readonly SignInKind[]): Promise<SignIn>
  /**
   * The token that was got with the secret; kept sealed in the database for all servers.
   *
   * @param get asks the vendor for a new one
   */
  token(kinds: readonly SignInKind[], get: (signIn: SignIn) => Promise<NewToken>): Promise<string>
  /** The token does not work: the next one is got anew. */
  dropToken(): Promise<void>
  /** A text of the vendor, without what signs us in: some repeat it in what they refuse. */
  hide(text: string): string
  /** What a secret was made into, `Basic …`, is hidden too. Returns it. */
  alsoHide(made: string): string
}

export interface NewToken {
  token: string
  expiresInSeconds: number
}

/** A text among the settings of the connection. @throws VendorError `refused` that names it */
export function settingOf({ integration }: Account, name: string): string {
  const value = integration.config[name]
  if (typeof value === 'string' && value !== '') return value
  throw misconfigured(
    `The integration ${integration.name} has no setting "${name}". An admin sets it with externalIntegrations.update (config).`,
  )
}

/**
 * One field of a secret, by the first of these names that there is; a credential of one field needs no certain name.
 *
 * @throws VendorError `refused` that names what was looked for, never what there is
 */
export function secretOf({ secrets }: SignIn, ...names: string[]): string {
  for (const name of names) if (secrets[name] !== undefined) return secrets[name]
  const values = Object.values(secrets)
  if (values.length === 1) return values[0] as string
  throw misconfigured(
    `The connected credential has none of the fields ${names.join(', ')}. Give it one with credentials.rotate.`,
  )
}
