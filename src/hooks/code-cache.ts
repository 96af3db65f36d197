import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { writeCacheFile } from '../durable.ts'
import { pathsOf } from '../settings.ts'
import { readOwn } from './own-file.ts'

declare const require: (module: string) => unknown
declare const __dirname: string

/** The first characters of each of our files: the hash of what follows, put there by the build. */
const STAMP = /^\/\*([0-9a-f]{16})\*\//

type Loaded = { exports: unknown }
const loaded = new Map<string, Loaded>()

/**
 * Loads a file of ours that lies beside this one, like `require`, with the code that V8 made of it in an earlier hook of this kind: a hook is a
 * new process each time, and compiling the redactor is a good part of its life. Node's own compile cache saves half as much, and Node 20 has none.
 *
 * What is kept lies in `MSP_HOME/cache/compiled`, and is code: whoever can write there can have any program run as this user. That is no more
 * than whoever can write the plugin's own folder, the settings of Claude Code or the shell's profile can do: all belong to the user alone. So a file
 * counts only when it is the user's and nobody else can write it, and its name holds hash, Node and processor. V8 does not look for damage, so
 * each is kept twice in its file, and both halves have to be the same. In all other cases the source is compiled, as always.
 */
export function load(name: string): unknown {
  const before = loaded.get(name)
  if (before) return before.exports
  const module: Loaded = { exports: {} }
  const path = join(__dirname, name)
  const run = compiled(path, readFileSync(path, 'utf8')).runInThisContext()
  loaded.set(name, module)
  try {
    run(module.exports, within, module, path, dirname(path))
  } catch (error) {
    loaded.delete(name)
    throw error
  }
  return module.exports
}

const within = (module: string): unknown => (module.startsWith('./') ? load(module.slice(2)) : require(module))

function compiled(filename: string, source: string): Script {
  const code = `(function(exports,require,module,__filename,__dirname){${source}\n})`
  const file = fileFor(source)
  const cachedData = file && storedIn(file)
  const script = new Script(code, cachedData ? { filename, cachedData } : { filename })
  // At the end, when the reply is out and the functions that this kind of hook calls have been compiled.
  if (file && (cachedData === undefined || script.cachedDataRejected)) process.once('exit', () => store(file, script))
  return script
}

/** One for each event: the functions that it calls, and no others. */
function fileFor(source: string): string | undefined {
  const stamp = STAMP.exec(source)?.[1]
  const event = /^[A-Za-z]{1,30}$/.exec(process.argv[2] ?? '')?.[0] ?? 'other'
  if (stamp === undefined) return undefined
  try {
    const name = `${stamp}-${event}-${process.version}-${process.arch}`
    return join(pathsOf(process.env).cache, 'compiled', name)
  } catch {
    return undefined // An account without a home. Other hooks say so.
  }
}

function storedIn(file: string): Buffer | undefined {
  const twice = readOwn(file)
  if (twice === undefined || twice.length === 0 || twice.length % 2 !== 0) return undefined
  const data = twice.subarray(0, twice.length / 2)
  return data.equals(twice.subarray(twice.length / 2)) ? data : undefined
}

function store(file: string, script: Script): void {
  try {
    const data = script.createCachedData()
    writeCacheFile(file, Buffer.concat([data, data]))
  } catch {
    // A home that cannot be written: hooks start slower, and others say so.
  }
}
