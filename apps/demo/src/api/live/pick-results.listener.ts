import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { getContext, type Logger, runUnit, type UnitSpan } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import { Redis } from 'ioredis'
import { PICK_RESULTS, resultsChannel, unpackResult } from '../../shared/pick-result.js'
import { readSettings } from '../../shared/settings.js'
import { DraftSockets } from './draft-sockets.js'

/** With OpenTelemetry on a message has a span, in the trace that it came with. */
const span: UnitSpan = {
  name: `process ${PICK_RESULTS}`,
  dimensions: {
    'messaging.system': 'redis',
    'messaging.destination.name': PICK_RESULTS,
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
  },
}

/** Passes what the worker publishes on to the sockets, in the context of the request that asked for it. */
@Injectable()
export class PickResultsListener implements OnModuleInit, OnApplicationShutdown {
  // A connection that subscribes can do nothing else.
  readonly #redis = new Redis(readSettings().redisUrl, { lazyConnect: true })

  constructor(
    @Inject(DraftSockets) private readonly sockets: DraftSockets,
    @InjectLogger('results') private readonly log: Logger<'results', {}>,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#redis.on('error', (error) => this.log.exception('connection_lost', error))
    this.#redis.on('message', (_channel, text) => this.#answer(text))
    await this.#redis.subscribe(resultsChannel())
  }

  #answer(text: string): void {
    try {
      const { data, fields, carrier } = unpackResult(text)
      const message = {
        kind: 'message',
        name: 'pick_processed',
        fields,
        carrier,
        span,
        detached: true,
      } as const
      runUnit(message, () => {
        const requestId = getContext()['request.id']
        // The line ws_send bears the request's fields, and the id of the socket that it goes to.
        for (const socket of this.sockets.of(data.draftId)) {
          socket.send(JSON.stringify({ event: 'pick_processed', requestId, data }))
        }
      })
    } catch (error) {
      this.log.exception('result_refused', error)
    }
  }

  onApplicationShutdown(): void {
    this.#redis.disconnect()
  }
}
