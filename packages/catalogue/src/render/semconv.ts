import { Document, isScalar, Scalar, visit } from 'yaml'
import type { Catalogue, CatalogueEvent } from '../catalogue.js'
import type { RenderOptions } from './options.js'
import { attributeDefinitions, kindsOf } from './semconv-attributes.js'
import { isInvisible, shownAttributes, shownLocations } from './shown.js'

const COMMENT = ` Every event that this code emits, read from its types by \`throughline events --format semconv\`.
 Do not edit: change the code, then make this file anew.`
const NOT_EVERYWHERE = 'Not every place that logs the event has it.'

/**
 * A catalogue as a registry of OpenTelemetry semantic conventions, for Weaver.
 *
 * Attributes are defined once, in the group `registry.events`; each event refers to them. Level and locations
 * stand in the annotation `throughline`.
 */
export function renderSemconv({ events }: Catalogue, options: RenderOptions = {}): string {
  const attributes = attributeDefinitions(events)
  const registry = {
    id: 'registry.events',
    type: 'attribute_group',
    display_name: 'Attributes of events',
    brief: 'Attributes of the events that this code emits.',
    attributes,
  }
  const groups = events.map((event) => eventGroup(event, options))
  const document = new Document(
    { groups: attributes.length === 0 ? groups : [registry, ...groups] },
    { aliasDuplicateObjects: false },
  )
  document.commentBefore = COMMENT
  quoteUnseen(document)
  return document.toString({ lineWidth: 0 })
}

function eventGroup(event: CatalogueEvent, options: RenderOptions): object {
  const attributes = shownAttributes(event).map(([ref, text]) => {
    const kinds = kindsOf(text)
    return {
      ref,
      requirement_level: kinds.optional ? { conditionally_required: NOT_EVERYWHERE } : 'required',
    }
  })
  return {
    id: `event.${event.name}`,
    type: 'event',
    name: event.name,
    stability: 'development',
    brief: `Logged at ${event.level}.`,
    ...(isInvisible(event, options) ? { note: `Below ${options.minLevel}, not exported.` } : {}),
    annotations: { throughline: { level: event.level, locations: shownLocations(event, options) } },
    ...(attributes.length === 0 ? {} : { attributes }),
  }
}

/** What YAML would let through as it is, and an editor or an encoding would change. */
const UNSEEN = /[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/u

function quoteUnseen(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && typeof node.value === 'string' && UNSEEN.test(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE
      }
    },
  })
}
