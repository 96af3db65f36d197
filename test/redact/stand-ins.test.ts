import { describe, expect, test } from 'vitest'
import { isStandIn } from '../../src/redact/stand-ins.ts'

describe('what stands for a secret', () => {
  test.each([
    ...['changeme', 'CHANGE_THIS_PASSWORD', 'BITTE_AENDERN', 'vul-in', 'wijzig_mij', 'à définir', 'your-api-key-here'],
    ...['@@DB_PASS@@', '__SECRET__', '***removed***', '(ausgeblendet)', 'unverändert', 'n.v.t.', 'REPLACE_ME', 'todo'],
  ])('%s is one', (value) => {
    expect(isStandIn(value)).toBe(true)
  })

  test.each([
    'changeme123',
    'changeit-Zuerich',
    'geheim',
    'welkom',
    'mijn-fiets',
    '__kikker',
    'password1',
    'pannenkoek',
  ])('%s is none', (value) => {
    expect(isStandIn(value)).toBe(false)
  })
})
