import { ExpressAdapter } from '@nestjs/platform-express'
import pg from 'pg'
import { serveApplication } from '../../src/http/application.mjs'
import { callNowAndThen } from '../../src/http/outgoing-call.mjs'
import { nest } from '../../src/http/workspace-nest.mjs'

const CONCURRENCY = 16

/**
 * One service: a request makes a query and adds a job, which the same process works off.
 *
 * @param {{ Queue: Function, Worker: Function, queue?: object, worker?: object, imports?: unknown[],
 *   read?: (id: string) => void, settle?: (id: string) => void, flush?: () => Promise<void>, close?: () => Promise<void> }} parts
 */
export async function serveService({
  Queue,
  Worker,
  queue: given,
  worker: set,
  read,
  settle,
  flush,
  close,
  ...parts
}) {
  const calling = await callNowAndThen()
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 })
  const { hostname: host, port } = new URL(process.env.REDIS_URL)
  const connection = { host, port: Number(port) }
  const name = `picks-${process.pid}`
  const queue = new Queue(name, { connection, ...given })
  const worker = new Worker(name, async (job) => settle?.(job.data.id), {
    connection,
    concurrency: CONCURRENCY,
    ...set,
  })
  let left = 0
  let settled = () => {}
  worker.on('completed', () => {
    if (--left === 0) settled()
  })
  await serveApplication({
    ...nest,
    ...parts,
    Adapter: ExpressAdapter,
    async handle(id) {
      const { rows } = await pool.query('select $1::int as id', [id])
      left++
      await queue.add('settle', { id }, { removeOnComplete: true, removeOnFail: true })
      read?.(id)
      return rows[0]
    },
    async flush() {
      if (left > 0) await new Promise((resolve) => (settled = resolve))
      await flush?.()
    },
    async close() {
      calling.stop()
      await worker.close()
      await queue.obliterate({ force: true })
      await Promise.all([queue.close(), pool.end()])
      await close?.()
    },
  })
}
