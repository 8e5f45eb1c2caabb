import { fileURLToPath } from 'node:url'
import { readCatalogue } from '@throughline/catalogue/read'
import type { TelemetryCapture } from '../capture.js'
import { notACapture, notCatalogued } from '../errors.js'
import { lacking } from './lacking.js'

/** What is expected of the events that were logged. */
export interface CatalogueExpectation {
  /** The file that `throughline events --out` has written, as markdown or as JSON; a path from the working directory. */
  readonly catalogue: string | URL
}

/**
 * Passes when a catalogue has every event that was captured, and every attribute with a kind that fits (C14).
 *
 * Throughline's own lines, context fields and baggage do not count. What the catalogue has and nobody logged does not
 * either.
 *
 * @throws Error with a list of what is lacking, one line each
 * @throws CatalogueFileError for a file that cannot be read or is not a catalogue
 * @example
 * afterEach(() => expectCatalogued(telemetry, { catalogue: 'EVENTS.md' }))
 */
export function expectCatalogued(
  capture: Pick<TelemetryCapture, 'logs'>,
  { catalogue }: CatalogueExpectation,
): void {
  const logs: unknown = (capture as Partial<TelemetryCapture> | null | undefined)?.logs
  if (!Array.isArray(logs)) throw notACapture('expectCatalogued', capture, 'expectCatalogued(telemetry, …)')
  const path = catalogue instanceof URL ? fileURLToPath(catalogue) : catalogue
  const lines = lacking(logs as TelemetryCapture['logs'], readCatalogue(path))
  if (lines.length > 0) throw notCatalogued(path, lines)
}
