export { captureTelemetry, type TelemetryCapture } from './capture.js'
export { type CatalogueExpectation, expectCatalogued } from './catalogued/expect-catalogued.js'
export { createFakeJob, type FakeJob, type FakeJobCalls, type FakeJobInit } from './job/fake-job.js'
export { matchers, type TelemetryMatchers } from './matchers/matchers.js'
export type { MatcherContext, MatcherResult } from './matchers/verdict.js'
export {
  createFakeSocketServer,
  type FakeSocketServer,
  type FakeUpgradeInit,
} from './socket/fake-socket-server.js'
export { createFakeSocket, type FakeSocket, type FakeSocketControls } from './socket/fake-socket.js'
export type { FakeSocketInit } from './socket/fake-web-socket.js'
