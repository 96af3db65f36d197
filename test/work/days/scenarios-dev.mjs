/** The scenario texts of the dev set. */
import { devDays1 } from './scenarios-dev-1.mjs'
import { devDays2 } from './scenarios-dev-2.mjs'
import { devDays3 } from './scenarios-dev-3.mjs'
import { devDays4 } from './scenarios-dev-4.mjs'

export const devScenarios = [devDays1, devDays2, devDays3, devDays4]
