/** What an attribute may be given as; it leaves as a string of at most 256 characters. */
export type UsageValue = string | number | boolean

/** What an event may tell besides its surface and name; anything else that is passed is left out (U3). */
export interface UsageAttributes {
  /** The command that ran, without its arguments: `trace ls`. */
  readonly command?: UsageValue | undefined
  /** The kind of thing that it was about: `project`. */
  readonly resource?: UsageValue | undefined
  /** How it ended: `success`. */
  readonly outcome?: UsageValue | undefined
  /** The status of an answer: 404. */
  readonly status_code?: UsageValue | undefined
}

/**
 * Why the counters are on or off, for a command like `acme telemetry status`.
 *
 * - `opted_in`: on.
 * - `not_opted_in`: nobody has said anything.
 * - `opted_out`: `<PREFIX>_TELEMETRY` says no, or a word that is no switch; or `enabled` is false.
 * - `do_not_track`: `DO_NOT_TRACK` is set, and not to a no.
 * - `no_endpoint`, `invalid_endpoint`: there is no URL to send to, or it is not one of http or https.
 * - `invalid_options`: `createUsageTelemetry` cannot work with its options.
 */
export type UsageReason =
  | 'opted_in'
  | 'not_opted_in'
  | 'opted_out'
  | 'do_not_track'
  | 'no_endpoint'
  | 'invalid_endpoint'
  | 'invalid_options'

/**
 * The counters of one product; no method of it ever throws, rejects or prints (U5).
 *
 * The methods need no `this`.
 */
export interface UsageTelemetry {
  /** Whether anything is counted; decided when it was created (U1). */
  readonly enabled: boolean
  /** Why. */
  readonly reason: UsageReason
  /**
   * Adds 1 to `<prefix>_events_total` (U3).
   *
   * Without a surface, that of `createUsageTelemetry` is counted.
   *
   * @example
   * telemetry.event('init')
   * telemetry.event('cli', 'cmd_run', { command: 'trace ls' })
   */
  event(name: string, attributes?: UsageAttributes): void
  event(surface: string, name: string, attributes?: UsageAttributes): void
  /**
   * Runs `work`; counts it once, and records its duration in seconds on `<prefix>_request_duration_seconds` (U4).
   *
   * Whether it returns, throws, resolves or rejects, the caller gets the same. A promise is timed until it settles;
   * of other thenables, which may not start before they are awaited, only the call is.
   *
   * @example
   * const spans = await telemetry.timed('trace_emit', () => client.send(trace))
   */
  timed<T>(name: string, work: () => T, attributes?: UsageAttributes): T
  timed<T>(surface: string, name: string, work: () => T, attributes?: UsageAttributes): T
  /** Sends what was counted; resolves when that is done or 2 s are over, and never rejects (U6). */
  flush(): Promise<void>
  /**
   * Sends what was counted, as `flush` does, and ends: what is counted from now on is dropped.
   *
   * May be called at any time, and more than once. The next `createUsageTelemetry` starts afresh.
   */
  shutdown(): Promise<void>
}
