import { expect, test } from 'vitest'
import { systemName } from '../../src/guard/system.ts'

test.each([
  ['Microsoft Windows Server 2008 R2 Standard 6.1.7601', 'windows server 2008 r2'],
  ['Windows Server 2008 R2', 'windows server 2008 r2'],
  ['Windows 11 Pro 10.0.26100', 'windows 11'],
  ['Ubuntu 22.04.5 LTS (5.15.0-91-generic)', 'ubuntu 22.04'],
  ['Debian GNU/Linux 12 (bookworm)', 'debian 12'],
  ['Red Hat Enterprise Linux 9.4 (Plow)', 'rhel 9'],
  ['macOS 15.1 (24.1.0)', 'macos 15'],
  ['ReadyNAS OS 6.10.9', 'readynas os 6.10'],
  ['Cisco IOS Software, Version 15.2(4)E8', 'ios 15.2'],
  ['Haiku R1', 'haiku r1'],
  ['', null],
  [null, null],
])('%s is %s', (told, name) => {
  expect(systemName(told)).toBe(name)
})
