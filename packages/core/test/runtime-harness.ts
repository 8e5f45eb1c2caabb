import { loadConfig } from '../src/config/config.js'
import { slot } from '../src/slot.js'
import type { LogOptions } from '../src/telemetry/log-options.js'
import { Runtime } from '../src/telemetry/runtime.js'
import { createSettings, type SettingsOptions } from '../src/telemetry/settings.js'
import { LineWriter } from '../src/writer/writer.js'

/** A runtime of this process whose console is a list of lines. */
export interface Harness {
  readonly runtime: Runtime
  /** The console's text so far, a line each. */
  text(): string[]
  /** The console's JSON lines so far, without their timestamps. */
  lines(): Record<string, unknown>[]
  close(): void
}

export function openRuntime(
  env: NodeJS.ProcessEnv = {},
  options: SettingsOptions & { log?: LogOptions } = {},
): Harness {
  const { config } = loadConfig({ NODE_ENV: 'test', ...env })
  const chunks: string[] = []
  const writer = new LineWriter(
    {
      isTTY: false,
      write(bytes, offset, length) {
        chunks.push(Buffer.from(bytes.subarray(offset, offset + length)).toString('utf8'))
        return length
      },
    },
    { recovered() {}, gone() {} },
  )
  const runtime = new Runtime(config, createSettings(options), options.log ?? {}, writer, false)
  slot.runtime = runtime
  const text = (): string[] => {
    writer.flush()
    return chunks.join('').split('\n').filter(Boolean)
  }
  return {
    runtime,
    text,
    lines: () =>
      text().map((line) => {
        const { timestamp, ...rest } = JSON.parse(line) as Record<string, unknown>
        if (typeof timestamp !== 'string') throw new TypeError(`no timestamp: ${line}`)
        return rest
      }),
    close() {
      runtime.close()
      slot.runtime = undefined
    },
  }
}
