import { Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { Logger } from '@throughline/core'
import { InjectLogger } from '@throughline/nestjs'
import { Redis } from 'ioredis'
import { packResult, type PickResult, resultsChannel } from '../shared/pick-result.js'
import { readSettings } from '../shared/settings.js'

/** Tells the API, which holds the sockets, what came out. */
@Injectable()
export class PickResultsPublisher implements OnApplicationShutdown {
  readonly #redis = new Redis(readSettings().redisUrl)

  constructor(@InjectLogger('results') private readonly log: Logger<'results', {}>) {
    this.#redis.on('error', (error) => this.log.exception('connection_lost', error))
  }

  async publish(result: PickResult): Promise<void> {
    try {
      await this.#redis.publish(resultsChannel(), packResult(result))
    } catch (error) {
      this.log.exception('result_not_published', error)
    }
  }

  onApplicationShutdown(): void {
    this.#redis.disconnect()
  }
}
