// Memory of the server, idle and after load, next to a bare HTTP server's.
import { print } from './figures.mjs'
import { memoryOf } from './processes.mjs'

/** @param measured what `measureApi` returned. Idle is after the start and one sign-in, with the tokenizer loaded. */
export function printMemory({ databases, references }) {
  for (const { name, commands, server } of databases) {
    const now = memoryOf(server.pid)
    print({
      figure: 'memory.server',
      database: name,
      commands,
      idle_mb: server.idle.rss_mb,
      after_load_mb: now.rss_mb,
      peak_mb: now.peak_mb,
      reference: { ...memoryOf(references.constant.pid), what: 'bare node:http handler after the same load' },
    })
  }
}
