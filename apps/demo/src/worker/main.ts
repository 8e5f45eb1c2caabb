import '../shared/parent-process.js'
import { NestFactory } from '@nestjs/core'
import { TelemetryLogger } from '@throughline/nestjs'
import { tellReady } from '../shared/parent-process.js'
import { MatchStatsProcessor } from './match-stats.processor.js'
import { WorkerModule } from './worker.module.js'

const app = await NestFactory.createApplicationContext(WorkerModule, { bufferLogs: true })
app.useLogger(app.get(TelemetryLogger))
app.enableShutdownHooks()
await app.get(MatchStatsProcessor).worker.waitUntilReady()
tellReady()
