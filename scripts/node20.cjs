// What execa 10 and undici 8 use at load that Node 20 does not have. Injected into dist/msp-more.cjs only: the CLI runs on
// the technician's Node. Remove it when Node 20 is no longer supported.
const threads = require('node:worker_threads')
const zlib = require('node:zlib')

if (!Set.prototype.union) {
  Set.prototype.union = function union(other) {
    return new Set([...this, ...other.keys()])
  }
}

if (!Promise.withResolvers) {
  Promise.withResolvers = function withResolvers() {
    const settle = {}
    const promise = new this((resolve, reject) => Object.assign(settle, { resolve, reject }))
    return { promise, ...settle }
  }
}

if (!zlib.createZstdDecompress) {
  // undici binds it at load and calls it only for an answer in zstd, which nobody asks for.
  zlib.createZstdDecompress = function createZstdDecompress() {
    throw new Error('Node 20 cannot decompress zstd. Use Node 22.15 or newer.')
  }
}

// Keeps objects from being posted to another thread; the CLI has no other thread.
threads.markAsUncloneable ??= () => undefined
