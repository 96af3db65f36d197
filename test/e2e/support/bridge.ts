/**
 * Runs inside the closed network namespace and joins its loopback ports to Unix sockets in the file system, which both sides can see.
 * So the scripted model can live in the test process although the client has no way out, and a test can call a server inside.
 *
 * Each line on stdin is `{"listen": A, "to": B}`, a TCP port (number) or a socket path (string) each; the answer is `{"listening": A}`.
 * The end of stdin (the test process has gone) ends the bridge, and with it everything in the namespace.
 */
import { connect, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

type Address = number | string

const dial = (address: Address): Socket =>
  typeof address === 'number' ? connect(address, '127.0.0.1') : connect(address)

function join(near: Socket, far: Socket): void {
  near.pipe(far)
  far.pipe(near)
  // Either end may break off (a killed server or client); the other must see it at once and not wait for a time-out.
  near.on('error', () => far.destroy()).on('close', () => far.destroy())
  far.on('error', () => near.destroy()).on('close', () => near.destroy())
}

function open(listen: Address, to: Address): void {
  const server = createServer((socket) => join(socket, dial(to)))
  const ready = () => process.stdout.write(`${JSON.stringify({ listening: listen })}\n`)
  if (typeof listen === 'number') server.listen(listen, '127.0.0.1', ready)
  else server.listen(listen, ready)
}

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  const { listen, to } = JSON.parse(line) as { listen: Address; to: Address }
  open(listen, to)
})
lines.on('close', () => process.exit(0))
