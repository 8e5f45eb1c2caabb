import { TITLE } from '../markdown/wording.js'
import type { CatalogueFormat } from '../render/options.js'

/** The form in which a text is a catalogue, by how it begins; undefined for a text of another sort. */
export function formOf(text: string): CatalogueFormat | undefined {
  const plain = text.replace(/^\uFEFF/, '').trimStart()
  if (plain.startsWith(TITLE)) return 'markdown'
  if (/^\{\s*"version":/.test(plain)) return 'json'
  return /^(?:#[^\n]*\n|\s*\n)*groups:/.test(plain) ? 'semconv' : undefined
}
