import type { Catalogue } from '../catalogue.js'
import { renderJson } from './json.js'
import { renderMarkdown } from './markdown.js'
import type { CatalogueFormat, RenderOptions } from './options.js'
import { renderSemconv } from './semconv.js'

const RENDERERS: Readonly<
  Record<CatalogueFormat, (catalogue: Catalogue, options?: RenderOptions) => string>
> = { markdown: renderMarkdown, json: renderJson, semconv: renderSemconv }

/**
 * Writes a merged catalogue in one of the forms that `throughline events` knows: the same bytes each time, one newline at
 * the end.
 *
 * @example
 * renderCatalogue(mergeEvents(found.events), 'markdown', { link: 'https://git.acme.dev/shop/{path}#L{line}' })
 */
export function renderCatalogue(
  catalogue: Catalogue,
  format: CatalogueFormat,
  options: RenderOptions = {},
): string {
  return RENDERERS[format](catalogue, options)
}
