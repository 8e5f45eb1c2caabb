import { RedisInstrumentation } from '@opentelemetry/instrumentation-redis'
import { loadedModules, packageFile } from './driver.js'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { patchLoaded } from './loaded-drivers.js'
import { belowSpansOnly } from './parented-tracer.js'
import { redisStatement } from './redis-statement.js'

/** Spans of node-redis, below a span only, its connecting included. */
export function start({ tracerProvider }: InstrumentationOptions): Running {
  const instrumentation = new RedisInstrumentation({
    requireParentSpan: true,
    dbStatementSerializer: redisStatement,
  })
  instrumentation.setTracerProvider(belowSpansOnly(tracerProvider))
  const missed = isClient1Loaded() ? ['redis'] : []
  patchLoaded(instrumentation)
  return { instrumentation, missed }
}

/** Redis 4 makes its commands as it is loaded, from what stands there then: it has to be patched before. */
function isClient1Loaded(): boolean {
  return Object.entries(loadedModules).some(([file, module]) => {
    const found = packageFile(file)
    return found?.name === '@redis/client' && found.path === 'dist/lib/commander.js' && module?.loaded === true
  })
}
