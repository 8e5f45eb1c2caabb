import type { TelemetryConfig } from '../config/config.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import type { Entry } from '../logger/entry.js'
import { jsonLine } from './json-line.js'
import { plainLine } from './plain-line.js'
import { createPrettyLine, wantsColour } from './pretty-line.js'

/** Writes an entry as one line of text, newline included. */
export type LineFormat = (entry: Entry, keys: AttributeKeys) => string

/** The console's format: JSON, pretty, or plain text where structured logs are off (R1.3, R1.4). */
export function lineFormat(config: TelemetryConfig, isTTY: boolean): LineFormat {
  if (!config.enabled || !config.structured) return plainLine
  return config.format === 'json' ? jsonLine : createPrettyLine(wantsColour(isTTY, process.env))
}
