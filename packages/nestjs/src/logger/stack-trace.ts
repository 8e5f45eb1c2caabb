/** Whether a string is a stack trace, by the test that Nest's own console logger makes. */
export function isStackTrace(value: unknown): value is string {
  return typeof value === 'string' && /\n[ \t]+at .+:\d+:\d+/.test(value)
}
