import { Queue, Worker } from 'bullmq'
import { serveService } from './service.mjs'

await serveService({ Queue, Worker })
