import type { UsageAttributes } from './usage-telemetry.js'

/** What a product tells about itself; read once (U1). */
export interface UsageOptions {
  /**
   * Begins the names of variables and metrics: `acme` gives `ACME_TELEMETRY` and `acme_events_total`.
   *
   * A letter, then letters, digits, `_` and `-`, 64 at most; `-` becomes `_`.
   */
  readonly prefix: string
  /** The part of the product that counts where a call names none: `sdk_node`. */
  readonly surface: string
  /** Version of the product. */
  readonly version: string
  /**
   * Base URL of the collector, to which `/v1/metrics` is appended; `<PREFIX>_OTLP_ENDPOINT` beats it (U1).
   *
   * `https:` means TLS, `http:` none (U8). Without either the counters stay off.
   */
  readonly endpoint?: string | undefined
  /** Headers for `endpoint`, such as a key that may only write; they never go to `<PREFIX>_OTLP_ENDPOINT`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** True: on where the environment is silent. False: off, whatever it says. Default: the environment decides. */
  readonly enabled?: boolean | undefined
  /**
   * Further attributes of the resource, 16 at most, such as the channel of the release.
   *
   * Names that would identify a person or a machine (`host.*`, `user.*`, `process.*` and the like) are left out.
   */
  readonly attributes?: Readonly<Record<string, string>> | undefined
  /** The only values that may leave, by attribute; any other leaves as `other`. Default: any. */
  readonly values?: UsageValues | undefined
}

/** The values that attributes may have. */
export type UsageValues = {
  readonly [Key in 'surface' | 'event' | keyof UsageAttributes]?: readonly string[] | undefined
}
