export { captureTelemetry, type TelemetryCapture } from './capture.js'
export { createFakeJob, type FakeJob, type FakeJobCalls, type FakeJobInit } from './job/fake-job.js'
export {
  type MatcherContext,
  type MatcherResult,
  matchers,
  type TelemetryMatchers,
} from './matchers/matchers.js'
export {
  createFakeSocketServer,
  type FakeSocketServer,
  type FakeUpgradeInit,
} from './socket/fake-socket-server.js'
export { createFakeSocket, type FakeSocket, type FakeSocketControls } from './socket/fake-socket.js'
export type { FakeSocketInit } from './socket/fake-web-socket.js'
