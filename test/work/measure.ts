import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, scoreOf, type Truth } from './score.ts'

// How well work, categories, machines and minutes are found in recorded days: `node scripts/run.mjs test/work/measure.ts dev [--misses]`, after a build.

const [set = 'dev', ...options] = process.argv.slice(2)
const folder = join(import.meta.dirname, 'days', set)
const truth = JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')) as Truth
const root = join(import.meta.dirname, '..', '..')
const program = [join(root, 'bin', 'msp'), 'replay', join(folder, 'events.jsonl'), '--json']
const printed = execFileSync(process.execPath, program, { maxBuffer: 256 * 1024 * 1024 }).toString()
const { misses, ...score } = scoreOf(truth, JSON.parse(printed) as Account)
process.stdout.write(`${JSON.stringify({ set, pieces: truth.pieces.length, ...score }, null, 2)}\n`)
if (options.includes('--misses')) process.stdout.write(`${misses.join('\n')}\n`)
