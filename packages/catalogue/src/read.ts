/**
 * Reads a catalogue that is checked in; loads neither TypeScript nor the command.
 *
 * @packageDocumentation
 */
export type { Catalogue, CatalogueEvent, CatalogueWarning, WarningCode } from './catalogue.js'
export { CatalogueFileError } from './errors.js'
export { type Kinds, parseKinds } from './kinds.js'
export { parseCatalogue, readCatalogue } from './read/read-catalogue.js'
