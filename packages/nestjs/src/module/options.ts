import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { TelemetryOptions } from '@throughline/core'

/** What is Nest's own among the options of `TelemetryModule`. */
export interface NestOptions {
  /** Whether each microservice message is a unit of work with a context and a completion line; default true. */
  rpc?: boolean
}

/** The options of `TelemetryModule.forRoot()`: those of `initTelemetry` and Nest's own. */
export type TelemetryModuleOptions = TelemetryOptions & NestOptions

/** Makes the options of `TelemetryModule.forRootAsync()`; for `useClass` and `useExisting`. */
export interface TelemetryOptionsFactory {
  createTelemetryOptions(): TelemetryModuleOptions | Promise<TelemetryModuleOptions>
}

/** Where `TelemetryModule.forRootAsync()` takes its options from: one of the three `use…`. */
export interface TelemetryModuleAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  useFactory?: (...args: never[]) => TelemetryModuleOptions | Promise<TelemetryModuleOptions>
  /** What `useFactory` is called with. */
  inject?: FactoryProvider['inject']
  useClass?: Type<TelemetryOptionsFactory>
  useExisting?: Type<TelemetryOptionsFactory>
}

/** The token of the options. */
export const OPTIONS = 'throughline.options'
