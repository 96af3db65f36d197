/** The third examination: written by somebody who has not read the server. */
import { exam3Days1 } from './scenarios-exam3-1.mjs'
import { exam3Days2 } from './scenarios-exam3-2.mjs'
import { exam3Days3 } from './scenarios-exam3-3.mjs'

export const exam3Scenarios = [exam3Days1, exam3Days2, exam3Days3]
