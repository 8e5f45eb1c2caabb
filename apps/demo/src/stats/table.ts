import { printable } from './printable.js'

type Row = readonly (string | number)[]

/** Rows below their heads; numbers stand on the right. */
export function table(heads: readonly string[], rows: readonly Row[]): string {
  const cells = [heads, ...rows].map((row) => row.map((cell) => printable(String(cell))))
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  const isNumber = heads.map((_, column) => rows.every((row) => typeof row[column] === 'number'))
  const pad = (cell: string, column: number) =>
    isNumber[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)
  return cells.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}
