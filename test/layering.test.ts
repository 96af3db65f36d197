import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

// The arrows of ARCHITECTURE.md. Paths are relative to the repository, with forward slashes; `from` says whom a rule is
// about, `never` or `only` what they may import: a path of ours, or the name of a package, "node:fs" included.

interface ImportRule {
  readonly rule: string
  readonly from: RegExp
  /** None of the imports may match. */
  readonly never?: RegExp
  /** Every import that matches `among` (every one, when it is left out) must match `only` too. */
  readonly only?: RegExp
  readonly among?: RegExp
}

const OURS = /^(src|server|test|scripts)\//

const IMPORT_RULES: readonly ImportRule[] = [
  { rule: 'the client never imports the server', from: /^src\//, never: /^server\// },
  {
    rule: 'the server shares contract, redact, recall, guard and shell with the client, nothing else',
    from: /^server\//,
    among: /^src\//,
    only: /^src\/(contract|redact|recall|guard|shell)\//,
  },
  { rule: 'nothing that ships imports tests or scripts', from: /^(src|server)\//, never: /^(test|scripts)\// },
  {
    rule: 'the contract imports nothing of ours but itself',
    from: /^src\/contract\//,
    among: OURS,
    only: /^src\/contract\//,
  },
  {
    rule: 'the contract does no I/O',
    from: /^src\/contract\//,
    never: /^node:(fs|http|https|net|child_process|os|process)/,
  },
  {
    rule: 'redact is pure: itself and the lexer of commands',
    from: /^src\/redact\//,
    among: OURS,
    only: /^src\/(redact|shell)\//,
  },
  {
    rule: 'guard is pure: itself, the lexer of commands and the contract',
    from: /^src\/guard\//,
    among: OURS,
    only: /^src\/(guard|shell|contract)\//,
  },
  { rule: 'the lexer of commands imports nothing', from: /^src\/shell\//, never: /^(?!src\/shell\/)/ },
  {
    rule: 'recall is pure: itself, the guard and the contract',
    from: /^src\/recall\//,
    among: OURS,
    only: /^src\/(recall|guard|contract)\//,
  },
  {
    rule: 'redact and recall do no I/O',
    from: /^src\/(redact|recall)\//,
    never: /^node:(fs|http|https|net|child_process)/,
  },
  {
    rule: 'the spool knows neither hooks nor the CLI',
    from: /^src\/(spool|api|machine)\//,
    never: /^src\/(hooks|cli)\//,
  },
  { rule: 'hooks never import the CLI', from: /^src\/hooks\//, never: /^src\/cli\// },
  {
    rule: "hooks' own files import no heavy package (start-up counts)",
    from: /^src\/hooks\//,
    never: /^(zod(?!\/mini)|undici|execa|systeminformation|tsx|jose|commander|pino)(\/|$)/,
  },
  {
    rule: 'crypto imports nothing of ours but itself',
    from: /^server\/crypto\//,
    among: OURS,
    only: /^server\/crypto\//,
  },
  {
    rule: 'vault, audit, limits and redaction know neither http nor domains',
    from: /^server\/(vault|audit|limits|redaction)\//,
    never: /^server\/(http|domains)\//,
  },
  {
    rule: 'connectors know neither http nor domains',
    from: /^server\/connectors\//,
    never: /^server\/(http|domains|search)\//,
  },
  {
    rule: "a vendor's own shapes are known in its folder only: outside, the registry names its entry",
    from: /^server\/(?!connectors\/)/,
    never: /^server\/connectors\/(?!transport\/)[^/]+\//,
  },
  {
    rule: 'only the transport of connectors calls the world, and what holds its connections',
    from: /^server\/(?!connectors\/(transport\/|connect\.ts$))/,
    never: /^undici$/,
  },
  {
    rule: 'the masker is pure: itself only, no I/O',
    from: /^src\/mask\//,
    never: /^(src\/(?!mask\/)|server\/|node:(fs|http|https|net|child_process))/,
  },
  {
    rule: 'db knows neither http nor domains',
    from: /^server\/db\//,
    never: /^server\/(http|domains|jobs|connectors|search)\//,
  },
  { rule: 'domains never reach up into http', from: /^server\/domains\//, never: /^server\/(http|main)/ },
  {
    rule: 'search imports db, not domains',
    from: /^server\/search\//,
    never: /^server\/(domains|http|jobs|connectors)/,
  },
  { rule: 'crud knows no domain', from: /^server\/crud\//, never: /^server\/(domains|http|connectors|jobs)\// },
  {
    rule: 'only main.ts composes: nothing imports it',
    from: /^(src|server)\//,
    never: /^(server|src\/cli|src\/hooks)\/main\.ts$/,
  },
]

interface TextRule {
  readonly rule: string
  readonly in: RegExp
  readonly never: RegExp
  /** Comments may name what code may not. */
  readonly inCodeOnly?: boolean
}

const TEXT_RULES: readonly TextRule[] = [
  {
    rule: 'only config.ts and db/ know that there is a MariaDB (its client is one of the programs that are judged, its name one of the words that were learned)',
    in: /^server\/(?!config\.ts$|db\/|domains\/credentials\/programs\.ts$|domains\/work\/pieces\/model\.ts$)/,
    never: /mariadb/i,
  },
  {
    rule: "Claude Code's field names are known in src/hooks/ only",
    in: /^(src\/(?!hooks\/)|server\/)/,
    never: /\b(hook_event_name|tool_use_id|tool_response)\b/,
    inCodeOnly: true,
  },
  {
    rule: 'the server reads its environment in config.ts (main.ts hands it over)',
    in: /^server\/(?!config\.ts$|main\.ts$)/,
    never: /\bprocess\.env\b/,
    inCodeOnly: true,
  },
]

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const files = ['src', 'server'].flatMap(sourcesIn)

describe('imports', () => {
  test.each(IMPORT_RULES)('$rule', (rule) => {
    const breaches = files
      .filter((file) => rule.from.test(file))
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => breaks(rule, name))
          .map((name) => `${file} imports ${name}`),
      )

    expect(breaches, `${rule.rule}:\n${breaches.join('\n')}`).toEqual([])
  })

  test("a domain never imports another domain's queries.ts", () => {
    const breaches = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => /^server\/domains\/[^/]+\/queries\.ts$/.test(name) && dirname(name) !== dirname(file))
        .map((name) => `${file} imports ${name}`),
    )

    expect(breaches, `ask the other domain's handlers or rules instead:\n${breaches.join('\n')}`).toEqual([])
  })

  test('a vendor knows no other vendor', () => {
    const vendor = (file: string) => /^server\/connectors\/([^/]+)\//.exec(file)?.[1]
    const breaches = files
      .filter((file) => vendor(file) !== undefined && vendor(file) !== 'transport')
      .flatMap((file) =>
        importsOf(file)
          .filter((name) => ![undefined, 'transport', vendor(file)].includes(vendor(name)))
          .map((name) => `${file} imports ${name}`),
      )

    expect(breaches, breaches.join('\n')).toEqual([])
  })

  test('the hot path of the hooks needs nothing but node: built-ins and plain code of ours', () => {
    const breaches = reachableFrom('src/hooks/main.ts')
      .flatMap((file) => importsOf(file).map((name) => ({ file, name })))
      .filter(({ name }) => !OURS.test(name) && !name.startsWith('node:') && name !== 'src/hooks/hook-session.cjs')
      // A hash in plain code, which loads in a sixth of the time of node:crypto.
      .filter(({ name }) => !name.startsWith('@noble/hashes/'))
      .map(({ file, name }) => `${file} imports ${name}`)

    expect(breaches, `every tool call would pay for it:\n${breaches.join('\n')}`).toEqual([])
  })
})

describe('words', () => {
  test.each(TEXT_RULES)('$rule', (rule) => {
    const breaches = files
      .filter((file) => rule.in.test(file))
      .flatMap((file) => linesOf(file, rule.inCodeOnly === true).filter(({ text }) => rule.never.test(text)))
      .map(({ place, text }) => `${place}: ${text.trim()}`)

    expect(breaches, `${rule.rule}:\n${breaches.join('\n')}`).toEqual([])
  })
})

test('no source file is longer than 350 lines', () => {
  const long = files
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > 350)

  expect(long, 'is it still one idea? Split it along its second one').toEqual([])
})

function breaks(rule: ImportRule, name: string): boolean {
  if (rule.never?.test(name)) return true
  const concerned = rule.among === undefined || rule.among.test(name)
  return rule.only !== undefined && concerned && !rule.only.test(name)
}

function sourcesIn(folder: string): string[] {
  const top = join(root, folder)
  if (!existsSync(top)) return []
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((name) => /\.(ts|mts|cts)$/.test(name))
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** What a file imports, types included: repository paths for files of ours, specifiers for the rest. */
function importsOf(file: string): string[] {
  return specifiers(file, /\b(?:from|import|import\(|require\()\s*['"]([^'"]+)['"]/g)
}

/** The imports that are still there when types are gone. */
function runtimeImportsOf(file: string): string[] {
  const statements = withoutComments(read(file)).replaceAll(
    /\b(?:import|export) type [^;]*? from\s*['"][^'"]+['"]/g,
    '',
  )
  return matches(file, statements, /\b(?:from|import)\s*['"]([^'"]+)['"]/g)
}

function specifiers(file: string, pattern: RegExp): string[] {
  return matches(file, withoutComments(read(file)), pattern)
}

function matches(file: string, text: string, pattern: RegExp): string[] {
  const names = [...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])
  return names.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name))
}

/** Every file of ours that `entry` loads at start, through any number of static imports. */
function reachableFrom(entry: string): string[] {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file) || !existsSync(join(root, file))) return
    found.add(file)
    for (const name of runtimeImportsOf(file)) if (OURS.test(name)) visit(name)
  }
  visit(entry)
  return [...found]
}

/** Good enough for this code base: a comment starts a line, or follows code after two slashes and a space. */
function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|\s)\/\/ .*$/gm, '$1')
}

function linesOf(file: string, codeOnly: boolean): { place: string; text: string }[] {
  const text = codeOnly ? withoutComments(read(file)) : read(file)
  return text.split('\n').map((line, index) => ({ place: `${file}:${index + 1}`, text: line }))
}
