import type { Segment } from './shape.ts'

/** Consoles of appliances and of servers of their own: they say with plain words what others say with flags, and mark the word that they do not know. */

const CONSOLE =
  /^(?:show|execute|configure|conf|copy|get|set|diagnose|display|interface|export|request|clear|debug|no|delete)$/
export const isConsole = ({ program }: Segment): boolean => CONSOLE.test(program)

const PLAIN = /^[a-z][a-z-]{1,20}$/i

/** The first two words: of the command itself, or of one that a program takes in quotes (`asterisk -rx 'sip show peers'`). */
export function phrasesOf(segment: Segment): string[] {
  const { program, literals } = segment
  if (isConsole(segment)) return PLAIN.test(literals[0] ?? '') ? [`${program} ${literals[0]}`] : []
  const inside = literals.length < 3 ? literals.filter((literal) => QUOTED.test(literal)) : []
  return inside.map((literal) => `${program} ${literal.split(' ', 2).join(' ')}`)
}
const QUOTED = /^[a-z][\w-]{1,20} [a-z][\w-]{1,20}(?: [\w.-]{1,40}){0,6}$/i

/** Words of a router's command that begins with its menu: `/export show-sensitive`. */
export const wordsOf = ({ typed, words }: Segment): string[] =>
  /^\/[a-z-]+$/.test(typed) ? words.filter((word) => PLAIN.test(word)).map((word) => word.toLowerCase()) : []

/** The number of the word that the output marks, 0 for the command itself; null where it marks none. */
export function markedWord({ typed, words }: Segment, said: string): number | null {
  const line = [typed, ...words].join(' ')
  const column = columnIn(line, typed, said)
  if (column === null || column >= line.length) return null
  return line.slice(0, column).split(' ').length - 1
}

function columnIn(line: string, first: string, said: string): number | null {
  const told = /\(line 1 column (\d{1,4})\)/.exec(said)?.[1]
  if (told !== undefined) return Number(told) - 1
  // What was typed, and under it the mark.
  const [, echo = '', before = ''] = /^(.*)\r?\n([ \t]*)\^[ \t]*$/m.exec(said) ?? []
  const start = echo.indexOf(line) >= 0 ? echo.indexOf(line) : echo.indexOf(first)
  if (start < 0 || echo === '') return null
  return Math.max(0, before.length - start)
}

/** `/interface/print`: newer routers read their menus so, older ones only with spaces. */
export const MENU_PATHS = /^\/[a-z-]+(?:\/[a-z-]+)+$/
/** Stands for it in keys. */
export const MENU_PATH = '/…/…'
