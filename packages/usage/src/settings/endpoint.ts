/**
 * The URL that metrics go to, from the base URL of a collector; undefined where that is not one of http or https.
 *
 * A path is kept (R1.6); the scheme decides about TLS (U8).
 *
 * @example
 * metricsUrl('https://telemetry.acme.dev/otlp/') // 'https://telemetry.acme.dev/otlp/v1/metrics'
 */
export function metricsUrl(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return undefined
  const url = new URL(endpoint)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/metrics`
  url.hash = ''
  return url.href
}
