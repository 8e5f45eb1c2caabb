import type { Catalogue, CatalogueEvent, CatalogueWarning } from '../catalogue.js'
import { notACatalogue } from '../errors.js'
import { eventFrom, isObject } from './event-shape.js'

/** Reads what `renderJson` wrote. */
export function parseJson(text: string, path: string): Catalogue {
  const file = parsed(text, path)
  if (!isObject(file) || !Array.isArray(file['events']) || !Array.isArray(file['warnings'])) {
    throw notACatalogue(path, 1, 'it has no lists `events` and `warnings`')
  }
  if (file['version'] !== 1) {
    throw notACatalogue(
      path,
      1,
      `its version is ${JSON.stringify(file['version'])}, and 1 is what can be read`,
    )
  }
  return {
    events: file['events'].map((value, index) => eventAt(value, index, path)),
    warnings: file['warnings'].filter(isWarning),
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    throw notACatalogue(path, lineOf(message, text), `it is not JSON (${message})`)
  }
}

/** V8 names the position of what it could not read; at the end of the text it does not. */
function lineOf(message: string, text: string): number {
  const position = /position (\d+)/.exec(message)?.[1]
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length
}

function eventAt(value: unknown, index: number, path: string): CatalogueEvent {
  const event = eventFrom(value)
  if (typeof event === 'string') throw notACatalogue(path, 0, `events[${index}] ${event}`)
  return event
}

function isWarning(value: unknown): value is CatalogueWarning {
  return isObject(value) && ['code', 'at', 'message'].every((key) => typeof value[key] === 'string')
}
