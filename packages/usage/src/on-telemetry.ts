import { type CallArguments, eventArguments, timedArguments, timedWork } from './event/arguments.js'
import { pointAttributes } from './event/point-attributes.js'
import { timeWork } from './event/time-work.js'
import { Pipeline } from './pipeline/pipeline.js'
import type { UsageSettings } from './settings/settings.js'
import type { UsageTelemetry } from './usage-telemetry.js'

/** Under which counters that are on keep their pipeline; `wrapCli` of another copy of this package finds it too. */
const PIPELINE: unique symbol = Symbol.for('@throughline/usage/pipeline/1')

/** Counters that count. */
export function onTelemetry(
  settings: UsageSettings,
  onShutdown: () => void,
  pipeline: Pipeline = new Pipeline(settings),
): UsageTelemetry {
  const { surface: ownSurface, values } = settings
  const count = ({ surface, event, attributes: given }: CallArguments, seconds?: number): void => {
    const attributes = pointAttributes(surface, event, given, values)
    if (attributes === undefined) return
    pipeline.record({ attributes, duration: seconds === undefined ? undefined : { seconds, attributes } })
  }
  const telemetry: UsageTelemetry = {
    enabled: true,
    reason: 'opted_in',
    event(...given: unknown[]) {
      count(eventArguments(ownSurface, given))
    },
    timed<T>(...given: unknown[]): T {
      return timeWork(timedWork<T>(given), (seconds) => count(timedArguments(ownSurface, given), seconds))
    },
    flush: () => pipeline.flush(),
    shutdown() {
      onShutdown()
      return pipeline.shutdown()
    },
  }
  return Object.defineProperty(telemetry, PIPELINE, { value: pipeline })
}

/** What counters that are on send through; undefined where they are off. */
export function pipelineOf(telemetry: UsageTelemetry): Pipeline | undefined {
  return (telemetry as { [PIPELINE]?: Pipeline } | undefined)?.[PIPELINE]
}
