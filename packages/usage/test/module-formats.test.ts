import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type OtlpReceiver, startOtlpReceiver } from '@throughline/otlp'
import { runProgram } from './child.js'
import { counted } from './counts.js'

let receiver: OtlpReceiver

beforeEach(async () => {
  receiver = await startOtlpReceiver()
})

afterEach(() => receiver.stop())

const CREATE = `createUsageTelemetry({ prefix: 'acme', surface: 's', version: '1', endpoint: process.env.ENDPOINT })`
const QUIET = { code: 0, signal: null, stdout: '', stderr: '' }

const env = (): NodeJS.ProcessEnv => ({ ACME_TELEMETRY: 'on', ENDPOINT: receiver.url })

const arrived = (): unknown[] => counted(receiver.metricPoints())

describe.each(['', 'process.exit(0)'])('the package, at the end of a process by "%s"', (end) => {
  it('works for import', async () => {
    const source = `import { createUsageTelemetry } from '@throughline/usage'\n${CREATE}.event('init')\n${end}`
    expect(await runProgram(source, { env: env() })).toEqual(QUIET)
    expect(arrived()).toEqual([[1, { surface: 's', event: 'init' }]])
  })

  it('works for require', async () => {
    const source = `const { createUsageTelemetry } = require('@throughline/usage')\n${CREATE}.event('init')\n${end}`
    // Node 20 says of require() of a module that it is experimental.
    expect(await runProgram(source, { env: env(), commonJs: true, node: ['--no-warnings'] })).toEqual(QUIET)
    expect(arrived()).toEqual([[1, { surface: 's', event: 'init' }]])
  })
})

describe('two copies of the package in one process', () => {
  it('share the listeners of the process, and both send', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-usage-'))
    const source = fileURLToPath(new URL('..', import.meta.url))
    for (const part of ['dist', 'package.json'])
      cpSync(join(source, part), join(folder, part), { recursive: true })
    symlinkSync(join(source, 'node_modules'), join(folder, 'node_modules'))
    const ended = await runProgram(
      `
      import { createUsageTelemetry, wrapCli } from '@throughline/usage'
      const other = await import('${pathToFileURL(join(folder, 'dist/index.js')).href}')
      if (other.createUsageTelemetry === createUsageTelemetry) throw new Error('one copy only')
      const before = process.listenerCount('exit')
      const first = ${CREATE}
      const second = other.createUsageTelemetry({ prefix: 'other', surface: 's', version: '1', endpoint: process.env.ENDPOINT, enabled: true })
      first.event('init')
      second.event('init')
      console.log(process.listenerCount('exit') - before)
      void other.wrapCli(first, () => process.exit(0), { argv: [] })
      `,
      { env: env() },
    )
    rmSync(folder, { recursive: true })
    expect(ended).toEqual({ ...QUIET, stdout: '1\n' })
    expect(counted(receiver.metricPoints(), 'other')).toEqual([[1, { surface: 's', event: 'init' }]])
    expect(arrived()).toEqual([
      [1, { surface: 's', event: 'init' }],
      [1, { surface: 'cli', event: 'cmd_run', command: 'no_subcommand' }],
    ])
  })
})
