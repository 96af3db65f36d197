import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import type { Namespace } from './namespace.ts'

let port = 19_000

/** Lets programs in a namespace reach a server of this process, by a socket in `folder`. @returns its address inside */
export async function reachable(namespace: Namespace, folder: string, url: string): Promise<string> {
  const inside = ++port
  const socket = join(folder, `outside-${inside}.sock`)
  const server = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    near.pipe(far).pipe(near)
    near.on('error', () => far.destroy()).on('close', () => far.destroy())
    far.on('error', () => near.destroy()).on('close', () => near.destroy())
  })
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  server.unref()
  await namespace.join(inside, socket)
  return `http://127.0.0.1:${inside}`
}
