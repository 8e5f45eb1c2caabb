import { AsyncLocalStorage } from 'node:async_hooks'
import { startOfficialTracing } from '../../src/official-tracing.mjs'
import { measure } from '../../src/variant.mjs'

const provider = startOfficialTracing()
const tracer = provider.getTracer('bench')
const context = new AsyncLocalStorage()

/** The SDK's span knows nothing of `request.id`, so it takes a context beside it, as the unit has one. */
await measure(
  (times) => {
    for (let i = 0; i < times; i++) {
      context.run({ 'request.id': '0123456789' }, () =>
        tracer.startActiveSpan('pick', (span) => {
          span.end()
        }),
      )
    }
  },
  { flush: () => provider.forceFlush() },
)
await provider.shutdown()
