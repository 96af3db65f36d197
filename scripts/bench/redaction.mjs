// What redaction finds, by kind, and what it costs. The sets are those of the tests; see test/redact/data/README.md.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findSecrets } from '../../src/redact/find.ts'
import { redact } from '../../src/redact/redact.ts'
import { redactingStream } from '../../src/redact/stream.ts'
import { measure, readItems, total } from '../../test/redact/measure.ts'
import { recordedTexts } from '../../test/redact/recorded.ts'
import { root } from '../run.mjs'
import { percentile, print, progress, round } from './figures.mjs'

const DATA = join(root, 'test/redact/data')
const BENIGN = join(root, 'test/redact/benign')
const KEY = () => 'a key of this machine'
const ROUNDS = 40
const WARM_UP = 20
const COMMAND = 'mysql -h db1.dataforth.example -u root -pKikker7Blauw -e "SHOW REPLICA STATUS"\n'
const LINE =
  '2026-11-22T10:00:00Z srv-dc01 Service Control Manager: the Print Spooler service entered the running state\n'

/** Prints figures `redaction.found`, `redaction.kind`, `redaction.benign`, `redaction.recorded`, `redaction.cost` and `redaction.cold`. */
export function measureRedaction() {
  for (const name of readdirSync(DATA).filter((file) => file.endsWith('.jsonl'))) measureSet(name)
  measureBenign()
  measureRecorded()
  measureCost()
  measureCold()
}

function measureSet(name) {
  progress(`redaction: what is found in ${name}`)
  const kinds = measure(readItems(join(DATA, name)))
  const positive = kinds.filter(({ kind }) => !kind.startsWith('neg-'))
  const negative = kinds.filter(({ kind }) => kind.startsWith('neg-'))
  const [found, hit] = [total(positive), total(negative)]
  const precision = (one) => round(one.chars === 0 ? 1 : 1 - one.wrongChars / one.chars, 4)
  print({
    ...{ figure: 'redaction.found', set: name, kinds: positive.length, items: found.items, found: found.found },
    ...{ recall: round(found.found / found.items, 4), precision: precision(found) },
    ...{ negatives: hit.items, negatives_hit: hit.wrong.length },
  })
  for (const one of positive) {
    const { kind, items } = one
    print({
      ...{ figure: 'redaction.kind', set: name, kind, items, found: one.found },
      ...{ recall: round(one.found / items, 3), precision: precision(one) },
    })
  }
}

function measureBenign() {
  if (!existsSync(BENIGN)) return
  progress('redaction: what is hit in ordinary output')
  const sum = { files: 0, lines: 0, chars: 0, hits: 0, touched: 0 }
  for (const name of readdirSync(BENIGN)) {
    const text = readFileSync(join(BENIGN, name), 'utf8')
    const findings = findSecrets(text)
    sum.files += 1
    sum.lines += text.split('\n').length
    sum.chars += text.length
    sum.hits += findings.length
    sum.touched += findings.reduce((chars, { start, end }) => chars + end - start, 0)
  }
  print({
    ...{ figure: 'redaction.benign', ...sum, goal: '<= 1 hit in 2000 lines, < 1 % touched' },
    ...{
      lines_per_hit: sum.hits === 0 ? null : round(sum.lines / sum.hits, 0),
      touched_share: round(sum.touched / sum.chars, 6),
    },
  })
}

function measureRecorded() {
  progress('redaction: what is hit in recorded work')
  for (const [kind, texts] of Map.groupBy(recordedTexts(), (one) => one.kind)) {
    const hit = texts.filter(({ text }) => findSecrets(text).length > 0).length
    print({ figure: 'redaction.recorded', kind, texts: texts.length, hit })
  }
}

function measureCost() {
  progress('redaction: what it costs')
  const clean = LINE.repeat(Math.ceil(2_000 / LINE.length)).slice(0, 2_000)
  const texts = [
    ['2 kB, clean', clean, 3],
    ['2 kB, with a command that holds a secret', COMMAND + clean.slice(COMMAND.length), 3],
    ['100 kB of a log', LINE.repeat(Math.ceil(100_000 / LINE.length)).slice(0, 100_000), 50],
    ['100 kB of secrets', COMMAND.repeat(Math.ceil(100_000 / COMMAND.length)).slice(0, 100_000), null],
    ['100 kB of "password="', 'password='.repeat(11_112).slice(0, 100_000), 50],
    ['100 kB of quotes', `"'`.repeat(50_000), 50],
    ['100 kB without a space', 'aB3$'.repeat(25_000), 50],
    ['100 kB of base64', 'QUJDREVGR0g'.repeat(9_100).slice(0, 100_000), 50],
  ]
  for (const [text, content, goal] of texts) {
    const times = timesOf(() => redact(content, KEY))
    print({
      ...{
        figure: 'redaction.cost',
        text,
        p50_ms: round(percentile(times, 0.5), 3),
        p95_ms: round(percentile(times, 0.95), 3),
      },
      ...(goal === null ? {} : { goal: `<= ${goal} ms` }),
    })
  }
  const chunk = LINE.repeat(600)
  const [time] = timesOf(() => {
    const stream = redactingStream(KEY)
    for (let chars = 0; chars < 10_000_000; chars += chunk.length) stream.write(chunk)
    stream.end()
  }, 1)
  print({ figure: 'redaction.cost', text: '10 MB, streamed', p50_ms: round(time, 0) })
}

const COLD_RUNS = 21
/** A hook is a new process: nothing is compiled yet. */
const COLD = `
  const [file, text] = process.argv.slice(1)
  const times = [performance.now()]
  const { redact } = require(file)
  times.push(performance.now())
  redact(text, () => 'a key')
  times.push(performance.now())
  redact(text + ' ', () => 'a key')
  times.push(performance.now())
  console.log(JSON.stringify(times.slice(1).map((time, at) => time - times[at])))`

function measureCold() {
  const file = join(root, 'dist/redact.cjs')
  if (!existsSync(file)) return progress('redaction: run "npm run build" to measure a new process')
  progress('redaction: what it costs in a new process')
  const text = COMMAND + LINE.repeat(20).slice(0, 2_000 - COMMAND.length)
  const runs = Array.from({ length: COLD_RUNS }, () =>
    JSON.parse(execFileSync(process.execPath, ['-e', COLD, file, text], { encoding: 'utf8' })),
  )
  for (const [at, step] of ['loading', 'first', 'second'].entries()) {
    const times = runs.map((run) => run[at])
    print({
      figure: 'redaction.cold',
      step,
      p50_ms: round(percentile(times, 0.5)),
      p95_ms: round(percentile(times, 0.95)),
    })
  }
}

function timesOf(work, rounds = ROUNDS) {
  for (let round = 0; rounds > 1 && round < WARM_UP; round++) work()
  return Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    work()
    return performance.now() - startedAt
  })
}
