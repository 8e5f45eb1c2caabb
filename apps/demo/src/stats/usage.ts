import { createUsageTelemetry } from '@throughline/usage'
import { createRequire } from 'node:module'

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }

/** Counters with no collector of ours: TOURNAMENT_TELEMETRY turns them on, TOURNAMENT_OTLP_ENDPOINT gets them. */
export const usage = createUsageTelemetry({ prefix: 'tournament', surface: 'cli', version })
