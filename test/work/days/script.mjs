/** Reads the scenario text (see README.md) into sessions of steps. */

const TOOLS = { $: 'Bash', '%': 'PowerShell' }

/** `1h20m`, `25m`, `40s` in seconds. */
function duration(text) {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text.trim())
  if (parts === null || text.trim() === '') throw new Error(`not a duration: ${text}`)
  return Number(parts[1] ?? 0) * 3600 + Number(parts[2] ?? 0) * 60 + Number(parts[3] ?? 0)
}

const cells = (text) => text.split('|').map((cell) => cell.trim())

function session(text) {
  const [start, technician, client, mode, options = ''] = cells(text)
  const given = options.split(/\s+/).filter((word) => word !== '')
  const settings = Object.fromEntries(given.map((word) => [word.split('=')[0], word.split('=')[1] ?? 'yes']))
  return { header: text, start, technician, client: client === '-' ? null : client, mode, settings, steps: [] }
}

function piece(text) {
  const [category, hosts = '-', summary] = cells(text)
  const assets = hosts.split(',').map((host) => host.trim())
  return { kind: 'piece', category, assets: assets.filter((host) => host !== '' && host !== '-'), summary }
}

const starters = {
  '=': piece,
  '>': (text) => ({ kind: 'prompt', text }),
  '.': (text) => ({ kind: 'stop', text }),
  '~': (text) => ({ kind: 'pause', seconds: duration(text) }),
  '^': () => ({ kind: 'compact' }),
  e: (text) => ({ kind: 'edit', path: text, before: [], after: [] }),
  w: (text) => ({ kind: 'write', path: text, after: [] }),
  a: (text) => ({ kind: 'agent', type: cells(text)[0], description: cells(text)[1] }),
  '/a': (text) => ({ kind: 'agentDone', text }),
}

/** Sessions of one scenario text, in the order they are written. */
export function read(source) {
  const sessions = []
  let step = null
  for (const line of source.split('\n')) {
    if (line.trim() === '' || line.startsWith('# ')) continue
    const [, mark, rest] = /^(\S+)\s?(.*)$/.exec(line)
    const tool = /^([$%])(\d*)$/.exec(mark)
    if (mark === '@') sessions.push(session(rest))
    else if (mark === '|') step.output.push(rest)
    else if (mark === '!') step.exit = Number(rest)
    else if (mark === '+') step.after.push(rest)
    else if (mark === '-') step.before.push(rest)
    else {
      if (tool !== null) {
        const seconds = tool[2] === '' ? null : Number(tool[2])
        step = { kind: 'command', tool: TOOLS[tool[1]], command: rest, seconds, output: [], exit: 0 }
      } else if (starters[mark] !== undefined) step = starters[mark](rest)
      else throw new Error(`unknown line: ${line}`)
      sessions.at(-1).steps.push(step)
    }
  }
  return sessions
}
