import type { Kind, Level } from '../../shared/api.js'

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  http: 'HTTP',
  job: 'JOB',
  ws: 'WS',
  sql: 'SQL',
  out: 'OUT',
}

export const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
}
