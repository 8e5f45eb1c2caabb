import type { LogRecord } from '@throughline/core'
import { addSink } from '@throughline/core/binding'

process.env['LOG_LEVEL'] = 'fatal'
process.env['LOG_FORMAT'] = 'json'

/** Every line of the process, until `stop`. */
export class Lines {
  readonly all: LogRecord[] = []
  readonly stop: () => void

  constructor() {
    this.stop = addSink({ level: 'trace', write: (record) => void this.all.push(record) })
  }

  named(event: string): LogRecord[] {
    return this.all.filter((record) => record.event === event)
  }
}
