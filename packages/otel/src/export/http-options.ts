import type { Agent } from 'node:http'
import { http, https } from '../builtins.js'
import { type Compression, readCompression, readFile, readTimeout } from './otlp-variables.js'
import type { Signal } from './signal.js'

/** How one signal is sent. */
export interface HttpOptions {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** How long one export may take, repeats included. */
  readonly timeoutMs: number
  readonly compression: Compression
  readonly createAgent: () => Agent
}

/** Connections at once, which only a flush of several batches needs. */
const MOST_SOCKETS = 4

/**
 * The options of a signal from its URL and headers, and from the standard variables of timeout, compression and
 * certificates, of which those of the signal (`OTEL_EXPORTER_OTLP_LOGS_TIMEOUT`) come first.
 */
export function httpOptions(signal: Signal, url: string, headers: Record<string, string>): HttpOptions {
  const parsed = new URL(url)
  const settings = { keepAlive: true, maxSockets: MOST_SOCKETS }
  const certificates = parsed.protocol === 'https:' ? readCertificates(signal) : {}
  return {
    url: parsed,
    headers,
    timeoutMs: readTimeout(signal),
    compression: readCompression(signal),
    createAgent: () =>
      parsed.protocol === 'https:'
        ? new (https().Agent)({ ...settings, ...certificates })
        : new http.Agent(settings),
  }
}

function readCertificates(signal: Signal): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const ca = readFile(signal, 'CERTIFICATE')
  const cert = readFile(signal, 'CLIENT_CERTIFICATE')
  const key = readFile(signal, 'CLIENT_KEY')
  return { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
}
