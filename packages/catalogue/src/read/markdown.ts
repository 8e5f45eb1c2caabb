import type { Level } from '@throughline/core'
import type { Catalogue, CatalogueEvent } from '../catalogue.js'
import { notACatalogue } from '../errors.js'
import { TITLE } from '../markdown/wording.js'
import { type MarkdownLine, readLine } from './markdown-line.js'

/** An event as far as it has been read. */
interface Draft {
  readonly name: string
  readonly line: number
  level?: Level
  readonly locations: string[]
  readonly attributes: [string, string][]
}

/** Reads what `renderMarkdown` wrote; blank lines and the signs of lists do not count. */
export function parseMarkdown(text: string, path: string): Catalogue {
  const lines = text.split('\n').map((line) => line.trim())
  const first = lines.findIndex((line) => line !== '')
  if (lines[first] !== TITLE) throw notACatalogue(path, first + 1, `it does not begin with "${TITLE}"`)
  const drafts: Draft[] = []
  for (const [index, line] of lines.entries()) {
    if (index <= first) continue
    const said = readLine(line)
    if (said === undefined || !add(said, index + 1, drafts)) {
      throw notACatalogue(
        path,
        index + 1,
        `this line is not of a catalogue: ${JSON.stringify(line.slice(0, 80))}`,
      )
    }
  }
  return { events: drafts.map((draft) => eventOf(draft, path)), warnings: [] }
}

/** Adds what a line says to what has been read; false where it may not be said. */
function add(said: MarkdownLine, line: number, drafts: Draft[]): boolean {
  if (said.is === 'prose') return true
  if (said.is === 'event') {
    drafts.push({ name: said.name, line, locations: [], attributes: [] })
    return true
  }
  const draft = drafts.at(-1)
  if (draft === undefined) return false
  if (said.is === 'level') draft.level = said.level
  else if (said.is === 'location') draft.locations.push(said.location)
  else if (said.is === 'attribute') draft.attributes.push([said.key, said.kinds])
  return true
}

function eventOf({ name, line, level, locations, attributes }: Draft, path: string): CatalogueEvent {
  if (level === undefined) throw notACatalogue(path, line, `the event ${JSON.stringify(name)} has no level`)
  return { name, level, locations, attributes: Object.fromEntries(attributes) }
}
