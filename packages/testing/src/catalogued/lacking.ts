import { type Catalogue, type CatalogueEvent, parseKinds } from '@throughline/catalogue/read'
import type { LogRecord } from '@throughline/core'
import { isBaggage } from './baggage-names.js'
import { kindOf, matchesKind } from './kind-match.js'

/** Of Throughline's own making: its lines, and what a record says about itself. */
const OWN_LOGGER = 'throughline'
const OWN_ATTRIBUTES = new Set(['replayed', 'attributes.dropped'])

/** What of the records a catalogue lacks, one line each, sorted, each once. */
export function lacking(records: readonly LogRecord[], { events }: Catalogue): string[] {
  const known = new Map(events.map((event) => [event.name, event]))
  const lines = records
    .filter(({ logger }) => logger !== OWN_LOGGER)
    .flatMap((record) => {
      const event = known.get(record.eventName)
      return event === undefined
        ? [`${record.eventName}: there is no such event`]
        : lackingAttributes(record, event)
    })
  return [...new Set(lines)].toSorted()
}

function lackingAttributes(record: LogRecord, event: CatalogueEvent): string[] {
  return Object.entries(record.attributes)
    .filter(([name]) => !OWN_ATTRIBUTES.has(name) && !isBaggage(record, name))
    .flatMap(([name, value]) => {
      const written = Object.hasOwn(event.attributes, name) ? event.attributes[name] : undefined
      if (written === undefined) return [`${event.name}: there is no attribute ${name} (${kindOf(value)})`]
      const kinds = parseKinds(written)?.names ?? []
      if (kinds.some((kind) => matchesKind(value, kind))) return []
      return [
        `${event.name}: the attribute ${name} is ${kindOf(value)}, and catalogued as ${kinds.join(' | ')}`,
      ]
    })
}
