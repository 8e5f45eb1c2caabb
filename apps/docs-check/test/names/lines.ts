import type { LogRecord } from '@throughline/core'
import { addSink } from '@throughline/core/binding'

/** Resolves with the next line of an event. */
export function lineOf(event: string): Promise<LogRecord> {
  return new Promise((resolve) => {
    const remove = addSink({
      level: 'debug',
      write(record) {
        if (record.event !== event) return
        remove()
        resolve(record)
      },
    })
  })
}
