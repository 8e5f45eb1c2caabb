import { checkLines, checkNothing, checkSpans } from '../../src/http/row.mjs'
import { withOtel } from '../../src/with-otel.mjs'

const served = (script, env) => ({ script, env, server: 'http', nodeArguments: ['--expose-gc'] })
const SIGNALS = ['traces', 'logs', 'metrics']
const growth = (variant) => (of) => of(variant).heap.at(-1) - of(variant).heap[0]

/** The heap is looked at after each tenth, with everything that is not in use collected. */
export const row = {
  title: 'The heap over 400,000 requests on Express',
  cpu: 'user + system',
  services: ['sink'],
  full: { units: 400_000, warmUp: 5_000, samples: 20 },
  smoke: { units: 20, samples: 2 },
  variants: {
    bare: served('../express/bare.mjs'),
    off: served('../express/ours.mjs'),
    'all-signals-0.1': served('../express/ours.mjs', withOtel(SIGNALS, { OTEL_TRACES_SAMPLER_ARG: '0.1' })),
  },
  claims: {
    'growth after the first tenth, bare': growth('bare'),
    'growth after the first tenth, OpenTelemetry off': growth('off'),
    'growth after the first tenth, traces, logs, metrics': growth('all-signals-0.1'),
  },
  check(variant, written) {
    if (variant === 'bare') checkNothing(written)
    else if (variant === 'off') checkLines(variant, written.lines, written.units)
    else checkSpans(variant, written)
  },
}
