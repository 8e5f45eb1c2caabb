/** By these names posthog-node sends the lines of source around each frame. */
const LINES = ['context_line', 'pre_context', 'post_context']

/** Takes the lines of source out of an exception's frames: code holds queries, and sometimes secrets. */
export function withoutSource(properties: Record<string, unknown>): void {
  const list = properties['$exception_list']
  if (!Array.isArray(list)) return
  for (const exception of list as { stacktrace?: { frames?: unknown } }[]) {
    const frames = exception.stacktrace?.frames
    if (!Array.isArray(frames)) continue
    for (const frame of frames as Record<string, unknown>[]) for (const name of LINES) delete frame[name]
  }
}
