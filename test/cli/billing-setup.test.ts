import { expect, test } from 'vitest'
import { testServer } from '../support/server.ts'
import { aHome } from './home.ts'

/** What an owner types before the first bill. */

async function anOffice() {
  const server = await testServer({ database: 'sqlite' })
  await server.client('Dataforth')
  const lea = await server.technician({ name: 'Lea', role: 'lead', clients: ['Dataforth'] })
  const home = aHome(server.url)
  await home.login(lea)
  const said = async (...words: string[]) => {
    const { stdout, stderr, code } = await home.msp(words)
    return `${stdout}${stderr}${code === 0 ? '' : ` (${code})`}`.trim()
  }
  return Object.assign(server, { said, [Symbol.asyncDispose]: server[Symbol.asyncDispose] })
}

test('rates, rules, agreements, calendars and kinds of work are entered and listed in words', async () => {
  await using office = await anOffice()
  const { said } = office

  expect(await said('rate', 'list')).toMatch(/^No rates: time has no price yet/)
  expect(await said('rate', 'add', '120.00 USD')).toMatch(/^✓ Rate \w+: 120\.00 USD an hour, for everyone\.$/)
  expect(await said('work-type', 'add', 'On site', '--code', 'ONSITE')).toMatch(/^✓ Work type \w+: On site\.$/)
  expect(await said('rate', 'add', '95 EUR', '--client', 'Dataforth', '--work-type', 'onsite')).toMatch(
    /95\.00 EUR an hour, for Dataforth, work type On site\.$/,
  )
  expect(await said('rate', 'list')).toMatch(/120\.00 USD\/h {2}for everyone/)
  expect(await said('rule', 'add', '--client', 'Dataforth', '--minimum', '30', '--per', 'ticket_day')).toMatch(
    /up to 15 min, at least 30 min, per ticket and day, for Dataforth\.$/,
  )
  expect(await said('rule', 'list')).toMatch(/for Dataforth/)
  const agreed = [
    'agreement',
    'add',
    'Care pack',
    '--client',
    'Dataforth',
    '--kind',
    'block_hours',
    '--from',
    '2026-01-01',
  ]
  const added = await said(...agreed, '--hours', '10', '--overage', '125.00 USD', '--default')
  expect(added).toMatch(/^✓ Agreement \w+: Care pack, the default of its client\.$/)
  expect(await said('agreement', 'show', /\w{8}(?=:)/.exec(added)?.[0] ?? '')).toMatch(
    /each: +10 h a month\nbeyond: +125\.00 USD an hour[\s\S]*Nothing was drawn from it yet/,
  )
  const calendar = await said('calendar', 'add', 'Phoenix', '--timezone', 'America/Phoenix', '--open', '07:00-17:00')
  expect(calendar).toMatch(/^✓ Calendar \w+: Phoenix\.$/)
  const id = /\w{8}(?=:)/.exec(calendar)?.[0] ?? ''
  expect(await said('calendar', 'holiday', id, '2026-12-25', 'Christmas Day')).toBe(
    '✓ Closed on 2026-12-25: Christmas Day.',
  )
})

test.each([
  [['rate', 'add', '120,00 USD'], /no amount/],
  [['rate', 'add', '120'], /Of which currency/],
  [['rate', 'add', '1 USD', '--client', 'Nobody'], /no client "Nobody"[\s\S]*\(5\)/],
  [['rule', 'add', '--increment', '0'], /--increment is a number of minutes from 1/],
  [['rule', 'add', '--per', 'year'], /--per is one of/],
  [['calendar', 'add', 'x', '--timezone', 'UTC', '--open', '17:00-07:00'], /--open is a stretch of a day/],
  [
    [
      'agreement',
      'add',
      'x',
      '--client',
      'Dataforth',
      '--kind',
      'block_hours',
      '--from',
      '2026-01-01',
      '--hours',
      'ten',
    ],
    /--hours is a number/,
  ],
  [
    'agreement add x --client Dataforth --kind retainer --from 2026-01-01 --overage'.split(' ').concat('90 USD'),
    /--overage is for --kind block_hours, not retainer/,
  ],
  [
    'agreement add x --client Dataforth --kind flat_rate --from 2026-01-01 --hours 10'.split(' '),
    /--hours is for --kind block_hours, not flat_rate/,
  ],
])('%j says what is wrong', async (words, why) => {
  await using office = await anOffice()

  expect(await office.said(...words)).toMatch(why)
})
