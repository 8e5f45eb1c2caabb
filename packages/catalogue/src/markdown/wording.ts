/** The fixed words of the page: what one writes, the other reads. */
export const TITLE = '# Event catalogue'
export const INTRODUCTION =
  'Every event that this code emits, read from its types by `throughline events`. Do not edit: change the code, then make this file anew.'
export const NO_EVENTS = 'There are none.'
export const ATTRIBUTES = 'Attributes:'
export const OPTIONAL = ', optional'
