/** Rows of cells as aligned text; columns of figures are to the right. */
export function table(head, rows) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length)))
  const line = (row) =>
    row
      .map((cell, at) => (isFigure(rows, at) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

function isFigure(rows, at) {
  return rows.every((row) => /^[-\d.,]*$/.test(row[at]))
}

/** Three significant digits, without an exponent. */
export function figure(value) {
  if (!Number.isFinite(value)) return '-'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3
  return value.toFixed(digits)
}
