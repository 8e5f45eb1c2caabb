export { WithTelemetry } from './gateway/with-telemetry.js'
export type { WsOptions } from './options.js'
export { instrumentWebSocketServer } from './server/instrument.js'
export type { WebSocketServerLike } from './server/web-socket-server.js'
