export function noCounts() {
  return { passed: 0, failed: 0, skipped: 0 }
}

export function addCounts(sum, counts) {
  for (const key of Object.keys(sum)) sum[key] += counts[key]
}

/** The line that every test command ends with. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** The sum of any number of closing lines. */
export function sumClosingLines(lines) {
  const sum = noCounts()
  for (const line of lines) addCounts(sum, readClosingLine(line))
  return sum
}

/** The counts of such a line; anything else stands for a command that broke off. */
export function readClosingLine(line) {
  const [, passed, failed, skipped = 0] =
    /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(line.trim()) ?? []
  if (passed === undefined) return { ...noCounts(), failed: 1 }
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) }
}
