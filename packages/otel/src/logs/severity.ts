import { SeverityNumber } from '@opentelemetry/api-logs'
import type { Level } from '@throughline/core'

/** OpenTelemetry's severity numbers (R7.3). */
export const SEVERITY_NUMBERS: Readonly<Record<Level, SeverityNumber>> = {
  trace: SeverityNumber.TRACE,
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
  fatal: SeverityNumber.FATAL,
}
