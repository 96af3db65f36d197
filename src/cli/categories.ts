import type { OutputOf } from '../api/client.ts'
import type { Contract } from '../contract/index.ts'

type Category = OutputOf<Contract['workItems']['get']>['category']

/** The categories of the contract, which the CLI's start must not load for its `--help`. A test keeps the two equal. */
export const CATEGORIES = [
  'incident',
  'service_request',
  'problem',
  'change',
  'maintenance',
  'project',
  'security',
  'documentation',
  'development',
  'internal',
] as const satisfies readonly Category[]
