const MIB = 1024 * 1024

/** What the receiver takes; all of it is far above what SDKs and collectors send. */
export interface ReceiveLimits {
  /** Bytes of a body on the wire. */
  readonly wireBytes: number
  /** Bytes of a body once it is decompressed. */
  readonly bodyBytes: number
  /** Messages of protobuf, or objects and arrays of JSON, in a body: each costs far more in memory than on the wire. */
  readonly messages: number
  /** Bytes of all bodies that are on their way at once. */
  readonly bytesInFlight: number
}

export const RECEIVE_LIMITS: ReceiveLimits = {
  wireBytes: 8 * MIB,
  bodyBytes: 32 * MIB,
  messages: 400_000,
  bytesInFlight: 64 * MIB,
}

/** What is kept of one record; more is cut, and counted where OTLP has a field for that. */
export const RECORD_LIMITS = {
  attributes: 256,
  /** Span events; links. */
  items: 256,
  /** Values in values. */
  depth: 16,
  /** Values in all. */
  values: 4096,
  /** Characters of one text, and bytes of one binary value. */
  text: 65_536,
  /** Characters of all texts together. */
  texts: MIB,
} as const

/** What is kept of a resource or a scope, which every record of a batch bears. */
export const ORIGIN_LIMITS = { ...RECORD_LIMITS, attributes: 128, text: 8192, texts: 32_768 } as const
