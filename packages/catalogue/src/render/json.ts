import type { Catalogue } from '../catalogue.js'
import type { RenderOptions } from './options.js'
import { isInvisible, shownAttributes, shownLocations } from './shown.js'

/**
 * A catalogue for programs: `{ version: 1, events, warnings }`.
 *
 * With `minLevel`, an event below it has `exported: false`.
 */
export function renderJson({ events, warnings }: Catalogue, options: RenderOptions = {}): string {
  const written = {
    version: 1,
    events: events.map((event) => ({
      name: event.name,
      level: event.level,
      ...(isInvisible(event, options) ? { exported: false } : {}),
      attributes: Object.fromEntries(shownAttributes(event)),
      locations: shownLocations(event, options),
    })),
    warnings: warnings.map(({ code, at, message }) => ({ code, at, message })),
  }
  return `${JSON.stringify(written, undefined, 2)}\n`
}
