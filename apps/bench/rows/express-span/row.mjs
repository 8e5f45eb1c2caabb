import { checkRequests, HTTP_VARIANTS } from '../../src/http/row.mjs'

export const row = {
  title: 'Nest on Express: context, completion line, one own line, server span; CPU of a request',
  cpu: 'user',
  services: ['sink'],
  full: { units: 15_000, warmUp: 8_000 },
  smoke: { units: 20 },
  variants: HTTP_VARIANTS,
  claims: {
    'sampled 0.1 / bare that calls': (of) => of('ours-0.1').user / of('calling').user,
    'sampled 1.0 / bare that calls': (of) => of('ours-1.0').user / of('calling').user,
    'traces, logs, metrics at 0.1 / bare that calls': (of) => of('all-signals-0.1').user / of('calling').user,
    'sampled 0.1 / usual stack': (of) => of('ours-0.1').user / of('usual-0.1').user,
  },
  check: checkRequests,
}
