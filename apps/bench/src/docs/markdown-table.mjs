/** A table as the formatter leaves it; `sides` has `l` or `r` for each column. */
export function markdownTable(head, sides, rows) {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => row[at].length)))
  const line = (row) =>
    `| ${row.map((cell, at) => (sides[at] === 'r' ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join(' | ')} |`
  const rule = widths.map((width, at) =>
    sides[at] === 'r' ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n')
}
