/**
 * Adds the matchers to Jest's `expect` on import.
 *
 * @packageDocumentation
 */
import { expect } from '@jest/globals'
import { matchers, type TelemetryMatchers } from './matchers/matchers.js'

expect.extend(matchers)

declare module 'expect' {
  interface Matchers<R extends void | Promise<void>, T = unknown> extends TelemetryMatchers<R> {}
}

declare global {
  // For those who take `expect` from the globals with @types/jest.
  namespace jest {
    interface Matchers<R, T = {}> extends TelemetryMatchers<R> {}
  }
}
