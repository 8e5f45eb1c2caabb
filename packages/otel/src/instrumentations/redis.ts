import { join } from 'node:path'
import { RedisInstrumentation } from '@opentelemetry/instrumentation-redis'
import { fs } from '../builtins.js'
import { loadedModules, type PackageFile, packageFile } from './driver.js'
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
  const disable = patchLoaded(instrumentation)
  return { instrumentation, missed: isVersion4Loaded() ? ['redis'] : [], disable }
}

/** Redis 4 makes its commands as it is loaded, from what stands there then: it has to be patched before. */
function isVersion4Loaded(): boolean {
  return Object.keys(loadedModules).some((file) => {
    const found = packageFile(file)
    return (
      found?.name === '@redis/client' && found.path === COMMANDS_FILE && versionOf(found).startsWith('1.')
    )
  })
}

const COMMANDS_FILE = 'dist/lib/commander.js'

function versionOf({ base }: PackageFile): string {
  try {
    const { version } = JSON.parse(fs.readFileSync(join(base, 'package.json'), 'utf8')) as {
      version?: unknown
    }
    return String(version)
  } catch {
    return ''
  }
}
