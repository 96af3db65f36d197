import type { UnknownOutcome } from '../../audit/unknown.ts'
import type { Report } from '../../audit/verify.ts'
import type { Trouble } from '../../audit/verify-checkpoints.ts'

/** What `msp audit verify` found. */
export type Result = Report & {
  /** With `--vault`: how many stored versions were compared. */
  vault_versions?: number
  unknown: UnknownOutcome[]
}

/** Of troubles and unknown outcomes more are told only with `--json`. */
const MOST = 20

export const lineOf = ({ log, chain, seq, class: kind, message }: Trouble): string =>
  `${kind}: ${log} ${chain} ${seq}: ${message}`

/** For a person: the verdict first. */
export function textOf(result: Result): string {
  const { entries, chains, troubles, macs_unchecked, uncovered, outside_at, unknown, vault_versions } = result
  const lines = [
    verdictOf(result),
    `${entries} entries in ${chains} chains; newest state outside: ${outside_at ?? 'none'}; ${uncovered} entries after it.`,
  ]
  if (macs_unchecked > 0)
    lines.push(
      `${macs_unchecked} entries of earlier days by hash and signed states alone: --escrow checks their MACs too.`,
    )
  if (vault_versions !== undefined) lines.push(`${vault_versions} versions in the vault compared.`)
  lines.push(...troubles.slice(0, MOST).map(lineOf), ...unknown.slice(0, MOST).map(lineOfUnknown))
  if (Math.max(troubles.length, unknown.length) > MOST) lines.push('There is more: --json has all.')
  return `${lines.join('\n')}\n`
}

function verdictOf({ intact, covered }: Result): string {
  if (!intact) return 'THE AUDIT WAS CHANGED.'
  return covered ? 'The audit is whole.' : 'The audit is intact, but its end is not covered.'
}

const lineOfUnknown = ({ action, credential_id, occurred_at, chain, seq }: UnknownOutcome) =>
  `unknown outcome: ${action} of ${credential_id} at ${occurred_at} (${chain} ${seq}): announced and never reported.`
