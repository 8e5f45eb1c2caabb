import type { GivenLimits } from '../recorder/recorder.js'

/** How records are treated; see `TelemetryOptions.log`. */
export interface LogOptions {
  /** Names (`password`) and paths (`card.*.number`) of secrets, besides the default ones. */
  redact?: string[] | undefined
  /** Names of W3C baggage entries that become attributes; default `LOG_BAGGAGE_KEYS`. */
  baggageKeys?: string[] | undefined
  /** Whether interior `__` in keys becomes `.`; default true. */
  dunderKeys?: boolean | undefined
  /** Attribute that repeats the event name in exported records; default `event.name`, null for none. */
  eventNameAttribute?: string | null | undefined
  /** Whether a line is an event on the recording span; default true. */
  spanEvents?: boolean | undefined
  /** Bounds of what failed units of work replay; false keeps nothing. */
  recorder?: false | GivenLimits | undefined
}
