import { bare } from '../bare.js'
import { boundedText } from '../event/bounded-text.js'
import type { UsageOptions } from '../options.js'
import type { UsageReason } from '../usage-telemetry.js'
import { type AllowedValues, readAllowedValues } from './allowed-values.js'
import { readConsent } from './consent.js'
import { metricsUrl } from './endpoint.js'
import { readHeaders } from './headers.js'
import { createResource } from './resource.js'
import { readVariable } from './variable.js'

/** Where metrics go, and what they are called: plain data, which another thread can take over. */
export interface ExportSettings {
  /** Begins the names of the metrics. */
  readonly prefix: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly resource: Readonly<Record<string, string>>
}

export interface UsageSettings extends ExportSettings {
  /** Where a call names none. */
  readonly surface: string
  readonly values: AllowedValues
}

/** Settings where the counters are on, else why they are off. */
export type Decision =
  | { readonly reason: 'opted_in'; readonly settings: UsageSettings }
  | { readonly reason: Exclude<UsageReason, 'opted_in'> }

/** Options as they may be given, whatever their types say. */
type GivenOptions = Readonly<Partial<Record<keyof UsageOptions, unknown>>>

const PREFIX = /^[A-Za-z][\w-]{0,63}$/

/**
 * Decides from options and environment whether anything is counted, and where it goes (U1).
 *
 * @example
 * decide({ prefix: 'acme', surface: 'cli', version: '1.2.0', endpoint: 'https://telemetry.acme.dev' }, process.env)
 */
export function decide(options: UsageOptions, env: NodeJS.ProcessEnv): Decision {
  const own: GivenOptions = bare(options)
  if (typeof own.prefix !== 'string' || !PREFIX.test(own.prefix)) return { reason: 'invalid_options' }
  const prefix = own.prefix.replaceAll('-', '_')
  const reason = readConsent(env, `${prefix.toUpperCase()}_TELEMETRY`, own.enabled)
  if (reason !== 'opted_in') return { reason }
  return decideWhere(own, prefix, readVariable(env, `${prefix.toUpperCase()}_OTLP_ENDPOINT`))
}

function decideWhere(own: GivenOptions, prefix: string, override: string | undefined): Decision {
  const [surface, version] = [nonEmpty(own.surface), nonEmpty(own.version)]
  const headers = readHeaders(own.headers)
  if (surface === undefined || version === undefined || headers === undefined)
    return { reason: 'invalid_options' }

  // Whoever sends it elsewhere does not want it to go to the product's own endpoint, a mistake in the URL or not.
  const overridden = override !== undefined && override.trim() !== ''
  const endpoint = overridden ? override.trim() : own.endpoint
  if (endpoint === undefined || endpoint === '') return { reason: 'no_endpoint' }
  const url = typeof endpoint === 'string' ? metricsUrl(endpoint) : undefined
  if (url === undefined) return { reason: 'invalid_endpoint' }
  return {
    reason: 'opted_in',
    settings: {
      prefix: prefix.toLowerCase(),
      url,
      headers: overridden ? {} : headers,
      resource: createResource(prefix.toLowerCase(), version, own.attributes),
      surface,
      values: readAllowedValues(own.values),
    },
  }
}

function nonEmpty(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? boundedText(value) : undefined
}
