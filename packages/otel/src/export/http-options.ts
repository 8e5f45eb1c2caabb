import type { Agent } from 'node:http'
import { getSharedConfigurationDefaults } from '@opentelemetry/otlp-exporter-base'
import { getSharedConfigurationFromEnvironment } from '@opentelemetry/otlp-exporter-base/node-http'
import { slot } from '@throughline/core/binding'
import { fs, http, https } from '../builtins.js'

/** How one signal is sent. */
export interface HttpOptions {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** How long one export may take, repeats included. */
  readonly timeoutMs: number
  readonly compression: 'gzip' | 'none'
  readonly createAgent: () => Agent
}

/** Connections at once, which only a flush of several batches needs. */
const MOST_SOCKETS = 4

/**
 * The options of a signal from its URL and headers, and from the standard variables of timeout, compression and
 * certificates, of which those of the signal (`OTEL_EXPORTER_OTLP_LOGS_TIMEOUT`) come first.
 *
 * @param signal as the variables write it, `LOGS`
 */
export function httpOptions(signal: string, url: string, headers: Record<string, string>): HttpOptions {
  const given = getSharedConfigurationFromEnvironment(signal)
  const defaults = getSharedConfigurationDefaults()
  const parsed = new URL(url)
  const settings = { keepAlive: true, maxSockets: MOST_SOCKETS }
  const certificates = parsed.protocol === 'https:' ? readCertificates(signal) : {}
  return {
    url: parsed,
    headers,
    timeoutMs: given.timeoutMillis ?? defaults.timeoutMillis,
    compression: given.compression ?? defaults.compression,
    createAgent: () =>
      parsed.protocol === 'https:'
        ? new (https().Agent)({ ...settings, ...certificates })
        : new http.Agent(settings),
  }
}

function readCertificates(signal: string): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const ca = readFile(signal, 'CERTIFICATE')
  const cert = readFile(signal, 'CLIENT_CERTIFICATE')
  const key = readFile(signal, 'CLIENT_KEY')
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}

/** A file that cannot be read is said, and done without: the collector's answer shows the rest. */
function readFile(signal: string, what: string): Buffer | undefined {
  for (const variable of [`OTEL_EXPORTER_OTLP_${signal}_${what}`, `OTEL_EXPORTER_OTLP_${what}`]) {
    const path = process.env[variable]?.trim()
    if (path === undefined || path === '') continue
    try {
      return fs.readFileSync(path)
    } catch (error) {
      const { code = 'unknown' } = error as NodeJS.ErrnoException
      const message = `${variable}="${path}" cannot be read (${code}); ignored`
      slot.runtime?.insist('configuration_problem', { variable, value: path, message })
      return undefined
    }
  }
  return undefined
}
