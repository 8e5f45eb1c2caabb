export type { Catalogue, CatalogueEvent, CatalogueWarning, WarningCode } from './catalogue.js'
