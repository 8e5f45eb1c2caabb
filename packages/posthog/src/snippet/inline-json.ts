/** What would end a script, open a comment in it, or is not the same in every encoding of a page. */
const UNSAFE = /[<>&'\u007f-\uffff]/g

/**
 * JSON that may stand inside a `<script>`, in a page of any encoding that has ASCII's letters (P9).
 *
 * @example
 * inlineJson('</script>') // '"\\u003c/script\\u003e"'
 */
export function inlineJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
