/** The fourth examination: written by somebody who has not read the server. */
import { exam4Days1 } from './scenarios-exam4-1.mjs'
import { exam4Days2 } from './scenarios-exam4-2.mjs'
import { exam4Days3 } from './scenarios-exam4-3.mjs'
import { exam4Days4 } from './scenarios-exam4-4.mjs'
import { exam4Days5 } from './scenarios-exam4-5.mjs'
import { exam4Days6 } from './scenarios-exam4-6.mjs'

export const exam4Scenarios = [exam4Days1, exam4Days2, exam4Days3, exam4Days4, exam4Days5, exam4Days6]
