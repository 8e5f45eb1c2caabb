import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { getLogger, resolveRequestId, runWithContext } from '@throughline/core'
import { injectSnippet } from '@throughline/posthog/express'
import compression from 'compression'
import express, { type Express, type Request, type Response, Router } from 'express'
import { contentOf, type Routes } from './content.js'
import { userOf } from './session.js'
import type { Listening, SiteSetup } from './setup.js'

const log = getLogger('site')

/** Express with compression, contexts of its own, and the snippet: as middleware, and further ones in routers. */
export async function startExpressSite({
  routes,
  users = {},
  mounted = 1,
  options,
}: SiteSetup): Promise<Listening> {
  const app = express()
  app.use(compression({ threshold: 0 }))
  app.use((request, response, next) => {
    const requestId = resolveRequestId(request.headers['x-request-id'])
    response.setHeader('x-request-id', requestId)
    runWithContext({ 'request.id': requestId }, next)
  })
  for (let index = 0; index < mounted; index++) mount(app, index, options)
  app.use((request: Request & { user?: unknown }, _response, next) => {
    request.user = userOf(users, request.headers.cookie)
    next()
  })
  app.use((request, response) => answer(routes, request, response))
  return listen(createServer(app))
}

function mount(app: Express, index: number, options: SiteSetup['options']): void {
  if (index < 2) app.use(injectSnippet(options))
  else app.use(Router().use(injectSnippet(options)))
}

async function answer(routes: Routes, request: Request, response: Response): Promise<void> {
  const { status = 200, headers = {}, body } = await contentOf(routes, request.url, response)
  log.info('page_answered', { path: request.path })
  response.status(status).set(headers)
  if (body instanceof Readable) body.pipe(response)
  else response.send(body)
}

async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
