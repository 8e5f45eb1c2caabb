/** What differs from run to run, and what is compared in its place. */
const VOLATILE: readonly [RegExp, string][] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<timestamp>'],
  [/\b\d\d:\d\d:\d\d\.\d{3}\b/g, '<time>'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/g, '<uuid>'],
  [/(trace_id"?[:=]\s*"?)[\da-f]{32}/g, '$1<trace>'],
  [/(span_id"?[:=]\s*"?)[\da-f]{16}/g, '$1<span>'],
  [/(duration_ms"?[:=]\s*)\d+(?:\.\d+)?/g, '$10'],
  [/("exception\.stacktrace":\s*)"(?:[^"\\]|\\.)*"/g, '$1"<stack>"'],
  [/(exception\.stacktrace=)"(?:[^"\\]|\\.)*"/g, '$1"<stack>"'],
  [/(client\.address"?[:=]\s*"?)(?:::ffff:127\.0\.0\.1|::1|127\.0\.0\.1)/g, '$1<loopback>'],
]

/** A line of output, or of a page, without what differs from run to run. */
export function normalise(text: string): string {
  return VOLATILE.reduce((current, [pattern, replacement]) => current.replaceAll(pattern, replacement), text)
}

/** The lines that a page promises, ready to compare; a JSON line may be laid out over several. */
export function expectedLines({ language, content }: { language: string; content: string }): string[] {
  if (language === 'text')
    return content
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(normalise)
  return jsonValues(content).map((value) => normalise(JSON.stringify(value)))
}

/** How many of the expected lines were found in the output, in order. */
export function countFound(expected: readonly string[], output: string): number {
  let found = 0
  for (const line of output.split('\n')) {
    if (found < expected.length && normalise(line.trimEnd()) === expected[found]?.trimEnd()) found++
  }
  return found
}

/** Objects that follow each other; each starts at the margin. */
function jsonValues(content: string): unknown[] {
  return content
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as unknown)
}
