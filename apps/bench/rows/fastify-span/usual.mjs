import { serveUsualStack } from '../../src/http/usual-stack.mjs'

await serveUsualStack('fastify', { tracing: true })
