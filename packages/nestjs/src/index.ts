export { TelemetryModuleError } from './errors.js'
export { TelemetryInterceptor } from './handler/telemetry-interceptor.js'
export { Labels } from './labels/labels.js'
export { getLoggerToken, InjectLogger } from './logger/inject-logger.js'
export { TelemetryLogger } from './logger/telemetry-logger.js'
export type {
  NestOptions,
  TelemetryModuleAsyncOptions,
  TelemetryModuleOptions,
  TelemetryOptionsFactory,
} from './module/options.js'
export { TelemetryModule } from './module/telemetry-module.js'
