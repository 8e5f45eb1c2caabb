/** DEL and the C1 range: JSON lets them through, terminals obey them (R7.10). */
const CONTROLS = /[\x7f-\x9f]/g
const CONTROL = /[\x7f-\x9f]/
const START = /^/

/** `JSON.stringify` whose output holds no control character at all. */
export function json(value: unknown): string {
  return escapeControls(JSON.stringify(value))
}

/** Escapes what JSON's own escaping leaves of the control characters. */
function escapeControls(text: string): string {
  return CONTROL.test(text)
    ? text.replace(CONTROLS, (control) => `\\u00${control.charCodeAt(0).toString(16)}`)
    : text
}

/**
 * The same text in one piece: V8 keeps what was put together as a tree of its parts, and would walk it again for each
 * line that it is a part of.
 */
export function inOnePiece(text: string): string {
  // To read characters, V8 makes it one piece, and keeps that.
  START.test(text)
  return text
}
