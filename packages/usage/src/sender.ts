import { isMainThread, workerData } from 'node:worker_threads'
import type { LastExport } from './process/ending.js'
import type { SenderData } from './process/send-last.js'

/** The thread that sends what is left when the process ends at once; imported by anybody else, it does nothing. */
async function sendAll({ usage, done }: SenderData): Promise<void> {
  // However this thread ends, nobody is to wait for it in vain.
  process.once('exit', () => {
    Atomics.store(done, 0, 1)
    Atomics.notify(done, 0)
  })
  // The requests do not keep it alive.
  const alive = setInterval(() => {}, 1_000)
  await Promise.allSettled(usage.map(send))
  clearInterval(alive)
  process.exit()
}

async function send({ settings, measurements, unsent }: LastExport): Promise<void> {
  const { createUsageExporter } = await import('./export/exporter.js')
  const exporter = createUsageExporter(settings, { unsent })
  for (const measurement of measurements) exporter.record(measurement)
  await exporter.export()
}

const data = workerData as Partial<SenderData> | null
if (!isMainThread && data?.usage !== undefined && data.done !== undefined) void sendAll(data as SenderData)
