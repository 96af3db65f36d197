/** The scenario texts of the set aside. */
import { asideDays1 } from './scenarios-aside-1.mjs'
import { asideDays2 } from './scenarios-aside-2.mjs'

export const asideScenarios = [asideDays1, asideDays2]
