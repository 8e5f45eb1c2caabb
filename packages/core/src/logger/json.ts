/** DEL and the C1 range: JSON lets them through, terminals obey them (R7.10). */
const CONTROLS = /[\x7f-\x9f]/g
const CONTROL = /[\x7f-\x9f]/

/** `JSON.stringify` whose output holds no control character at all. */
export function json(value: unknown): string {
  return escapeControls(JSON.stringify(value))
}

/** The members of an object as they stand inside a JSON line: each behind a comma, no braces. */
export function jsonMembers(fields: object): string {
  const text = json(fields)
  return text.length > 2 ? `,${text.slice(1, -1)}` : ''
}

/** Escapes what JSON's own escaping leaves of the control characters. */
export function escapeControls(text: string): string {
  return CONTROL.test(text)
    ? text.replace(CONTROLS, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)
    : text
}
