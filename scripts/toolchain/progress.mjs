/** Says what is being done, then how long it took: `Installing … 6.2 s`. Returns what `work` returns. */
export async function announce(text, work) {
  process.stdout.write(`${text} … `)
  const stop = stopwatch()
  try {
    return await work()
  } finally {
    process.stdout.write(`${stop()}\n`)
  }
}

/** Runs one step of a list: `✓ lint  0.8 s`; what it wrote is shown only when it fails. */
export async function step(name, work) {
  if (process.stdout.isTTY) process.stdout.write(`… ${name}`)
  const stop = stopwatch()
  const result = await work()
  const { passed, output, note } = result
  const clear = process.stdout.isTTY ? '\r\u001b[K' : ''
  const notes = note === undefined ? '' : `${note}, `
  process.stdout.write(`${clear}${passed ? '✓' : '✗'} ${name} (${notes}${stop()})\n`)
  if (!passed) process.stdout.write(`${output}\n`)
  return result
}

function stopwatch() {
  const start = performance.now()
  return () => `${((performance.now() - start) / 1000).toFixed(1)} s`
}
