import '../shared/parent-process.js'
import { NestFactory } from '@nestjs/core'
import { TelemetryLogger } from '@throughline/nestjs'
import { TelemetryWsAdapter } from '@throughline/ws/nestjs'
import { tellReady } from '../shared/parent-process.js'
import { readSettings } from '../shared/settings.js'
import { ApiModule } from './api.module.js'
import { LEADERBOARD_PATH } from './leagues/leaderboard.controller.js'

const app = await NestFactory.create(ApiModule, { bufferLogs: true })
app.useLogger(app.get(TelemetryLogger))
// Every socket has one context from its upgrade to its close; `messageLines` adds ws_receive and ws_send.
app.useWebSocketAdapter(new TelemetryWsAdapter(app, { messageLines: true }))
// A page for people has a path of its own.
app.setGlobalPrefix('api', { exclude: [LEADERBOARD_PATH] })
app.enableShutdownHooks()
await app.listen(readSettings().port, '127.0.0.1')
tellReady({ url: await app.getUrl() })
