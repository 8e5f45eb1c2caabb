import { setTimeout as sleep } from 'node:timers/promises'

/** A sink that keeps records, and waits for one that comes after the response or the job. */
export class Records {
  #records = []

  write(record) {
    this.#records.push(record)
  }

  /** The first record of that event; whoever runs this script bounds the waiting. */
  async first(event) {
    for (;;) {
      const found = this.#records.find((record) => record.event === event)
      if (found !== undefined) return found
      await sleep(5)
    }
  }
}
