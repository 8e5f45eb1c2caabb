import { WorkerHost } from '@nestjs/bullmq'
import type { Worker } from 'bullmq'
import { addJobUnits } from '../worker.js'

/** Where `@nestjs/bullmq` puts the worker it makes for a processor. */
const WORKER = '_worker'
const HELD: unique symbol = Symbol('worker')

/**
 * The base of a `@Processor` whose jobs run as units of work, as with `TelemetryWorker`; subclasses write
 * `process(job, token?, signal?)` and `@OnWorkerEvent` handlers as usual (R5.1).
 *
 * It touches the worker, not `process`: a method, a class field, its length and what calls it stay as they are,
 * and so do the subclass's constructor and lifecycle hooks.
 *
 * @example
 * @Processor('mails')
 * class MailProcessor extends TelemetryWorkerHost {
 *   async process(job: Job): Promise<void> {}
 * }
 */
export abstract class TelemetryWorkerHost<T extends Worker = Worker> extends WorkerHost<T> {}

Object.defineProperty(TelemetryWorkerHost.prototype, WORKER, {
  configurable: true,
  get(this: { [HELD]?: Worker }) {
    return this[HELD]
  },
  set(this: { [HELD]?: Worker }, worker: Worker) {
    if (worker !== undefined) addJobUnits(worker)
    Object.defineProperty(this, HELD, { value: worker, writable: true, configurable: true })
  },
})
