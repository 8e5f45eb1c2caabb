import type { AddressInfo, Server } from 'node:net'
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo'
import { Controller, type INestApplication, type INestMicroservice } from '@nestjs/common'
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql'
import {
  type ClientProxy,
  ClientProxyFactory,
  EventPattern,
  MessagePattern,
  type MicroserviceOptions,
  Transport,
} from '@nestjs/microservices'
import { describe, expect, it } from '@jest/globals'
import { trace } from '@opentelemetry/api'
import { runUnit } from '@throughline/core'
import { type SpanTree, spanTrees } from '@throughline/otlp'
import { firstValueFrom } from 'rxjs'
import { platforms } from '../support/applications.js'
import { postJson } from '../support/client.js'
import { innerSpan, serverSpan, withTraced } from '../support/traced.js'

const scope = 'handlers'

function work(): void {
  trace.getTracer(scope).startActiveSpan('work', (span) => span.end())
}

@Resolver('Book')
class BookResolver {
  @Query('books')
  async books(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 1))
    work()
    return 2
  }
}

const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
  driver: ApolloDriver,
  typeDefs: 'type Query { books: Int }',
})

describe.each(platforms)('the span of a GraphQL request on $platform', ({ platform }) => {
  it('is above those of its resolvers', async () => {
    await withTraced(
      platform,
      { imports: [graphql], providers: [BookResolver] },
      async ({ port, treesOf }) => {
        const { requestId } = await postJson(port, '/graphql', '{"query":"{ books }"}')

        expect(await treesOf(requestId)).toEqual([
          serverSpan({
            method: 'POST',
            path: '/graphql',
            // On Express Apollo is a middleware, which has no route.
            route: platform === 'fastify' ? '/graphql' : undefined,
            status: 200,
            requestId,
            children: [innerSpan('work', requestId, { scope })],
          }),
        ])
      },
    )
  })
})

@Controller()
class MathController {
  @MessagePattern('double')
  async double(number: number): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 1))
    work()
    return number * 2
  }

  @MessagePattern('fail')
  fail(number: number): never {
    throw new RangeError(`${number} is too large`)
  }

  @EventPattern('told')
  told(what: string): void {
    runUnit({ kind: 'task', name: what }, work)
  }
}

/** The trees of the messages that `use` sends, once as many have ended. */
async function treesOfMessages(
  count: number,
  use: (client: ClientProxy) => Promise<void>,
): Promise<SpanTree[]> {
  let connected: INestMicroservice | undefined
  const setup = {
    controllers: [MathController],
    async prepare(app: INestApplication) {
      connected = app.connectMicroservice<MicroserviceOptions>({
        transport: Transport.TCP,
        options: { host: '127.0.0.1', port: 0 },
      })
      await app.startAllMicroservices()
    },
  }
  return withTraced('express', setup, async ({ records, spans }) => {
    const { port } = (connected as INestMicroservice).unwrap<Server>().address() as AddressInfo
    const client = ClientProxyFactory.create({
      transport: Transport.TCP,
      options: { host: '127.0.0.1', port },
    })
    try {
      await use(client)
      await records.until(({ event }) => event === 'task_completed' || event === 'task_failed', count)
      return spanTrees(await spans())
    } finally {
      await client.close()
    }
  })
}

const ID = expect.stringMatching(/^[\da-f-]{36}$/) as unknown as string

describe('the span of a microservice message', () => {
  it("is a server's where it is answered, and a root", async () => {
    const trees = await treesOfMessages(1, async (client) => {
      expect(await firstValueFrom(client.send('double', 2))).toBe(4)
    })

    expect(trees).toEqual([
      innerSpan('MathController.double', ID, {
        kind: 'SERVER',
        children: [innerSpan('work', ID, { scope })],
      }),
    ])
  })

  it("is a consumer's for an event", async () => {
    const trees = await treesOfMessages(2, async (client) => {
      await firstValueFrom(client.emit('told', 'note'), { defaultValue: undefined })
    })

    expect(trees).toEqual([
      innerSpan('MathController.told', ID, {
        kind: 'CONSUMER',
        children: [innerSpan('note', ID, { children: [innerSpan('work', ID, { scope })] })],
      }),
    ])
  })

  it('fails with its handler', async () => {
    const trees = await treesOfMessages(1, async (client) => {
      await expect(firstValueFrom(client.send('fail', 1))).rejects.toBeDefined()
    })

    expect(trees).toMatchObject([
      {
        name: 'MathController.fail',
        kind: 'SERVER',
        status: { code: 'ERROR', message: '1 is too large' },
        attributes: { 'error.type': 'RangeError' },
        events: [{ name: 'exception' }],
      },
    ])
  })
})
