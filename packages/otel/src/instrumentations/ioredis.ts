import {
  type InstrumentationModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation'
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis'
import { bullmqScripts } from './bullmq-scripts.js'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { patchLoaded } from './loaded-drivers.js'
import { redisStatement } from './redis-statement.js'
import { isTracedElsewhere, type Route, routeTraced } from './traced-method.js'

/** Where the class stands, in ioredis 5 and later, and in 4. */
const CLASS_FILES = ['ioredis/built/Redis.js', 'ioredis/built/redis/index.js']

/** Spans of ioredis, below a span only; the scripts of BullMQ make none (R5.3). */
export function start({ tracerProvider }: InstrumentationOptions): Running {
  const instrumentation = new IORedisInstrumentation({
    requireParentSpan: true,
    dbStatementSerializer: redisStatement,
  })
  instrumentation.setTracerProvider(tracerProvider)
  for (const definition of instrumentation.getModuleDefinitions()) patchClass(definition)
  patchLoaded(instrumentation)
  return { instrumentation }
}

/**
 * An `import` of the package does not pass `require`, by which instrumentations see modules; the file of the class
 * does, because the package's own main file requires it.
 */
function patchClass(definition: InstrumentationModuleDefinition): void {
  const { patch, unpatch, supportedVersions } = definition
  if (patch === undefined || unpatch === undefined) return
  const isBullmqs = bullmqScripts()
  const routeCommand: Route = (client, args, traced, original) =>
    (isBullmqs(client, args[0]) ? original : traced).apply(client, args)
  const patchRouted = (exports: unknown, version?: string): unknown => {
    const redis = classOf(exports)
    if (redis === undefined || isTracedElsewhere(redis.prototype as object, 'sendCommand')) return exports
    patch(redis, version)
    routeTraced(redis.prototype as object, 'sendCommand', routeCommand)
    return exports
  }
  const unpatchClass = (exports: unknown): void => {
    const redis = classOf(exports)
    if (redis !== undefined && 'sendCommand' in redis.prototype) unpatch(redis)
  }
  definition.patch = patchRouted
  definition.unpatch = unpatchClass
  for (const name of CLASS_FILES) {
    definition.files.push(
      new InstrumentationNodeModuleFile(name, supportedVersions, patchRouted, unpatchClass),
    )
  }
}

/** The class, from the main module, an ES namespace of it, or its own file. */
function classOf(exports: unknown): Function | undefined {
  if (typeof exports === 'function') return exports
  const { default: redis } = exports as { default?: unknown }
  return typeof redis === 'function' ? redis : undefined
}
