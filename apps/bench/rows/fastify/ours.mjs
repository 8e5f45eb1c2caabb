import { serveOurs } from '../../src/http/ours.mjs'

await serveOurs('fastify')
