import type { Payload } from '@throughline/otlp'
import type { RequestRow } from '../shared/api.js'
import type { TelemetryReader } from './telemetry-reader.js'

/** What the server needs of the model. */
export interface TelemetryStore extends TelemetryReader {
  add(payload: Payload): { readonly rejected: number; readonly reason?: string }
  changesSince(version: number, limit: number): StoreChanges
  close(): void
}

export interface StoreChanges {
  readonly version: number
  readonly requests: RequestRow[]
  readonly gone: string[]
}
