import { describe, expect, test } from 'vitest'
import { readTechnicalName } from '../../../server/domains/clients/technical-names.ts'

describe('what a technical text names', () => {
  test.each([
    ['SRV-OLD', 'host', ['srv-old']],
    ['SRV-OLD.dataforth.local.', 'host', ['srv-old.dataforth.local', 'dataforth.local']],
    ['mail.dataforth.com:8443', 'host', ['mail.dataforth.com', 'dataforth.com']],
    ['mail.dataforth.com/owa', 'host', ['mail.dataforth.com', 'dataforth.com']],
    ['https://joe:pw@Mail.Dataforth.com:8443/owa?x=1', 'url', ['mail.dataforth.com', 'dataforth.com']],
    ['Joe@Dataforth.com', 'email', ['dataforth.com']],
    ['mailto:joe@dataforth.com', 'email', ['dataforth.com']],
  ])('%s is a %s', (text, kind, domains) => {
    expect(readTechnicalName(text)).toMatchObject({ kind, domains })
  })

  test.each([
    [' 203.0.113.7 ', '203.0.113.7', 'ip'],
    ['203.0.113.7:443', '203.0.113.7', 'ip'],
    ['2001:DB8::7', '2001:db8::7', 'ip'],
    ['https://[2001:db8::7]:8443/', '2001:db8::7', 'url'],
    ['ssh://10.0.0.5', '10.0.0.5', 'url'],
  ])('%s is the address %s', (text, ip, kind) => {
    expect(readTechnicalName(text)).toMatchObject({ kind, ip })
  })
})
