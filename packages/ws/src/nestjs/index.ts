export { TelemetryWsAdapter, type TelemetryWsAdapterOptions } from './telemetry-ws-adapter.js'
