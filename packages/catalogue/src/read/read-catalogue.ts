import { readFileSync } from 'node:fs'
import type { Catalogue } from '../catalogue.js'
import { notACatalogue, unreadable } from '../errors.js'
import { parseJson } from './json.js'
import { parseMarkdown } from './markdown.js'

/**
 * Reads a catalogue that `throughline events` has written, as markdown or as JSON.
 *
 * Warnings are in the JSON form alone. Links, and the marks of `--min-level`, are left out.
 *
 * @throws CatalogueFileError for a file that cannot be read or is not a catalogue
 * @example
 * readCatalogue('EVENTS.md').events.map(({ name }) => name) // ['draft.pick_made', …]
 */
export function readCatalogue(path: string): Catalogue {
  return parseCatalogue(readText(path), path)
}

/**
 * Reads the text of a catalogue; its form is that of the path's extension, else that of its first character.
 *
 * @throws CatalogueFileError for a text that is not a catalogue
 */
export function parseCatalogue(text: string, path: string): Catalogue {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  if (/\.ya?ml$/i.test(path)) throw notACatalogue(path, 1, 'YAML is written for Weaver alone')
  if (/\.json$/i.test(path) || plain.trimStart().startsWith('{')) return parseJson(plain, path)
  return parseMarkdown(plain, path)
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw unreadable(path, error)
  }
}
