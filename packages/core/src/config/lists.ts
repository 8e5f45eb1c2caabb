import { Fields } from '../context/fields.js'

/** A comma list: items trimmed, blanks left out. */
export function list(raw: string | undefined): string[] {
  return (raw ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/**
 * A comma list of `key=value`, as `OTEL_EXPORTER_OTLP_HEADERS` is written: split at the first `=`, trimmed,
 * percent-decoded (a bad escape stays raw), items without `=` or without a key skipped (R1.6).
 *
 * @param onSkipped is called for each item that is skipped, without the item: it may be a secret
 */
export function keyValueList(raw: string | undefined, onSkipped?: () => void): Record<string, string> {
  const pairs = new Fields() as Record<string, string>
  for (const item of list(raw)) {
    const at = item.indexOf('=')
    const key = decode(item.slice(0, Math.max(at, 0)).trim())
    if (key === '') onSkipped?.()
    else pairs[key] = decode(item.slice(at + 1).trim())
  }
  return pairs
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
