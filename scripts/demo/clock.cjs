// Loaded into every process of the demo (node --require): it has a clock that the demo moves, so that "the next morning" is really
// a night later for server, hooks and command line. It also keeps a list of these processes, so that none outlives the demo.
const { readFileSync, rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')

const folder = process.env.MSP_DEMO_STAGE
const real = Date
const now = () => real.now() + Number(readFileSync(join(folder, 'clock'), 'utf8'))

globalThis.Date = new Proxy(real, {
  construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [now()], made),
  apply: () => new real(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})

const mine = join(folder, 'processes', `${process.pid}`)
writeFileSync(mine, '')
process.on('exit', () => rmSync(mine, { force: true }))
