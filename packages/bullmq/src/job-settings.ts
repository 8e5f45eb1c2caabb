import type { EdgeOptions } from '@throughline/core'
import { resolveSettings, type Settings } from '@throughline/core/binding'
import type { JobTrace } from './job-trace.js'

/** Under which a `telemetry()` object holds its settings, for a worker of ours to find them. */
export const SETTINGS: unique symbol = Symbol.for('@throughline/bullmq/settings')

/** The settings of `initTelemetry`, whenever that is called, with a queue's own in front. */
export class JobSettings {
  #base: Settings | undefined
  #current: Settings

  constructor(
    private readonly options: EdgeOptions,
    readonly trace: JobTrace,
  ) {
    this.#base = resolveSettings()
    this.#current = resolveSettings(options)
  }

  get current(): Settings {
    const base = resolveSettings()
    if (base !== this.#base) {
      this.#base = base
      this.#current = resolveSettings(this.options)
    }
    return this.#current
  }
}

/** The settings of a `telemetry()` object, also of another copy of this package; undefined for any other. */
export function settingsOf(telemetry: unknown): JobSettings | undefined {
  return (telemetry as { [SETTINGS]?: JobSettings } | undefined)?.[SETTINGS]
}
