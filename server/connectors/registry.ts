import { autotask } from './autotask/sync.ts'
import type { Vendor } from './connector.ts'
import { connectwise } from './connectwise/sync.ts'
import { dattoRmm } from './datto_rmm/sync.ts'
import { itglue } from './itglue/sync.ts'
import { msp360 } from './msp360/sync.ts'
import { syncro } from './syncro/sync.ts'
import { teams } from './teams/sync.ts'

/** Every vendor that there is a connector for, by the type of its integration. */
const VENDORS: readonly Vendor[] = [syncro, autotask, connectwise, msp360, dattoRmm, itglue, teams]

/** Undefined: a type that is not connected by calls of ours (a webhook), or not yet. */
export const vendorOf = (type: string): Vendor | undefined => VENDORS.find((vendor) => vendor.type === type)
