import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals'
import type { Backend } from '../harness/backend.js'
import { Rig } from '../harness/rig.js'
import { describeAttempts } from './attempts.js'
import { describeConcurrency } from './concurrency.js'
import { describeDeferrals } from './deferrals.js'
import { describeEvents } from './events.js'
import { describeGarbage } from './garbage.js'
import { describeProducers } from './producers.js'
import { describeSandboxes } from './sandboxes.js'
import { describeSchedulers } from './schedulers.js'
import { describeWorkers } from './workers.js'

/** What holds on every backend: one expectation, run over each of them. */
export function describeBehaviour(backend: Backend): void {
  // A bound for a server on a busy machine, not an expectation.
  jest.setTimeout(60_000)
  describe(`jobs on ${backend.name}`, () => {
    let rig: Rig
    const current = (): Rig => rig
    beforeAll(async () => {
      rig = await Rig.open(backend)
    })
    afterEach(() => rig.reset())
    afterAll(() => rig?.close())

    describeProducers(current)
    describeAttempts(current)
    describeDeferrals(current)
    describeEvents(current)
    describeSchedulers(current)
    describeConcurrency(current)
    describeGarbage(current)
    describeWorkers(current)
    describeSandboxes(current)
  })
}
