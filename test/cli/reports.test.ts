import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { csvLine, figure, hoursOf, minutesOf } from '../../src/cli/report/csv.ts'
import { asHtml, asMarkdown } from '../../src/cli/report/document.ts'
import { HOURS_BY } from '../../src/cli/reports.ts'
import { HOUR_GROUPINGS } from '../../src/contract/hours.ts'
import { testServer } from '../support/server.ts'
import { aHome } from './home.ts'

const HOSTILE = '<img src=x onerror=alert(1)> "&" [x](javascript:1) | = Ünïcødé'

/** A client with a hostile name, and three entries of Ana in January 2025: two priced, in two currencies. */
async function anOffice() {
  const server = await testServer({ database: 'sqlite' })
  const client_id = await server.client(HOSTILE)
  const ana = await server.technician({ name: 'Ana', clients: [HOSTILE] })
  const { db } = server.server.deps
  for (const [work_date, client_note, price] of [
    ['2025-01-10', '=HYPERLINK("http://x")', { amount_minor: 12_050, currency: 'USD', billable_minutes: 75 }],
    ['2025-01-11', '+1 <b>bold</b>', { amount_minor: 900, currency: 'JPY', billable_minutes: 30 }],
    ['2025-01-12', 'Not priced', {}],
  ] as const) {
    const { id } = await ana.api.billableTime.create({ client_id, raw_seconds: 4_230, work_date, client_note })
    const nothing = { amount_minor: null, currency: null, billable_minutes: null }
    await db
      .updateTable('billable_time')
      .set({ ...nothing, ...price })
      .where('id', '=', id)
      .execute()
  }
  const home = aHome(server.url)
  await home.login(ana)
  return Object.assign(server, { home, client_id, [Symbol.asyncDispose]: server[Symbol.asyncDispose] })
}

const MONTH = ['--month', '2025-01']

describe('what is written into a report', () => {
  test('knows what the API tells hours apart by', () => {
    expect(HOURS_BY).toEqual(HOUR_GROUPINGS)
  })

  test.each(['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '＝1', '\r=1'])('a cell %j is text to a spreadsheet', (text) => {
    expect(csvLine([text])).toMatch(/^"?'/)
  })

  test('figures stay figures, and what needs quotes has them', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', figure(-5), null])).toBe('"a,b","say ""x""","two\nlines",-5,\r\n')
    expect([minutesOf(4_230), hoursOf(4_230), hoursOf(300), minutesOf(null)]).toEqual([
      '70.50',
      '1.1750',
      '0.0833',
      null,
    ])
  })

  test('nothing of a name becomes HTML or a link', () => {
    const section = { title: HOSTILE, heads: ['what'], rows: [[HOSTILE]], total: [HOSTILE], figuresFrom: 1, empty: '' }
    const report = { title: HOSTILE, facts: [[HOSTILE, HOSTILE]] as const, sections: [section], notes: [HOSTILE] }

    const page = asHtml(report)
    const text = asMarkdown(report)

    expect(page).not.toMatch(/<(img|script|a)\b/i)
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&quot;')
    expect(page).toMatch(/default-src 'none'/)
    expect(text).not.toMatch(/(^|[^\\])(<img|\[x\]\()/)
  })
})

describe('msp report', () => {
  test('adds up hours per client: worked beside billed, each currency for itself, what has no price as that', async () => {
    await using office = await anOffice()

    const { stdout } = await office.home.msp(['report', 'hours', ...MONTH])
    const csv = await office.home.msp(['report', 'hours', '--by', 'month', '--period', '2025-Q1', '--format', 'csv'])
    const none = await office.home.msp(['report', 'hours', '--month', '2020-01'])

    expect(stdout).toMatch(/total +3 +3 h 32 min +1 h 45 min +900 JPY, 120\.50 USD, 1 not priced/)
    expect(csv.stdout).toBe(
      'month,entries,worked_minutes,worked_hours,billed_minutes,billed_hours,not_priced,amount,currency\r\n' +
        '2025-01,3,211.50,3.5250,105.00,1.7500,1,900,JPY\r\n2025-01,,,,,,,120.50,USD\r\n',
    )
    expect(none.stdout).toContain('no time in these days')
  })

  test('writes the month of a client as HTML, Markdown, CSV and JSON', async () => {
    await using office = await anOffice()
    const ask = ['report', 'client', office.client_id, ...MONTH]
    const file = join(office.home.dir, 'Jänner 2025.html')

    const written = await office.home.msp([...ask, '--output', file])
    const again = await office.home.msp([...ask, '--output', file])
    const markdown = await office.home.msp([...ask, '--format', 'markdown'])
    const csv = await office.home.msp([...ask, '--format', 'csv', '--bom'])
    const json = await office.home.msp([...ask, '--json'])

    expect(written).toMatchObject({ code: 0, stderr: '' })
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('--force') })
    expect(readFileSync(file, 'utf8')).toMatch(/&lt;b&gt;bold&lt;\/b&gt;.*900 JPY/)
    expect(existsSync(`${file}.part`)).toBe(false)
    expect(markdown.stdout).toMatch(/\| 2025-01-12 \| Not priced \| Ana \| draft \| 1 h 11 min \| - \| not priced \|/)
    expect(csv.stdout.split('\r\n')).toHaveLength(5)
    expect(csv.stdout).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(csv.stdout).toMatch(/^\uFEFFid,date,client/)
    expect(json.json).toMatchObject({ time: { entries: 3, not_priced: 1 }, lines: [{}, {}, {}] })
  })

  test('tells all work of some days, what is not billed, and failures', async () => {
    await using office = await anOffice()

    const work = await office.home.msp(['report', 'work', office.client_id, ...MONTH])
    const unbilled = await office.home.msp('report unbilled --format csv')
    const failures = await office.home.msp('report failures')
    const twice = await office.home.msp(['report', 'hours', ...MONTH, '--period', '2025'])

    expect(work.stdout).toContain('Amount: 900 JPY, 120.50 USD, 1 not priced')
    expect(unbilled.stdout).toMatch(/2025-01,.*,3,211\.50,/)
    expect(failures.stdout).toContain('none is known')
    expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining('once') })
  })
})
