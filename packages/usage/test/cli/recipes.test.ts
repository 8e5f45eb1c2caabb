import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { type Ended, runProgram } from '../child.js'
import { timed } from '../counts.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

/** How a tool of docs/usage-counters.md ends, off and on; and what was timed. */
async function run(tool: string, args: readonly string[]): Promise<Ended & { timed: unknown[] }> {
  const env = { ENDPOINT: receiver.url }
  const off = await runProgram(`${tool}.mjs`, { args, env })
  const on = await runProgram(`${tool}.mjs`, { args, env: { ...env, ACME_TELEMETRY: 'on' } })
  expect(on).toEqual(off)
  return { ...on, timed: timed(receiver.metricPoints()) }
}

const ran = (command: string, outcome: string): unknown[] => [
  [1, { surface: 'cli', event: 'cmd_run', command, outcome }],
]

describe.each(['commander', 'yargs'])('the recipe for %s', (tool) => {
  it.each([
    [['login', 'ann'], 'login'],
    [['trace', 'ls', '--token', 'secret'], 'trace ls'],
    [['--profile', 'prod', 'trace', 'ls'], 'trace ls'],
  ])('counts %j as %s', async (args, command) => {
    const ended = await run(tool, args)
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toContain('done')
    expect(ended.timed).toEqual(ran(command, 'success'))
  })

  it('counts a command that fails', async () => {
    const ended = await run(tool, ['fail'])
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('boom')
    expect(ended.timed).toEqual(ran('fail', 'error'))
  })

  it('counts wrong usage, which exits at once', async () => {
    const ended = await run(tool, ['trace', 'ls', '--no-such-option', 'secret'])
    expect(ended.code).toBe(1)
    expect(ended.stderr).not.toBe('')
    expect(ended.timed).toEqual(ran('trace ls', 'error'))
  })

  it('counts what it does not know as no subcommand', async () => {
    const ended = await run(tool, ['hunter2'])
    expect(ended.code).toBe(1)
    expect(ended.timed).toEqual(ran('no_subcommand', 'error'))
  })

  it('counts a question for help, which exits at once', async () => {
    const ended = await run(tool, ['--help'])
    expect(ended.code).toBe(0)
    expect(ended.stdout).toContain('trace')
    expect(ended.timed).toEqual(ran('no_subcommand', 'success'))
  })
})
