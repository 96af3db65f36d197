import { describe, expect, test } from 'vitest'
import { findSecrets } from '../../src/redact/find.ts'

/** What is found in a text, as text. */
const found = (text: string): string[] => findSecrets(text).map(({ start, end }) => text.slice(start, end))

describe('what only looks like a password stays', () => {
  test.each([
    ['packages', (at: number) => `ii  libgtk${at}-bin:amd64   3.24.${at}-4~deb12u1  amd64  GTK ${at} library`],
    ['files', (at: number) => `-rw-r--r-- 1 root root ${at}00 Nov 22 10:42 Backup_${2000 + at}.tar.gz`],
    ['folders', (at: number) => `drwxr-xr-x 2 root root 4096 Nov 22 2026 Project${at}`],
    ['computers', (at: number) => `WS-0${at}   Windows11   Enabled   CONTOSO\\Werkplek${at}`],
    ['services', (at: number) => `Running  WpnUserService_${at}a2b3c   Windows Push Notifications User Service`],
    ['checksums', (at: number) => `${String(at).padStart(40, 'a1b2c3d4')}  setup-${at}.exe`],
    [
      'requests',
      (at: number) => `192.0.2.${at} - - [22/Nov/2026:10:42:${at}] "GET /a${at}/b?id=Q${at}&s=2 HTTP/1.1" 200 ${at}12`,
    ],
    ['licences', (at: number) => `jan${at}@contoso.example  Microsoft365_E${at}  2026-11-${at}`],
  ])('a listing of %s', (_, line) => {
    expect(found(Array.from({ length: 60 }, (__, at) => line(at + 10)).join('\n'))).toEqual([])
  })
})
