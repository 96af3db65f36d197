/** The scenario texts of the set aside. */
import { asideDays1 } from './scenarios-aside-1.mjs'
import { asideDays2 } from './scenarios-aside-2.mjs'
import { asideDays3 } from './scenarios-aside-3.mjs'
import { asideDays4 } from './scenarios-aside-4.mjs'

export const asideScenarios = [asideDays1, asideDays2, asideDays3, asideDays4]
