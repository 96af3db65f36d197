import { describe, expect, test } from 'vitest'
import { asWeighed, blamesContent } from '../../src/guard/lasting.ts'

describe('a failure passes', () => {
  test.each([
    'File "build.py", line 9\nSyntaxError: invalid syntax',
    'deploy.sh: line 3: syntax error near unexpected token',
    'Error: Missing required argument\n  on main.tf line 20',
    "error in '/home/ana/site.yml': line 12, column 3",
    'At C:\\scripts\\a.ps1:12 char:3',
  ])('when it blames what somebody writes here: %s', (said) => {
    expect(blamesContent(said)).toBe(true)
    expect(asWeighed('SyntaxError', 'exact', said)).toBe('InvalidOperation')
  })

  test('when a login is over', () => {
    expect(asWeighed('NotSpecified', 'exact', 'AADSTS700082: The refresh token has expired.')).toBe(
      'ResourceUnavailable',
    )
  })
})

describe('a failure lasts', () => {
  test.each([
    '/usr/lib/node_modules/vite/bin/vite.js:2\nSyntaxError: Unexpected token {',
    'syntax error (line 1 column 5)',
    'bad command name x (line 1 column 1)',
  ])('when nobody here can put it right: %s', (said) => {
    expect(blamesContent(said)).toBe(false)
    expect(asWeighed('SyntaxError', 'exact', said)).toBe('SyntaxError')
  })

  test('when the time for a login was over, not the login', () => {
    expect(asWeighed('ConnectionError', 'shape', 'Could not open a connection [53]. Login timeout expired.')).toBe(
      'ConnectionError',
    )
  })

  test('when a program names its flag and says no more', () => {
    expect(asWeighed('NotSpecified', 'option', '--json is what?')).toBe('InvalidArgument')
  })
})
