import { afterAll } from '@jest/globals'

/** Collects figures of a suite and prints them after it, where `FAULT_FIGURES` asks for them. */
export function collectFigures(): (name: string, figures: Record<string, unknown>) => void {
  const rows: string[] = []
  afterAll(() => {
    if (process.env['FAULT_FIGURES'] !== undefined) process.stderr.write(`${rows.join('\n')}\n`)
  })
  return (name, figures) => {
    rows.push(`${name}: ${JSON.stringify(figures)}`)
  }
}
