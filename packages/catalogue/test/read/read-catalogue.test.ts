import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { CatalogueEvent } from '../../src/catalogue.js'
import { CatalogueFileError } from '../../src/errors.js'
import { mergeEvents } from '../../src/merge/merge.js'
import { parseCatalogue, readCatalogue } from '../../src/read/read-catalogue.js'
import { renderCatalogue } from '../../src/render/render.js'
import { renderMarkdown } from '../../src/render/markdown.js'
import { hostileEvents } from '../arbitraries.js'
import { shop } from '../render/shop.js'

const folder = mkdtempSync(join(tmpdir(), 'throughline-read-'))
afterAll(() => rmSync(folder, { recursive: true }))

const PATHS = { markdown: 'EVENTS.md', json: 'events.json' }

function failure(text: string, path = 'EVENTS.md'): string {
  try {
    parseCatalogue(text, path)
  } catch (error) {
    if (error instanceof CatalogueFileError) return error.message.replace(/; a catalogue is made by .*$/, '')
    throw error
  }
  return 'it was read'
}

/** Events without order among attributes, which no form promises. */
const plain = (events: readonly CatalogueEvent[]): unknown =>
  events.map((event) => ({ ...event, attributes: new Map(Object.entries(event.attributes)) }))

describe('readCatalogue', () => {
  it.each(['markdown', 'json'] as const)('reads what was written as %s', (format) => {
    fc.assert(
      fc.property(hostileEvents, (events) => {
        const merged = mergeEvents(events)
        const bytes = Buffer.from(renderCatalogue(merged, format))
        expect(plain(parseCatalogue(bytes.toString(), PATHS[format]).events)).toEqual(plain(merged.events))
      }),
      { numRuns: 300 },
    )
  })

  it('reads a page with links, marks and foreign line ends', () => {
    const options = { link: 'https://git.acme.dev/{path}#L{line}', minLevel: 'error' } as const
    const text = `\uFEFF${renderMarkdown(shop, options).replaceAll('\n', '\r\n')}`
    expect(parseCatalogue(text, 'EVENTS.md').events).toEqual(shop.events)
  })

  it('reads a page whose lists an editor has laid out anew', () => {
    const text = renderMarkdown(shop).replaceAll('\n- ', '\n  * ').replaceAll('\n\n', '\n')
    expect(parseCatalogue(text, 'EVENTS.md').events).toEqual(shop.events)
  })

  it('reads warnings of JSON', () => {
    expect(parseCatalogue(renderCatalogue(shop, 'json'), 'EVENTS').warnings).toEqual(shop.warnings)
  })

  it('reads a file', () => {
    const path = join(folder, 'EVENTS.md')
    writeFileSync(path, renderMarkdown(shop))
    expect(readCatalogue(path).events).toHaveLength(2)
  })

  it('says which file is not there, and how to make it', () => {
    expect(() => readCatalogue('missing/EVENTS.md')).toThrow(
      'missing/EVENTS.md: THROUGHLINE_CATALOGUE_UNREADABLE: there is no such file; make it with ' +
        '`throughline events --out missing/EVENTS.md`',
    )
    expect(() => readCatalogue(folder)).toThrow('cannot be read (EISDIR)')
  })

  it('says what to do with a file that is no catalogue', () => {
    expect(() => parseCatalogue('# Shop\n', 'README.md')).toThrow(
      'README.md:1: THROUGHLINE_NOT_A_CATALOGUE: it does not begin with "# Event catalogue"; a catalogue is made by ' +
        '`throughline events --out` and never edited: name the right file, or make it anew',
    )
  })
})

const [HEAD = ''] = renderMarkdown(shop).split('###')

describe('a file that is no catalogue', () => {
  it.each<[string, string, string, string]>([
    [
      'nothing',
      'EVENTS.md',
      '',
      'EVENTS.md: THROUGHLINE_NOT_A_CATALOGUE: it does not begin with "# Event catalogue"',
    ],
    [
      'a line of another page',
      'a.md',
      `${HEAD}Hello\n`,
      'a.md:5: … this line is not of a catalogue: "Hello"',
    ],
    [
      'a conflict of a merge',
      'a.md',
      `${HEAD}<<<<<<< HEAD\n`,
      'a.md:5: … this line is not of a catalogue: "<<<<<<< HEAD"',
    ],
    ['an event without a level', 'a.md', `${HEAD}### \`a\`\n`, 'a.md:5: … the event "a" has no level'],
    [
      'a level that is none',
      'a.md',
      `${HEAD}### \`a\`\nLogged at \`loud\` from:\n`,
      'a.md:6: … this line is not of a catalogue: "Logged at `loud` from:"',
    ],
    [
      'a kind that is none',
      'a.md',
      `${HEAD}### \`a\`\n- \`x\`: text\n`,
      'a.md:6: … this line is not of a catalogue: "- `x`: text"',
    ],
    [
      'a list before any event',
      'a.md',
      `${HEAD}- \`x\`\n`,
      'a.md:5: … this line is not of a catalogue: "- `x`"',
    ],
    ['half a JSON', 'a.json', '{\n"version": 1,\n', 'a.json:3: … it is not JSON'],
    ['another JSON', 'a.json', '{}', 'a.json:1: … it has no lists `events` and `warnings`'],
    ['JSON of null', 'a.json', 'null', 'a.json:1: … it has no lists `events` and `warnings`'],
    [
      'a later version',
      'a.json',
      '{"version":2,"events":[],"warnings":[]}',
      'a.json:1: … its version is 2, and 1 is what can be read',
    ],
    [
      'an event that is none',
      'a.json',
      '{"version":1,"events":[1],"warnings":[]}',
      'a.json: … events[0] is not an object',
    ],
    [
      'an event of a level that is none',
      'a.json',
      '{"version":1,"events":[{"name":"a","level":"loud"}],"warnings":[]}',
      'a.json: … events[0] has no level of trace to fatal: "loud"',
    ],
    [
      'an attribute of no kind',
      'a.json',
      '{"version":1,"events":[{"name":"a","level":"info","attributes":{"x":1},"locations":[]}],"warnings":[]}',
      'a.json: … events[0] has an attribute "x" of no kind that is known',
    ],
    ['a registry for Weaver', 'a.yaml', 'groups: []', 'a.yaml:1: … YAML is written for Weaver alone'],
  ])('is refused: %s', (_title, path, text, message) => {
    expect(failure(text, path)).toContain(message.replace('…', 'THROUGHLINE_NOT_A_CATALOGUE:'))
  })
})
