import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../run.mjs'
import { runProgram, userEnvironment } from './programs.mjs'
import { askYes, isTerminal, step } from './say.mjs'

const script = join(root, 'scripts', 'start.mjs')
const byHand = 'npm start -- --at-login'

/**
 * Has the server started when the user logs in to this machine, or takes that back. Asks only at a terminal and only when
 * the installation is new.
 *
 * @param wanted true, false, or undefined when nothing was said.
 * @returns whether anything was changed.
 */
export async function startAtLogin(place, node, { wanted, isNew }) {
  const entry = loginEntry(process.platform, { node, home: place.isDefaultHome ? null : place.home })
  const isThere = existsSync(entry.file)
  if (wanted === false) return isThere ? remove(entry) : false
  if (isThere && readFileSync(entry.file, 'utf8') === entry.content) {
    step('✓', 'at login', `starts by itself (${entry.file}; already)`)
    return false
  }
  const isWanted = wanted ?? (isThere || (isNew && isTerminal() && (await askYes('Start the server when you log in?'))))
  if (isWanted) return add(entry)
  step('–', 'at login', `the server does not start by itself. To have it do so: ${byHand}`)
  return false
}

/**
 * What makes a system start the server for this user: a file and, where the system wants to be told, the commands. Pure.
 *
 * @param home MSP_HOME when it is not the default, else null.
 */
export function loginEntry(platform, { node, home, folders = userFolders() }) {
  if (platform === 'win32') return windowsEntry(node, home, folders)
  if (platform === 'darwin') return macEntry(node, home, folders)
  return systemdEntry(node, home, folders)
}

const userFolders = () => ({
  config: process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
  home: homedir(),
  startup: join(
    process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'),
    'Microsoft',
    'Windows',
    'Start Menu',
    'Programs',
    'Startup',
  ),
})

function systemdEntry(node, home, { config }) {
  const quoted = (text) =>
    `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`
  const lines = [
    '[Unit]',
    'Description=ClaudeTools server',
    '',
    '[Service]',
    ...(home ? [`Environment=${quoted(`MSP_HOME=${home}`)}`] : []),
    `ExecStart=${[node, script].map(quoted).join(' ')} --foreground --no-plugin`,
    'Restart=on-failure',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ]
  return {
    file: join(config, 'systemd', 'user', 'claudetools.service'),
    content: lines.join('\n'),
    enable: ['systemctl', '--user', 'enable', 'claudetools.service'],
    disable: ['systemctl', '--user', 'disable', 'claudetools.service'],
  }
}

function macEntry(node, home, folders) {
  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const string = (text) => `<string>${escaped(text)}</string>`
  const environment = home
    ? `  <key>EnvironmentVariables</key>\n  <dict><key>MSP_HOME</key>${string(home)}</dict>\n`
    : ''
  const content = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>${string('claudetools.server')}
  <key>ProgramArguments</key>
  <array>${[node, script, '--foreground', '--no-plugin'].map(string).join('')}</array>
${environment}  <key>RunAtLoad</key><true/>
</dict>
</plist>
`
  return { file: join(folders.home, 'Library', 'LaunchAgents', 'claudetools.server.plist'), content }
}

function windowsEntry(node, home, { startup }) {
  const literal = (text) => text.replaceAll('%', '%%')
  const lines = [
    '@echo off',
    ...(home ? [`set "MSP_HOME=${literal(home)}"`] : []),
    `"${literal(node)}" "${literal(script)}" --no-plugin >nul`,
    '',
  ]
  return { file: join(startup, 'ClaudeTools.cmd'), content: lines.join('\r\n') }
}

async function add({ file, content, enable }) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  const problem = enable && (await failure(enable))
  if (problem) {
    rmSync(file, { force: true })
    step('✗', 'at login', `not set up: ${problem} Have your system run this instead: ${script}`)
  } else step('✓', 'at login', `starts by itself from now on (${file})`)
  return !problem
}

async function remove({ file, disable }) {
  if (disable) await failure(disable) // What it would say of a unit that is not enabled does not matter: the file goes.
  rmSync(file, { force: true })
  step('✓', 'at login', 'does not start by itself any more')
  return true
}

async function failure([program, ...args]) {
  const { code, stderr } = await runProgram(program, args, { env: userEnvironment(), timeoutMs: 20_000 })
  return code === 0 ? undefined : `${stderr.trim().split('\n').at(-1) || `${program} failed`}.`.replace(/\.\.$/, '.')
}
