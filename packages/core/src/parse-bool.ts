const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['yes', true],
  ['on', true],
  ['0', false],
  ['false', false],
  ['no', false],
  ['off', false],
])

/**
 * Reads a switch as people write it in an environment, after trimming and ASCII lower-casing.
 *
 * True: `1 true yes on`. False: `0 false no off`. Anything else, empty or unset, is the fallback (R1.2).
 *
 * @example
 * parseBool(process.env.OTEL_ENABLED, false)
 */
export function parseBool(raw: string | undefined, fallback: boolean): boolean {
  return readSwitch(raw) ?? fallback
}

/** As `parseBool`, but undefined for what is not a switch, so that the caller can warn. */
export function readSwitch(raw: string | undefined): boolean | undefined {
  return typeof raw === 'string' ? WORDS.get(raw.trim().toLowerCase()) : undefined
}
