import { checkLines, checkNothing, checkSpans } from '../../src/http/row.mjs'
import { withOtel } from '../../src/with-otel.mjs'

const ALL = ['traces', 'logs', 'metrics']
const ours = (signals, sampled) => ({
  script: '../express/ours.mjs',
  server: 'http',
  env: withOtel(signals, { OTEL_TRACES_SAMPLER_ARG: sampled }),
})
const added = (variant, below) => (of) => of(variant).user - of(below).user

/** Every variant makes an outgoing call now and then, as an export is one. */
export const row = {
  title: 'Nest on Express, what each layer adds to the CPU of a request',
  cpu: 'user',
  services: ['sink'],
  full: { units: 20_000, warmUp: 20_000 },
  smoke: { units: 20 },
  variants: {
    bare: { script: '../express-span/calling.mjs', server: 'http' },
    lines: { script: 'calling.mjs', server: 'http' },
    unsampled: ours(['traces'], '0'),
    sampled: ours(['traces'], '1'),
    'all-signals': ours(ALL, '1'),
  },
  claims: {
    bare: (of) => of('bare').user,
    'context and two lines': added('lines', 'bare'),
    'unsampled span': added('unsampled', 'lines'),
    'sampled span': added('sampled', 'unsampled'),
    'logs and metrics': added('all-signals', 'sampled'),
  },
  check(variant, written) {
    if (variant === 'bare') checkNothing(written)
    else if (variant === 'lines') checkLines(variant, written.lines, written.units)
    else checkSpans(variant, written)
  },
}
