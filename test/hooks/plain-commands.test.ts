import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isPlain } from '../../src/hooks/plain-commands.ts'
import { findSecrets } from '../../src/redact/find.ts'
import { readItems } from '../redact/measure.ts'

/** Commands of every day for which the guard does not load the redactor. */

const DATA = join(import.meta.dirname, '..', 'redact', 'data')

describe('a plain command', () => {
  test.each([
    'ls -la /etc/nginx',
    'cd /srv/app && git status',
    'git log --oneline | head -20',
    'systemctl restart nginx; journalctl -n 50 --no-pager',
    'npm test 2>&1 | tail -30',
    'Get-Service | Where-Object Status',
    'find . -name *.ts | wc -l',
  ])('is %s, and the redactor finds nothing sure in it', (command) => {
    expect(isPlain(command)).toBe(true)
    expect(findSecrets(command, { as: 'command', isSureOnly: true })).toEqual([])
  })

  test.each([
    'mysql -pKikker7Blauw',
    'net user jan zomer /add',
    'echo zomer | passwd --stdin jan',
    'git clone https://ana:zomer@example.org/x.git',
    'PGPASSWORD=zomer psql',
    'ls && sshpass -p zomer ssh web1',
    'git -c http.extraHeader=zomer fetch',
    "cat 'a b'",
    'dig @192.0.2.1 example.org',
    'git checkout ghpFAKE0a1B2c3D4e5F6g7H8',
    'cat <<E | chpasswd\njan:zomer\nE',
    '',
  ])('is not %j', (command) => {
    expect(isPlain(command)).toBe(false)
  })

  test('is none of the commands with a secret that we know', () => {
    const files = readdirSync(DATA).filter((name) => name.endsWith('.jsonl'))
    const items = files.flatMap((name) => readItems(join(DATA, name))).filter(({ secrets }) => secrets.length > 0)

    expect(items.length).toBeGreaterThan(900)
    expect(items.filter(({ text }) => isPlain(text)).map(({ id }) => id)).toEqual([])
  })
})
