import { offTelemetry } from './off-telemetry.js'
import { onTelemetry } from './on-telemetry.js'
import type { UsageOptions } from './options.js'
import { decide } from './settings/settings.js'
import { slot } from './slot.js'
import type { UsageTelemetry } from './usage-telemetry.js'

/** Far more than a process has products; who creates more than that has made a mistake. */
const MOST_TELEMETRIES = 100

/**
 * Opens the usage counters of a product; off unless the user has opted in (U1).
 *
 * On takes `<PREFIX>_TELEMETRY=on`, or `enabled: true` where that variable is unset, and a URL to send to. A truthy
 * `DO_NOT_TRACK` keeps them off. The environment is read once: the same options give the same counters until
 * `shutdown()`. Off, nothing is loaded, started or opened (U2). Never throws (U5): options that cannot be used are off,
 * which `reason` tells.
 *
 * @example
 * const telemetry = createUsageTelemetry({
 *   prefix: 'acme',
 *   surface: 'sdk_node',
 *   version: '1.2.0',
 *   endpoint: 'https://telemetry.acme.dev',
 * })
 * telemetry.event('init')
 */
export function createUsageTelemetry(options: UsageOptions): UsageTelemetry {
  try {
    const key = keyOf(options)
    const known = slot.telemetries.get(key)
    if (known !== undefined) return known
    if (slot.telemetries.size >= MOST_TELEMETRIES) return offTelemetry('invalid_options', () => {})
    const forget = (): void => void slot.telemetries.delete(key)
    const decision = decide(options, process.env)
    const telemetry =
      decision.reason === 'opted_in'
        ? onTelemetry(decision.settings, forget)
        : offTelemetry(decision.reason, forget)
    slot.telemetries.set(key, telemetry)
    return telemetry
  } catch {
    // A getter of the options that throws.
    return offTelemetry('invalid_options', () => {})
  }
}

function keyOf({
  prefix,
  surface,
  version,
  endpoint,
  headers,
  enabled,
  attributes,
  values,
}: UsageOptions): string {
  return JSON.stringify([prefix, surface, version, endpoint, headers, enabled, attributes, values])
}
