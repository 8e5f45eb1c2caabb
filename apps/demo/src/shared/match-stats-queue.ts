import type { QueueOptions } from 'bullmq'
import { telemetry } from '@throughline/bullmq'
import { readSettings } from './settings.js'

/** The one queue of this service. */
export const MATCH_STATS = 'match-stats'
export const PROCESS_MATCH_STATS = 'process_match_stats'

/** What a job is told. Request, user and labels travel in its metadata, not in here. */
export interface MatchStatsData {
  pickId: number
}

/** The same for the side that adds jobs and the side that works on them. */
export function queueOptions(): QueueOptions {
  const { redisUrl, namespace } = readSettings()
  return {
    connection: { url: redisUrl },
    prefix: namespace,
    telemetry: telemetry(),
    defaultJobOptions: { attempts: 3, backoff: { type: 'exponential', delay: 100 } },
  }
}
