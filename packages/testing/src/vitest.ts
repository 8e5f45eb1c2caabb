/**
 * Adds the matchers to Vitest's `expect` on import.
 *
 * @packageDocumentation
 */
import { expect } from 'vitest'
import { matchers, type TelemetryMatchers } from './matchers/matchers.js'

expect.extend(matchers)

declare module 'vitest' {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends TelemetryMatchers<R> {}
}
