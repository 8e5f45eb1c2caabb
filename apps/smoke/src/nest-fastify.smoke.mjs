import { FastifyAdapter } from '@nestjs/platform-fastify'
import { smokeRequest } from './nest-request.mjs'

await smokeRequest(new FastifyAdapter())
