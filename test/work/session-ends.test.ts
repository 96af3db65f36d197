import { expect, test } from 'vitest'
import { commitsOf } from '../../server/domains/work/session-ends.ts'

/** What the end of a session hands on. */

const ran = (command: string, stdout_excerpt: string | null, success = true) =>
  ({ command, stdout_excerpt, success }) as Parameters<typeof commitsOf>[0][number]

test('commits are told by what git said of them, each once', () => {
  const commands = [
    ran('git commit -qam x', null),
    ran('git commit -am "feat: export"', '[feature/csv 1a2b3c4] feat: export\n 2 files changed, 10 insertions(+)'),
    ran('git commit -am "first"', '[main (root-commit) 9f8e7d6] first'),
    ran('git commit --amend', '[feature/csv 1a2b3c4] feat: export'),
    ran('cat log', '[main 1234567] not said by git'),
    ran('git commit -am no', '[main 7654321] refused', false),
  ]

  expect(commitsOf(commands)).toEqual([
    { hash: '1a2b3c4', branch: 'feature/csv', message: 'feat: export' },
    { hash: '9f8e7d6', branch: 'main', message: 'first' },
  ])
})
