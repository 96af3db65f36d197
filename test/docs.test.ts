import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { skipReason } from './support/skips.ts'

// A page that names a file or a command that is not there is worse than no page. Only what is written as code (in
// backticks or in a code block) is looked at, and the targets of links.

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const PAGES = ['README.md', 'ARCHITECTURE.md', 'docs/failures.md', 'docs/integrations.md', 'docs/security.md']
const cli = join(root, 'dist', 'msp.cjs')

const FOLDERS = '.ci|.claude-plugin|agents|bin|commands|dist|docs|hooks|scripts|server|src|test'.split('|')
const PATH = new RegExp(`^(${FOLDERS.map((folder) => folder.replace('.', '\\.')).join('|')})/`)
// A name without a folder, as in "rules.ts": some file must be called that. Not every .json: config.json is a user's.
const FILE_NAME = /^[\w.-]+\.(ts|mjs|cjs)$|^[A-Z]+\.md$|^(package|tsconfig|biome|plugin|marketplace|hooks)\.json$/

// npm's own commands, and those that run a script of the same name.
const NPM_COMMANDS = ['ci', 'install', 'pack', 'publish', 'update', 'view']

describe.each(PAGES)('%s', (page) => {
  test('names paths that exist', () => {
    const missing = [...pathsIn(page), ...treePathsIn(page), ...linkedPathsIn(page)].filter((path) => !pathExists(path))

    expect(missing, `${page} names what is not there: ${missing.join(', ')}`).toEqual([])
  })

  test('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const missing = matchesIn(codeOf(page), /\bnpm (?:run )?([a-z][\w:-]*)/g)
      .filter((name) => name !== 'run' && !NPM_COMMANDS.includes(name))
      .filter((name) => scripts[name] === undefined)

    expect(missing, `${page} names npm scripts that package.json does not have`).toEqual([])
  })

  test.skipIf(!isBuilt())('names verbs of msp that exist', () => {
    const verbs = verbsOfTheCli()
    const missing = matchesIn(codeOf(page), /(?<![\w/.@-])msp ([a-z][a-z-]*)/g).filter((verb) => !verbs.has(verb))

    expect(missing, `${page} names verbs that "msp --help" does not list`).toEqual([])
  })

  test('names environment variables that something reads', () => {
    const sources = ['src', 'server', 'scripts', 'test'].map(allTextIn).join('\n')
    const unread = matchesIn(codeOf(page), /\b(MSP_[A-Z_]+[A-Z])\b/g).filter((name) => !sources.includes(name))

    expect(unread, `${page} names variables that nothing reads`).toEqual([])
  })
})

test('the README shows the two commands of a fresh clone', () => {
  const code = codeOf('README.md')

  expect([code.includes('npm ci && npm start'), code.includes('npm ci && npm test')]).toEqual([true, true])
})

function isBuilt(): boolean {
  if (existsSync(cli)) return true
  skipReason('the verbs of msp in README.md and ARCHITECTURE.md', 'dist/msp.cjs is not built; run "npm run build"')
  return false
}

function verbsOfTheCli(): Set<string> {
  const help = execFileSync(process.execPath, [cli, '--help'], { encoding: 'utf8' })
  return new Set(matchesIn(help, /^ {2,}(?:msp )?([a-z][a-z-]*)/gm))
}

/** The code blocks and the inline code of a page, one piece a line. */
function codeOf(page: string): string {
  const text = readFileSync(join(root, page), 'utf8')
  const blocks = matchesIn(text, /^ *```[^\n]*\n([\s\S]*?)^ *```/gm)
  const inline = matchesIn(text.replaceAll(/^ *```[\s\S]*?^ *```/gm, ''), /`([^`\n]+)`/g)
  return [...blocks, ...inline].join('\n')
}

function pathsIn(page: string): string[] {
  return codeOf(page)
    .split(/[\s"'()[\],;=|]+(?![^{]*\})/)
    .map((word) => word.replace(/^\.\//, '').replace(/[.:]$/, ''))
    .filter((word) => PATH.test(word) || FILE_NAME.test(word))
}

/** Paths of a drawn tree: `├── server/` with `│   ├── main.ts` below it. Only the first name of a line is one. */
function treePathsIn(page: string): string[] {
  const parents: string[] = []
  return codeOf(page)
    .split('\n')
    .flatMap((line) => {
      const match = /^((?:│ {3}| {4})*)[├└]── ([^\s,]+)/.exec(line)
      if (!match?.[2]) return []
      const depth = (match[1] ?? '').length / 4
      const path = posix.join(...parents.slice(0, depth), match[2])
      parents[depth] = match[2]
      return [path]
    })
}

function linkedPathsIn(page: string): string[] {
  const targets = matchesIn(readFileSync(join(root, page), 'utf8'), /\]\(([^)\s]+)\)/g)
  return targets
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => target && !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(page), target))
}

/** `<domain>` and `*` stand for anything, `{a,b}` for each; what the build makes counts only once it is built. */
function pathExists(path: string): boolean {
  if (path.startsWith('dist/') && !existsSync(join(root, 'dist', 'build.json'))) return true
  if (FILE_NAME.test(path)) return fileNames().has(path)
  return alternatives(path).every((one) => {
    const pattern = one.replaceAll(/<[^>]*>/g, '*').replace(/:\d+$/, '')
    return pattern.includes('*') ? globSync(pattern, { cwd: root }).length > 0 : existsSync(join(root, pattern))
  })
}

function fileNames(): Set<string> {
  const inside = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }),
  )
  return new Set([...readdirSync(root), ...inside].map((name) => basename(name)))
}

function alternatives(path: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(path)
  if (!match) return [path]
  const [, before = '', names = '', after = ''] = match
  return names.split(',').flatMap((name) => alternatives(`${before}${name.trim()}${after}`))
}

function allTextIn(folder: string): string {
  if (!existsSync(join(root, folder))) return ''
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mjs|cjs)$/.test(name) && name !== 'docs.test.ts')
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')
}

function matchesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])
}
