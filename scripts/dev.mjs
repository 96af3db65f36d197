// npm run dev: the plugin's bundles rebuilt at every change, and the server restarted at every change, on a throw-away
// MSP_HOME under .cache/dev. Use the plugin with: MSP_HOME=.cache/dev claude --plugin-dir .
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundles, watch } from './build.mjs'
import { commandFor, environmentFor, pickNode, root } from './run.mjs'

const node = pickNode()
const home = process.env.MSP_HOME ?? join(root, '.cache', 'dev')
mkdirSync(home, { recursive: true, mode: 0o700 })

const stopWatching = await watch(bundles.filter((bundle) => bundle.source.startsWith('src/')))
const [program, ...tsx] = commandFor('tsx', node)
const server = spawn(program, [...tsx, 'watch', '--clear-screen=false', 'server/main.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...environmentFor(node), MSP_HOME: home },
})
console.log(`MSP_HOME is ${home}; stop with Ctrl-C`)

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))
server.on('exit', async (code) => {
  await stopWatching()
  process.exit(code ?? 0)
})
