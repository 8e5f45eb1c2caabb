import type { AbstractHttpAdapter } from '@nestjs/core'
import { injectSnippet as expressSnippet } from '../express/inject-snippet.js'
import { injectSnippet as fastifySnippet } from '../fastify/inject-snippet.js'
import type { SnippetOptions } from '../inject/page-snippet.js'
import { noteRequest } from '../request/noted-requests.js'

interface FastifyInstanceLike {
  addHook(name: 'onRequest', hook: (request: object, reply: unknown, done: () => void) => void): void
  addHook(name: 'onSend', hook: ReturnType<typeof fastifySnippet>): void
}

/** In front of what the application registers later, compression among it, so that it sees pages first. */
export function watchFastify(adapter: AbstractHttpAdapter, snippet: SnippetOptions | undefined): void {
  const fastify = adapter.getInstance<FastifyInstanceLike>()
  fastify.addHook('onRequest', (request, _reply, done) => {
    noteRequest(request)
    done()
  })
  if (snippet !== undefined) fastify.addHook('onSend', fastifySnippet(snippet))
}

/** Behind what `app.use()` has mounted, compression among it: the last one to be mounted sees pages first. */
export function watchExpress(adapter: AbstractHttpAdapter, snippet: SnippetOptions | undefined): void {
  if (snippet !== undefined) {
    adapter.use(expressSnippet(snippet))
    return
  }
  adapter.use((request: object, _response: unknown, next: () => void) => {
    noteRequest(request)
    next()
  })
}
