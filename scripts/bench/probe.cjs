// Preloaded (--require) into a process that is measured: tells at its end what it used. Descriptor 3 is a pipe to the bench.
const { writeSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1_000, rssMb: maxRSS / 1_024 }))
})
