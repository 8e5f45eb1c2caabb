import { afterAll, afterEach, beforeAll, describe, jest } from '@jest/globals'
import type { Backend } from '../harness/backend.js'
import { Rig } from '../harness/rig.js'
import { describeAttemptSpans } from './attempts.js'
import { describeBullmqOtel } from './bullmq-otel.js'
import { describeJobTraces } from './job-traces.js'
import { describePlainWorkers } from './plain-workers.js'
import { describeProducerSpans } from './producers.js'
import { describeSchedulerSpans } from './schedulers.js'
import { describeSuppression } from './suppression.js'

/** The spans that jobs make, as a collector gets them: one expectation, run over each backend. */
export function describeSpans(backend: Backend): void {
  jest.setTimeout(60_000)
  describe(`spans of jobs on ${backend.name}`, () => {
    let rig: Rig
    const current = (): Rig => rig
    beforeAll(async () => {
      rig = await Rig.openTraced(backend)
    })
    afterEach(() => rig.reset())
    afterAll(() => rig?.close())

    describeProducerSpans(current)
    describeAttemptSpans(current)
    describeJobTraces(current)
    describeSchedulerSpans(current)
    describePlainWorkers(current)
    describeSuppression(current)
    describeBullmqOtel(current)
  })
}
