import { Queue, Worker } from 'bullmq'
import { measureJobs } from '../../src/jobs.mjs'

await measureJobs({ Queue, Worker })
