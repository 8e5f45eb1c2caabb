import type { AddressInfo } from 'node:net'
import compress from '@fastify/compress'
import { getLogger, resolveRequestId, runWithContext } from '@throughline/core'
import { injectSnippet } from '@throughline/posthog/fastify'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { contentOf } from './content.js'
import { userOf } from './session.js'
import type { Listening, SiteSetup } from './setup.js'

const log = getLogger('site')

/** Fastify with compression, contexts of its own, and the snippet: as hooks of the root, further ones of a plugin. */
export async function startFastifySite(setup: SiteSetup): Promise<Listening> {
  const { users = {}, mounted = 1, options } = setup
  const app = Fastify({ forceCloseConnections: true })
  app.addHook('onRequest', (request: FastifyRequest & { user?: unknown }, reply, done) => {
    const requestId = resolveRequestId(request.headers['x-request-id'])
    void reply.header('x-request-id', requestId)
    request.user = userOf(users, request.headers.cookie)
    runWithContext({ 'request.id': requestId }, done)
  })
  for (let index = 0; index < Math.min(mounted, 2); index++) app.addHook('onSend', injectSnippet(options))
  await app.register(compress, { threshold: 0 })
  await app.register(async (plugin) => {
    for (let index = 2; index < mounted; index++) plugin.addHook('onSend', injectSnippet(options))
    answer(plugin, setup)
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() }
}

function answer(app: FastifyInstance, { routes }: SiteSetup): void {
  app.all('/*', async (request, reply) => {
    const { status = 200, headers = {}, body } = await contentOf(routes, request.url, reply.raw)
    log.info('page_answered', { path: request.routeOptions.url })
    return reply.code(status).headers(headers).send(body)
  })
}
