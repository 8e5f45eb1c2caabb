import { measure } from './variant.mjs'

const CONCURRENCY = Number(process.env.BENCH_AT_ONCE ?? 16)
/** So many are added at a time: a producer waits for Redis too. */
const ADDED_AT_ONCE = CONCURRENCY * 4

/**
 * Adds jobs to a queue of its own and processes them, in this process.
 *
 * @param {{ Queue: Function, Worker: Function, queue?: object, worker?: object, data?: object,
 *   add?: (add: () => unknown) => unknown, handle?: (job: object) => unknown, flush?: () => Promise<void>,
 *   close?: () => Promise<void> }} parts `add` puts a context around the adding
 */
export async function measureJobs({
  Queue,
  Worker,
  queue: given,
  worker: set,
  data,
  add = (fn) => fn(),
  handle,
  flush,
  close,
}) {
  const { hostname: host, port } = new URL(process.env.REDIS_URL)
  const connection = { host, port: Number(port) }
  const name = `picks-${process.pid}`
  const kept = { removeOnComplete: true, removeOnFail: true }
  let done = () => {}
  let left = 0
  const queue = new Queue(name, { connection, ...given })
  const processor = async (job) => handle?.(job) ?? job.data.pick
  const worker = new Worker(name, processor, { connection, concurrency: CONCURRENCY, ...set })
  worker.on('completed', () => {
    if (--left === 0) done()
  })
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()])

  await measure(
    async (times) => {
      if (times === 0) return
      left = times
      const all = new Promise((resolve) => (done = resolve))
      for (let at = 0; at < times; at += ADDED_AT_ONCE) {
        const length = Math.min(ADDED_AT_ONCE, times - at)
        await Promise.all(
          Array.from({ length }, () => add(() => queue.add('auto_pick', { pick: 7, ...data }, kept))),
        )
      }
      await all
    },
    { flush },
  )
  await worker.close()
  await queue.obliterate({ force: true })
  await queue.close()
  await close?.()
}
