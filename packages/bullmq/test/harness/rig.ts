import { randomUUID } from 'node:crypto'
import {
  type FlowProducer,
  type Processor,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
} from 'bullmq'
import { initTelemetry, type LabelTable, type Telemetry } from '@throughline/core'
import { telemetry, TelemetryFlowProducer, TelemetryWorker } from '../../src/index.js'
import type { SpanTree } from '@throughline/otlp'
import type { Backend, OpenBackend } from './backend.js'
import { Collector } from './collector.js'
import { Lines } from './lines.js'

export const LABELS: LabelTable = {
  mounts: [],
  rootResources: ['tournaments'],
  resources: [{ segments: ['tournaments'], id: ['int'] }],
}

/** A request that adds jobs, as the HTTP package would open it. */
export const REQUEST = {
  'request.id': 'request-1',
  'user.id': 42,
  labels: ['tournament'],
  'tournament.id': 5,
} as const

type Options<T> = Partial<Omit<T, 'connection'>>

/** One test's queues and workers over a backend that a whole suite shares. */
export class Rig {
  lines = new Lines()
  #running: { close(): Promise<void> }[] = []

  private constructor(
    private readonly backend: OpenBackend,
    private readonly session: Telemetry,
    private readonly collector?: Collector,
  ) {}

  static async open(backend: Backend): Promise<Rig> {
    process.env['LOG_LEVEL'] = 'fatal'
    const session = initTelemetry({
      labels: LABELS,
      context: { forward: ['tenant'] },
      // A failed attempt would replay its lines to the console of the test run.
      log: { recorder: false },
    })
    return new Rig(await backend.open(), session)
  }

  /** With OpenTelemetry on. */
  static async openTraced(backend: Backend): Promise<Rig> {
    const collector = await Collector.open()
    const { backend: opened, session } = await Rig.open(backend)
    await session.ready
    return new Rig(opened, session, collector)
  }

  /** All spans of this test that have ended, as trees. */
  async spanTrees(): Promise<SpanTree[]> {
    await this.session.flush()
    return this.collector?.trees ?? []
  }

  /** Those that are not of drivers: a processor's own commands have some. */
  async ownSpanTrees(): Promise<SpanTree[]> {
    return withoutDrivers(await this.spanTrees())
  }

  /** Their ids. */
  get spans() {
    return this.collector?.spans ?? []
  }

  get connection(): WorkerOptions['connection'] {
    return this.backend.connection
  }

  queue(options: Options<QueueOptions> = {}, name = `queue-${randomUUID()}`): Queue {
    return this.#keep(new Queue(name, { connection: this.connection, telemetry: telemetry(), ...options }))
  }

  worker(queue: Queue, processor: Processor | string | URL, options: Options<WorkerOptions> = {}): Worker {
    return this.keepWorker(new TelemetryWorker(queue.name, processor, this.workerOptions(options)))
  }

  plainWorker(queue: Queue, processor: Processor, options: Options<WorkerOptions> = {}): Worker {
    return this.keepWorker(new Worker(queue.name, processor, this.workerOptions(options)))
  }

  flows(): FlowProducer {
    return this.#keep(new TelemetryFlowProducer({ connection: this.connection, telemetry: telemetry() }))
  }

  workerOptions(options: Options<WorkerOptions> = {}): WorkerOptions {
    return { connection: this.connection, drainDelay: 1, ...options }
  }

  keepWorker(worker: Worker): Worker {
    worker.on('error', () => {})
    return this.#keep(worker)
  }

  /** Between tests. */
  async reset(): Promise<void> {
    for (const open of this.#running.splice(0).toReversed()) await open.close()
    this.lines.stop()
    this.lines = new Lines()
    if (this.collector === undefined) return
    await this.session.flush()
    this.collector.clear()
  }

  async close(): Promise<void> {
    await this.reset()
    this.lines.stop()
    await this.session.shutdown()
    await this.collector?.stop()
    await this.backend.close()
  }

  #keep<T extends { close(): Promise<void> }>(open: T): T {
    this.#running.push(open)
    return open
  }
}

function withoutDrivers(trees: readonly SpanTree[]): SpanTree[] {
  return trees
    .filter(({ scope }) => !scope.startsWith('@opentelemetry/instrumentation-'))
    .map((tree) => ({ ...tree, children: withoutDrivers(tree.children) }))
}

/** A promise and its end, for a test to wait on what a worker does. */
export function gate<T = void>() {
  let resolve!: (value: T) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<T>((...ends) => ([resolve, reject] = ends))
  return { promise, resolve, reject }
}
