import { startPostgres, startRedis, type Service } from '@throughline/services'
import { randomBytes } from 'node:crypto'
import { print } from '../print/print.js'
import { paint } from '../print/paint.js'
import { DemoProcess, type ProcessName } from './demo-process.js'
import { openConsole, wantsConsole } from './demo-console.js'
import { forgetRun, reachGiven } from './given-servers.js'
import { LogBook } from './log-book.js'
import type { Started } from './started.js'
import { processEnv } from './process-env.js'

/** The running service. */
export interface Stage {
  /** Where the API listens. */
  readonly url: string
  /** The page that shows what both processes send; absent where they send it elsewhere, or nothing. */
  readonly consoleUrl: string | undefined
  readonly log: LogBook
  /** Rejects when a process ends by itself. */
  readonly crashed: Promise<never>
}

export interface StageOptions {
  mode: 'story' | 'serve'
  port: number
  consolePort?: number | false | undefined
}

/** Starts servers, then the API and the worker as processes of their own, and says what it has started. */
export async function openStage(started: Started, options: StageOptions): Promise<Stage> {
  const { mode, port } = options
  const { DATABASE_URL, REDIS_URL } = process.env
  print(paint.bold('Throughline demo'), '· a tournament service: NestJS API, BullMQ worker, ws sockets\n')
  const [postgres, redis] = await Promise.all([
    started.start(() => startPostgres({ url: DATABASE_URL })),
    started.start(() => startRedis({ url: REDIS_URL })),
  ])
  row('postgres', serverText(postgres, 'DATABASE_URL'))
  row('redis', serverText(redis, 'REDIS_URL'))
  await reachGiven({ postgres, redis })

  const namespace = `throughline_demo_${randomBytes(4).toString('hex')}`
  const settings = { databaseUrl: postgres.url, redisUrl: redis.url, namespace, port }
  await started.start(() => ({ stop: () => forgetRun(settings, { postgres, redis }) }))

  const view = wantsConsole(options) ? await started.start(() => openConsole(options)) : undefined
  const log = new LogBook()
  const startProcess = (name: ProcessName) => {
    const env = processEnv(name, mode, settings, view?.env)
    return started.start(() => new DemoProcess(name, env, (line) => log.read(name, line)))
  }
  const [api, worker] = await Promise.all([startProcess('api'), startProcess('worker')])
  const crashed = Promise.race([api.crashed, worker.crashed])
  const [{ url = '' }] = await Promise.race([Promise.all([api.ready, worker.ready]), crashed])
  row('api', `${url}  ${paint.dim(`process ${api.pid}`)}`)
  row('worker', paint.dim(`process ${worker.pid}`))
  if (view !== undefined) row('console', view.url)
  return { url, consoleUrl: view?.url, log, crashed }
}

function row(name: string, text: string): void {
  print(`  ${name.padEnd(9)} ${text}`)
}

function serverText({ kind, version }: Service, variable: string): string {
  if (kind === 'given') return `yours (${variable})`
  return `${(version ?? '').padEnd(7)} ${paint.dim(kind === 'embedded' ? 'private, from npm' : `private, your ${kind}`)}`
}
