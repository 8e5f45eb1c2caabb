import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo'
import { type CanActivate, type ExecutionContext, UseGuards } from '@nestjs/common'
import { GraphQLModule, Query, ResolveField, Resolver } from '@nestjs/graphql'
import { describe, expect, it } from '@jest/globals'
import { Labels } from '../../src/index.js'
import { platforms, withApp } from '../support/applications.js'
import { postJson } from '../support/client.js'
import { log } from '../support/orders.js'

class Guard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { req } = context.getArgByIndex<{ req: { user?: unknown } }>(2)
    req.user = { id: 7 }
    return true
  }
}

@Labels('catalogue')
@Resolver('Book')
class BookResolver {
  @Query('books')
  @UseGuards(Guard)
  books(): { title: string }[] {
    log.info('books')
    return [{ title: 'a' }, { title: 'b' }]
  }

  @Query('broken')
  broken(): never {
    throw new Error('broken')
  }

  @ResolveField('pages')
  async pages(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 1))
    log.info('pages')
    return 1
  }
}

const graphql = GraphQLModule.forRoot<ApolloDriverConfig>({
  driver: ApolloDriver,
  typeDefs: 'type Book { title: String, pages: Int } type Query { books: [Book], broken: Int }',
  fieldResolverEnhancers: ['guards', 'interceptors'],
})

describe.each(platforms)('GraphQL on $platform', ({ platform }) => {
  it('runs resolvers and field resolvers in the context of their request, which has one line', async () => {
    await withApp(platform, { imports: [graphql], providers: [BookResolver] }, async ({ port, records }) => {
      const [one, two] = await Promise.all([
        postJson(port, '/graphql', '{"query":"{ books { title pages } }"}'),
        postJson(port, '/graphql', '{"query":"{ broken }"}'),
      ])
      await Promise.all([one, two].map(({ requestId }) => records.completion(requestId)))
      const context = { 'request.id': one.requestId, labels: ['catalogue'], 'user.id': 7 }

      expect(JSON.parse(one.body)).toEqual({
        data: {
          books: [
            { title: 'a', pages: 1 },
            { title: 'b', pages: 1 },
          ],
        },
      })
      expect(records.of(one.requestId).map((record) => [record.event, record.context])).toEqual(
        ['books', 'pages', 'pages', 'request_completed'].map((event) => [event, context]),
      )
      expect(records.of(two.requestId).map((record) => [record.event, record.context])).toEqual([
        ['request_completed', { 'request.id': two.requestId, labels: ['catalogue'] }],
      ])
    })
  })
})
