import { Collected } from './collected.js'
import type { ProcessName } from './demo-process.js'

/** A log line of one of the processes. */
export interface LogLine {
  readonly process: ProcessName
  /** Milliseconds since 1970. */
  readonly time: number
  readonly level: string
  readonly event: string
  /** All that the line bears, as it was written. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** The log lines of both processes. */
export class LogBook extends Collected<LogLine> {
  /** Gets each line as it was written, in place of the book: a service that stays up would fill it. */
  onText: ((process: ProcessName, text: string) => void) | undefined

  read(process: ProcessName, text: string): void {
    if (this.onText !== undefined) return this.onText(process, text)
    const line = parseLine(process, text)
    if (line !== undefined) this.add(line)
  }

  /** The lines of one request, in order of time, across the processes. */
  ofRequest(id: string): LogLine[] {
    return this.all.filter(({ fields }) => fields['request.id'] === id).toSorted((a, b) => a.time - b.time)
  }
}

/** Undefined for what is no line of ours, such as a warning of Node. */
function parseLine(process: ProcessName, text: string): LogLine | undefined {
  try {
    const fields = JSON.parse(text) as Record<string, string>
    const { timestamp = '', level, event } = fields
    if (level === undefined || event === undefined) return undefined
    return { process, time: Date.parse(timestamp), level, event, fields }
  } catch {
    return undefined
  }
}
