import { describe, expect, test } from 'vitest'
import { aCommand, aMachine, ofKind, textIn } from './world.ts'

const PASSWORD = 'Kikker!Blauw7'
const prompt = (text: string) => ({ prompt_id: 'p1', prompt: text })
const environment = (home: string, more: NodeJS.ProcessEnv) => ({
  PATH: process.env.PATH,
  HOME: home,
  MSP_HOME: `${home}/msp`,
  ...more,
})

describe('a prompt with a secret', () => {
  test('is not sent, not shown again and not kept, and the reason says how to go on', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', prompt(`log in on db1\nthe password: ${PASSWORD}`))

    const reply = JSON.parse(run.stdout)
    expect(reply).toMatchObject({ decision: 'block', hookSpecificOutput: { suppressOriginalPrompt: true } })
    expect(reply.reason).toMatch(/password in line 2.*msp cred add.*#allow/)
    expect(run.stdout).not.toContain(PASSWORD)
    expect(textIn(machine.paths.home)).not.toContain(PASSWORD)
    expect(machine.session()).toBeUndefined()
  })

  test('and the word #allow is sent, and recorded without the secret', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', prompt(`the password: ${PASSWORD}, #allow.`))

    expect(run.stdout).toBe('')
    expect(ofKind(machine.events(), 'prompt')).toMatchObject([
      { data: { text: expect.stringMatching(/^the password: \[REDACTED/) } },
    ])
  })

  test('is sent with a line to the person where the setting says so', async () => {
    await using machine = aMachine()
    const env = environment(machine.dir, { MSP_PROMPT_SECRETS: 'warn' })

    const run = await machine.hook('UserPromptSubmit', prompt(`the password: ${PASSWORD}`), { env })

    expect(JSON.parse(run.stdout)).toEqual({
      systemMessage: expect.stringMatching(/holds a secret \(password in line 1\)/),
    })
    expect(ofKind(machine.events(), 'prompt')).toHaveLength(1)
  })

  test('that only looks like a password is told to the person, and sent', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', prompt(`Please log in on the switch with ${PASSWORD} and look`))

    expect(JSON.parse(run.stdout)).toEqual({
      systemMessage: expect.stringMatching(/something that looks like a password \(password in line 1\).*msp cred add/),
    })
    expect(ofKind(machine.events(), 'prompt')).toMatchObject([
      {
        data: {
          text: expect.stringMatching(/^Please log in on the switch with \[REDACTED:password:\w{8}\] and look$/),
        },
      },
    ])
    expect(textIn(machine.paths.home)).not.toContain(PASSWORD)
  })

  test('that is a mode command is handed on without it', async () => {
    await using machine = aMachine()

    const run = await machine.hook('UserPromptSubmit', prompt(`/msp Dataforth password: ${PASSWORD}`))

    expect(run.stdout).toBe('')
    expect(textIn(machine.paths.home)).not.toContain(PASSWORD)
  })
})

describe('a prompt with #skip', () => {
  test('leaves nothing of its turn behind: no command, no subagent report, no answer', async () => {
    await using machine = aMachine()
    await machine.hook('UserPromptSubmit', { prompt_id: 'p1', prompt: 'first' })
    await machine.hook('UserPromptSubmit', { prompt_id: 'p2', prompt: 'the merger with Contoso #skip' })

    await machine.hook('PostToolUse', {
      prompt_id: 'p2',
      ...aCommand('grep Contoso plan.txt', 'toolu_1', { stdout: 'Contoso' }),
    })
    await machine.hook('SubagentStop', {
      prompt_id: 'p2',
      agent_id: 'a1',
      agent_type: 'general-purpose',
      last_assistant_message: 'Contoso it is',
    })
    await machine.hook('Stop', { prompt_id: 'p2', last_assistant_message: 'Contoso it is' })
    await machine.hook('PostToolUse', { prompt_id: 'p3', ...aCommand('hostname', 'toolu_2') })

    expect(textIn(machine.paths.home)).not.toContain('Contoso')
    expect(ofKind(machine.events(), 'command')).toMatchObject([{ data: { command: 'hostname' } }])
  })
})

test('what a file is written with may say #skip too', async () => {
  await using machine = aMachine()
  const tool_input = { file_path: '/p/contoso.txt', content: 'the plan\n#skip\n' }

  await machine.hook('PostToolUse', {
    tool_name: 'Write',
    tool_use_id: 't1',
    tool_input,
    tool_response: { type: 'create', filePath: '/p/contoso.txt' },
  })

  expect(machine.session()).toBeUndefined()
})
