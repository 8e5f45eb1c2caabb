import { fileURLToPath } from 'node:url'

/** What every package's suite shares; a package adds only what is its own. */
export default {
  testEnvironment: 'node',
  // Real servers on a busy machine; a test that waits for an event waits by this alone.
  testTimeout: 20_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        module: { type: 'es6' },
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
      },
    ],
  },
  reporters: ['default', fileURLToPath(new URL('scripts/count-reporter.mjs', import.meta.url))],
}
