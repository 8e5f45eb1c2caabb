import type { EdgeOptions } from '@throughline/core'

/** What a server's connections are told; labels, trust and user default to those of `initTelemetry`. */
export interface WsOptions extends EdgeOptions {
  /**
   * Whether messages write debug lines: `ws_receive` with the first 100 characters of a text, and `ws_send`.
   *
   * Default false: texts may hold what no log should. While nothing takes debug lines, it costs nothing (R6.4).
   */
  messageLines?: boolean
  /**
   * Whether the `context` member of a JSON message is read, from a trusted peer only; default false.
   *
   * It is what `encodeContext()` writes, or an object of fields, in a text of at most 64 KiB (R6.4).
   */
  messageContext?: boolean
  /**
   * Whether each message that comes in has a span, in a trace of its own linked to the span of the upgrade, and each
   * that is sent one in the current context, linked in the same way; default false.
   *
   * Without it, spans of what a message's handler does are below the upgrade's. With `messageContext` too, the
   * member `traceparent` of a trusted peer's message is the parent. While OpenTelemetry is off, it costs nothing.
   */
  messageSpans?: boolean
}
