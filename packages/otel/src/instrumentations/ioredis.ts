import {
  type InstrumentationModuleDefinition,
  InstrumentationNodeModuleFile,
} from '@opentelemetry/instrumentation'
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis'
import type { InstrumentationOptions, Running } from './instrumentations.js'
import { patchLoaded } from './loaded-drivers.js'
import { createHousekeepingCheck } from './redis-housekeeping.js'
import { redisStatement } from './redis-statement.js'
import { isTracedElsewhere, isTracedHere, type Route, routeTraced } from './traced-method.js'

/** Where the class stands, in ioredis 5 and later, and in 4. */
const CLASS_FILES = ['ioredis/built/Redis.js', 'ioredis/built/redis/index.js']

/** Spans of ioredis, below a span only; housekeeping makes none (R5.3). */
export function start({ tracerProvider }: InstrumentationOptions): Running {
  const instrumentation = new RoutedIORedisInstrumentation({
    requireParentSpan: true,
    dbStatementSerializer: redisStatement,
  })
  instrumentation.setTracerProvider(tracerProvider)
  return { instrumentation, disable: patchLoaded(instrumentation) }
}

class RoutedIORedisInstrumentation extends IORedisInstrumentation {
  override init(): ReturnType<IORedisInstrumentation['init']> {
    const definitions = super.init()
    for (const definition of definitions) routeClass(definition)
    return definitions
  }
}

/**
 * An `import` of the package does not pass `require`, by which instrumentations see modules; the file of the class
 * does, because the package's own main file requires it.
 */
function routeClass(definition: InstrumentationModuleDefinition): void {
  const { patch, unpatch, supportedVersions } = definition
  const isHousekeeping = createHousekeepingCheck()
  // What waits for a connection, or is sent again after one was lost, comes here a second time.
  const seen = new WeakSet()
  const routeCommand: Route = (client, args, traced, original) => {
    const [command] = args
    if (typeof command !== 'object' || command === null) return original.apply(client, args)
    if (seen.has(command) || isHousekeeping(client, command)) return original.apply(client, args)
    seen.add(command)
    return traced.apply(client, args)
  }
  definition.patch = (exports: unknown, version?: string): unknown => {
    const redis = classOf(exports)
    if (redis === undefined || isTracedElsewhere(redis.prototype, 'sendCommand')) return exports
    patch?.(redis, version)
    routeTraced(redis.prototype, 'sendCommand', routeCommand)
    // Its span would end before anything is connected.
    routeTraced(redis.prototype, 'connect', untraced)
    return exports
  }
  definition.unpatch = (exports: unknown): void => {
    const redis = classOf(exports)
    if (redis !== undefined && isTracedHere(redis.prototype, 'sendCommand')) unpatch?.(redis)
  }
  for (const file of CLASS_FILES) {
    definition.files.push(
      new InstrumentationNodeModuleFile(file, supportedVersions, definition.patch, definition.unpatch),
    )
  }
}

const untraced: Route = (client, args, _traced, original) => original.apply(client, args)

interface RedisClass {
  readonly prototype: { sendCommand: unknown }
}

/** The class, from the main module, an ES namespace of it, or its own file. */
function classOf(exports: unknown): RedisClass | undefined {
  if (isRedisClass(exports)) return exports
  const { default: redis } = exports as { default?: unknown }
  return isRedisClass(redis) ? redis : undefined
}

function isRedisClass(value: unknown): value is RedisClass {
  return typeof value === 'function' && 'sendCommand' in (value.prototype as object)
}
