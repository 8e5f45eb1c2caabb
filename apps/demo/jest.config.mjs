import base from '../../jest.config.base.mjs'

/** Each test runs the whole service in processes of its own; a busy machine takes its time. */
export default { ...base, testTimeout: 60_000 }
