import type { Segment } from './shape.ts'

/** Modules that are programs of their own, too. */
const PROGRAMS = /^pip$/
/** As it is looked for: one of somebody's own folder brings its own modules. */
const PYTHON = /^(?:python[\d.]*|py)(?:\.exe)?$/i

/** `python3 -m pip install x` is `pip install x`. */
export function asModule(segment: Segment): Segment {
  const [flag, program = '', verb = '', ...rest] = segment.words
  if (flag !== '-m' || !PROGRAMS.test(program) || !PYTHON.test(segment.typed)) return segment
  return {
    ...{ ...segment, program, typed: program, verbs: verb === '' ? [] : [verb] },
    ...{
      words: verb === '' ? [] : [verb, ...rest],
      literals: segment.literals.filter((word) => word !== program && word !== verb),
    },
  }
}
