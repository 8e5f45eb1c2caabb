import type { Console } from '../console.js'
import { bold, oneLine, type Terminal } from './terminal.js'

/** What the console says at its start: where it is, how to send to it, what it keeps. */
export function greeting(
  version: string,
  { url, endpoint, store, file }: Console,
  terminal: Terminal,
): string {
  const { limits } = store.summary()
  const megabytes = Math.round(limits.bytes / 2 ** 20)
  const bound = `the last ${limits.records.toLocaleString('en-US')} records, ${megabytes} MB at most`
  return `throughline-console ${version}

  page      ${bold(`${url}/`, terminal)}
  endpoint  ${endpoint}
  kept      ${file === undefined ? 'in memory' : `in ${oneLine(file)}`}: ${bound}

Send to it from a service with @throughline/otel:

${environment(endpoint)}

Ctrl-C ends it.
`
}

/** Everything is sampled and exported, and arrives within half a second. */
function environment(endpoint: string): string {
  return [
    `export OTEL_ENABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint} OTEL_TRACES_SAMPLER_ARG=1 \\`,
    '  LOG_EXPORT_LEVEL=debug OTEL_BSP_SCHEDULE_DELAY=500 OTEL_BLRP_SCHEDULE_DELAY=500 \\',
    '  OTEL_METRIC_EXPORT_INTERVAL=5000',
  ].join('\n')
}
