// Builds dist/: the plugin's bundles, the CLI, the server, the API documentation's script.
//   node scripts/run.mjs scripts/build.mjs           once, minified where start-up counts
//   node scripts/run.mjs scripts/build.mjs --watch   again at every change, until Ctrl-C
// With CI=true a missing source is a failure; without it, it is a warning, so that a part can be built alone.
import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { isEntry, root } from './run.mjs'

const dist = join(root, 'dist')
const record = join(dist, 'build.json')
const scalar = { from: 'node_modules/@scalar/api-reference/dist/browser/standalone.js', to: 'dist/web/scalar.js' }

/** CommonJS has no import.meta; dependencies (execa) ask for import.meta.url. */
const importMetaUrl = {
  define: { 'import.meta.url': '__importMetaUrl' },
  js: 'const __importMetaUrl=require("node:url").pathToFileURL(__filename).href;',
}

/** Bundled CommonJS (mysql2, pino) asks for these three, which an ES module does not have. */
const commonJsInModule = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { dirname as __dirnameOf } from 'node:path'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  'const require = __createRequire(import.meta.url)',
  'const __filename = __fileURLToPath(import.meta.url)',
  'const __dirname = __dirnameOf(__filename)',
].join('\n')

// Hooks and CLI run on whatever Node the technician has (at least 20.19), from a folder without node_modules.
const onTheTechniciansNode = { format: 'cjs', target: 'node20', minify: true }
// The redactor is large, hooks and CLI share it, and not every start needs it: its file is loaded with the first call.
const redactorBeside = (loading) => ({
  name: 'redactor beside',
  setup(context) {
    const filter = /\/redact\/index\.ts$/
    context.onResolve({ filter }, ({ path }) => ({ path, namespace: 'beside' }))
    context.onLoad({ filter, namespace: 'beside' }, () => {
      const exported = readFileSync(join(root, 'src/redact/index.ts'), 'utf8').matchAll(/^export \{ (.*) \} from/gm)
      const functions = [...exported].flatMap(([, names]) => names.split(', '))
      const contents = functions.map((name) => `export const ${name} = (...given) => redactor().${name}(...given)`)
      return { contents: [loading, ...contents].join('\n'), resolveDir: join(root, 'src') }
    })
  },
})
const byRequire = "const redactor = () => require('./redact.cjs')"
const fromCodeCache = "import { load } from './hooks/code-cache.ts'\nconst redactor = () => load('redact.cjs')"

// A hook has no import.meta: asking for it would be undefined at run time, so it must not build.
const hook = {
  ...onTheTechniciansNode,
  external: ['./redact.cjs'],
  plugins: [redactorBeside(byRequire)],
  logOverride: { 'empty-import-meta': 'error' },
  charset: 'ascii', // Read and compiled faster: one byte is one character.
}
/** What Node itself loads. The files beside it get its loader with the name `require`. */
const hookEntry = { ...hook, plugins: [redactorBeside(fromCodeCache)] }

// What few verbs of the CLI need, and costs more than its start, is a file of its own: required when such a verb runs.
const moreBeside = {
  name: 'more beside',
  setup(context) {
    context.onResolve({ filter: /^\.\/more\.ts$/ }, () => ({ path: './msp-more.cjs', external: true }))
  },
}

/** What is built: source, result, and how they differ from the common options. */
export const bundles = [
  {
    source: 'src/redact/index.ts',
    result: 'dist/redact.cjs',
    options: { ...onTheTechniciansNode, charset: 'ascii' },
    stamped: true,
  },
  { source: 'src/hooks/main.ts', result: 'dist/hook.cjs', options: hookEntry },
  { source: 'src/hooks/guard.ts', result: 'dist/hook-guard.cjs', options: hook, stamped: true },
  { source: 'src/hooks/recording.ts', result: 'dist/hook-record.cjs', options: hook, stamped: true },
  { source: 'src/hooks/session.ts', result: 'dist/hook-session.cjs', options: hook, stamped: true },
  { source: 'src/hooks/background-main.ts', result: 'dist/hook-background.cjs', options: hookEntry },
  { source: 'src/api/keychain-main.ts', result: 'dist/keychain.cjs', options: hook },
  {
    source: 'src/cli/main.ts',
    result: 'dist/msp.cjs',
    executable: true,
    options: {
      ...onTheTechniciansNode,
      define: importMetaUrl.define,
      plugins: [moreBeside, redactorBeside(byRequire)],
      external: ['./redact.cjs'],
      banner: { js: `#!/usr/bin/env node\n${importMetaUrl.js}` },
    },
  },
  {
    source: 'src/cli/more.ts',
    result: 'dist/msp-more.cjs',
    options: {
      ...onTheTechniciansNode,
      define: importMetaUrl.define,
      inject: ['scripts/node20.cjs'],
      banner: { js: importMetaUrl.js },
    },
  },
  {
    source: 'server/main.ts',
    result: 'dist/server.js',
    options: {
      format: 'esm',
      target: 'node22',
      define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version) },
      // Native code stays in node_modules.
      external: ['better-sqlite3', '@node-rs/argon2'],
      banner: { js: commonJsInModule },
    },
  },
]

const common = {
  bundle: true,
  platform: 'node',
  absWorkingDir: root,
  logLevel: 'warning',
  legalComments: 'none',
  charset: 'utf8',
}

/**
 * The addon that speaks to the keychain of this platform: where its package has it, and under which name `src/api/keychain-main.ts` looks for
 * it. Undefined where the package offers none: the tokens then lie in files.
 */
function keychainAddon() {
  const folder = join(root, 'node_modules', '@napi-rs')
  const packages = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('keyring-')) : []
  // "keyring-linux-x64-gnu", "-musl", "keyring-win32-x64-msvc": npm installs the one that fits this machine.
  const name = packages.find((name) => name.startsWith(`keyring-${process.platform}-${process.arch}`))
  const file = name && readdirSync(join(folder, name)).find((file) => file.endsWith('.node'))
  if (!file) return undefined
  const musl = name.endsWith('-musl') ? '-musl' : ''
  return {
    from: join('node_modules', '@napi-rs', name, file),
    to: `dist/keyring/${process.platform}-${process.arch}${musl}.node`,
  }
}

/** Does dist/ hold what these sources build? `npm start` skips the build then. */
export function isFresh() {
  if (!existsSync(record)) return false
  const addon = keychainAddon()
  const outputs = [scalar.to, ...bundles.map((bundle) => bundle.result), ...(addon ? [addon.to] : [])]
  if (!outputs.every((output) => existsSync(join(root, output)))) return false
  try {
    return JSON.parse(readFileSync(record, 'utf8')).sourceHash === sourceHash()
  } catch {
    return false // A half-written record only means building once more.
  }
}

/** SHA-256 (hex) over the paths and contents of everything that a bundle can contain, this file and the lock file included. */
export function sourceHash() {
  const hash = createHash('sha256')
  const files = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'scripts/build.mjs',
    'scripts/node20.cjs',
    ...['src', 'server', ...pluginFolders].flatMap(filesIn),
  ]
  for (const file of files.filter((name) => existsSync(join(root, name)))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0')
  }
  return hash.digest('hex')
}

/** Claude Code lays the types of its hooks modules beside a plugin that it loads from this folder. */
const isLaidDown = (path) => path.includes(join('.claude-plugin', 'types'))

function filesIn(folder) {
  const top = join(root, folder)
  if (!existsSync(top)) return []
  return readdirSync(top, { recursive: true })
    .map((name) => join(top, name))
    .filter((path) => statSync(path).isFile() && !isLaidDown(path))
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort()
}

/**
 * Builds everything that has a source.
 *
 * @param print where progress goes, one line per call.
 * @throws Error when a bundle fails, or when a source is missing and CI=true.
 */
export async function build(print = console.log) {
  const esbuild = await import('esbuild')
  const hash = sourceHash() // Before reading: a file saved during the build makes the result stale, not fresh.
  mkdirSync(join(dist, 'web'), { recursive: true })
  const present = presentBundles()
  // Beside the old ones, then renamed: a hook that starts meanwhile runs the one or the other, never half of one.
  const built = await Promise.all(
    present.map((bundle) => esbuild.build({ ...optionsFor(bundle), outfile: fresh(bundle), metafile: true })),
  )
  for (const bundle of present) {
    finish(bundle, join(root, fresh(bundle)))
    renameSync(join(root, fresh(bundle)), join(root, bundle.result))
  }
  copyFileSync(join(root, scalar.from), join(root, scalar.to))
  const addon = keychainAddon()
  if (addon) replaceWhole(join(root, addon.from), join(root, addon.to))
  else print('warning: there is no keychain addon for this platform; sign-ins will be kept in files')
  writeFileSync(join(root, notices), noticesOf(built.map(({ metafile }) => metafile)))
  packMarketplace(addon ? [addon.to] : [])
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  writeFileSync(
    record,
    `${JSON.stringify({ version, builtAt: new Date().toISOString(), sourceHash: hash }, null, 2)}\n`,
  )
  for (const result of [...present.map((bundle) => bundle.result), scalar.to]) print(sizeLine(result))
}

/** The licences of what is bundled: theirs ask that they go with every copy. */
const notices = 'dist/THIRD-PARTY-LICENSES.txt'

function noticesOf(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs))
  const packages = inputs.flatMap((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? [])
  const docs = dirname(dirname(dirname(scalar.from)))
  const addon = keychainAddon()
  return [...new Set([...packages, docs, ...(addon ? ['node_modules/@napi-rs/keyring', dirname(addon.from)] : [])])]
    .sort()
    .map(noticeOf)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const file = readdirSync(join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
  return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, folder, file), 'utf8').trim() : ''}\n`
}

/** What `npm start` installs. Claude Code copies the whole folder of a plugin, so it has only what a plugin needs. */
export const marketplace = 'dist/marketplace'
const pluginFolders = ['.claude-plugin', 'agents', 'bin', 'commands', 'hooks']

function packMarketplace(addons) {
  const plugin = join(root, marketplace, 'claudetools')
  const described = JSON.parse(readFileSync(join(root, '.claude-plugin', 'marketplace.json'), 'utf8'))
  described.plugins[0].source = './claudetools'
  mkdirSync(join(root, marketplace, '.claude-plugin'), { recursive: true })
  writeFileSync(
    join(root, marketplace, '.claude-plugin', 'marketplace.json'),
    `${JSON.stringify(described, null, 2)}\n`,
  )
  rmSync(join(plugin, '.claude-plugin', 'types'), { recursive: true, force: true })
  for (const folder of pluginFolders)
    cpSync(join(root, folder), join(plugin, folder), { recursive: true, filter: (path) => !isLaidDown(path) })
  rmSync(join(plugin, '.claude-plugin', 'marketplace.json'))
  const onTechniciansMachine = bundles.map(({ result }) => result).filter((result) => result.endsWith('.cjs'))
  for (const file of [...onTechniciansMachine, ...addons, notices, 'LICENSE', 'README.md'])
    replaceWhole(join(root, file), join(plugin, file))
}

/** Copies so that whoever runs the file meanwhile has the old one or the new one. */
function replaceWhole(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, `${to}.new`)
  renameSync(`${to}.new`, to)
}

/** Builds the plugin's bundles, or all of them, again at every change. Resolves to a function that stops it. */
export async function watch(chosen = bundles) {
  const esbuild = await import('esbuild')
  mkdirSync(join(dist, 'web'), { recursive: true })
  copyFileSync(join(root, scalar.from), join(root, scalar.to))
  const contexts = await Promise.all(presentBundles(chosen).map((bundle) => watched(esbuild, bundle)))
  await Promise.all(contexts.map((context) => context.watch()))
  return () => Promise.all(contexts.map((context) => context.dispose()))
}

function watched(esbuild, bundle) {
  const options = optionsFor(bundle)
  return esbuild.context({ ...options, plugins: [...(options.plugins ?? []), announcing(bundle)] })
}

const fresh = ({ result }) => `${result}.new`

const optionsFor = ({ source, result, options }) => ({ ...common, ...options, entryPoints: [source], outfile: result })

function presentBundles(chosen = bundles) {
  const missing = chosen.filter((bundle) => !existsSync(join(root, bundle.source))).map((bundle) => bundle.source)
  if (missing.length > 0 && process.env.CI === 'true')
    throw new Error(`Cannot build: there is no ${missing.join(', no ')}.`)
  for (const source of missing) console.warn(`warning: there is no ${source}; its bundle is not built`)
  return chosen.filter((bundle) => !missing.includes(bundle.source))
}

function finish({ executable, stamped }, path) {
  if (executable) chmodSync(path, 0o755)
  if (stamped) writeFileSync(path, stampedCode(readFileSync(path, 'utf8')))
}

/** The hash of a file at its beginning: `src/hooks/code-cache.ts` knows by it which compiled code is this file's. */
export const stampedCode = (code) => `/*${createHash('sha256').update(code).digest('hex').slice(0, 16)}*/${code}`

const announcing = (bundle) => ({
  name: 'announcing',
  setup(context) {
    context.onEnd(({ errors }) => {
      if (errors.length > 0) return
      finish(bundle, join(root, bundle.result))
      console.log(sizeLine(bundle.result))
    })
  },
})

function sizeLine(result) {
  return `${result.padEnd(24)}${(statSync(join(root, result)).size / 1024).toFixed(1).padStart(9)} KB`
}

if (isEntry(import.meta.url)) {
  try {
    if (process.argv.includes('--watch')) await watch()
    else await build()
  } catch (error) {
    // esbuild has printed its own errors, with the place in the source.
    if (!error.errors) console.error(error.message)
    process.exitCode = 1
  }
}
