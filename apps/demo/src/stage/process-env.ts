import { loadConfig } from '@throughline/core'
import type { Settings } from '../shared/settings.js'
import type { ProcessName } from './demo-process.js'

/** What the story reads: JSON, with the API's debug line for each message it sends. */
const STORY = {
  TELEMETRY_ENABLED: 'true',
  STRUCTURED_LOGS_ENABLED: 'true',
  LOG_FORMAT: 'json',
  LOG_EXCLUDED_URL_PATHS: '',
}
/** The worker as in production: what is below info is written only for an attempt that fails. */
const STORY_LEVELS = { api: 'debug', worker: 'info' }

/** The environment of the API or the worker; `telemetry` says where it sends what it has. */
export function processEnv(
  name: ProcessName,
  mode: 'story' | 'serve',
  { databaseUrl, redisUrl, namespace, port }: Settings,
  telemetry: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  const env = {
    ...telemetry,
    ...process.env,
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    DEMO_NAMESPACE: namespace,
    PORT: String(port),
    ...(mode === 'story' ? { ...STORY, LOG_LEVEL: STORY_LEVELS[name] } : serveEnv()),
  }
  return isTraced(env) ? { ...tracedEnv(name), ...env } : env
}

/** Whether a process with this environment has OpenTelemetry on. */
export function isTraced(env: NodeJS.ProcessEnv): boolean {
  return loadConfig(env).config.tracing
}

/** Every request is a trace, unless the user says otherwise. */
function tracedEnv(name: ProcessName): NodeJS.ProcessEnv {
  return { OTEL_SERVICE_NAME: `tournament-${name}`, OTEL_TRACES_SAMPLER_ARG: '1' }
}

/** The user's own settings come first; the pipe in between must not cost a terminal its colours. */
function serveEnv(): NodeJS.ProcessEnv {
  const { LOG_LEVEL, LOG_FORMAT, NO_COLOR } = process.env
  const isTerminal = process.stdout.isTTY
  return {
    LOG_LEVEL: LOG_LEVEL || 'debug',
    LOG_FORMAT: LOG_FORMAT || (isTerminal ? 'pretty' : 'json'),
    ...(isTerminal && !NO_COLOR && { FORCE_COLOR: '1' }),
  }
}
