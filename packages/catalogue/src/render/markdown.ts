import type { Catalogue, CatalogueEvent } from '../catalogue.js'
import { parseKinds } from '../kinds.js'
import { codeSpan } from '../markdown/code-span.js'
import { ATTRIBUTES, INTRODUCTION, NO_EVENTS, OPTIONAL, TITLE } from '../markdown/wording.js'
import { linkTo } from './link.js'
import type { RenderOptions } from './options.js'
import { isInvisible, shownAttributes, shownLocations } from './shown.js'

/** A catalogue as a page to check in and to read in a review (C11). */
export function renderMarkdown({ events }: Catalogue, options: RenderOptions = {}): string {
  const sections = events.length === 0 ? [NO_EVENTS] : events.map((event) => section(event, options))
  return `${[TITLE, INTRODUCTION, ...sections].join('\n\n')}\n`
}

function section(event: CatalogueEvent, options: RenderOptions): string {
  const mark = isInvisible(event, options) ? ` (below ${codeSpan(options.minLevel ?? '')}, not exported)` : ''
  const places = shownLocations(event, options).map((location) => `- ${place(location, options)}`)
  const attributes = shownAttributes(event).map(([key, kinds]) => `- ${codeSpan(key)}: ${kindsText(kinds)}`)
  return [
    `### ${codeSpan(event.name)}`,
    `Logged at ${codeSpan(event.level)}${mark} from:`,
    places.join('\n'),
    ...(attributes.length === 0 ? [] : [ATTRIBUTES, attributes.join('\n')]),
  ].join('\n\n')
}

function place(location: string, { link }: RenderOptions): string {
  const address = link === undefined ? undefined : linkTo(location, link)
  return address === undefined ? codeSpan(location) : `[${codeSpan(location)}](${address})`
}

function kindsText(text: string): string {
  const kinds = parseKinds(text)
  if (kinds === undefined) return codeSpan(text)
  return `${kinds.names.join(' | ')}${kinds.optional ? OPTIONAL : ''}`
}
