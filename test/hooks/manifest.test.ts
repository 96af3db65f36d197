import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './world.ts'

const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))

type Hook = { command: string; args: string[]; timeout: number; async?: boolean; onFailure?: string }
const hooks = (): [event: string, matcher: string | undefined, hook: Hook][] =>
  Object.entries(read('hooks/hooks.json').hooks).flatMap(([event, groups]) =>
    (groups as { matcher?: string; hooks: Hook[] }[]).flatMap(({ matcher, hooks: list }) =>
      list.map((hook): [string, string | undefined, Hook] => [event, matcher, hook]),
    ),
  )

describe('the plugin', () => {
  test('has the version of the package, in one place of each file', () => {
    expect(read('.claude-plugin/plugin.json')).toMatchObject({
      name: 'claudetools',
      version: read('package.json').version,
    })
    expect(read('.claude-plugin/marketplace.json')).toMatchObject({
      name: 'claudetools',
      plugins: [{ name: 'claudetools', source: './' }],
    })
  })

  test('starts every hook without a shell, and gives each a time limit in seconds', () => {
    for (const [event, , hook] of hooks()) {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: Claude Code puts the folder in.
      expect(hook).toMatchObject({ command: 'node', args: ['${CLAUDE_PLUGIN_ROOT}/dist/hook.cjs', event] })
      expect(hook.timeout).toBeLessThanOrEqual(15)
    }
  })

  test('waits for no hook that only records, and for those that protect whatever happens', () => {
    const asynchronous = hooks().flatMap(([event, , hook]) => (hook.async ? [event] : []))
    const failing = hooks().flatMap(([event, , hook]) => (hook.onFailure === 'block' ? [event] : []))

    expect(asynchronous).toEqual(['PostToolUseFailure', 'SubagentStart', 'SubagentStop', 'SessionEnd'])
    expect(failing).toEqual(['PreToolUse', 'PostToolUse'])
  })

  test('looks before shells and edits, behind every tool, and records shells and edits that failed', () => {
    const matchers = hooks().flatMap(([event, matcher]) => (matcher === undefined ? [] : [[event, matcher]]))

    expect(matchers).toEqual([
      ['PreToolUse', 'Bash|PowerShell|Edit|Write|MultiEdit|NotebookEdit'],
      ['PostToolUse', '*'],
      ['PostToolUseFailure', 'Bash|PowerShell|Edit|Write|MultiEdit|NotebookEdit'],
    ])
  })

  test('has the hook for the rows of the conversation, which no command hook can replace', () => {
    expect(read('hooks/hooks.json').modules).toEqual(['./rows.ts'])
    expect(existsSync(join(root, 'hooks/rows.ts'))).toBe(true)
  })

  test('finds its hooks where it looks for them', () => {
    expect(
      ['hook.cjs', 'hook-guard.cjs', 'hook-record.cjs', 'hook-session.cjs', 'hook-background.cjs'].filter(
        (file) => !existsSync(join(root, 'dist', file)),
      ),
    ).toEqual([])
  })
})
