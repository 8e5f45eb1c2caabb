/** The two instruments; their names begin with the product's prefix. */
export const INSTRUMENTS = {
  events: {
    suffix: 'events_total',
    kind: 'counter',
    unit: '{event}',
    description: 'Events of the product.',
  },
  duration: {
    suffix: 'request_duration_seconds',
    kind: 'histogram',
    unit: 's',
    description: 'Durations of what was timed.',
  },
} as const
