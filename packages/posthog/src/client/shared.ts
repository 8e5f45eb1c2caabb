import type { PosthogHandle } from './handle.js'

/** What all copies of this package in one process share. */
interface Shared {
  posthog: PosthogHandle | undefined
  /** Whether it was said that options came too late. */
  differenceTold: boolean
  /** Applications of Nest, known by their `HttpAdapterHost`, that have a `PosthogModule`. */
  readonly applications: WeakSet<object>
}

const KEY: unique symbol = Symbol.for('@throughline/posthog/1')

const global = globalThis as { [KEY]?: Shared }

/** The one process-wide state of this package. */
export const shared: Shared = (global[KEY] ??= {
  posthog: undefined,
  differenceTold: false,
  applications: new WeakSet(),
})
