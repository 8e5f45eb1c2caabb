import { ExpressAdapter } from '@nestjs/platform-express'
import { smokeRequest } from './nest-request.mjs'

await smokeRequest(new ExpressAdapter())
