import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EXIT, Failure, usage } from '../output.ts'
import { findProgram } from './program.ts'
import type { Traces } from './traces.ts'

const START_LIMIT_MS = 3_000
const PASSPHRASE_LIMIT_MS = 60_000
const POLL_MS = 10

/**
 * Starts an agent for SSH keys of its own and gives it the key, which touches neither a disk nor an argument.
 *
 * @returns the variables by which programs find it
 * @throws Failure when there is no OpenSSH, or it does not take the key
 */
export async function startSshAgent(
  key: string,
  traces: Traces,
  environment: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
  if (process.platform === 'win32')
    throw usage(
      'On Windows the agent for SSH keys is a service that all programs share. Give the key with --file KEY=private_key -- ssh -i {KEY} …',
    )
  const place = { environment, cwd: '/', isForModel: false }
  const [agentFile, addFile] = [findProgram('ssh-agent', place), findProgram('ssh-add', place)]
  const socket = join(traces.folder(), 'agent')
  const agent = spawn(agentFile, ['-D', '-a', socket], { stdio: 'ignore', env: environment })
  agent.on('error', () => undefined) // Then there is no socket, which is told below.
  traces.also(() => void agent.kill('SIGTERM'))
  for (let waited = 0; !existsSync(socket); waited += POLL_MS) {
    if (waited >= START_LIMIT_MS)
      throw new Failure(EXIT.failed, 'ssh-agent does not start. Try "ssh-agent -D" to see why.')
    await sleep(POLL_MS)
  }
  const variables = { SSH_AUTH_SOCK: socket }
  const added = spawnSync(addFile, ['-q', '-'], {
    input: key.endsWith('\n') ? key : `${key}\n`,
    env: { ...environment, ...variables, SSH_ASKPASS_REQUIRE: 'never' },
    stdio: ['pipe', 'ignore', 'ignore'],
    // At a terminal a person is asked for the passphrase of the key.
    timeout: process.stdin.isTTY ? PASSPHRASE_LIMIT_MS : START_LIMIT_MS,
  })
  if (added.status === 0) return variables
  throw new Failure(
    EXIT.failed,
    'ssh-agent does not take the key: it is no private key that OpenSSH reads, or it has a passphrase. Store it without one: it is encrypted in ClaudeTools.',
  )
}
