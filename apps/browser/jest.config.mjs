import base from '../../jest.config.base.mjs'

export default {
  ...base,
  // Started once for all files; what a test waits for includes pages of a browser that others share.
  globalSetup: '<rootDir>/dist/jest/start-browser.js',
  globalTeardown: '<rootDir>/dist/jest/stop-browser.js',
  testTimeout: 60_000,
  // They wait for posthog-js, which gathers events for seconds, much more than they compute.
  maxWorkers: 3,
}
