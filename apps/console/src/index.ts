/**
 * A local viewer: receives OpenTelemetry over OTLP/HTTP and shows one page for each request.id.
 *
 * @packageDocumentation
 */
export { type Console, type ConsoleOptions, startConsole } from './console.js'
export { ConsoleError, type ConsoleErrorCode } from './errors.js'
export type { TelemetryReader } from './server/telemetry-reader.js'
export type * from './shared/api.js'
