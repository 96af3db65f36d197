/** The scenario texts of the first examination. */
import { examDays1 } from './scenarios-exam-1.mjs'
import { examDays2 } from './scenarios-exam-2.mjs'
import { examDays3 } from './scenarios-exam-3.mjs'

export const examScenarios = [examDays1, examDays2, examDays3]
