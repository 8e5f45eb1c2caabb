import type { FactoryProvider, ModuleMetadata, Type } from '@nestjs/common'
import type { SnippetOptions } from '../inject/page-snippet.js'
import type { PosthogOptions } from '../posthog.js'

/** The options of `PosthogModule.forRoot()`: those of `getPosthog` and Nest's own. */
export interface PosthogModuleOptions extends PosthogOptions {
  /** Whether pages get PostHog's script, and how; default true. Pages of static files: see `docs/product-analytics.md`. */
  inject?: boolean | SnippetOptions | undefined
}

/** What has to be known as the module is written. */
export interface PosthogRouteOptions {
  /** Path of the route that throws while `DEBUG` is true, below the global prefix; default `debug/throw` (P10). */
  debugRoute?: string | false | undefined
}

/** Makes the options of `PosthogModule.forRootAsync()`; for `useClass` and `useExisting`. */
export interface PosthogOptionsFactory {
  createPosthogOptions(): PosthogModuleOptions | Promise<PosthogModuleOptions>
}

/** Where `PosthogModule.forRootAsync()` takes its options from: one of the three `use…`. */
export interface PosthogModuleAsyncOptions extends PosthogRouteOptions, Pick<ModuleMetadata, 'imports'> {
  useFactory?: (...args: never[]) => PosthogModuleOptions | Promise<PosthogModuleOptions>
  /** What `useFactory` is called with. */
  inject?: FactoryProvider['inject']
  useClass?: Type<PosthogOptionsFactory>
  useExisting?: Type<PosthogOptionsFactory>
}

/** The token of the options. */
export const OPTIONS = 'throughline.posthog.options'
/** The token of PostHog itself. */
export const POSTHOG = 'throughline.posthog'
