export { TelemetryWorkerHost } from './worker-host.js'
