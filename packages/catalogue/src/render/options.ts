import type { Level } from '@throughline/core'

export const FORMATS = ['markdown', 'json', 'semconv'] as const

/** The forms that a catalogue is written in. */
export type CatalogueFormat = (typeof FORMATS)[number]

/** What a rendered catalogue shows. */
export interface RenderOptions {
  /** False leaves line numbers out, so that the text changes only with the events; default true. */
  readonly lines?: boolean
  /** Address of a location, with `{path}` and `{line}`: locations in markdown become links; default none. */
  readonly link?: string | undefined
  /** Events below this level are marked as not exported; default none. */
  readonly minLevel?: Level | undefined
}
