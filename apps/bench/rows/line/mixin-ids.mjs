import { context as otel, trace } from '@opentelemetry/api'
import { OWN } from '../../src/fields.mjs'
import { inSpan } from '../../src/in-span.mjs'
import { measureLines } from '../../src/lines.mjs'
import { requirePeer } from '../../src/peers.mjs'
import { context, pinoWithMixin } from '../../src/pino-mixin.mjs'

const { AsyncLocalStorageContextManager } = requirePeer('@opentelemetry/context-async-hooks')
otel.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())

const log = pinoWithMixin({
  mixin() {
    const span = trace.getActiveSpan()?.spanContext()
    return { ...context.getStore(), trace_id: span?.traceId, span_id: span?.spanId }
  },
})

await measureLines({
  run: (fields, fn, at) => inSpan(at, () => context.run(fields, fn)),
  write: () => log.info(OWN, 'pick_made'),
})
