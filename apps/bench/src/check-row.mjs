import { startOtlpReceiver } from '@throughline/otlp'
import { runVariant } from './run.mjs'

/**
 * Runs every variant once against a collector that decodes, and has the row look at what it wrote: a faster variant
 * with fewer fields does not count. Nothing is timed, so all run at once.
 */
export async function checkWritten(row, variants, { services, progress }) {
  progress('checking what is written')
  const checks = differing(variants).map((variant) => checkVariant(row, variant, services))
  const failed = (await Promise.allSettled(checks)).find(({ status }) => status === 'rejected')
  if (failed !== undefined) throw new Error(`${row.name}: ${failed.reason.message}`, { cause: failed.reason })
}

async function checkVariant(row, variant, services) {
  const receiver = await startOtlpReceiver()
  try {
    const { units = 1, warmUp = 0 } = row.smoke
    const overrides = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...ALL_SAMPLED }
    const size = { units, warmUp, services: services.env, overrides }
    const { text } = await runVariant({ ...variant, output: 'pipe' }, size)
    row.check?.(variant.name, {
      units: units + warmUp,
      lines: linesOf(text),
      spans: receiver.spans(),
      logRecords: receiver.logRecords(),
      metrics: receiver.metricPoints(),
    })
  } finally {
    await receiver.stop()
  }
}

const ALL_SAMPLED = { OTEL_TRACES_SAMPLER_ARG: '1' }

/** Variants that differ by their ratio alone are one where all is sampled. */
function differing(variants) {
  const keyOf = ({ script, env, nodeArguments }) =>
    JSON.stringify([script, { ...env, ...ALL_SAMPLED }, nodeArguments])
  return [...new Map(variants.toReversed().map((variant) => [keyOf(variant), variant])).values()]
}

function linesOf(text) {
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
}
