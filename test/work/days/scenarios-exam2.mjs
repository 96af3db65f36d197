/** The scenario texts of the second examination. */
import { exam2Days1 } from './scenarios-exam2-1.mjs'
import { exam2Days2 } from './scenarios-exam2-2.mjs'

export const exam2Scenarios = [exam2Days1, exam2Days2]
