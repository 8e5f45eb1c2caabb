export { type OtelOptions, startOtel } from './start-otel.js'
