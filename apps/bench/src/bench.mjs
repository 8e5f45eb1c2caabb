import { judge } from './claims.mjs'
import { checkWritten } from './check-row.mjs'
import { runRounds } from './rounds.mjs'
import { loadRow } from './rows.mjs'
import { startServices } from './services.mjs'

/**
 * Runs one row: first what each variant writes is looked at, then they are timed in turn.
 *
 * @param {{ rounds?: number, size?: 'full' | 'smoke', peers?: boolean, progress?: (text: string) => void }} options
 */
export async function benchRow(name, { rounds = 5, size = 'full', peers = true, progress = () => {} } = {}) {
  const row = await loadRow(name)
  const variants = row.variants.filter(({ peer }) => peers || peer !== true)
  progress('starting services')
  const services = await startServices(row.services ?? [])
  try {
    await checkWritten(row, variants, { services, progress })
    const figures = await runRounds(row, variants, { rounds, size, services, progress })
    return { name, title: row.title, cpu: row.cpu, figures, claims: judge(row, figures) }
  } finally {
    await services.stop()
  }
}
