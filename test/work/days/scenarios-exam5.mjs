/** The fifth examination: written by somebody who has not read the server. */
import { exam5Days1 } from './scenarios-exam5-1.mjs'
import { exam5Days2 } from './scenarios-exam5-2.mjs'
import { exam5Days3 } from './scenarios-exam5-3.mjs'
import { exam5Days4 } from './scenarios-exam5-4.mjs'
import { exam5Days5 } from './scenarios-exam5-5.mjs'
import { exam5Days6 } from './scenarios-exam5-6.mjs'

export const exam5Scenarios = [exam5Days1, exam5Days2, exam5Days3, exam5Days4, exam5Days5, exam5Days6]
