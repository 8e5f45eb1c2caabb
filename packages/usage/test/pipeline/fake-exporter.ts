import type { Measurement } from '../../src/event/measurement.js'
import type { ExporterModule, ExporterOptions, UsageExporter } from '../../src/pipeline/usage-exporter.js'
import type { ExportSettings } from '../../src/settings/settings.js'

export const SETTINGS: ExportSettings = {
  prefix: 'acme',
  url: 'http://127.0.0.1:9/v1/metrics',
  headers: {},
  resource: {},
}

/** An exporter that notes what it is told, and takes what it is given as long as `export` says. */
export class FakeExporter implements UsageExporter {
  readonly recorded: Measurement[] = []
  exports = 0
  closed = false
  busy = false
  unsent: Uint8Array | undefined
  options: ExporterOptions = {}

  constructor(private readonly send: () => Promise<void> = async () => {}) {}

  readonly load = async (): Promise<ExporterModule> => ({
    createUsageExporter: (_, options = {}) => {
      this.options = options
      return this
    },
  })

  record(measurement: Measurement): void {
    this.recorded.push(measurement)
  }

  async export(): Promise<void> {
    this.exports++
    this.options.onCollected?.()
    await this.send()
  }

  close(): void {
    this.closed = true
  }
}

export const event = (name: string): Measurement => ({
  attributes: { surface: 's', event: name },
  duration: undefined,
})
