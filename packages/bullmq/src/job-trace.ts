/**
 * What the trace that a job was added in is to its span: `child` continues it, `link` starts a trace of its own that
 * links to it, `none` starts one of its own.
 */
export type JobTrace = 'child' | 'link' | 'none'

const ALL: readonly unknown[] = ['child', 'link', 'none'] satisfies JobTrace[]

/** @throws TypeError for anything else */
export function checkedJobTrace(given: JobTrace | undefined): JobTrace {
  if (given === undefined) return 'child'
  if (ALL.includes(given)) return given
  throw new TypeError(`telemetry({ trace: ${JSON.stringify(given)} }): give "child", "link" or "none"`)
}
