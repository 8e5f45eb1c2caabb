export { PosthogSetupError } from '../errors.js'
export type { SnippetOptions } from '../inject/page-snippet.js'
export { InjectPosthog } from './inject-posthog.js'
export {
  POSTHOG,
  type PosthogModuleAsyncOptions,
  type PosthogModuleOptions,
  type PosthogOptionsFactory,
  type PosthogRouteOptions,
} from './options.js'
export { PosthogModule } from './posthog-module.js'
export { RequireFlag } from './require-flag.js'
